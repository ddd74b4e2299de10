"""Audio files as a house brings them: any rate, channels and depth in, mono samples at the recording's rate out.

A file is read in blocks and never further than it is needed, so memory does not grow with its length. Whatever cannot
be used is a ConfigError that names the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soxr

from articleaudio.errors import ConfigError
from articleaudio.master.peaks import Signal
from articleaudio.master.sounds.whole import breaks_off
from articleaudio.model import Sounds

if TYPE_CHECKING:
    import soundfile

LONGEST = 30.0
"""Seconds that an intro, jingle or outro may last."""
BED = 60.0
"""Seconds of a bed that are used; then it begins again."""

_RATES = (4_000, 768_000)
_BLOCK = 1 << 18
"""Numbers that are read at a time, all channels together."""
_SILENT = 10 ** (-80 / 20)
"""A file whose loudest sample is no louder holds nothing to hear."""
_EDGE = 10 ** (-60 / 20)
"""What is so much quieter than the loudest sample counts as silence at an edge."""
_MISSING = 0.1
"""Seconds that a file may hold less than it says."""
_CHECKED_AT = 44_100

_FORMS = "save it as WAV, FLAC, MP3 or Ogg Vorbis, and name that file in [audio]"
_DAMAGED = f"it is damaged: export it anew; {_FORMS}"


def check_sounds(sounds: Sounds) -> None:
    """See that all sounds can be used. Raises ConfigError."""
    for path in (sounds.intro, sounds.jingle, sounds.outro):
        if path:
            read_sound(path, _CHECKED_AT)
    if sounds.bed:
        read_sound(sounds.bed, _CHECKED_AT, bed=True)


def settled_sounds(sounds: Sounds) -> list[object]:
    """What of the sounds can change an episode: the bytes of the files, not their names. Raises ConfigError."""
    paths = (sounds.intro, sounds.jingle, sounds.outro, sounds.bed)
    return [[digest(path) if path else "" for path in paths], sounds.bed_level if sounds.bed else 0.0]


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, worked out once. Raises ConfigError when it cannot be read."""
    try:
        told = path.stat()
        return _digest(path, told.st_mtime_ns, told.st_size)
    except OSError as error:
        raise _unreadable(path, error) from error


@lru_cache(maxsize=16)
def _digest(path: Path, _modified: int, _size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_sound(path: Path, rate: int, *, bed: bool = False) -> Signal:
    """A file's sound: mono at `rate`, no offset, its loudest sample 1, without silence before and after.

    Of a bed the first minute is read; any other sound must not be longer than half of one. Raises ConfigError.
    """
    import soundfile  # noqa: PLC0415 -- only for sounds that are not kept yet

    from articleaudio.master.forward import ForwardFile  # noqa: PLC0415 -- as above

    try:
        with path.open("rb") as raw:
            if breaks_off(raw):
                raise ConfigError(f"{path} breaks off: its end is missing", hint=_DAMAGED)
            with ForwardFile(raw) as file:
                return _clean(path, _mono(path, file, rate, bed=bed))
    except OSError as error:
        raise _unreadable(path, error) from error
    except (soundfile.SoundFileError, TypeError, ValueError, RuntimeError) as error:
        told = str(error).partition(": ")[2] or str(error)
        raise ConfigError(f"{path} cannot be read as audio: {told}", hint=_FORMS) from error


def _mono(path: Path, file: soundfile.SoundFile, rate: int, *, bed: bool) -> Signal:
    """Decode, mix and resample; a bed no further than it is used."""
    least, most = _RATES
    if not least <= file.samplerate <= most:
        message = f"{path} has {file.samplerate} samples a second; from {least} to {most} can be used"
        raise ConfigError(message, hint="save it at 44100 samples a second")
    if not bed and file.frames > LONGEST * file.samplerate:
        raise _too_long(path, file.frames / file.samplerate)
    resampler = soxr.ResampleStream(file.samplerate, rate, 1, dtype="float64", quality="HQ")
    parts = [resampler.resample_chunk(block) for block in _blocks(path, file, bed=bed)]
    parts.append(resampler.resample_chunk(np.empty(0), last=True))
    return np.concatenate(parts)


def _blocks(path: Path, file: soundfile.SoundFile, *, bed: bool) -> Iterator[Signal]:
    """All channels mixed to one, block by block."""
    size = max(1, _BLOCK // file.channels)
    limit = round((BED if bed else LONGEST) * file.samplerate)
    expected = min(limit, file.frames)
    read = 0
    while read < limit and len(block := file.read(min(size, limit - read), dtype="float64", always_2d=True)):
        if not np.isfinite(block).all():
            raise ConfigError(f"{path} holds samples that are no numbers", hint=f"export it anew; {_FORMS}")
        read += len(block)
        yield block.mean(axis=1)
    if not read:
        raise ConfigError(f"{path} holds no sound at all: 0 samples", hint=_FORMS)
    if expected - read > _MISSING * file.samplerate:
        held, told = read / file.samplerate, expected / file.samplerate
        message = f"{path} breaks off after {held:.1f} of {told:.1f} seconds"
        raise ConfigError(message, hint=_DAMAGED)
    if not bed and read == limit and len(file.read(1)):
        raise _too_long(path, read / file.samplerate)


def _clean(path: Path, sound: Signal) -> Signal:
    """Take offset and silent edges away; bring the loudest sample to 1."""
    sound = sound - sound.mean() if len(sound) else sound
    loudest = float(np.abs(sound).max(initial=0.0))
    if loudest <= _SILENT:
        message = f"{path} is silent, or its channels cancel each other out in mono"
        raise ConfigError(message, hint="bring a file with something to hear, or take its line out of [audio]")
    sound /= loudest
    heard = np.flatnonzero(np.abs(sound) > _EDGE)
    return sound[heard[0] : heard[-1] + 1]


def _too_long(path: Path, seconds: float) -> ConfigError:
    return ConfigError(
        f"{path} lasts {seconds:.0f} seconds; intro, jingle and outro last at most {LONGEST:.0f}",
        hint="cut it; music under the headline is named as bed",
    )


def _unreadable(path: Path, error: OSError) -> ConfigError:
    return ConfigError(f"cannot read {path}: {error.strerror or error}", hint="check [audio] in the house file")
