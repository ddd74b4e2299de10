"""Whether a voice can be used here, and what mends it where it can't. Nothing is loaded and nobody asked."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from articleaudio.config import load_voice, voice_names
from articleaudio.errors import ArticleAudioError
from articleaudio.model import Voice, VoiceFile
from articleaudio.speak import open_engine
from articleaudio.speak.places import voice_folder

EXTRAS = MappingProxyType({"piper": ("piper", "onnx"), "kokoro": ("kokoro_onnx",)})
"""Engines that come as an extra of the same name, with the modules it brings."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a producer sees of a voice in a list."""

    name: str
    """Name of the profile."""
    language: str
    """BCP 47 tag; empty where the profile cannot be read."""
    engine: str
    """Name of the engine, likewise."""
    usable: bool
    """Whether it can be used here."""
    problem: str = ""
    """Why not."""
    mend: str = ""
    """The command that mends it, where one does."""
    description: str = ""
    """One line."""


def standings(folders: Sequence[Path]) -> Iterator[Standing]:
    """How every profile stands here, in order of name; one that is wrong says so, and the others follow."""
    for name in voice_names(folders):
        try:
            voice = load_voice(name, folders)
        except ArticleAudioError as error:
            yield Standing(name, "", "", usable=False, problem=error.message)
        else:
            yield standing(voice)


def standing(voice: Voice) -> Standing:
    """How one voice stands here."""
    problem, mend = _problem(voice), ""
    if problem:
        mend = "; ".join(_commands(voice))
    return Standing(voice.name, voice.language, voice.engine, not problem, problem, mend, voice.description)


def files_there(voice: Voice) -> Iterator[tuple[VoiceFile, bool]]:
    """Each file of a voice, and whether it is in its place; by name and, where it is known, size."""
    folder = voice_folder(voice.name)
    for file in voice.files:
        path = folder / file.name
        yield file, path.is_file() and file.size in {0, path.stat().st_size}


def _problem(voice: Voice) -> str:
    try:
        return open_engine(voice.engine).problems(voice) or ""
    except ArticleAudioError as error:
        return f"{error.message}; {error.hint}" if error.hint else error.message


def _commands(voice: Voice) -> Iterator[str]:
    if not all(importlib.util.find_spec(module) for module in EXTRAS.get(voice.engine, ())):
        yield f"pip install 'articleaudio[{voice.engine}]'"
    if not all(there for _, there in files_there(voice)):
        yield f"articleaudio voices install {voice.name}"
