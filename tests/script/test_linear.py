"""Twice the text is twice the work, however hostile: counted in calls, not in time."""

import sys

import pytest

from articleaudio.model import Article, Block, BlockKind
from articleaudio.script import Style, write_script

SIZE = 1200
"""Characters of the shorter text."""


def calls(text: str, language: str) -> int:
    """How many functions, ours and built-in, are called to write a script."""
    article = Article(id="", aliases=(), title="", language=language, blocks=(Block(BlockKind.PARAGRAPH, text),))
    count = 0

    def tally(frame, event, arg) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        write_script(article, Style(byline=False))
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize(
    "piece",
    ["a.", "a@", "7", "1,", "1.", "1-", "1/", "$1 ", "U.S. ", "http://", "((", "No. ", "ABC ", "XIV ", "5 km ", "¼",
     "\u202e", "“", "don't ", "word ", "5–6 May ", "10:30 a.m. ", "тис. ", "5 грн ", "І.", "(ABC) ", "-", "1:1:"],
)  # fmt: skip
def test_twice_the_text_is_at_most_twice_the_work(piece: str, language: str) -> None:
    short = piece * (SIZE // len(piece))
    calls(short[: SIZE // 4], language)  # what is learnt once is learnt now
    once, twice = calls(short, language), calls(short * 2, language)
    assert twice <= 2.2 * once + 500
