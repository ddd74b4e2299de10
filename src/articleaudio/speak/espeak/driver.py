"""pyttsx3's side: a driver as its manual describes one, synchronous, with no state between texts.

https://pyttsx3.readthedocs.io/en/latest/drivers.html

Method names are pyttsx3's.
"""

from __future__ import annotations

import importlib
import sys
import wave
from pathlib import Path
from typing import IO, Protocol

from articleaudio.errors import EngineError, VoiceError
from articleaudio.speak.espeak.binding import Parameter, Settings, Take, speak
from articleaudio.speak.espeak.installation import VoiceFile, find_installation

NAME = "articleaudio_espeak"
"""What `pyttsx3.init` calls the driver."""

_SCALES = {
    "rate": (Parameter.RATE, 1, 80, 450),
    "volume": (Parameter.VOLUME, 100, 0, 2),
    "pitch": (Parameter.PITCH, 1, 0, 99),
    "range": (Parameter.RANGE, 1, 0, 99),
    "gap": (Parameter.GAP, 1, 0, 1_000),
}
"""Numeric properties: the library's parameter, its units for one of ours, lowest and highest value."""


class Proxy(Protocol):
    """What pyttsx3 gives a driver to report to (pyttsx3.driver.DriverProxy)."""

    def setBusy(self, busy: bool) -> None:  # noqa: N802, FBT001 -- pyttsx3's signature
        """Say whether a command is under way; when none is, pyttsx3 runs those that wait."""
        ...

    def notify(self, topic: str, **values: object) -> None:
        """Tell whoever is connected to a topic."""
        ...


def register() -> str:
    """Make the driver known to pyttsx3 and give its name. Raises EngineError where pyttsx3 is not installed."""
    try:
        importlib.import_module("pyttsx3.drivers")
    except ImportError as error:
        raise EngineError("pyttsx3 is not installed", hint="pip install pyttsx3") from error
    sys.modules[f"pyttsx3.drivers.{NAME}"] = sys.modules[__name__]
    return NAME


def buildDriver(proxy: Proxy) -> EspeakDriver:  # noqa: N802 -- pyttsx3 looks for this name
    """Build a driver for pyttsx3."""
    return EspeakDriver(proxy)


class EspeakDriver:
    """Speaks into files or a Take. Every text is spoken before the call returns; nothing is played."""

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy
        self._voice: VoiceFile | None = None
        self._numbers: dict[str, float] = {}
        self._phonemes = False

    def destroy(self) -> None:
        """Nothing is held between texts."""

    def say(self, text: str) -> None:
        """Refuse: there is no loudspeaker in a newsroom's server."""
        raise EngineError(f"this driver plays nothing aloud: {text[:40]!r}", hint="use save_to_file")

    def stop(self) -> None:
        """Nothing runs between calls."""

    def save_to_file(self, text: str, filename: str | Path | IO[bytes] | Take) -> None:
        """Speak a text into a WAV file (path or binary file), or into a Take with its word events."""
        if self._voice is None:
            raise VoiceError("no voice is set", hint="set the property `voice` first")
        take = filename if isinstance(filename, Take) else Take()
        numbers = tuple((_SCALES[name][0], round(_SCALES[name][1] * value)) for name, value in self._numbers.items())
        self._proxy.notify("started-utterance")
        speak(find_installation(), Settings(self._voice, numbers, self._phonemes), text, take)
        for _, first, length in take.words:
            self._proxy.notify("started-word", location=first, length=length)
        if isinstance(filename, str | Path):
            with Path(filename).open("wb") as file:
                _write_wave(file, take)
        elif not isinstance(filename, Take):
            _write_wave(filename, take)
        self._proxy.notify("finished-utterance", completed=True)

    def getProperty(self, name: str) -> object:  # noqa: N802 -- pyttsx3's name
        """Give a property that was set, or `voices`: pyttsx3 Voice values for all voices of the installation."""
        if name == "voices":
            from pyttsx3.voice import Voice  # noqa: PLC0415 -- this module is imported by pyttsx3's

            return [Voice(path.name, path.name) for path in find_installation().voice_files()]
        if name == "voice":
            return self._voice.path.name if self._voice else None
        if name in _SCALES:
            return self._numbers.get(name)
        raise KeyError(f"unknown property {name}")

    def setProperty(self, name: str, value: str | float) -> None:  # noqa: N802 -- pyttsx3's name
        """Set `voice` (a name such as `en-us+f3`), or rate, volume (1.0 normal), pitch, range, gap (10 ms units).

        `phonemes` (0 or 1) says whether `[[ ]]` in the texts that follow holds eSpeak NG's phonemes.
        """
        if name == "voice":
            self._voice = find_installation().voice(str(value))
            return
        if name == "phonemes":
            self._phonemes = bool(value)
            return
        if name not in _SCALES:
            raise KeyError(f"unknown property {name}")
        _, _, low, high = _SCALES[name]
        number = float(value)
        if not low <= number <= high:
            raise VoiceError(f"{name} is {value}, not between {low} and {high}", hint="mend the voice's profile")
        self._numbers[name] = number

    def startLoop(self) -> None:  # noqa: N802 -- pyttsx3's name
        """Work off all commands: saying that we are not busy makes pyttsx3 run them, each to its end."""
        self._proxy.setBusy(False)

    def endLoop(self) -> None:  # noqa: N802 -- pyttsx3's name
        """The loop has ended when `startLoop` returns."""

    def iterate(self) -> None:
        """Work off all commands, for a caller that runs the loop."""
        self._proxy.setBusy(False)


def _write_wave(file: IO[bytes], take: Take) -> None:
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, take.rate, 0, "NONE", "not compressed"))
        sound.writeframes(take.pcm)
