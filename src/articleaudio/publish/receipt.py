"""The private receipt of an episode: all that is known about how it came to be, and never served to anyone."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from articleaudio.model import Article, AudioProfile, Dropped, Flag, Loudness, Span, Switch, Token, WordTime
from articleaudio.plain import dump, plain
from articleaudio.publish.rebuild import rebuild

FORMAT = "articleaudio/receipt/1"
"""Names the form of a receipt; a receipt of another form is treated as missing."""


@dataclass(frozen=True, slots=True)
class PublicFile:
    """One file that was published."""

    name: str
    """File name in the episode's folder."""
    sha256: str
    """Of its bytes, hex."""
    size: int
    """Bytes."""
    seal: str = ""
    """What its signature says and was made with, hashed; empty where it is not signed."""


@dataclass(frozen=True, slots=True)
class Superseded:
    """An audio file that another one took the place of, or that is no longer wanted."""

    name: str
    """File name in the episode's folder."""
    at: datetime
    """When it was superseded."""


@dataclass(frozen=True, slots=True)
class Form:
    """An alternate: the same recording in another form."""

    profile: AudioProfile
    """Which form."""
    name: str
    """File name in the episode's folder."""
    duration: float
    """Seconds."""
    rate: int
    """Samples a second."""
    encoder: str
    """Name, version and settings of the encoder."""
    loudness: Loudness | None = None
    """What it measured when it was made."""


@dataclass(frozen=True, slots=True)
class SpokenSegment:
    """One segment: what was written, what was said, and when."""

    id: str
    """`s0001`, …"""
    key: str
    """The clip's key: equal keys sound alike."""
    written: str
    """The text as written."""
    spoken: str
    """The words said."""
    tokens: tuple[Token, ...]
    """How each stretch was said, and by which rule."""
    start: float = 0.0
    """Seconds: where its sound begins."""
    end: float = 0.0
    """Seconds: where its sound ends."""
    words: tuple[WordTime, ...] = ()
    """Word times on the recording's clock, counted in code points of `written`."""
    voice: str = ""
    """Name of the profile that spoke it; empty where it was not told."""
    exact: bool = True
    """Whether the engine told when words are heard; else their times are estimated."""
    switches: tuple[Switch, ...] = ()
    """Stretches that were said in another language."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What settles whether an episode is up to date, and what a producer can look up about it."""

    id: str
    """The article's UUID, for good."""
    slug: str
    """Folder name under `episodes/`, for good."""
    title: str
    """The headline."""
    aliases: tuple[str, ...]
    """All that the article was ever known by."""
    version: int
    """As published."""
    generated: datetime
    """As published."""
    source: str
    """Where the article was read from."""
    source_hash: str
    """SHA-256 over the article as it was read."""
    inputs: str
    """Fingerprint of everything else that settles the result: voice, house, rules."""
    facts: str
    """SHA-256 over the article without its body: what tags, pages and feed say."""
    script: str
    """The script's fingerprint."""
    segments: tuple[SpokenSegment, ...]
    """In spoken order."""
    dropped: tuple[Dropped, ...]
    """What the source also held, and why it is not spoken."""
    flags: tuple[Flag, ...]
    """Things to look at or to listen to."""
    voice: str
    """Name of the voice profile."""
    engine: str
    """Engine that spoke, with its version where it is known."""
    encoder: str
    """Name, version and settings of the encoder."""
    duration: float
    """Seconds."""
    chapters: int
    """How many."""
    timeline: tuple[Span, ...]
    """Gapless spans from 0 to the duration."""
    audio: str
    """File name of the MP3."""
    files: tuple[PublicFile, ...]
    """Everything that was published, the MP3 first."""
    superseded: tuple[Superseded, ...] = ()
    """Former audio files that may still lie in the folder."""
    status: str = "published"
    """`published`, or `retracted`."""
    loudness: Loudness | None = None
    """What the MP3 measured when it was made; None where nobody measured."""
    alternates: tuple[Form, ...] = ()
    """The same recording in other forms."""
    disclosure: str = ""
    """The line that was shown and tagged; empty where the house is silent."""
    digital_source_type: str = ""
    """IPTC address of how all that is heard came to be; who spoke which segment is told with the segments."""
    file: str = ""
    """What the article was read from, where it is known by a path: from the house's folder, or in full."""
    updated: datetime | None = None
    """As published: when the article says that it was updated, or was found to be edited; None where it never was."""

    @property
    def size(self) -> int:
        """Bytes of the MP3."""
        return next((file.size for file in self.files if file.name == self.audio), 0)


def facts_of(article: Article) -> str:
    """SHA-256 over what an article says about itself, body and ledger left out."""
    facts = dataclasses.replace(article, blocks=(), dropped=(), source="")
    text = json.dumps(plain(facts), sort_keys=True)  # ASCII: lone surrogates must not stop a run
    return hashlib.sha256(text.encode()).hexdigest()


def receipt_bytes(receipt: Receipt) -> bytes:
    """A receipt as its file holds it."""
    body = {field.name: getattr(receipt, field.name) for field in dataclasses.fields(receipt)}
    return (dump({"format": FORMAT, **body}) + "\n").encode()


def read_receipt(path: Path) -> Receipt:
    """The receipt in a file.

    Raises ValueError, saying what is wrong, when it is broken or of another form, and OSError when it cannot be read.
    """
    try:
        value = json.loads(path.read_bytes())
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise ValueError(f"not of the form {FORMAT}")
    return rebuild(Receipt, value)
