"""The engine `pyttsx3`: eSpeak NG through pyttsx3's engine and a driver of our own; the system's voices elsewhere.

pyttsx3's own Linux driver loses files, crashes on long texts and hangs after a fork, and eSpeak NG's sound depends on
what it said before. Ours calls the library synchronously and loads it afresh for every text, so that the same text
always gives the same bytes.

`engine` keeps the engine contract → `driver` is pyttsx3's side → `binding` calls the C library, which `installation`
finds along with its data. On macOS and Windows `system` speaks through pyttsx3's own drivers instead, unless the
environment names a libespeak-ng.
"""

from __future__ import annotations

from articleaudio.speak.contract import Engine


def open_engine() -> Engine:
    """Open the engine; the library is not loaded before something is spoken."""
    from articleaudio.speak.espeak.driver import NAME  # noqa: PLC0415 -- ctypes is for those who speak
    from articleaudio.speak.espeak.engine import EspeakEngine, driver_name  # noqa: PLC0415 -- as above

    if (driver := driver_name()) == NAME:
        return EspeakEngine()
    from articleaudio.speak.espeak.system import SystemEngine  # noqa: PLC0415 -- not where eSpeak NG is used

    return SystemEngine(driver)
