"""Text with marks."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from articleaudio.model import Mark, MarkKind
from articleaudio.read.rich import RichBuilder, clean, shorten

pieces = st.lists(st.tuples(st.text(max_size=12), st.booleans()), max_size=12)


@given(pieces)
def test_marks_stay_on_their_words(given_pieces: list[tuple[str, bool]]) -> None:
    builder = RichBuilder()
    marked = []
    for text, emphasised in given_pieces:
        start = builder.length
        builder.add(text)
        if emphasised:
            builder.mark(MarkKind.EMPHASIS, start)
            marked.append(clean(text))
    rich = builder.finish()
    assert rich.text == " ".join(rich.text.split())
    assert unicodedata.is_normalized("NFC", rich.text)
    for mark in rich.marks:
        assert 0 <= mark.start < mark.end <= len(rich.text)
        assert not rich.text[mark.start].isspace()


def test_white_space_at_seams() -> None:
    builder = RichBuilder()
    for text in ("  a ", " ", "\n b", "c", "\u00ad\u200bd "):
        builder.add(text)
    assert builder.finish().text == "a bcd"


def test_a_mark_without_its_spaces() -> None:
    builder = RichBuilder()
    builder.add("so ")
    start = builder.length
    builder.add(" very ")
    builder.mark(MarkKind.EMPHASIS, start)
    builder.add("good")
    assert builder.finish().marks == (Mark(MarkKind.EMPHASIS, 3, 7),)


def test_a_letter_and_its_accent_from_two_elements() -> None:
    builder = RichBuilder()
    builder.add("cafe")
    start = builder.length
    builder.add("\u0301 noir")
    builder.mark(MarkKind.EMPHASIS, start)
    rich = builder.finish()
    assert rich.text == "café noir"
    assert rich.text[rich.marks[0].start : rich.marks[0].end] == "noir"


@given(st.text(max_size=200), st.integers(min_value=2, max_value=100))
def test_shortened(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit
