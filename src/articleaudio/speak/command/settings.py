"""What a profile says of its program."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass

from articleaudio.errors import VoiceError
from articleaudio.model import Voice

OPTIONS = {
    "command": 'the program and its arguments, a list: ["flite", "-voice", "{voice}", "-o", "{output}"]',
    "voice": "what {voice} stands for",
    "pace": "words a minute that the program speaks by itself; {speed} and {stretch} are told against it",
    "encoding": "how the text is written for the program: utf-8 where it is not given, ascii, latin-1, …",
    "raw": "samples a second, where the program gives bare 16-bit mono samples and no file",
    "version": 'arguments that make the program tell its version, a list: ["--version"]',
    "files": "other files that the sound depends on, a list of paths",
    "environment": "names of the environment variables that the program needs, a list",
    "limit": "seconds that one text may take, 25 where it is not given",
    "install": "what to do where the program is missing",
    "random": "true where the program says the same text differently each time",
    "dear": "true where speaking takes long",
}
"""What a profile's [options] may hold."""

PLACES = ("rate", "speed", "stretch", "voice", "input", "output")
"""What may stand in braces in the command's arguments."""

_PLACE = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class Settings:
    """A program and how it is used, as the profile says."""

    command: tuple[str, ...]
    """Program and arguments, with placeholders."""
    places: dict[str, str]
    """What the placeholders stand for, but the files."""
    encoding: str
    """Name of the text encoding."""
    raw: int
    """Samples a second of bare samples; 0 for files."""
    version: tuple[str, ...]
    """Arguments that make it tell its version; empty where it cannot."""
    files: tuple[str, ...]
    """Other files that the sound depends on."""
    environment: tuple[str, ...]
    """Environment variables that it is given."""
    limit: float
    """Seconds that one text may take."""
    install: str
    """What to do where it is missing."""
    random: bool
    """Whether it says the same text differently each time."""
    dear: bool
    """Whether speaking takes long."""

    def uses(self, place: str) -> bool:
        """Whether a placeholder stands in the command."""
        return any("{" + place + "}" in argument for argument in self.command)

    def arguments(self, **files: str) -> list[str]:
        """Program and arguments with everything filled in, once: braces in a path or a voice's name are left alone."""
        values = {**self.places, **files}
        return [_PLACE.sub(lambda place: values[place[1]], argument) for argument in self.command]


def read(voice: Voice) -> Settings:
    """Read a profile's options. Raises VoiceError when one is unknown or wrong."""
    for option in voice.options:
        if option not in OPTIONS:
            raise _wrong(voice, option, "is not an option of the engine 'command'", ", ".join(OPTIONS))
    command = _list(voice, "command")
    if not command or not command[0]:
        raise _wrong(voice, "command", "does not name a program")
    for place in (place[1] for argument in command for place in _PLACE.finditer(argument)):
        if place not in PLACES:
            raise _wrong(voice, "command", f"holds {{{place}}}", "{" + "}, {".join(PLACES) + "}")
    pace = _number(voice, "pace", 0.0)
    if pace <= 0 and any("{speed}" in argument or "{stretch}" in argument for argument in command):
        raise _wrong(voice, "pace", "must be given, for the command tells the speed")
    places = {"rate": str(voice.rate), "voice": voice.options.get("voice", voice.language)}
    if pace > 0:
        places |= {"speed": f"{voice.rate / pace:.4f}", "stretch": f"{pace / voice.rate:.4f}"}
    return Settings(
        command=command,
        places=places,
        encoding=_encoding(voice),
        raw=int(_number(voice, "raw", 0)),
        version=_list(voice, "version"),
        files=_list(voice, "files"),
        environment=_list(voice, "environment"),
        limit=_number(voice, "limit", 25.0) or 25.0,
        install=voice.options.get("install", "install it, or mend the profile's `command`"),
        random=_truth(voice, "random"),
        dear=_truth(voice, "dear"),
    )


def _list(voice: Voice, option: str) -> tuple[str, ...]:
    """Read a list of texts, which configuration hands on as JSON."""
    text = voice.options.get(option, "[]")
    try:
        items = json.loads(text)
    except ValueError:
        items = None
    if not isinstance(items, list) or not all(isinstance(item, str) and "\0" not in item for item in items):
        raise _wrong(voice, option, f"is {text[:60]!r}, not a list of texts")
    return tuple(items)


def _number(voice: Voice, option: str, default: float) -> float:
    text = voice.options.get(option)
    try:
        number = default if text is None else float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < 1_000_000:
        raise _wrong(voice, option, f"is {text!r}, not a number that can be right")
    return number


def _truth(voice: Voice, option: str) -> bool:
    text = voice.options.get(option, "false").lower()
    if text not in {"true", "false"}:
        raise _wrong(voice, option, f"is {text!r}, neither true nor false")
    return text == "true"


def _encoding(voice: Voice) -> str:
    name = voice.options.get("encoding", "utf-8")
    try:
        "a".encode(name)
        return codecs.lookup(name).name
    except (LookupError, UnicodeError, ValueError):
        raise _wrong(voice, "encoding", f"is {name!r}, which is no text encoding") from None


def _wrong(voice: Voice, option: str, what: str, known: str = "") -> VoiceError:
    told = f"{option}: {OPTIONS[option]}" if option in OPTIONS else ""
    hint = "; ".join(filter(None, ("mend its profile", told, f"there are: {known}" if known else "")))
    return VoiceError(f"the voice {voice.name!r} has an option {option!r} that cannot be used: it {what}", hint=hint)
