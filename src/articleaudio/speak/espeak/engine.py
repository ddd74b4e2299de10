"""The engine `pyttsx3` as the speak stage sees it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from articleaudio.errors import EngineError, SpeechFailedError
from articleaudio.model import Voice
from articleaudio.speak.contract import Prompt, Sound, WordEvent
from articleaudio.speak.espeak.binding import RECIPE, Take, version
from articleaudio.speak.espeak.driver import NAME, register
from articleaudio.speak.espeak.installation import LIBRARY_VARIABLE, Installation, find_installation
from articleaudio.speak.espeak.phonemes import feed
from articleaudio.speak.options import check_options, number

SYSTEM_DRIVERS = {"darwin": "nsss", "win32": "sapi5"}
"""pyttsx3's own drivers, for the voices of the system."""

OPTIONS = {
    "voice": "eSpeak NG's name of the voice; the profile's language where it is not given",
    "variant": "voice variant, a file in eSpeak NG's voices/!v: f3, m2, klatt, …",
    "volume": "0 to 200, 100 normal",
    "pitch": "0 to 99, 50 normal",
    "range": "how much the pitch moves, 0 to 99, 50 normal",
    "gap": "pause between words, in units of 10 ms",
}
"""What a profile's [options] may hold."""

_SPACED = dict.fromkeys([*range(0x20), 0x7F, *range(0xD800, 0xE000)], " ")
"""Control characters (eSpeak NG takes some as commands, and ends at NUL) and lone surrogates are read as spaces."""


class EspeakEngine:
    """eSpeak NG through pyttsx3 and our driver. Not for several threads at once; one engine a process."""

    name = "pyttsx3"
    """What voice profiles call it."""

    def fingerprint(self, voice: Voice) -> str:
        """Version of eSpeak NG, and a hash over its library and what the voice uses of its data."""
        found = self._installation
        file = found.voice(str(_properties(voice)["voice"]))
        return f"espeak-ng {version(found.library)} {found.fingerprint(file)} recipe {RECIPE}"

    def problems(self, voice: Voice) -> str | None:
        """Tell whether library, data, voice and options are all there."""
        try:
            self.fingerprint(voice)
        except EngineError as error:
            return f"{error.message}: {error.hint}" if error.hint else error.message
        return None

    def speak(self, prompt: Prompt, voice: Voice) -> Sound:
        """Speak through pyttsx3, and gather samples and word events."""
        properties = _properties(voice)
        fed = feed(prompt.text.translate(_SPACED), prompt.phonemes, str(properties["voice"]))
        if not fed.text.strip():
            raise SpeechFailedError("there is nothing to say")
        take = Take()
        self._run(fed.text, properties | {"phonemes": int(bool(fed.moved))}, take)
        if not take.pcm:
            raise SpeechFailedError(f"eSpeak NG gave no sound for {fed.text[:40]!r}")
        pcm = bytes(take.pcm)
        return Sound(pcm, take.rate, tuple(fed.in_prompt(event) for event in _events(take, pcm)))

    def _run(self, text: str, properties: Mapping[str, str | float], take: Take) -> None:
        """Queue the commands and work them off. pyttsx3 reports errors as events and goes on; we raise the first."""
        engine = self._pyttsx3
        errors: list[Exception] = []
        listening = engine.connect("error", lambda exception, **_: errors.append(exception))
        try:
            for name, value in properties.items():
                engine.setProperty(name, value)
            engine.save_to_file(text, take)
            engine.runAndWait()
        finally:
            engine.disconnect(listening)
        if errors:
            raise errors[0]

    @cached_property
    def _pyttsx3(self) -> Any:  # noqa: ANN401 -- pyttsx3 has no types
        import pyttsx3  # noqa: PLC0415 -- for those who speak

        return pyttsx3.init(register())

    @cached_property
    def _installation(self) -> Installation:
        return find_installation()


def driver_name() -> str:
    """Choose pyttsx3's driver for this machine; the one place that does.

    Our own where there is a libespeak-ng to use; on macOS and Windows pyttsx3's for the system's voices.
    """
    if os.environ.get(LIBRARY_VARIABLE):
        return NAME
    return SYSTEM_DRIVERS.get(sys.platform, NAME)


def _properties(voice: Voice) -> dict[str, str | float]:
    """Give pyttsx3's properties for a voice, every one of them, so that nothing stays from the voice before."""
    check_options(voice, OPTIONS, "eSpeak NG")
    name = voice.options.get("voice", voice.language)
    variant = voice.options.get("variant", "")
    return {
        "voice": f"{name}+{variant}" if variant else name,
        "rate": voice.rate,
        "volume": number(voice, "volume", 100, 0, 200) / 100,  # pyttsx3 counts from 0 to 1
        "pitch": number(voice, "pitch", 50, 0, 99),
        "range": number(voice, "range", 50, 0, 99),
        "gap": number(voice, "gap", 0, 0, 1_000),
    }


def _events(take: Take, samples: bytes) -> Iterator[WordEvent]:
    """Turn the library's word events into ours: a word lasts from its first sounding sample to its last.

    eSpeak NG's event stands where the word's phonemes begin, up to 50 ms early when that is the silence before a "t" or
    a "k"; its pauses are zeros, so both ends can be told to the sample.
    """
    ends = [*(start for start, _, _ in take.words[1:]), len(samples) // 2]
    for (start, first, length), after in zip(take.words, ends, strict=False):
        stretch = samples[2 * start : 2 * after]
        silent = (len(stretch) - len(stretch.lstrip(b"\0"))) // 2
        begin = start + silent if 2 * silent < len(stretch) else start
        end = start + (len(stretch.rstrip(b"\0")) + 1) // 2
        yield WordEvent(begin / take.rate, max(begin, end) / take.rate, first, first + length)
