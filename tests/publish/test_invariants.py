from __future__ import annotations

import copy
import json

import pytest

import newsroom
from articleaudio.model import Span, SpanKind
from articleaudio.publish.invariants import coverage_findings, findings, timeline_findings


@pytest.fixture
def document(library):
    episode = newsroom.publish(library, newsroom.article())
    return json.loads((episode.folder / "episode.json").read_text("utf-8"))


def edit(document, path, value):
    changed = copy.deepcopy(document)
    *way, last = path
    target = changed
    for step in way:
        target = target[step]
    target[last] = value
    return changed


@pytest.mark.parametrize(
    ("path", "value", "finding"),
    [
        (("chapters",), [], "there is no chapter"),
        (("chapters", 0, "start"), 0.5, "the first chapter starts at 0.5 s"),
        (("chapters", 2, "end"), 50.0, "the last chapter ends at 50.0 s of 55.95 s"),
        (("chapters", 1, "start"), 28.0, "between chapters 0 and 1 lie +0.050 s"),
        (("chapters", 1, "start"), 90.0, "chapter 1 is empty"),
        (("segments",), [], "there is no segment"),
        (("segments", 1, "id"), "s0001", "two segments have one id"),
        (("segments", 3, "start"), 1.0, "s0004 starts before the one before it ends"),
        (("segments", 3, "end"), 8.2, "s0004 is empty"),
        (("segments", 12, "end"), 56.5, "the last segment ends at 56.5 s of 55.95 s"),
        (("segments", 12, "chapter"), 0, "s0013 is in chapter 0, out of order"),
        (("segments", 12, "chapter"), 9, "s0013 is in chapter 9, out of order"),
        (("segments", 6, "chapter"), 0, "s0007 lies outside its chapter"),
        (("segments", 3, "words", 0), [8.0, 8.3, 0, 3], "word 0 of s0004 is out of time"),
        (("segments", 3, "words", 2), [8.9, 8.8, 10, 12], "word 2 of s0004 is out of time"),
        (("segments", 3, "words", 1), [8.55, 8.865, 2, 9], "word 1 of s0004 is out of its text"),
        (("segments", 12, "words", -1), [55.2, 55.515, 59, 99], "word 10 of s0013 is out of its text"),
        (("segments", 12, "block"), 0, "block 0 is said in 2 places"),
    ],
)
def test_a_broken_promise_is_found(document, path, value, finding):
    assert findings(document) == []
    assert finding in findings(edit(document, path, value))


@pytest.mark.parametrize("value", [{}, {"chapters": 1}, {"audio": None, "chapters": [], "segments": []}])
def test_what_is_no_episode_is_said_to_be_none(value):
    assert findings(value)[0].startswith("not an episode")


def test_a_retracted_episode_tells_nothing_more(document):
    bare = {key: document[key] for key in ("schema", "id", "slug")} | {"status": "retracted", "updated": "2026-01-01"}
    assert findings(bare) == []
    assert findings(bare | {"title": "x"}) == ["a retracted episode still tells title"]


def test_every_block_must_be_said(document):
    assert coverage_findings(document, 9) == []
    assert coverage_findings(document, 10) == ["block 9 is not said"]
    assert coverage_findings(document, 8) == ["there is no block 8"]


def spans(*edges):
    return [Span(SpanKind.PAUSE, start, end) for start, end in edges]


def test_the_timeline_is_gapless():
    assert timeline_findings(spans((0, 1), (1.0004, 2)), 2.0) == []
    assert timeline_findings([], 2.0) == ["the timeline is empty"]
    assert timeline_findings(spans((0, 1), (1.2, 2)), 2.0) == ["timeline: +0.2000 s at 1.200 s"]
    assert timeline_findings(spans((0.1, 1), (1, 2)), 2.0) == ["timeline: +0.1000 s at start"]
    assert timeline_findings(spans((0, 1), (1, 2)), 2.5) == ["timeline: +0.5000 s at end"]
    assert "a span ends before it starts" in timeline_findings(spans((0, 1), (1, 0.5), (0.5, 2)), 2.0)[0]
