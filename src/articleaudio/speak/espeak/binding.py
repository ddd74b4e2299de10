"""libespeak-ng through ctypes: loaded for one text, called synchronously, unloaded.

Names and values are those of speak_lib.h of eSpeak NG 1.51 and 1.52. The library keeps state in static variables that
no call resets, so only loading it afresh makes a text's sound independent of what was spoken before; and it draws
random numbers, which are seeded.
"""

from __future__ import annotations

import _ctypes
import contextlib
import ctypes
import functools
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from articleaudio.errors import EngineError, SpeechFailedError, VoiceError
from articleaudio.speak.espeak.installation import Installation, VoiceFile

RECIPE = 1
"""Raised when the way the library is called changes its sound, or what is made of its word events."""

_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS
_DONT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT: report missing data instead of ending the process
_CHARS_UTF8 = 1  # espeakCHARS_UTF8, and no SSML: the text is text
_PHONEMES = 0x100  # espeakPHONEMES: what stands in [[ ]] is phonemes; only for texts of which we have made these
_IPA = 2  # phoneme mode of espeak_TextToPhonemes: bit 1, IPA in UTF-8
_BUFFER = 0  # the library's own size, 60 ms of sound between two calls of ours: longer ones change some variants' sound


class Parameter(IntEnum):
    """What can be set (espeak_PARAMETER)."""

    RATE = 1
    VOLUME = 2
    PITCH = 3
    RANGE = 4
    GAP = 7


class EventType(IntEnum):
    """What the library reports (espeak_EVENT_TYPE), as far as it is kept."""

    END_OF_LIST = 0
    WORD = 1


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(slots=True)
class Take:
    """What one text gave."""

    rate: int = 22_050
    """Samples a second."""
    pcm: bytearray = field(default_factory=bytearray)
    """16-bit little-endian mono."""
    words: list[tuple[int, int, int]] = field(default_factory=list)
    """For each word event: its sample, its first character (from 0), its length in characters."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a text is spoken."""

    voice: VoiceFile
    """The voice."""
    parameters: tuple[tuple[Parameter, int], ...] = ()
    """What is set, in order."""
    phonemes: bool = False
    """Whether `[[ ]]` in the text holds eSpeak NG's phonemes; otherwise it is text."""


_one_at_a_time = threading.Lock()  # the library is one for the whole process, and knows no threads


def speak(installation: Installation, settings: Settings, text: str, take: Take) -> None:
    """Speak a text into `take`. Raises EngineError, VoiceError or SpeechFailedError."""
    with _one_at_a_time, _loaded(installation.library) as library, _path(installation.data) as data:
        take.rate = library.espeak_Initialize(_SYNCHRONOUS, _BUFFER, data, _DONT_EXIT)
        try:
            if take.rate <= 0:
                raise EngineError(f"eSpeak NG cannot use its data in {installation.data}", hint="reinstall it")
            _synthesize(library, settings, text, take)
        finally:
            library.espeak_Terminate()


def transcribe(installation: Installation, voice: VoiceFile, texts: Sequence[str]) -> list[str]:
    """Tell what each text sounds like, in IPA, without speaking. Raises EngineError or VoiceError."""
    with _one_at_a_time, _loaded(installation.library) as library, _path(installation.data) as data:
        try:
            if library.espeak_Initialize(_SYNCHRONOUS, _BUFFER, data, _DONT_EXIT) <= 0:
                raise EngineError(f"eSpeak NG cannot use its data in {installation.data}", hint="reinstall it")
            _set_voice(library, voice)
            library.espeak_TextToPhonemes.restype = ctypes.c_char_p
            return [" ".join(_clauses(library, text)) for text in texts]
        finally:
            library.espeak_Terminate()


def _clauses(library: ctypes.CDLL, text: str) -> Iterator[str]:
    """Ask for the sound of a text, clause by clause: the library moves the pointer on, and empties it at the end."""
    held = text.replace("\0", " ").encode("utf-8", "replace")
    place = ctypes.c_char_p(held)
    while place.value:
        said = library.espeak_TextToPhonemes(ctypes.byref(place), _CHARS_UTF8, _IPA)
        if said and said.strip():
            yield said.decode("utf-8", "replace").strip()


