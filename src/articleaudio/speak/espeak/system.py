"""The voices of macOS and Windows, through pyttsx3's own drivers `nsss` and `sapi5`.

These drivers write a file, in their own time, and tell no word times that belong to its sound; so the file is waited
for until it is whole, and word times are estimated.

Run here only with the drivers that Linux has; neither macOS nor Windows was at hand.
"""

from __future__ import annotations

import contextlib
import io
import platform
import tempfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from articleaudio.errors import EngineError, SpeechFailedError, VoiceError
from articleaudio.model import Voice
from articleaudio.speak.contract import Prompt, Sound
from articleaudio.speak.espeak.written import decode, wait_for
from articleaudio.speak.options import check_options, number

OPTIONS = {
    "voice": "the voice's id or name in the system, or a language tag; the profile's language where it is not given",
    "volume": "0 to 100, 100 normal",
}
"""What a profile's [options] may hold."""

ATTEMPTS = 3
"""How often a text is spoken until a whole file comes of it."""

_SPACED = dict.fromkeys([*range(0x20), 0x7F, *range(0xD800, 0xE000)], " ")
"""Control characters and lone surrogates are read as spaces."""


class SystemEngine:
    """A driver of pyttsx3's own. Not for several threads at once; one engine a process."""

    name = "pyttsx3"
    """What voice profiles call it."""

    def __init__(self, driver: str, *, patience: float = 5.0, patience_per_character: float = 0.02) -> None:
        """Take pyttsx3's name of the driver, and how many seconds a file may take to come when speaking has ended."""
        self._driver = driver
        self._patience = patience
        self._patience_per_character = patience_per_character

    def fingerprint(self, voice: Voice) -> str:
        """Driver, versions of pyttsx3 and of the system, and the id of the voice; the voice's own data is not shown."""
        from importlib.metadata import version  # noqa: PLC0415 -- slow to import

        told = f"{self._driver} pyttsx3 {version('pyttsx3')} {platform.platform()} {self._voice_id(voice)}"
        return "".join(filter(str.isprintable, told))

    def problems(self, voice: Voice) -> str | None:
        """Tell whether driver, voice and options are all there."""
        try:
            self.fingerprint(voice)
            _volume(voice)
        except EngineError as error:
            return f"{error.message}: {error.hint}" if error.hint else error.message
        return None

    def speak(self, prompt: Prompt, voice: Voice) -> Sound:
        """Speak into a file and read it; where none comes, or none that is whole, try again."""
        properties: dict[str, str | float] = {
            "voice": self._voice_id(voice),
            "rate": voice.rate,
            "volume": _volume(voice),
        }
        text = " ".join(prompt.text.translate(_SPACED).split())
        if not text:
            raise SpeechFailedError("there is nothing to say")
        with tempfile.TemporaryDirectory(prefix="articleaudio-", ignore_cleanup_errors=True) as folder:
            for attempt in range(1, ATTEMPTS + 1):
                path = Path(folder, f"{attempt}.aiff" if self._driver == "nsss" else f"{attempt}.wav")
                try:
                    pcm, rate = self._spoken(text, properties, path)
                except SpeechFailedError:
                    if attempt == ATTEMPTS:
                        raise
                else:
                    return Sound(pcm, rate, exact=False)
        raise AssertionError  # the last attempt returns or raises

    def _spoken(self, text: str, properties: dict[str, str | float], path: Path) -> tuple[bytes, int]:
        engine = self._pyttsx3
        errors: list[Exception] = []
        listening = engine.connect("error", lambda exception, **_: errors.append(exception))
        try:
            with contextlib.redirect_stdout(io.StringIO()):  # some drivers chat
                for name, value in properties.items():
                    engine.setProperty(name, value)
                engine.save_to_file(text, str(path))
                engine.runAndWait()
                if not errors:
                    wait_for(path, self._patience + self._patience_per_character * len(text))
        finally:
            engine.disconnect(listening)
        if errors:
            if isinstance(errors[0], EngineError):
                raise errors[0]
            raise SpeechFailedError(f"pyttsx3's driver {self._driver!r} failed: {errors[0]}") from errors[0]
        return decode(path.read_bytes())

    @cached_property
    def _pyttsx3(self) -> Any:  # noqa: ANN401 -- pyttsx3 has no types
        try:
            import pyttsx3  # noqa: PLC0415 -- for those who speak

            return pyttsx3.init(self._driver)
        except Exception as error:
            raise EngineError(
                f"pyttsx3's driver {self._driver!r} cannot be used here: {type(error).__name__}: {error}",
                hint="reinstall pyttsx3, or choose a voice of another engine",
            ) from error

    def _voice_id(self, voice: Voice) -> str:
        """The system's id of the voice that the profile asks for, never another language's. Raises VoiceError."""
        check_options(voice, OPTIONS, "the system's voices")
        known: Sequence[Any] = self._pyttsx3.getProperty("voices")
        asked = voice.options.get("voice", voice.language)
        found = [each.id for each in known if asked in {each.id, each.name}]
        found += _speaking(known, asked) or _speaking(known, asked.partition("-")[0])
        if not found:
            names = ", ".join(f"{each.name} ({' '.join(_tags(each))})" for each in known)
            raise VoiceError(
                f"the system has no voice {asked!r}",
                hint=f"add one in the system's settings, or name one of these as `voice`: {names[:500]}",
            )
        return str(found[0])


def _speaking(known: Sequence[Any], tag: str) -> list[str]:
    """Ids of the voices of a language, in the system's order."""
    wanted = tag.lower()
    return [each.id for each in known if any(f"{told}-".startswith(f"{wanted}-") for told in _tags(each))]


def _tags(voice: Any) -> list[str]:  # noqa: ANN401 -- pyttsx3 has no types
    """Language tags of a voice of pyttsx3's, as drivers write them: `en_US`, `en-US`, bytes with a figure before."""
    told = [tag.decode("latin-1") if isinstance(tag, bytes) else str(tag) for tag in voice.languages or () if tag]
    return [tag.lstrip("\x00\x01\x02\x03\x04\x05").strip().lower().replace("_", "-") for tag in told]


def _volume(voice: Voice) -> float:
    return number(voice, "volume", 100, 0, 100) / 100
