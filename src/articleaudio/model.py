"""The nouns. Every stage turns one into the next: read this first.

source → `read` → Article → `script` → Script → `speak` → Clip → `master` → Recording → `publish` → Episode → `site`

All are frozen values. Times are seconds as float, sample positions are integers, character positions are Python string
indices (code points); only the public `episode.json` counts UTF-16 code units, and only `publish` converts.
"""

from __future__ import annotations

import copyreg
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Protocol


def _read_only(items: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(items)


# Nouns travel between processes, and Python alone can pickle neither a read-only view nor its class.
copyreg.pickle(MappingProxyType, lambda view: (_read_only, (dict(view),)))

EMPTY: Mapping[str, str] = MappingProxyType({})
"""The empty mapping, shared."""


# ── Article: what the newsroom wrote ────────────────────────────────────────────────────────────────────────────────


class BlockKind(StrEnum):
    """What a block of the article is to a reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    NOTE = "note"
    """A correction, clarification or editor's note: kept, and spoken last."""


class MarkKind(StrEnum):
    """What a stretch of a block's text is marked as by its author."""

    EMPHASIS = "emphasis"
    LANGUAGE = "language"
    """`value` is the BCP 47 tag."""
    ABBREVIATION = "abbreviation"
    """`value` is the expansion given in the markup."""
    SAY_AS = "say_as"
    """`value` is what to say instead."""
    LINK = "link"
    """`value` is the address."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of a block's text."""

    kind: MarkKind
    """What the stretch is."""
    start: int
    """First character, an index into the block's text."""
    end: int
    """One past the last character."""
    value: str = ""
    """What the kind says it is; empty where it says nothing."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the article's body, in reading order."""

    kind: BlockKind
    """What it is to a reader."""
    text: str
    """Its text: NFC, white space collapsed to single spaces, no markup, never empty."""
    level: int = 0
    """Heading level 1–6; 0 for everything else."""
    anchor: str = ""
    """The `id` a browser can jump to (`#anchor`), if the source has one."""
    marks: tuple[Mark, ...] = ()
    """Marked stretches, by start."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece of the source that is not spoken. Nothing leaves silently."""

    text: str
    """What was dropped (white space collapsed; may be shortened with an ellipsis)."""
    reason: str
    """Why, one of the reader's documented reasons: `caption`, `byline`, `related`, `signup`, …"""
    before: int | None = None
    """Index of the article's block before which it stood; their number when after all of them; None when unknown."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article, as a newsreader would hold it in the hand."""

    id: str
    """A UUID, derived from the first of `aliases`; the library keeps the id an article was first seen with."""
    aliases: tuple[str, ...]
    """What the article is known by, strongest first: `cms:…`, `url:…`, `id:…` (front matter), `path:…`."""
    title: str
    """The headline as a reader sees it."""
    language: str
    """BCP 47 tag, lower-case primary subtag first: `en`, `en-gb`, `uk`."""
    blocks: tuple[Block, ...]
    """The body, in order; never holds the title again."""
    dropped: tuple[Dropped, ...] = ()
    """The ledger of what the source also held."""
    dek: str = ""
    """The standfirst below the headline."""
    authors: tuple[str, ...] = ()
    """Names only, no e-mail addresses, no "By"."""
    published: datetime | None = None
    """When it was published; with zone where the source has one."""
    updated: datetime | None = None
    """When it was last changed, as the source says it."""
    url: str = ""
    """Canonical address."""
    site: str = ""
    """The publication's name."""
    section: str = ""
    """The section it ran in."""
    image: str = ""
    """Address of the lead image."""
    status: str = "published"
    """`published`, `draft`, `scheduled`, …"""
    visibility: str = "public"
    """`public`, `members`, `paid`, `password`."""
    source: str = ""
    """Where it was read from, as the user named it. Private: never published."""
    slug: str = ""
    """The slug the source asks for (CMS or front matter); empty lets the library make one of the title."""
    cut: str = ""
    """Why the text is not whole ("a paywall cuts it off"); such an article is shown, but never made into audio."""


# ── Script: what will be said ───────────────────────────────────────────────────────────────────────────────────────


class Role(StrEnum):
    """What a segment is to a listener; voices and pauses are chosen by it."""

    DISCLOSURE = "disclosure"
    SECTION = "section"
    """The section that the article ran in."""
    HEADLINE = "headline"
    DEK = "dek"
    BYLINE = "byline"
    DATE = "date"
    UPDATED = "updated"
    HEADING = "heading"
    BODY = "body"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    NOTE = "note"
    CLOSING = "closing"
    """The house's words after the article."""


class Boundary(StrEnum):
    """The class of the break after a segment: the script names it, the voice has its seconds, mastering applies it."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    """After a heading."""
    SECTION = "section"
    """Before a heading."""
    HEADLINE = "headline"
    """After the headline; and after what else is said before the article, where that has no class of its own."""
    END = "end"
    """After the last segment."""
    DISCLOSURE = "disclosure"
    SECTION_NAME = "section_name"
    """After the name of the section that the article ran in."""
    DEK = "dek"
    BYLINE = "byline"
    DATE = "date"
    """After the day of publication, and after that of the update."""
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    NOTE = "note"
    CLOSING = "closing"
    """After each of the house's lines at the end but the last."""


WIDER: Mapping[Boundary, Boundary] = MappingProxyType(
    {
        Boundary.DISCLOSURE: Boundary.HEADLINE,
        Boundary.SECTION_NAME: Boundary.HEADLINE,
        Boundary.DEK: Boundary.HEADLINE,
        Boundary.BYLINE: Boundary.HEADLINE,
        Boundary.DATE: Boundary.HEADLINE,
        Boundary.QUOTE: Boundary.PARAGRAPH,
        Boundary.LIST_ITEM: Boundary.PARAGRAPH,
        Boundary.TABLE_ROW: Boundary.PARAGRAPH,
        Boundary.NOTE: Boundary.PARAGRAPH,
        Boundary.CLOSING: Boundary.PARAGRAPH,
    }
)
"""Classes that a voice need not know: it keeps the silence of the wider class after them."""


class TokenKind(StrEnum):
    """How a token's `say` is to be taken by an engine."""

    WORDS = "words"
    """Words, separated by spaces."""
    LETTERS = "letters"
    """Letters to be named one by one, in capitals without separators ("ICBM"); a trailing `s` is a plural."""
    PHONEMES = "phonemes"
    """IPA."""
    PAUSE = "pause"
    """A short break; `say` is the punctuation that makes it ("," or ";")."""


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a segment's `written` and how to say it. What lies between tokens is said as it is written."""

    start: int
    """First character, an index into the segment's `written`."""
    end: int
    """One past the last character."""
    kind: TokenKind
    """How `say` is to be taken."""
    say: str
    """What is said for the stretch; words begin or end with a space where the token touches its neighbour ("12|kg")."""
    rule: str
    """Name of the rule that decided; `plain` for a word said as written."""
    confidence: float = 1.0
    """1.0 certain … 0.0 a guess; below 0.5 the segment is flagged."""


@dataclass(frozen=True, slots=True)
class Switch:
    """A stretch of a segment that is in another language than the rest."""

    start: int
    """First character, an index into the segment's `written`; tokens lie wholly inside or outside."""
    end: int
    """One past the last character."""
    language: str
    """BCP 47 tag."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A speakable stretch: at most one sentence, spoken, cached and highlighted as a whole."""

    id: str
    """`s0001`, `s0002`, … in spoken order."""
    role: Role
    """What it is to a listener."""
    written: str
    """The text as written, as captions show it."""
    tokens: tuple[Token, ...]
    """How it is said, in order, without overlap, covering every word of `written`."""
    boundary: Boundary
    """The class of the break that follows."""
    language: str
    """BCP 47 tag of what is said."""
    block: int | None = None
    """Index into the article's blocks; None for what no block says (disclosure, headline, by-line, closing, …)."""
    offset: int = 0
    """Where `written` starts in the block's text."""
    switches: tuple[Switch, ...] = ()
    """Stretches in other languages, in order, without overlap."""

    @property
    def spoken(self) -> str:
        """The words said, derived from the tokens; letters are dotted ("I.C.B.M."), phonemes show the written word."""
        parts: list[str] = []
        at = 0
        for token in self.tokens:
            phonemes = token.kind is TokenKind.PHONEMES
            parts += (
                self.written[at : token.start],
                self.written[token.start : token.end] if phonemes else dotted(token),
            )
            at = token.end
        parts.append(self.written[at:])
        return "".join(parts)


def dotted(token: Token) -> str:
    """A token's sound in plain text; letters are dotted, which every listener and most engines read as letters."""
    if token.kind is not TokenKind.LETTERS:
        return token.say
    plural = "'s" if token.say.endswith("s") else ""
    return "".join(f"{letter}." for letter in token.say.removesuffix("s")) + plural


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """Where a chapter opens in the script."""

    title: str
    """Heading text, as written."""
    segment: int
    """Index of its first segment."""
    anchor: str = ""
    """The heading's `id` in the page, if it has one."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a producer should look at or listen to."""

    segment: str
    """Id of the segment, or empty for the whole article."""
    message: str
    """What is doubtful, and why."""


@dataclass(frozen=True, slots=True)
class Script:
    """All that will be said for one article, in order."""

    article_id: str
    """The article it says."""
    language: str
    """BCP 47 tag of the body."""
    segments: tuple[Segment, ...]
    """In spoken order; never empty."""
    chapters: tuple[ChapterMark, ...]
    """In order; the first is the headline's and opens at segment 0."""
    flags: tuple[Flag, ...] = ()
    """Doubtful readings."""
    fingerprint: str = ""
    """SHA-256 over all that is written and said."""


# ── Voice, Clip: the sound ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class VoiceFile:
    """A file that a voice needs and that is not shipped with the program."""

    name: str
    """File name in the voice's folder."""
    url: str
    """Where it is fetched from."""
    sha256: str = ""
    """Of its bytes, hex; empty where no named source tells: then the first download's is recorded."""
    size: int = 0
    """Bytes; 0 where no named source tells."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice profile, as a file in `voices/` describes it."""

    name: str
    """What the profile is called; the file's stem."""
    engine: str
    """Name of the engine that speaks it."""
    language: str
    """BCP 47 tag it speaks."""
    description: str = ""
    """One line for `voices list`."""
    rate: int = 165
    """Words a minute, where the engine can be told."""
    options: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    """The engine's own settings (`voice`, `variant`, `volume`, …), as text; what is none is JSON: `true`, `0.5`."""
    pauses: Mapping[Boundary, float] = field(default_factory=lambda: MappingProxyType({}))
    """Seconds of silence for each boundary class."""
    gain: float | None = None
    """Decibels that bring the voice to the level of a finished recording; None has them found, once for a voice."""
    digital_source_type: str = ""
    """IPTC URI of how the sound comes to be: `…/algorithmicMedia` (formant), `…/trainedAlgorithmicMedia` (neural)."""
    licence: str = ""
    """Licence of the voice, with attribution where it asks for one."""
    attribution: str = ""
    """Who is to be named where the sound is published, where the licence asks for it."""
    roles: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    """Names of the profiles that speak single roles (`headline`, `quote`, …) in its stead."""
    fallback: str = ""
    """Name of the profile that speaks a segment which this one cannot; empty lets the article fail."""
    lexicons: tuple[str, ...] = ()
    """Lexicons that hold, beside the house's, for the language of this voice where the house speaks it with this voice;
    named as in the house file."""
    price: float = 0.0
    """US dollars for a million characters fed; 0 for what costs nothing."""
    price_source: str = ""
    """Who names the price, and when."""
    files: tuple[VoiceFile, ...] = ()
    """What `voices install` fetches."""


@dataclass(frozen=True, slots=True)
class WordTime:
    """When a written word is heard."""

    start: float
    """Seconds from the start of what holds it (clip, piece or recording)."""
    end: float
    """Seconds, never before `start`."""
    first: int
    """First character, an index into the segment's `written`."""
    last: int
    """One past the last character."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One segment's sound, as the engine gave it."""

    key: str
    """SHA-256 over everything that can change the sound, and nothing else."""
    rate: int
    """Samples a second."""
    pcm: bytes
    """16-bit signed little-endian mono."""
    words: tuple[WordTime, ...]
    """In order, without overlap, inside the clip."""
    cached: bool = False
    """Whether it came from the cache."""
    warnings: tuple[str, ...] = ()
    """What the engine complained of, and what was found in the sound."""
    exact: bool = True
    """Whether the engine told when words are heard; else their times are estimated."""
    voice: str = ""
    """Name of the profile that spoke it: another than was asked for where that one failed."""
    instead: tuple[str, ...] = ()
    """Those of `warnings` that tell why another voice than asked for spoke: they say nothing about the sound."""

    gain: float | None = None
    """Decibels that bring whoever spoke it to the common level; None where its source is to be asked."""

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self.pcm) / 2 / self.rate


class ClipSource(Protocol):
    """Where mastering asks for the sound of a segment; the speak stage gives one."""

    def key(self, segment: Segment) -> str:
        """The clip's key, without speaking."""
        ...

    def clip(self, segment: Segment) -> Clip:
        """The sound: from the cache, or spoken now."""
        ...

    def pause(self, segment: Segment) -> float:
        """Seconds of silence that the segment's voice wants after it."""
        ...

    def gain(self, segment: Segment) -> float:
        """Decibels that bring the segment's voice to the level of a finished recording."""
        ...


# ── Recording: the finished sound ───────────────────────────────────────────────────────────────────────────────────


class SpanKind(StrEnum):
    """What a stretch of the recording is."""

    SEGMENT = "segment"
    PAUSE = "pause"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the recording; all spans in a row are the timeline, gapless from 0 to the duration."""

    kind: SpanKind
    """What is heard."""
    start: float
    """Seconds."""
    end: float
    """Seconds."""
    segment: int | None = None
    """Index of the script's segment, for a segment span."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the recording; together they cover 0 … duration without gaps."""

    title: str
    """As written."""
    start: float
    """Seconds."""
    end: float
    """Seconds."""
    segment: int
    """Index of its first segment."""
    url: str = ""
    """Address of the place in the article."""


