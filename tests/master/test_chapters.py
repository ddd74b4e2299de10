"""Where chapters open, and what they are called."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.master.chapters import SHORTEST, chapter_marks, lay_chapters
from articleaudio.model import ChapterMark, ChapterMode, Script
from master.making import script, segment, sentences


def lay(marks, starts, duration, url="https://example.org/a"):
    return lay_chapters(marks, starts, duration, headline="The headline", article_url=url)


def test_headings_open_chapters_at_their_segments():
    made = script(*sentences(9), chapters=(4, 7))
    starts = [i * 5.0 + 0.026 for i in range(10)]
    chapters = lay(chapter_marks(made, starts, 50.0, ChapterMode.AUTO), starts, 50.0)
    assert [(c.title, c.start, c.end, c.segment) for c in chapters] == [
        ("A headline", 0.0, starts[4], 0),
        ("Part 4", starts[4], starts[7], 4),
        ("Part 7", starts[7], 50.0, 7),
    ]
    assert [c.url for c in chapters] == [
        "https://example.org/a",
        "https://example.org/a#part-4",
        "https://example.org/a#part-7",
    ]


def test_none_leaves_the_headline_alone():
    made = script(*sentences(9), chapters=(4, 7))
    assert [m.title for m in chapter_marks(made, [0.0] * 10, 500.0, ChapterMode.NONE)] == ["A headline"]


def test_headings_only_adds_no_markers():
    made = script(*sentences(60))
    assert len(chapter_marks(made, [i * 5.0 for i in range(61)], 305.0, ChapterMode.HEADINGS)) == 1


def test_a_short_article_gets_no_markers():
    made = script(*sentences(20))
    assert len(chapter_marks(made, [i * 5.0 for i in range(21)], 105.0, ChapterMode.AUTO)) == 1


def test_a_long_article_gets_a_marker_about_every_minute_at_a_paragraph():
    made = script(*sentences(60))  # three sentences to a paragraph, five seconds each
    starts = [i * 5.0 for i in range(61)]
    marks = chapter_marks(made, starts, 305.0, ChapterMode.AUTO)
    assert [starts[m.segment] for m in marks] == [0.0, 65.0, 125.0, 185.0, 245.0]
    assert all(made.segments[m.segment].block != made.segments[m.segment - 1].block for m in marks[1:])
    assert marks[1].title == "This is sentence number 12 of…"


def test_one_endless_paragraph_is_left_in_one_piece():
    made = script(*sentences(60), a_block=100)
    assert len(chapter_marks(made, [i * 5.0 for i in range(61)], 305.0, ChapterMode.AUTO)) == 1


def test_first_words_go_on_over_short_sentences():
    segments = (segment(0, "H", block=None), segment(1, "No.", block=0), segment(2, "Not at all, he said.", block=0))
    made = Script(
        "id", "en", (*segments, *(segment(i, "More.", block=1) for i in range(3, 20))), (ChapterMark("H", 0),)
    )
    starts = [0.0, 60.0, 61.0, *(120.0 + i for i in range(17))]
    titles = [m.title for m in chapter_marks(made, starts, 200.0, ChapterMode.AUTO)]
    assert titles[1:] == ["No. Not at all, he said.", "More. More. More. More. More. More…"]


def test_a_title_of_one_endless_word_is_cut():
    segments = (segment(0, "H", block=None), segment(1, "x" * 5000, block=0))
    made = Script("id", "en", segments, (ChapterMark("H", 0),))
    title = chapter_marks(made, [0.0, 60.0], 200.0, ChapterMode.AUTO)[1].title
    assert len(title) == 80
    assert title.endswith("…")


def test_marks_that_open_nothing_are_left_out():
    made = script(*sentences(5))
    odd = (ChapterMark("H", 0), ChapterMark("twice", 0), ChapterMark("B", 3), ChapterMark("C", 3), ChapterMark("D", 99))
    made = Script("id", "en", made.segments, odd)
    assert [m.title for m in chapter_marks(made, [0.0] * 6, 10.0, ChapterMode.HEADINGS)] == ["H", "B"]


def test_a_script_without_chapters_gets_the_headline():
    made = Script("id", "en", script("One.").segments, ())
    marks = chapter_marks(made, [0.0, 1.0], 2.0, ChapterMode.AUTO)
    assert [c.title for c in lay(marks, [0.0, 1.0], 2.0)] == ["The headline"]


@pytest.mark.parametrize(
    ("url", "anchor", "expected"),
    [
        ("https://e.org/a?x=1#old", "new", "https://e.org/a?x=1#new"),
        ("https://e.org/a#old", "", "https://e.org/a#old"),
        ("", "new", ""),
    ],
)
def test_chapter_addresses(url, anchor, expected):
    assert lay([ChapterMark("H", 0, anchor)], [0.0], 2.0, url)[0].url == expected


@given(st.lists(st.floats(0.2, 40.0), min_size=1, max_size=150), st.integers(1, 12), st.sampled_from(ChapterMode))
def test_chapters_cover_the_whole_without_gaps(lengths, a_block, mode):
    made = script(*sentences(len(lengths)), a_block=a_block)
    starts, at = [], 0.026
    for length in [1.0, *lengths]:
        starts.append(at)
        at += length
    chapters = lay(chapter_marks(made, starts, at, mode), starts, at)
    assert chapters[0].start == 0.0
    assert chapters[-1].end == at
    assert all(before.end == after.start for before, after in pairwise(chapters))
    assert all(chapter.end - chapter.start >= SHORTEST - 1e-6 for chapter in chapters) or len(chapters) == 1
