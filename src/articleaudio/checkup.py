"""What this machine has and lacks, found out by using it."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from articleaudio import config
from articleaudio.errors import ArticleAudioError
from articleaudio.speak import open_engine
from articleaudio.store import Store


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    """What was looked at."""
    good: bool
    """Whether it is as it should be."""
    detail: str
    """What was found."""
    mend: str = ""
    """What to do when it is not good."""
    needed: bool = True
    """Whether the main job needs it."""


def examine() -> Iterator[Finding]:
    """Look at everything the main job needs, then at what is useful beside it."""
    yield Finding("articleaudio", good=True, detail=importlib.metadata.version("articleaudio"))
    yield Finding("Python", good=True, detail=f"{platform.python_version()} on {platform.platform(terse=True)}")
    yield _encoder()
    yield from _voices()
    yield _cache(config.default_cache())
    yield _tool("ffprobe", "an outside look at chapters and durations", "install ffmpeg")
    yield _tool("chromium", "the tests' browser", "install chromium")


def _encoder() -> Finding:
    try:
        import lameenc  # noqa: PLC0415 -- importing it is the check
    except ImportError as error:
        return Finding("MP3 encoder", good=False, detail=str(error), mend=f"{sys.executable} -m pip install lameenc")
    version = importlib.metadata.version("lameenc")
    return Finding("MP3 encoder", good=True, detail=f"LAME through lameenc {version} ({lameenc.__name__})")


def _voices() -> Iterator[Finding]:
    folders = config.voice_folders(Path.cwd())
    for voice in config.each_voice(folders):
        what = f"voice {voice.name}"
        try:
            problem = open_engine(voice.engine).problems(voice)
        except ArticleAudioError as error:
            problem = f"{error.message}; {error.hint}"
        needed = voice.name == config.DEFAULT_VOICES["en"]
        yield Finding(what, not problem, problem or f"{voice.engine}, {voice.language}", needed=needed)


def _cache(folder: Path) -> Finding:
    try:
        Store(folder).put("doctor", "0" * 64, b"")
    except ArticleAudioError as error:
        return Finding("cache", good=False, detail=error.message, mend="set --cache to a folder you may write to")
    return Finding("cache", good=True, detail=str(folder))


def _tool(name: str, use: str, mend: str) -> Finding:
    path = shutil.which(name)
    return Finding(name, path is not None, path or f"not here: {use}", mend=mend, needed=False)