@dataclass(frozen=True, slots=True)
class TimedSegment:
    """A segment with its place in the recording."""

    segment: Segment
    """What is said."""
    start: float
    """Seconds: where its sound begins."""
    end: float
    """Seconds: where its sound ends."""
    chapter: int
    """Index of its chapter."""
    words: tuple[WordTime, ...]
    """Word times on the recording's clock."""
    key: str
    """The clip's key."""
    voice: str = ""
    """Name of the profile that spoke it."""
    exact: bool = True
    """Whether the engine told when words are heard; else their times are estimated."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """What a recording measures, decoded, as a listener hears a mono file on two speakers."""

    integrated: float
    """LUFS (ITU-R BS.1770); minus infinity for silence."""
    peak: float
    """True peak, dBTP."""
    silence: float
    """Longest silence, seconds."""
    clipped: int
    """Samples at full scale."""
    gain: float
    """Decibels of the recording's own, beside those of its voices."""


class AudioProfile(StrEnum):
    """A form that a recording is made in; `master` knows the figures of each."""

    PODCAST = "podcast"
    """MP3, 44.1 kHz, 96 kbit/s mono: what podcast directories ask for."""
    WEB = "web"
    """MP3, 22.05 kHz, 64 kbit/s mono: two thirds of the size, for a player on a page."""
    ARCHIVE = "archive"
    """FLAC, 44.1 kHz, 16 bit, mono: without loss, to keep."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same recording in another form: the same words at the same times."""

    profile: AudioProfile
    """Which form."""
    path: Path
    """The finished file (a temporary name until it is published)."""
    type: str
    """Media type: `audio/mpeg`, `audio/flac`."""
    sha256: str
    """Of the whole file, hex."""
    size: int
    """Bytes."""
    duration: float
    """Seconds, from the sample count."""
    rate: int
    """Samples a second."""
    bitrate: int
    """Bits a second; the mean, where it varies."""
    encoder: str
    """Name, version and settings of the encoder."""
    loudness: Loudness | None = None
    """What it measures."""
    seal: str = ""
    """As a recording's."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The finished MP3 and all that is known about it. After mastering nobody touches its bytes."""

    path: Path
    """The finished file (a temporary name until it is published)."""
    sha256: str
    """Of the whole file, hex."""
    size: int
    """Bytes."""
    duration: float
    """Seconds, from the sample count."""
    rate: int
    """Samples a second."""
    bitrate: int
    """Bits a second."""
    segments: tuple[TimedSegment, ...]
    """In order."""
    chapters: tuple[Chapter, ...]
    """In order, at least one."""
    timeline: tuple[Span, ...]
    """Gapless from 0 to `duration`."""
    spoken_now: int
    """How many segments were spoken for it now; the others came from the cache."""
    encoder: str
    """Name, version and settings of the encoder."""
    loudness: Loudness | None = None
    """What it measures; None where nobody measured."""
    warnings: tuple[str, ...] = ()
    """Findings on the sound."""
    alternates: tuple[Alternate, ...] = ()
    """The same in other forms, as the house asks for them."""
    seal: str = ""
    """What its signature says and was made with, hashed; empty where it is not signed. Equal seals need no new one."""


