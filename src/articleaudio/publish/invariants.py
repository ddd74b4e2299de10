"""What holds of every published episode, whoever made it: a checker that only looks at the result.

It returns findings instead of raising, so that a command can list all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from articleaudio.model import Span
from articleaudio.publish.offsets import utf16_length

SLACK = 0.001
"""Seconds by which times may miss each other: they are rounded to milliseconds."""


def findings(episode: dict[str, Any]) -> list[str]:
    """Everything about an episode.json that breaks a promise; empty when all is well. Never raises."""
    if episode.get("status") == "retracted":
        extra = sorted(set(episode) - {"schema", "id", "slug", "status", "updated"})
        return [f"a retracted episode still tells {', '.join(extra)}"] if extra else []
    try:
        return [*_chapters(episode), *_segments(episode), *_blocks(episode)]
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        return [f"not an episode: {type(error).__name__} {error}"]


def timeline_findings(timeline: Sequence[Span], duration: float) -> list[str]:
    """Gaps, overlaps and spans that run backwards in a timeline that must cover 0 to `duration` seconds."""
    if not timeline:
        return ["the timeline is empty"]
    edges = [(0.0, timeline[0].start, "start"), (timeline[-1].end, duration, "end")]
    edges += [(before.end, after.start, f"{after.start:.3f} s") for before, after in pairwise(timeline)]
    found = [f"timeline: {right - left:+.4f} s at {where}" for left, right, where in edges if abs(right - left) > SLACK]
    return found + [
        f"timeline: a span ends before it starts at {span.start:.3f} s" for span in timeline if span.end < span.start
    ]


def coverage_findings(episode: dict[str, Any], blocks: int) -> list[str]:
    """Which of an article's `blocks` no segment says, and segments of blocks that the article does not have."""
    said = {segment["block"] for segment in episode["segments"]} - {None}
    silent = sorted(set(range(blocks)) - said)
    foreign = sorted(said - set(range(blocks)))
    return [f"block {block} is not said" for block in silent] + [f"there is no block {block}" for block in foreign]


def _chapters(episode: dict[str, Any]) -> Iterator[str]:
    chapters, duration = episode["chapters"], episode["audio"]["duration"]
    if not chapters:
        yield "there is no chapter"
        return
    if chapters[0]["start"] != 0:
        yield f"the first chapter starts at {chapters[0]['start']} s"
    if abs(chapters[-1]["end"] - duration) > SLACK:
        yield f"the last chapter ends at {chapters[-1]['end']} s of {duration} s"
    for number, chapter in enumerate(chapters):
        if chapter["end"] <= chapter["start"]:
            yield f"chapter {number} is empty"
    for number, (before, after) in enumerate(pairwise(chapters)):
        if before["end"] != after["start"]:
            yield f"between chapters {number} and {number + 1} lie {after['start'] - before['end']:+.3f} s"


def _segments(episode: dict[str, Any]) -> Iterator[str]:
    segments, chapters, duration = episode["segments"], episode["chapters"], episode["audio"]["duration"]
    if not segments:
        yield "there is no segment"
    ids = [segment["id"] for segment in segments]
    if len(set(ids)) != len(ids):
        yield "two segments have one id"
    clock, chapter = 0.0, 0
    for segment in segments:
        name = segment["id"]
        if segment["start"] < clock:
            yield f"{name} starts before the one before it ends"
        if segment["end"] <= segment["start"]:
            yield f"{name} is empty"
        if not chapter <= segment["chapter"] < len(chapters):
            yield f"{name} is in chapter {segment['chapter']}, out of order"
        else:
            chapter = segment["chapter"]
            bounds = chapters[chapter]
            if segment["start"] < bounds["start"] - SLACK or segment["end"] > bounds["end"] + SLACK:
                yield f"{name} lies outside its chapter"
        clock = segment["end"]
        yield from _words(segment)
    if clock > duration + SLACK:
        yield f"the last segment ends at {clock} s of {duration} s"


def _words(segment: dict[str, Any]) -> Iterator[str]:
    clock, position, length = segment["start"], 0, utf16_length(segment["written"])
    for number, (start, end, first, last) in enumerate(segment["words"]):
        name = f"word {number} of {segment['id']}"
        if not clock <= start <= end <= segment["end"]:
            yield f"{name} is out of time"
        if not position <= first < last <= length:
            yield f"{name} is out of its text"
        clock, position = end, last


def _blocks(episode: dict[str, Any]) -> Iterator[str]:
    runs = [block for block, _ in groupby(segment["block"] for segment in episode["segments"]) if block is not None]
    for block in sorted({block for block in runs if runs.count(block) > 1}):
        yield f"block {block} is said in {runs.count(block)} places"
