"""The other forms of a recording: their public names, what episode.json says of them, and what the receipt keeps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from articleaudio.model import Alternate
from articleaudio.publish.receipt import Form, PublicFile, Receipt

ENDINGS = {"audio/mpeg": "mp3", "audio/flac": "flac"}
"""Ending of a file's name, by media type."""

AUDIO = tuple(f".{ending}" for ending in ENDINGS.values())
"""How the names of audio files end."""


def is_audio(name: str, slug: str) -> bool:
    """Whether a file is named as we name the audio of an episode: slug, hash, ending."""
    middle, _, ending = name.removeprefix(f"{slug}.").partition(".")
    hashed = 8 <= len(middle) <= 64 and set(middle) <= set("0123456789abcdef")
    return name.startswith(f"{slug}.") and hashed and ending in ENDINGS.values()


def alternate_name(slug: str, alternate: Alternate) -> str:
    """The public name; it changes with the bytes, as the MP3's does."""
    return f"{slug}.{alternate.sha256[:8]}.{ENDINGS[alternate.type]}"


def alternates_document(slug: str, alternates: Iterable[Alternate]) -> list[dict[str, Any]]:
    """What episode.json says of them, in the house's order."""
    return [
        {
            "file": alternate_name(slug, one),
            "type": one.type,
            "bytes": one.size,
            "sha256": one.sha256,
            "duration": round(one.duration, 3),
            "bitrate": one.bitrate,
            "profile": one.profile.value,
        }
        for one in alternates
    ]


def public_files(slug: str, alternates: Iterable[Alternate]) -> tuple[PublicFile, ...]:
    """The files, for the receipt."""
    return tuple(PublicFile(alternate_name(slug, one), one.sha256, one.size, one.seal) for one in alternates)


def forms(slug: str, alternates: Iterable[Alternate]) -> tuple[Form, ...]:
    """What the receipt keeps of how they were made."""
    return tuple(
        Form(one.profile, alternate_name(slug, one), one.duration, one.rate, one.encoder, one.loudness)
        for one in alternates
    )


def audio_names(receipt: Receipt | None) -> tuple[str, ...]:
    """All audio files that a receipt knows as published, the MP3 first."""
    if receipt is None:
        return ()
    others = (file.name for file in receipt.files if file.name.endswith(AUDIO))
    return tuple(dict.fromkeys((receipt.audio, *others)))
