from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsroom
from articleaudio.model import Boundary, Role, Segment, TimedSegment, WordTime
from articleaudio.publish.captions import LONGEST, Chunk, captions, cues, split, stamp

CUE = re.compile(r"(\d\d):(\d\d):(\d\d)\.(\d{3}) --> (\d\d):(\d\d):(\d\d)\.(\d{3})")
MARK = re.compile(r"<(\d\d):(\d\d):(\d\d)\.(\d{3})>")


def timed(text, start=0.0, word=0.3, number=1, language="en", *, marks=True) -> TimedSegment:
    tokens = newsroom.tokens(text)
    words = tuple(
        WordTime(start + at * word, start + (at + 1) * word - 0.02, token.start, token.end)
        for at, token in enumerate(tokens)
    )
    segment = Segment(f"s{number:04}", Role.BODY, text, tokens, Boundary.SENTENCE, language)
    return TimedSegment(segment, start, start + max(1, len(tokens)) * word, 0, words if marks else (), "key")


def millis(groups) -> int:
    hours, minutes, seconds, rest = map(int, groups)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def plain(cue: str) -> str:
    text = MARK.sub("", cue).replace("\n", " ")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def check(text: str) -> list[tuple[int, int, str]]:
    """Read captions back as strictly as the standard asks; gives start, end and plain text of each cue."""
    head, *blocks = text.rstrip("\n").split("\n\n")
    assert head == "WEBVTT"
    found, ids, clock = [], set(), 0
    for block in blocks:
        ident, timing, payload = block.split("\n", 2)
        assert ident not in ids
        ids.add(ident)
        match = CUE.fullmatch(timing)
        start, end = millis(match.groups()[:4]), millis(match.groups()[4:])
        assert clock <= start < end
        assert "-->" not in payload
        assert not payload.startswith("<")
        latest = start
        for mark in MARK.finditer(payload):
            assert latest < millis(mark.groups()) < end
            latest = millis(mark.groups())
        assert not re.search(r"<(?!\d\d:)|&(?!(amp|lt|gt);)", payload)
        assert payload.count("\n") <= 1
        found.append((start, end, plain(payload)))
        clock = end
    return found


def test_a_segment_is_a_cue_with_word_stamps():
    assert captions(cues([timed("The ferry sails on Monday.", 3661.5)])) == (
        "WEBVTT\n\ns0001\n01:01:01.500 --> 01:01:03.000\n"
        "The <01:01:01.800>ferry <01:01:02.100>sails <01:01:02.400>on <01:01:02.700>Monday.\n"
    )


def test_long_segments_are_cut_where_a_reader_breathes():
    text = (
        "Engineers replaced both shafts of the 62-metre Aurora, the harbour office said; the work cost $3,400,000 "
        "and was paid for by the county, which owns the boat."
    )
    found = check(captions(cues([timed(text)])))
    assert [cue for _, _, cue in found] == [
        "Engineers replaced both shafts of the 62-metre Aurora, the harbour office said;",
        "the work cost $3,400,000 and was paid for by the county, which owns the boat.",
    ]


@pytest.mark.parametrize(
    ("language", "text", "cut"),
    [
        (
            "en",
            "The ferry was taken to the yard early in February after the first of its shafts had broken in a storm.",
            "after",
        ),
        (
            "uk",
            "Пором до далеких островів знову вийде в море найближчого понеділка після того як скінчився ремонт.",
            "в море",
        ),
    ],
)
def test_without_a_comma_a_cue_is_cut_before_a_phrase(language, text, cut):
    first, second = (cue for _, _, cue in check(captions(cues([timed(text, language=language)]))))
    assert f"{first} {second}" == text
    assert second.startswith(cut)


def test_an_abbreviation_ends_no_thought():
    text = "The storm hit the outer islands and the whole of the northern coast on the night of Feb. 4 again."
    assert not any(cue.endswith("Feb.") for _, _, cue in check(captions(cues([timed(text)]))))


def test_the_written_form_is_shown_and_escaped():
    text = "R&D said <b>5 --> 6</b> & more."
    assert [cue for _, _, cue in check(captions(cues([timed(text)])))] == [text]


def test_cues_follow_each_other_without_overlap():
    segments = [timed("One two three.", 0.0), timed("Four five.", 0.8999, number=2), timed("Six.", 1.5, number=3)]
    assert [start for start, _, _ in check(captions(cues(segments)))] == [0, 900, 1500]


def test_without_word_times_a_long_segment_stays_whole():
    text = "word " * 40 + "end."
    assert [cue for _, _, cue in check(captions(cues([timed(text, marks=False)])))] == [text]


def test_a_reading_of_several_words_is_stamped_once():
    base = timed("about New York City today")
    words = (WordTime(0, 0.3, 0, 5), WordTime(0.3, 0.9, 6, 19), WordTime(0.9, 1.2, 20, 25))
    assert "about <00:00:00.300>New York City <00:00:00.900>today" in captions(cues([replace(base, words=words)]))


def test_nothing_said_gives_an_empty_file():
    assert captions(cues([])) == "WEBVTT\n"


@pytest.mark.parametrize(
    ("milliseconds", "text"), [(0, "00:00:00.000"), (3_599_999, "00:59:59.999"), (360_000_000, "100:00:00.000")]
)
def test_stamps(milliseconds, text):
    assert stamp(milliseconds) == text


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=200), st.floats(0.001, 0.5)),
        max_size=5,
    )
)
def test_captions_of_any_text_are_sound_and_lose_nothing(texts):
    segments, clock = [], 0.0
    for number, (text, word) in enumerate(texts):
        if text.split():
            segments.append(timed(text, clock, word, number))
            clock = segments[-1].end
    found = check(captions(cues(segments)))
    assert " ".join(cue for _, _, cue in found).split() == " ".join(text for text, _ in texts).split()


@given(st.lists(st.text("abc,.", min_size=1, max_size=30), min_size=1, max_size=60))
def test_parts_are_bounded_and_complete(words):
    chunks = [Chunk(word, None, None) for word in words]
    parts = split(chunks)
    assert [chunk for part in parts for chunk in part] == chunks
    assert all(len(" ".join(chunk.text for chunk in part)) <= LONGEST for part in parts)


def test_every_cue_is_at_least_a_millisecond():
    squeezed = [replace(timed("One two.", 1.0, number=number), start=1.0, end=1.0) for number in (1, 2)]
    assert [(cue.start, cue.end) for cue in cues(squeezed)] == [(1000, 1001), (1001, 1002)]
