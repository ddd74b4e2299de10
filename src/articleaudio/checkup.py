"""What this machine has and lacks, found out by using it."""

from __future__ import annotations

import importlib.metadata
import itertools
import platform
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from articleaudio import config
from articleaudio.config.house_voices import DEFAULT_VOICES
from articleaudio.errors import ArticleAudioError
from articleaudio.signing import open_sealer
from articleaudio.store import Store
from articleaudio.voicebox.standing import Standing, standings


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
    yield from _signing()
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
    """The default voice and profiles that cannot be read by themselves; of each engine how many voices work."""
    found = sorted(standings(config.voice_folders(Path.cwd())), key=lambda one: one.engine)
    for one in found:
        needed = one.name == DEFAULT_VOICES["en"]
        if needed or not one.engine:
            detail = one.problem or f"{one.engine}, {one.language}"
            yield Finding(f"voice {one.name}", one.usable, detail, one.mend, needed=needed)
    for engine, voices in itertools.groupby((one for one in found if one.engine), lambda one: one.engine):
        yield _engine(engine, list(voices))


def _engine(engine: str, voices: Sequence[Standing]) -> Finding:
    """How an engine stands: good where any of its voices can be used; else what the first of them lacks."""
    usable = sum(one.usable for one in voices)
    if usable:
        detail = f"{usable} of {len(voices)} voices can be used; `articleaudio voices` lists them"
        return Finding(f"engine {engine}", good=True, detail=detail, needed=False)
    first = voices[0]
    detail = f"none of {len(voices)} voices can be used; {first.name}: {first.problem}"
    return Finding(f"engine {engine}", good=False, detail=detail, mend=first.mend, needed=False)


def _cache(folder: Path) -> Finding:
    try:
        Store(folder).put("doctor", "0" * 64, b"")
    except ArticleAudioError as error:
        return Finding("cache", good=False, detail=error.message, mend="set --cache to a folder you may write to")
    return Finding("cache", good=True, detail=str(folder))


def _signing() -> Iterator[Finding]:
    """Whether the house's certificate and key sign, where it signs: by signing a few bytes."""
    try:
        signing = config.load_house().signing
    except ArticleAudioError:
        return  # every command tells what is wrong with the house file
    if signing is None:
        return
    try:
        sealer = open_sealer(signing)
        sealer.try_out()
    except ArticleAudioError as error:
        yield Finding("signing", good=False, detail=error.message, mend=error.hint, needed=False)
        return
    chain = sealer.chain
    yield Finding(
        "signing", good=True, detail=f"{chain.issuer}, until {chain.until:%Y-%m-%d}, {signing.algorithm}", needed=False
    )


def _tool(name: str, use: str, mend: str) -> Finding:
    path = shutil.which(name)
    return Finding(name, path is not None, path or f"not here: {use}", mend=mend, needed=False)
