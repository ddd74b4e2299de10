"""A sound as a cache entry: a line of JSON, then the samples, plain or, where speaking is dear, as FLAC."""

from __future__ import annotations

import io
import json

from articleaudio.speak.contract import Sound, WordEvent

KIND = "clip"
"""What the store calls these entries."""

_FORMAT = 2


def pack(sound: Sound, *, dear: bool = False) -> bytes:
    """Make the entry: compact JSON with rate, word events and warnings, a line feed, the samples."""
    words = [[float(word.start), float(word.end), int(word.first), int(word.last)] for word in sound.words]
    exact = sound.exact and bool(words)  # where none are told, they will be estimated
    head = {
        "format": _FORMAT, "rate": int(sound.rate), "words": words, "exact": exact, "flac": dear,
        "warnings": sound.warnings,
    }  # fmt: skip
    samples = _flac(sound) if dear else sound.pcm
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + samples


def unpack(entry: bytes) -> Sound | None:
    """Read an entry; None when it is of another format."""
    head, _, samples = entry.partition(b"\n")
    try:
        fields = json.loads(head)
        if fields["format"] != _FORMAT:
            return None
        words = tuple(WordEvent(*word) for word in fields["words"])
        pcm = _pcm(samples) if fields["flac"] else samples
        return Sound(pcm, fields["rate"], words, tuple(fields["warnings"]), exact=fields["exact"])
    except (ValueError, KeyError, TypeError):
        return None


def _flac(sound: Sound) -> bytes:
    import numpy as np  # noqa: PLC0415 -- only where speaking is dear
    import soundfile  # noqa: PLC0415 -- as above

    file = io.BytesIO()
    soundfile.write(file, np.frombuffer(sound.pcm, "<i2"), sound.rate, format="FLAC", subtype="PCM_16")
    return file.getvalue()


def _pcm(flac: bytes) -> bytes:
    import soundfile  # noqa: PLC0415 -- as above

    try:
        samples, _ = soundfile.read(io.BytesIO(flac), dtype="int16")
    except soundfile.LibsndfileError as error:
        raise ValueError(str(error)) from error
    pcm: bytes = samples.astype("<i2").tobytes()
    return pcm
