"""What a page asks to be said, in its own markup, is said."""

from __future__ import annotations

import pytest

from articleaudio.model import Article, MarkKind
from articleaudio.read.html.reader import read_body
from articleaudio.script import Style, text_view, write_script


@pytest.mark.parametrize(
    ("markup", "written", "said"),
    [
        ('<sub alias="World Wide Web Consortium">W3C</sub>', "W3C", "World Wide Web Consortium"),
        ('<span data-say="Eks">X</span>', "X", "Eks"),
        ('<say-as interpret-as="characters">Nato</say-as>', "Nato", "N. A. T. O."),
        ('<span aria-label="four stars">★★★★</span>', "★★★★", "four stars"),
    ],
)
def test_hints_are_said_and_the_written_form_stays(markup, written, said):
    body = read_body(f"<p>The committee gave it to {markup} after a long debate on Monday.</p>")
    (block,) = body.blocks
    assert written in block.text
    (mark,) = [mark for mark in block.marks if mark.kind is MarkKind.SAY_AS]
    assert block.text[mark.start : mark.end] == written
    script = write_script(Article(id="x", aliases=(), title="T", language="en", blocks=body.blocks), Style())
    assert f"gave it to {said} after" in text_view(script)


def test_an_abbreviation_with_a_title_is_known_to_the_house_styles():
    body = read_body('<p>The <abbr title="General Assembly">GA</abbr> met on Monday, and the vote was close.</p>')
    (mark,) = [mark for mark in body.blocks[0].marks if mark.kind is MarkKind.ABBREVIATION]
    assert mark.value == "General Assembly"


def test_plain_subscripts_are_still_read_as_such():
    (block,) = read_body("<p>Levels of CO<sub>2</sub> rose again this year, the agency said on Monday.</p>").blocks
    assert "alias" not in block.text
    assert not [mark for mark in block.marks if mark.kind is MarkKind.SAY_AS]