# ── Episode, Show, House ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Episode:
    """One article's published bundle."""

    id: str
    """The article's UUID, for good."""
    slug: str
    """Folder name under `episodes/`, for good."""
    title: str
    """The headline."""
    folder: Path
    """Where the public files lie."""
    audio: Path
    """The MP3."""
    duration: float
    """Seconds."""
    size: int
    """Bytes of the MP3."""
    chapters: int
    """How many."""
    version: int
    """1 at first, raised whenever what is published changes."""
    changed: bool
    """Whether this run changed anything."""
    spoken_now: int = 0
    """Segments spoken in this run."""
    segments: int = 0
    """Segments in all."""
    flags: tuple[Flag, ...] = ()
    """Things to look at or to listen to."""
    source: str = ""
    """Where it was made from, as the user named it; empty where nobody asked."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that did not become an episode. In a batch a failure is a value, and the run goes on."""

    source: str
    """As the user named it."""
    message: str
    """What went wrong."""
    hint: str
    """What to do next."""
    exit_code: int
    """The code a run of this source alone ends with."""


@dataclass(frozen=True, slots=True)
class Show:
    """The facts of a channel, from `[show]`."""

    title: str = "Articles, read aloud"
    """Name of the show: podcast title, page title and album tag."""
    link: str = ""
    """Home page."""
    base_url: str = ""
    """Where the output folder will be served; without it no feed can be made."""
    description: str = ""
    """What the show is, for the feed; plain text."""
    language: str = "en"
    """BCP 47 tag."""
    author: str = ""
    """Publisher's name."""
    owner_name: str = ""
    """Feed owner's name."""
    owner_email: str = ""
    """Feed owner's address, as podcast directories ask for it."""
    image: Path | None = None
    """Cover: a local JPEG or PNG file, square."""
    category: str = "News"
    """Apple Podcasts category."""
    explicit: bool = False
    """Apple's content flag."""
    locked: bool = True
    """Whether other podcast hosts are told not to import the feed; it is said where the owner's address is known."""
    enclosure_prefix: str = ""
    """Prefix for enclosure addresses (a measurement service), without scheme of the target."""
    copyright: str = ""
    """Copyright line."""
    guid: str = ""
    """The podcast:guid of the main feed, when the show already has one; empty: made of the feed's address."""
    sections: tuple[str, ...] = ()
    """Sections that have a feed of their own beside that of all."""
    feed_items: int = 100
    """Episodes that a feed holds at least; the older ones are in archive documents of as many."""


