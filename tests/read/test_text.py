"""Plain text."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.model import Article, Block, BlockKind
from articleaudio.read import Source
from articleaudio.read.text import READER

P, H, L = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM


def read(text: str, name: str = "rain-report.txt") -> Article:
    (article,) = READER.read(Source(name=name, relative=name, data=text.encode()), text)
    return article


def kinds(article: Article) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in article.blocks]


def test_blank_lines_part_paragraphs_and_wrapped_lines_are_joined() -> None:
    article = read(
        "Rain in May\n\nIt rained on Monday, and the well-\nknown roof of the hall\nleaked.\n\n\nNobody was wet.\n"
    )
    assert article.title == "Rain in May"
    assert kinds(article) == [
        (P, "It rained on Monday, and the well-known roof of the hall leaked."),
        (P, "Nobody was wet."),
    ]


def test_without_a_title_the_file_names_it() -> None:
    article = read("It rained on Monday, and the roof leaked.\n\nNobody was wet.")
    assert article.title == "Rain report"
    assert len(article.blocks) == 2


def test_one_paragraph_a_line() -> None:
    long = "It rained on Monday, and the roof of the hall leaked again, as it does every year, said the warden. "
    article = read(f"{long}\n{long}and that was that\nNobody was wet.")
    assert [kind for kind, _ in kinds(article)] == [P, P, P]


def test_byline_and_date_leave_with_a_reason() -> None:
    article = read("Rain in May\n\nBy Ada Quill and Tom Reyes\n\nMay 4, 2026\n\nIt rained on Monday.")
    assert article.authors == ("Ada Quill", "Tom Reyes")
    assert article.published == datetime(2026, 5, 4)  # noqa: DTZ001 - the text names no zone
    assert kinds(article) == [(P, "It rained on Monday.")]
    assert [(piece.reason, piece.text) for piece in article.dropped] == [
        ("byline", "By Ada Quill and Tom Reyes"),
        ("date", "May 4, 2026"),
    ]


def test_lists() -> None:
    article = read("Rain\n\nBring these:\n- a coat,\n  a warm one\n- a hat\n\n1. Stay.\n2. Wait.")
    bring = [(P, "Bring these:"), (L, "a coat, a warm one"), (L, "a hat")]
    assert kinds(article) == [*bring, (L, "Stay."), (L, "Wait.")]


def test_a_dash_opens_speech_in_prose() -> None:
    article = read("Rain\n\nThe warden came in and said,\n– It rains. –\nThen he left.")
    assert kinds(article) == [(P, "The warden came in and said, – It rains. – Then he left.")]


def test_short_lines_alone_are_headings() -> None:
    body = "It rained on Monday, and the roof of the hall leaked again, as it does every year, said the warden."
    article = read(f"Rain\n\n{body}\n\nWhat the roof says\n\n{body}\n\nNobody was wet")
    assert kinds(article) == [(P, body), (H, "What the roof says"), (P, body), (P, "Nobody was wet")]


def test_notes_go_last() -> None:
    article = read("Rain\n\nCorrection: it was Tuesday.\n\nIt rained on Monday.")
    assert article.blocks == (
        Block(P, "It rained on Monday."),
        Block(BlockKind.NOTE, "Correction: it was Tuesday."),
    )


def test_rules_are_no_text() -> None:
    assert kinds(read("Rain\n====\n\nIt rained.\n\n* * *\n\nIt stopped.")) == [(P, "It rained."), (P, "It stopped.")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Дощ\n\nУ понеділок ішов дощ, і дах зали знову протік, як це було торік.", "uk"),
        ("Regen\n\nEs hat am Montag geregnet, und das Dach der Halle war wieder nicht dicht.", "de"),
        ("Rain\n\nIt rained on Monday.", "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert read(text).language == language


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_read_without_losing_a_letter(text: str) -> None:
    if not text.strip():
        return
    for block in read(text).blocks:
        assert block.text == block.text.strip() != ""
