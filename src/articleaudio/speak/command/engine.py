"""The engine `command` as the speak stage sees it."""

from __future__ import annotations

from pathlib import Path

from articleaudio.errors import EngineError, SpeechFailedError
from articleaudio.model import Voice
from articleaudio.speak.command import plain, program
from articleaudio.speak.command.identity import identity
from articleaudio.speak.command.settings import Settings, read
from articleaudio.speak.contract import Prompt, Sound, Traits
from articleaudio.speak.decode import hear
from articleaudio.speak.render import sounds


class CommandEngine:
    """Any program that the profile names. It tells no word times: they are estimated."""

    name = "command"
    """What voice profiles call it."""

    def fingerprint(self, voice: Voice) -> str:
        """Name and version of the program, and a hash over it and the files it is given."""
        settings = read(voice)
        told = identity(settings)
        if settings.uses("voice") and "voice" not in voice.options:  # it is told the language, which is no option
            return f"{told} {voice.language}"
        return told

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
        data = self._run(settings, text + "\n".encode(settings.encoding))
        heard = hear(data, sender=settings.command[0], pcm_rate=settings.raw)
        if not any(heard.pcm):
            raise SpeechFailedError(f"{settings.command[0]} gave no sound")
        unsaid = "".join(filter(sounds, lost))
        warnings = (f"the program cannot be told {unsaid[:20]!r}, which was left out",) if unsaid else ()
        return Sound(heard.pcm, heard.rate, warnings=(*warnings, *heard.warnings), exact=False)

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