class ChapterMode(StrEnum):
    """Where chapters come from."""

    AUTO = "auto"
    """Section headings; long articles without any get a marker about every minute."""
    HEADINGS = "headings"
    NONE = "none"
    """One chapter, the headline."""


class Say(StrEnum):
    """What a lexicon entry's `say` is."""

    RESPELLING = "respelling"
    """Words that an engine reads as it should ("Hryvnia" → "hrivnya")."""
    LETTERS = "letters"
    """Letters, one by one; an empty `say` takes those of the written form."""
    WORD = "word"
    """The written form is a word, whatever it looks like ("NABU")."""
    EXPANSION = "expansion"
    """The words that a short form stands for ("NBU" → "the National Bank of Ukraine")."""
    IPA = "ipa"
    """A transcription in the International Phonetic Alphabet."""


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """One reading that a house settles. It goes before every rule."""

    written: str
    """A word or a phrase, as it is written."""
    say: str = ""
    """How it is said; may be empty for letters and words."""
    kind: Say = Say.RESPELLING
    """What `say` is."""
    cased: bool = True
    """Whether capitals must agree."""
    language: str = ""
    """Primary subtag of the language it holds for; empty for all."""
    note: str = ""
    """Why, or who says so."""


@dataclass(frozen=True, slots=True)
class SiteRule:
    """What a house settles about the pages of one host; goes before everything that the reader finds out itself."""

    host: str
    """Host name, lower-case; its subdomains are meant too. `*` is every host, and sources without an address."""
    keep: tuple[str, ...] = ()
    """CSS selectors of elements whose text is spoken."""
    drop: tuple[str, ...] = ()
    """CSS selectors of elements whose text is not spoken."""
    note: tuple[str, ...] = ()
    """CSS selectors of corrections and editor's notes: spoken last."""
    body: str = ""
    """CSS selector of the element that holds the article; empty lets the reader find it."""
    title: str = ""
    """CSS selector of the headline; empty lets the reader find it."""


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """How the web is asked for articles."""

    contact: str = ""
    """Address or page that a site's owner can write to; told with every request."""
    delay: float = 1.0
    """Seconds between two requests to one host, unless its robots.txt asks for more."""
    own_sites: tuple[str, ...] = ()
    """Hosts of the house itself: robots.txt and delay are not asked for."""
    allow_private: bool = False
    """Whether private and local addresses may be asked."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """Sounds of the house that are heard around what is spoken: audio files, None for none."""

    intro: Path | None = None
    """Heard first."""
    jingle: Path | None = None
    """Heard between headline or by-line and the body."""
    outro: Path | None = None
    """Heard last."""
    bed: Path | None = None
    """Music under the headline."""
    bed_level: float = -18.0
    """LU by which the bed is quieter than the voice while that speaks."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said around the body of an article, from `[spoken]`."""

    order: tuple[Role, ...] = (Role.DISCLOSURE, Role.HEADLINE, Role.BYLINE)
    """What is said before the body, in order; what is not in it is not said."""
    closing: bool = False
    """Whether something is said after the body in every language that has words for it."""
    lines: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=lambda: MappingProxyType({}))
    """Templates that stand in place of ours: by language tag, then by role (`byline_one`: of a single author).

    The closing may have several, each a line of its own; an empty text says nothing in that language.
    """
    show: str = ""
    """The show's title, for `{show}`; empty where the house has not said it."""


