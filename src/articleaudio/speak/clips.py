"""A sound as a cache entry: a line of JSON, then the samples."""

from __future__ import annotations

import json

from articleaudio.speak.contract import Sound, WordEvent

KIND = "clip"
"""What the store calls these entries."""

_FORMAT = 1


def pack(sound: Sound) -> bytes:
    """Make the entry: compact JSON with the sample rate, the word events and the warnings, a line feed, the PCM."""
    words = [[float(word.start), float(word.end), int(word.first), int(word.last)] for word in sound.words]
    head = {"format": _FORMAT, "rate": int(sound.rate), "words": words, "warnings": sound.warnings}
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + sound.pcm


def unpack(entry: bytes) -> Sound | None:
    """Read an entry; None when it is of another format."""
    head, _, pcm = entry.partition(b"\n")
    try:
        fields = json.loads(head)
        if fields["format"] != _FORMAT:
            return None
        words = tuple(WordEvent(*word) for word in fields["words"])
        return Sound(pcm, fields["rate"], words, tuple(fields["warnings"]))
    except (ValueError, KeyError, TypeError):
        return None
