"""Golden pages: each shows one kind of noise; beside it what is to be spoken, and the ledger of the rest."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from articleaudio.model import BlockKind
from articleaudio.read import text_view
from articleaudio.read.html.inline import SILENT
from articleaudio.read.html.page import body_of, parse

from .golden import PAGES, read, written

pages = pytest.mark.parametrize("page", sorted(PAGES.glob("*.html")), ids=lambda page: page.stem)
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−")


@pages
def test_reads_as_expected(page: Path) -> None:
    assert written(read(page)) == page.with_suffix(".expected").read_text("utf-8")


@pages
def test_nothing_leaves_silently(page: Path) -> None:
    """Every letter of the page's body is spoken or in the ledger, none twice."""
    body = body_of(parse(page.read_text("utf-8"), page.name))
    for element in list(body.iter(*SILENT)):
        element.drop_tree()
    article = read(page)
    told = "".join([block.text for block in article.blocks] + [piece.text for piece in article.dropped])
    assert letters(told) == letters(body.text_content())


@pages
def test_text_view_is_the_body(page: Path) -> None:
    article = read(page)
    lines = text_view(article).splitlines()
    assert len(lines) == len(article.blocks)
    heads = [line[2:] for line in lines if line.startswith("# ")]
    assert heads == [block.text for block in article.blocks if block.kind is BlockKind.HEADING]


def test_text_view_with_title() -> None:
    lines = text_view(read(PAGES / "standfirst.html"), True).splitlines()
    assert lines[0] == "# The well that sings"
    assert lines[1].startswith("A village in the east has a well that hums before it rains.")
    assert lines[2] == "By Nora Keane, Sam Oduya"


def letters(text: str) -> Counter[str]:
    return Counter(re.findall(r"[\w−]", text.translate(RAISED)))