@dataclass(frozen=True, slots=True)
class Signing:
    """With what finished recordings are signed (C2PA)."""

    certificate: Path
    """PEM file: the signer's certificate, then those above it."""
    key: Path | None = None
    """PEM file of the signer's private key; None where `command` signs."""
    command: tuple[str, ...] = ()
    """Command that signs what it is given on standard input, and keeps the key to itself."""
    algorithm: str = "es256"
    """How it is signed: `es256`, `es384`, `es512`, `ps256`, `ps384`, `ps512` or `ed25519`."""
    tsa_url: str = ""
    """Address of an authority (RFC 3161) that witnesses when it was signed; empty for none."""
    anchors: Path | None = None
    """PEM file of the authorities that checks of signed files trust."""


@dataclass(frozen=True, slots=True)
class House:
    """All that `articleaudio.toml`, environment and command line settle. Stages get only the parts they need."""

    root: Path
    """The house folder: where `articleaudio.toml` lies, else the working directory."""
    show: Show
    """The channel."""
    voices: Mapping[str, Voice]
    """Voice for each language tag (primary subtag); `*` speaks everything, where one voice was asked for by name."""
    cache: Path | str
    """Cache folder, or the address of an object store (`s3://bucket/prefix`)."""
    state: Path
    """State folder (receipts); one sub-folder for each output."""
    cast: Mapping[str, Voice] = field(default_factory=lambda: MappingProxyType({}))
    """Profiles that other profiles name (for a role, as a fallback), and those of sections, by name."""
    section_voices: Mapping[str, Mapping[str, Voice]] = field(default_factory=lambda: MappingProxyType({}))
    """Voices by language that speak the articles of single sections, by the section in small letters."""
    cache_limit: int = 0
    """Bytes that the cache may take; 0 for no limit."""
    keep_clips: bool = False
    """Whether the cache keeps the sound as spoken too where speaking is cheap, and not only as it is joined."""
    max_cost: float = 0.0
    """US dollars that a run may spend on services; 0 for no limit."""
    disclosure: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    """The disclosure line by language; an empty mapping turns it off."""
    chapters: ChapterMode = ChapterMode.AUTO
    """Where chapters come from."""
    keep_days: int = 7
    """Days that a superseded MP3 stays."""
    acronyms: str = "letters"
    """What is said for an acronym whose long form is known: `letters`, `expand-first` or `always-expand`."""
    acronym_styles: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    """Exceptions to it, by acronym."""
    rules_off: tuple[str, ...] = ()
    """Names of reading rules that are switched off."""
    lexicon: tuple[LexiconEntry, ...] = ()
    """The readings of all lexicons in use, the strongest last."""
    sites: tuple[SiteRule, ...] = ()
    """What the house settles about the pages of single hosts, in order; all that fit a page hold."""
    fetch: FetchPolicy = field(default_factory=FetchPolicy)
    """How the web is asked for articles."""
    profile: AudioProfile = AudioProfile.PODCAST
    """The form of the MP3."""
    alternates: tuple[AudioProfile, ...] = ()
    """Further forms that every recording is made in."""
    sounds: Sounds = field(default_factory=Sounds)
    """Intro, jingle, outro and the bed under the headline."""
    spoken: Spoken = field(default_factory=Spoken)
    """What is said around the body."""
    templates: Path | None = None
    """Folder whose page templates take the place of the package's; None for none."""
    signing: Signing | None = None
    """With what recordings are signed; None where they are not."""
    sources: tuple[str, ...] = ()
    """What is converted where nobody names a source: folders, files, feeds, addresses, list files."""
    output: str = ""
    """Where episodes go where nobody names an output: a folder, or the address of an object store."""
    cluster: str = ""
    """Address of the scheduler that makes articles on many machines; empty for this machine alone."""

    def voices_for(self, section: str) -> Mapping[str, Voice]:
        """Voice for each language tag, for an article of a section: the section's own go before the house's."""
        own = self.section_voices.get(" ".join(section.casefold().split()))
        if not own:
            return self.voices
        whole = {tag for tag in own if "-" not in tag}  # a language that is settled whole, its regions included
        kept = {tag: voice for tag, voice in self.voices.items() if tag.partition("-")[0] not in whole}
        return MappingProxyType({**kept, **own})