def version(library: Path) -> str:
    """Ask a library for its version. Raises EngineError when it is no libespeak-ng."""
    with _one_at_a_time:
        try:
            handle = ctypes.CDLL(str(library))
            info = handle.espeak_Info
        except (OSError, AttributeError) as error:
            raise EngineError(f"{library} is not a usable eSpeak NG library: {error}", hint="reinstall it") from error
        info.restype = ctypes.c_char_p
        answer: bytes = info(None)
        _unload(handle)
    return answer.decode("utf-8", "replace").split()[0]


def _synthesize(library: ctypes.CDLL, settings: Settings, text: str, take: Take) -> None:
    _seed(library)
    collect = _Callback(_collector(take))  # held in a name while the library may call it
    library.espeak_SetSynthCallback(collect)
    _set_voice(library, settings.voice)
    for parameter, value in settings.parameters:
        library.espeak_SetParameter(int(parameter), value, 0)
    data = text.encode("utf-8")
    size = ctypes.c_size_t(len(data) + 1)
    flags = ctypes.c_uint(_CHARS_UTF8 | (_PHONEMES if settings.phonemes else 0))
    status = library.espeak_Synth(data, size, ctypes.c_uint(0), 0, ctypes.c_uint(0), flags, None, None)
    if status:
        raise SpeechFailedError(f"eSpeak NG gave up with status {status}")


def _set_voice(library: ctypes.CDLL, voice: VoiceFile) -> None:
    with _path(voice.path) as path:
        named = path + b"+" + voice.variant.encode() if voice.variant else path
        if library.espeak_SetVoiceByFile(named):
            raise VoiceError(f"eSpeak NG cannot use the voice file {voice.path}", hint="reinstall eSpeak NG")


@functools.cache
def _c() -> ctypes.CDLL:
    return ctypes.CDLL(None)


def _seed(library: ctypes.CDLL) -> None:
    """Fix the noise of breathy voices: it comes from C's generator, and in 1.52 from one that starts with the time."""
    _c().srand(1)
    if hasattr(library, "espeak_ng_SetRandSeed"):
        library.espeak_ng_SetRandSeed(ctypes.c_long(1))


def _collector(take: Take):  # type: ignore[no-untyped-def]  # noqa: ANN202 -- ctypes has no types for callbacks
    def collect(samples, count, events):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 -- as above
        if count > 0:
            take.pcm += ctypes.string_at(samples, count * 2)
        at = 0
        while (event := events[at]).type != EventType.END_OF_LIST:
            if event.type == EventType.WORD:
                take.words.append((event.sample, event.text_position - 1, event.length))
            at += 1
        return 0  # go on

    return collect


@contextlib.contextmanager
def _loaded(path: Path) -> Iterator[ctypes.CDLL]:
    """Load the library, fresh and private to us (RTLD_LOCAL), and unload it."""
    if _is_loaded(path):
        raise EngineError(
            f"something else in this process uses {path}, so that a sentence would sound different every time",
            hint="speak through Speaker, which uses a process of its own",
        )
    try:
        library = ctypes.CDLL(str(path))
    except OSError as error:
        raise EngineError(f"the eSpeak NG library cannot be loaded: {error}", hint="reinstall eSpeak NG") from error
    try:
        yield library
    finally:
        _unload(library)


def _is_loaded(path: Path) -> bool:
    if not hasattr(os, "RTLD_NOLOAD"):
        return False
    try:
        handle = _ctypes.dlopen(str(path), os.RTLD_NOLOAD)
    except OSError:
        return False
    _ctypes.dlclose(handle)
    return True


def _unload(library: ctypes.CDLL) -> None:
    _ctypes.dlclose(library._handle)  # noqa: SLF001 -- ctypes opens libraries and offers no other way to close them


@contextlib.contextmanager
def _path(path: Path) -> Iterator[bytes]:
    """Give a path that the library can take: it lower-cases and cuts some, so Linux lends a short one."""
    if sys.platform != "linux":
        yield os.fsencode(path)
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{descriptor}".encode()
    finally:
        os.close(descriptor)
