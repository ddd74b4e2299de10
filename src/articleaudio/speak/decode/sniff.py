"""Bytes to samples, by what they are and not by what anybody says they are."""

from __future__ import annotations

import io
from dataclasses import dataclass

from articleaudio.errors import SpeechFailedError
from articleaudio.speak.decode.mp3 import is_mp3, whole_mp3
from articleaudio.speak.decode.quote import quoted
from articleaudio.speak.decode.wav import is_wav, mono, read_wav
from articleaudio.speak.decode.whole import check_aiff, check_ogg, flac_frames

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


def hear(body: bytes, *, sender: str = "the service", pcm_rate: int = 0) -> Heard:
    """Decode what somebody sent, whatever it is. Raises SpeechFailedError where it is no sound, or not whole.

    `pcm_rate` is the rate of samples without a header, where these were asked for; else they are not believed.
    `sender` is what messages call whoever sent it.
    """
    try:
        heard = _heard(body, pcm_rate)
    except _NoSoundError as error:
        raise SpeechFailedError(f"{sender} {error}") from None
    if not 4_000 <= heard.rate <= 192_000:
        raise SpeechFailedError(f"{sender} sent sound of {heard.rate} samples a second")
    if heard.duration > LONGEST:
        raise SpeechFailedError(f"{sender} sent more than {LONGEST // 60} minutes of sound for one text")
    return heard


class _NoSoundError(Exception):
    """What was sent is no sound; the message goes on from the name of the sender."""


def _heard(body: bytes, pcm_rate: int) -> Heard:
    if not body:
        raise _NoSoundError("gave no sound: what it sent is empty")
    if is_wav(body):
        return Heard(*read_wav(body))
    if body[:4] == b"fLaC":
        promised = flac_frames(body)
        return _decoded(body, "FLAC", promised)
    if body[:4] == b"OggS":
        warnings = check_ogg(body)
        return _decoded(body, "Ogg", warnings=warnings)
    if body[:4] == b"FORM":
        check_aiff(body)
        return _decoded(body, "AIFF")
    if body[:3] == b"ID3" or is_mp3(body):
        whole, fewest = whole_mp3(body)
        return _decoded(whole, "MP3", fewest)
    _not_read(body)
    if not pcm_rate:
        raise _NoSoundError(f"sent {len(body)} bytes that are no sound we know")
    if len(body) % 2:
        raise SpeechFailedError("the samples break off within one")
    return Heard(body, pcm_rate)


def _not_read(body: bytes) -> None:
    """Raise _NoSoundError for what is known to be no sound, or none that is read here."""
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"<", b"{", b"[") and _is_text(body):
        raise _NoSoundError(f"sent a text and no sound: “{quoted(body)}”")
    if body[4:8] == b"ftyp" or _is_adts(body):
        raise _NoSoundError("sent AAC, which is not read here; ask for wav, flac, mp3 or opus")
    for magic, name in ((b"\x1f\x8b", "gzip"), (b"\x1aE\xdf\xa3", "WebM"), (b"RF64", "RF64"), (b"caff", "CAF")):
        if body.startswith(magic):
            raise _NoSoundError(f"sent {name}, which is not read here; ask for wav, flac, mp3 or opus")
    if _is_text(body):
        raise _NoSoundError(f"sent a text and no sound: “{quoted(body)}”")


def _is_adts(body: bytes) -> bool:
    """Whether two frames of bare AAC follow each other: one header alone, bare samples may look like."""

    def sync(at: int) -> bool:
        return len(body) > at + 5 and body[at] == 0xFF and body[at + 1] & 0xF6 == 0xF0

    return sync(0) and sync((body[3] & 3) << 11 | body[4] << 3 | body[5] >> 5)


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
    import soundfile  # noqa: PLC0415 -- most programs give WAV

    try:
        with soundfile.SoundFile(io.BytesIO(body)) as file:
            rate = int(file.samplerate)
            samples = file.read(LONGEST * rate + 1, dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, RuntimeError, ValueError, MemoryError) as error:
        unknown = "; it does not tell its length: ask for wav" if name == "FLAC" and not promised else ""
        raise SpeechFailedError(f"the {name} file cannot be read: {error}{unknown}") from None
    if promised > len(samples):
        raise SpeechFailedError(f"the {name} file breaks off: {len(samples)} of {promised} samples are there")
    return Heard(mono(samples), rate, warnings)
