"""The engine `command` as the speak stage sees it."""

from __future__ import annotations

import io
from pathlib import Path

from articleaudio.errors import EngineError, SpeechFailedError
from articleaudio.model import Voice
from articleaudio.speak.command import plain, program
from articleaudio.speak.command.identity import identity
from articleaudio.speak.command.settings import Settings, read
from articleaudio.speak.contract import Prompt, Sound, Traits
from articleaudio.speak.render import sounds
from articleaudio.speak.wav import is_wav, read_wav


class CommandEngine:
    """Any program that the profile names. It tells no word times: they are estimated."""

    name = "command"
    """What voice profiles call it."""

    def fingerprint(self, voice: Voice) -> str:
        """Name and version of the program, and a hash over it and the files it is given."""
        return identity(read(voice))

    def problems(self, voice: Voice) -> str | None:
        """Tell whether the options can be used, and program and files are there."""
        try:
            self.fingerprint(voice)
        except EngineError as error:
            return f"{error.message}: {error.hint}" if error.hint else error.message
        return None

    def traits(self, voice: Voice) -> Traits:
        """What the profile says of the program."""
        settings = read(voice)
        return Traits(random=settings.random, dear=settings.dear)

    def speak(self, prompt: Prompt, voice: Voice) -> Sound:
        """Run the program once for the text."""
        settings = read(voice)
        text, lost = plain.encoded(plain.clean(prompt.text), settings.encoding)
        left = text.decode(settings.encoding)
        if not sounds(left):
            why = f": {voice.name!r} cannot be told {lost[:20]!r}" if lost else ""
            raise SpeechFailedError(f"there is nothing to say{why}")
        pcm, rate = _decoded(self._run(settings, text + "\n".encode(settings.encoding)), settings)
        unsaid = "".join(filter(sounds, lost))
        warnings = (f"the program cannot be told {unsaid[:20]!r}, which was left out",) if unsaid else ()
        return Sound(pcm, rate, warnings=warnings, exact=False)

    def _run(self, settings: Settings, text: bytes) -> bytes:
        """Give what the program wrote: into its file, where it is given one, else to standard output."""
        found = program.find(settings.command[0], settings.install)
        with program.scratch(text if settings.uses("input") else None) as (given, sound):
            arguments = settings.arguments(input=given, output=str(sound))
            written = program.run(
                [str(found), *arguments[1:]],
                text,
                settings.limit + 0.04 * len(text),
                program.environment(settings.environment),
            )
            return _content(sound, found) if settings.uses("output") else written


def _content(sound: Path, found: Path) -> bytes:
    try:
        if sound.stat().st_size > program.MOST:
            raise SpeechFailedError(f"{found} wrote more than {program.MOST >> 20} MB")
        return sound.read_bytes()
    except FileNotFoundError:
        raise SpeechFailedError(f"{found} ended well but wrote no file") from None


def _decoded(data: bytes, settings: Settings) -> tuple[bytes, int]:
    """Give 16-bit mono and its rate: of bare samples, of WAV, or of whatever libsndfile knows."""
    if not data:
        raise SpeechFailedError(f"{settings.command[0]} gave no sound")
    if settings.raw:
        pcm, rate = data[: len(data) - len(data) % 2], settings.raw
    elif is_wav(data):
        pcm, rate = read_wav(data)
    else:
        pcm, rate = read_other(data)
    if not any(pcm):
        raise SpeechFailedError(f"{settings.command[0]} gave no sound")
    return pcm, rate


def read_other(data: bytes) -> tuple[bytes, int]:
    """Read FLAC, Ogg, MP3, AIFF and whatever else libsndfile knows. Raises SpeechFailedError when it is none."""
    import numpy as np  # noqa: PLC0415 -- most programs give WAV
    import soundfile  # noqa: PLC0415 -- as above

    try:
        samples, rate = soundfile.read(io.BytesIO(data), dtype="float64", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise SpeechFailedError(f"the sound is in no format that is known ({data[:12]!r})") from error
    pcm: bytes = np.clip(np.round(samples.mean(axis=1) * 32_768), -32_768, 32_767).astype("<i2").tobytes()
    return pcm, int(rate)
