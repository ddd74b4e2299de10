"""Bytes to samples, by what they are and not by what anybody says they are."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from articleaudio.errors import SpeechFailedError
from articleaudio.speak.services.mp3 import is_mp3, whole_mp3
from articleaudio.speak.services.refusals import quoted
from articleaudio.speak.services.wav import read_wav
from articleaudio.speak.services.whole import check_ogg, flac_frames

LONGEST = 1_800
"""Seconds of sound that one answer may hold."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What an answer holds."""

    pcm: bytes
    """16-bit signed little-endian mono."""
    rate: int
    """Samples a second."""
    warnings: tuple[str, ...] = ()
    """What is doubtful about it."""

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self.pcm) / 2 / self.rate


def hear(body: bytes, *, pcm_rate: int = 0) -> Heard:
    """Decode an answer, whatever it is. Raises SpeechFailedError where it is no sound, or not whole.

    `pcm_rate` is the rate of samples without a header, where these were asked for; else they are not believed.
    """
    if not body:
        raise SpeechFailedError("the service sent an empty answer")
    if body[:4] == b"RIFF" and body[8:12] == b"WAVE":
        samples, rate = read_wav(body)
        return _mono(samples, rate)
    if body[:4] == b"fLaC":
        promised = flac_frames(body)
        return _decoded(body, "FLAC", promised)
    if body[:4] == b"OggS":
        warnings = check_ogg(body)
        return _decoded(body, "Ogg", warnings=warnings)
    if body[:3] == b"ID3" or is_mp3(body):
        whole, fewest = whole_mp3(body)
        return _decoded(whole, "MP3", fewest)
    _not_read(body)
    if not pcm_rate:
        raise SpeechFailedError(f"the service sent {len(body)} bytes that are no sound we know")
    if len(body) % 2:
        raise SpeechFailedError("the samples break off within one")
    return Heard(body, pcm_rate)


def _not_read(body: bytes) -> None:
    """Raise SpeechFailedError for what is known to be no sound, or none that is read here."""
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"<", b"{", b"[") and _is_text(body):
        raise SpeechFailedError(f"the service sent a text and no sound: “{quoted(body)}”")
    if body[4:8] == b"ftyp" or (body[0] == 0xFF and len(body) > 1 and body[1] & 0xF6 == 0xF0):
        raise SpeechFailedError("the service sent AAC, which is not read here; ask for wav, flac, mp3 or opus")
    for magic, name in ((b"\x1f\x8b", "gzip"), (b"\x1aE\xdf\xa3", "WebM"), (b"RF64", "RF64"), (b"FORM", "AIFF")):
        if body.startswith(magic):
            raise SpeechFailedError(f"the service sent {name}, which is not read here; ask for wav, flac, mp3 or opus")
    if _is_text(body):
        raise SpeechFailedError(f"the service sent a text and no sound: “{quoted(body)}”")


def _is_text(body: bytes) -> bool:
    """Whether the beginning reads as text; samples have NULs or other bytes that text does not have."""
    start = body[:400]
    try:
        text = start.decode()
    except UnicodeDecodeError as error:
        if error.start < len(start) - 3:
            return False
        text = start[: error.start].decode()
    return all(letter.isprintable() or letter in "\t\r\n" for letter in text)


def _decoded(body: bytes, name: str, promised: int = 0, warnings: tuple[str, ...] = ()) -> Heard:
    import soundfile  # noqa: PLC0415 -- only where a service has spoken

    try:
        with soundfile.SoundFile(io.BytesIO(body)) as file:
            rate = int(file.samplerate)
            samples = file.read(LONGEST * rate + 1, dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, RuntimeError, ValueError, MemoryError) as error:
        unknown = "; it does not tell its length: ask for wav" if name == "FLAC" and not promised else ""
        raise SpeechFailedError(f"the {name} file cannot be read: {error}{unknown}") from None
    if promised > len(samples):
        raise SpeechFailedError(f"the {name} file breaks off: {len(samples)} of {promised} samples are there")
    return _mono(samples, rate, warnings)


def _mono(samples: Any, rate: int, warnings: tuple[str, ...] = ()) -> Heard:  # noqa: ANN401 -- an array
    """One channel of 16 bits; several are mixed."""
    import numpy as np  # noqa: PLC0415 -- only where a service has spoken

    if not 4_000 <= rate <= 192_000:
        raise SpeechFailedError(f"the service sent sound of {rate} samples a second")
    if len(samples) > LONGEST * rate:
        raise SpeechFailedError(f"the service sent more than {LONGEST // 60} minutes of sound for one text")
    mono = samples[:, 0] if samples.shape[1] == 1 else samples.mean(axis=1)
    if not np.isfinite(mono).all():
        raise SpeechFailedError("the service sent samples that are no numbers")
    return Heard(np.clip(np.rint(mono * 2**15), -(2**15), 2**15 - 1).astype("<i2").tobytes(), rate, warnings)
