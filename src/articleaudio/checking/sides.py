"""Captions, chapters and transcript: the files beside episode.json have to say what it says."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from articleaudio.checking.findings import Finding, some
from articleaudio.checking.readable import page_findings, subtitle_findings

_TIMES = re.compile(r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d\.\d{3}) --> (?:(\d{2,}):)?([0-5]\d):([0-5]\d\.\d{3})(?:\s.*)?")
_STAMP = re.compile(r"<(?:(\d{2,}):)?([0-5]\d):([0-5]\d\.\d{3})>")
_SLACK = 0.0015
"""Seconds: times are rounded to milliseconds."""
_AGAIN = "convert the article again: lost and changed files are put back"


def side_findings(folder: Path, episode: dict[str, Any]) -> Iterator[Finding]:
    """What is wrong with the files beside an episode.json that is well-formed."""
    for name, check in ((episode["captions"], _captions), (episode["transcript"], _transcript)):
        yield from some(check(_inside(folder, name), episode))
    yield from some(_chapters(folder / "chapters.json", episode))
    # Episodes of former versions have neither.
    if name := episode.get("subtitles"):
        yield from some(subtitle_findings(_inside(folder, name), _inside(folder, episode["captions"])))
    if name := episode.get("transcript_page"):
        yield from some(page_findings(_inside(folder, name), episode))


def _inside(folder: Path, name: str) -> Path:
    return folder / Path(name).name


def _captions(path: Path, episode: dict[str, Any]) -> Iterator[Finding]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        yield _unreadable("captions", path, error)
        return
    blocks = [block for block in re.split(r"\n{2,}", text.replace("\r\n", "\n").strip("\n")) if block]
    if not blocks or not blocks[0].startswith("WEBVTT"):
        yield Finding("captions", "it does not begin with WEBVTT", path.name, hint=_AGAIN)
    segments = {segment["id"]: segment for segment in episode["segments"]}
    said: dict[str, list[str]] = {}
    clock = 0.0
    for block in blocks[1:]:
        lines = block.split("\n")
        if lines[0].startswith(("NOTE", "STYLE", "REGION")):
            continue
        ident, lines = ("", lines) if "-->" in lines[0] else (lines[0], lines[1:])
        times = _TIMES.fullmatch(lines[0]) if lines else None
        if not times:
            yield Finding("captions", f"a cue without times: {ident or block[:40]!r}", path.name, clock, hint=_AGAIN)
            continue
        start, end = _seconds(*times.groups()[:3]), _seconds(*times.groups()[3:])
        body = "\n".join(lines[1:])
        where = f"{path.name}, {ident or 'a cue'}"
        segment = segments.get(ident.partition(".")[0])
        for what in (*_times(start, end, clock, episode["audio"]["duration"]), *_cue(start, end, body, segment)):
            yield Finding("captions", what, where, start, hint=_AGAIN)
        said.setdefault(ident.partition(".")[0], []).append(html.unescape(re.sub(r"<[^>]*>", "", body)))
        clock = max(clock, end)
    for ident, segment in segments.items():
        if " ".join(" ".join(said.get(ident, [])).split()) != " ".join(segment["written"].split()):
            what = f"{ident} reads otherwise than episode.json" if ident in said else f"{ident} is missing"
            yield Finding("captions", what, f"{path.name}, {ident}", segment["start"], hint=_AGAIN)


def _times(start: float, end: float, clock: float, duration: float) -> Iterator[str]:
    """What is wrong with a cue's times; `clock` is the end of the ones before."""
    if end <= start:
        yield "it ends before it starts"
    if start < clock - _SLACK:
        yield f"it starts before {clock:.3f} s, when the cue before it ends"
    if end > duration + _SLACK:
        yield f"it ends at {end:.3f} s of {duration:.3f} s"


def _cue(start: float, end: float, body: str, segment: dict[str, Any] | None) -> Iterator[str]:
    """What is wrong with a cue in its segment."""
    if segment is None:
        yield "it belongs to no segment"
    elif start < segment["start"] - _SLACK or end > segment["end"] + 2 * _SLACK:
        yield f"it is shown outside its segment ({segment['start']:.3f} to {segment['end']:.3f} s)"
    latest = start
    for match in _STAMP.finditer(body):
        at = _seconds(*match.groups())
        if not latest < at < end:
            yield f"the word stamp {at:.3f} s is out of order"
        latest = at


def _seconds(hours: str | None, minutes: str, seconds: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)


def _transcript(path: Path, episode: dict[str, Any]) -> Iterator[Finding]:
    rows = [(one["start"], one["end"], one["written"]) for one in episode["segments"]]
    yield from _same("transcript", path, "segments", ("startTime", "endTime", "body"), rows)


def _chapters(path: Path, episode: dict[str, Any]) -> Iterator[Finding]:
    rows = [(one["start"], one["end"], one["title"]) for one in episode["chapters"]]
    yield from _same("chapters", path, "chapters", ("startTime", "endTime", "title"), rows)


def _same(
    kind: str, path: Path, key: str, names: tuple[str, str, str], rows: list[tuple[float, float, str]]
) -> Iterator[Finding]:
    """Where the rows of a JSON file differ from those of episode.json."""
    try:
        entries = json.loads(path.read_bytes())[key]
        told = [tuple(entry[name] for name in names) for entry in entries]
    except (OSError, ValueError, RecursionError, KeyError, TypeError) as error:
        yield _unreadable(kind, path, error)
        return
    if len(told) != len(rows):
        yield Finding(kind, f"{len(told)} {key} instead of {len(rows)}", path.name, hint=_AGAIN)
    for number, (theirs, ours) in enumerate(zip(told, rows, strict=False), 1):
        if theirs != ours:
            what = f"number {number} of the {key} differs from episode.json"
            yield Finding(kind, what, path.name, ours[0], hint=_AGAIN)


def _unreadable(kind: str, path: Path, error: Exception) -> Finding:
    if isinstance(error, FileNotFoundError):
        return Finding(kind, "it is missing", path.name, hint=_AGAIN)
    return Finding(kind, f"it cannot be read: {type(error).__name__} {error}", path.name, hint=_AGAIN)
