"""The tag of a finished MP3, as players read it: mutagen's reading, and ffprobe's where that program is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mutagen import MutagenError, id3

from articleaudio.checking.findings import Finding

_SLACK = 0.002
"""Seconds: ID3 counts milliseconds."""
_PLAYER_SLACK = 0.06
"""Seconds by which ffmpeg's clock may be off: it counts from the encoder's delay."""
_PATIENCE = 60
_AGAIN = "the tag was changed after mastering: convert the article again with --force"

Row = tuple[float, float, str]


def tag_findings(path: Path, episode: dict[str, Any], *, ffprobe: bool = True) -> Iterator[Finding]:
    """Where the tag and episode.json differ."""
    planned = [(chapter["start"], chapter["end"], _line(chapter["title"])) for chapter in episode["chapters"]]
    try:
        tag = id3.ID3(path)
    except (MutagenError, OSError) as error:
        yield Finding("tag", f"there is no tag that can be read ({type(error).__name__})", path.name, hint=_AGAIN)
        return
    title = _line(str(tag.get("TIT2", "")))
    if title != _line(episode["title"]):
        what = f"the title is {title[:60]!r}, not {_line(episode['title'])[:60]!r}"
        yield Finding("tag", what, path.name, hint=_AGAIN)
    chapters = {frame.element_id: frame for frame in tag.getall("CHAP")}
    listed = [name for table in tag.getall("CTOC") for name in table.child_element_ids if name in chapters]
    rows = [(one.start_time / 1000, one.end_time / 1000, _title_of(one)) for one in map(chapters.__getitem__, listed)]
    yield from _differences(rows, planned, path.name, "the tag", _SLACK)
    if len(chapters) != len(listed):
        yield Finding("tag", f"{len(chapters)} chapters, {len(listed)} in its contents", path.name, hint=_AGAIN)
    program = shutil.which("ffprobe") if ffprobe else None
    if program:
        yield from _as_ffprobe_reads(program, path, planned)


def _title_of(chapter: id3.Frame) -> str:
    return _line(" ".join(str(frame) for frame in chapter.sub_frames.getall("TIT2")))


def _line(text: str) -> str:
    """Text as a tag can hold it: no control characters, single spaces."""
    kept = "".join(sign if sign.isprintable() or sign.isspace() else "" for sign in text)
    return " ".join(kept.encode("utf-8", "replace").decode().split())


def _differences(rows: list[Row], planned: list[Row], name: str, who: str, slack: float) -> Iterator[Finding]:
    if len(rows) != len(planned):
        what = f"{who} has {len(rows)} chapters, episode.json {len(planned)}"
        yield Finding("tag", what, name, hint=_AGAIN)
    for number, (ours, theirs) in enumerate(zip(planned, rows, strict=False)):
        if max(abs(ours[0] - theirs[0]), abs(ours[1] - theirs[1])) > slack:
            what = f"in {who} chapter {number} is from {theirs[0]:.3f} to {theirs[1]:.3f} s"
            yield Finding("tag", f"{what}, not {ours[0]:.3f} to {ours[1]:.3f} s", name, ours[0], hint=_AGAIN)
        if not _says(theirs[2], ours[2]):
            what = f"in {who} chapter {number} is called {theirs[2][:60]!r}, not {ours[2][:60]!r}"
            yield Finding("tag", what, name, ours[0], hint=_AGAIN)


def _says(shown: str, whole: str) -> bool:
    """Whether a title is the whole one, or its beginning: long ones are cut in a tag."""
    return shown == whole or (shown.endswith("…") and whole.startswith(shown[:-1]))


def _as_ffprobe_reads(program: str, path: Path, planned: list[Row]) -> Iterator[Finding]:
    command = [program, "-v", "error", "-show_chapters", "-of", "json", f"file:{path}"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603 -- found on PATH
        chapters = json.loads(done.stdout)["chapters"]
        rows = [
            (float(one["start_time"]), float(one["end_time"]), _line(one.get("tags", {}).get("title", "")))
            for one in chapters
        ]
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError, TypeError) as error:
        yield Finding("tag", f"ffprobe cannot read it: {type(error).__name__}", path.name, hint=_AGAIN)
        return
    yield from _differences(rows, planned, path.name, "the tag as ffprobe reads it", _PLAYER_SLACK)
