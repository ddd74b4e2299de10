"""Plain text."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.errors import SourceError
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
        ("title", "Rain in May"),
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


BODY = "It rained on Monday, and the roof of the town hall leaked again, as it does every year, said the warden."


def ledger(article: Article) -> list[tuple[str, str]]:
    return [(piece.reason, piece.text) for piece in article.dropped]


def test_indented_paragraphs_below_a_headline() -> None:
    article = read("The Roof\n   It rained on Monday, and the roof of the town\nhall leaked.\n   “Again,” he said.\n")
    assert article.title == "The Roof"
    assert kinds(article) == [
        (P, "It rained on Monday, and the roof of the town hall leaked."),
        (P, "“Again,” he said."),
    ]


def test_no_blank_lines_at_all() -> None:
    article = read(f"The Roof\nBy Ada Quill\n{BODY}\n“Again,” he said.\n")
    assert (article.title, article.authors) == ("The Roof", ("Ada Quill",))
    assert kinds(article) == [(P, BODY), (P, "“Again,” he said.")]


def test_a_head_in_one_block() -> None:
    head = "The Roof\nTwelve leaks and no money\nBy Ada Quill, Staff Writer\nPublished: 4 May 2026"
    article = read(f"{head}\n\n{BODY}")
    assert (article.title, article.dek, article.authors) == ("The Roof", "Twelve leaks and no money", ("Ada Quill",))
    assert article.published == datetime(2026, 5, 4)  # noqa: DTZ001 - the text names no zone
    assert kinds(article) == [(P, BODY)]


def test_a_byline_that_a_date_goes_on() -> None:
    article = read(f"The Roof\nAda Quill | May 4, 2026 | 9:00 am\n\n{BODY}")
    assert article.authors == ("Ada Quill",)
    assert article.published == datetime(2026, 5, 4, 9)  # noqa: DTZ001 - the text names no zone


def test_a_headline_that_was_wrapped() -> None:
    article = read(f"The roof that leaks, and the man who has to live\nwith it every day\n\n{BODY}")
    assert article.title == "The roof that leaks, and the man who has to live with it every day"


def test_wire_copy() -> None:
    article = read(
        "BC-WEND--Roof, 3rd Ld-Writethru,350\nEds: Updates with quote from mayor.\n\nRoof leaks in Wendford\n\n"
        "By ADA QUILL\nMeridian Press\n\nWENDFORD (MP) -- It rained on Monday, and the roof of the town\n"
        "hall leaked.\n\n"
        "(MORE)\n\nPAGE 2 -- ROOF\n\nThe mayor said it would be mended.\n\n-30-\n"
    )
    assert (article.title, article.authors) == ("Roof leaks in Wendford", ("Ada Quill",))
    assert [text for _, text in kinds(article)] == [
        "WENDFORD (MP) -- It rained on Monday, and the roof of the town hall leaked.",
        "The mayor said it would be mended.",
    ]
    assert {reason for reason, _ in ledger(article)} == {"meta", "byline", "title"}


@pytest.mark.parametrize("end", ["ENDS", "-ENDS-", "###", "# # #", "-30-", "-- END --"])
def test_what_stands_below_the_end(end: str) -> None:
    article = read(f"The Roof\n\n{BODY}\n\n{end}\n\nNotes to editors:\nCall Tom Reyes, 555-0100.\n")
    assert kinds(article) == [(P, BODY)]
    assert ("footer", "Notes to editors: Call Tom Reyes, 555-0100.") in ledger(article)


def test_three_hashes_between_two_scenes_end_nothing() -> None:
    assert kinds(read(f"The Roof\n\n{BODY}\n\n###\n\nIt stopped.")) == [(P, BODY), (P, "It stopped.")]


def test_a_press_release() -> None:
    article = read(
        "FOR IMMEDIATE RELEASE\nMay 4, 2026\n\nContact:\nTom Reyes\nPress Officer, Wendford Council\nPhone: 555-0100\n"
        "tom@example.org\n\nWENDFORD MENDS ITS ROOF\nTwelve leaks are to be closed by June, council says\n\n"
        f"{BODY}\n\n###\n"
    )
    assert (article.title, article.dek) == (
        "WENDFORD MENDS ITS ROOF",
        "Twelve leaks are to be closed by June, council says",
    )
    assert article.published == datetime(2026, 5, 4)  # noqa: DTZ001 - the text names no zone
    assert kinds(article) == [(P, BODY)]
    assert ("contact", "Contact: Tom Reyes Press Officer, Wendford Council Phone: 555-0100 tom@example.org") in ledger(
        article
    )


def test_underlined_headings() -> None:
    article = read(
        f"The Roof\n========\n\n{BODY}\n\nWhy it leaks\n------------\nIt is old.\n\nThe end\n~~~~~~~\nIt stopped."
    )
    assert article.title == "The Roof"
    assert kinds(article) == [(P, BODY), (H, "Why it leaks"), (P, "It is old."), (H, "The end"), (P, "It stopped.")]


def test_mails() -> None:
    article = read(
        "From: Ada Quill <ada@example.org>\nTo: desk@example.org\nDate: Mon, 4 May 2026 09:00:00 +0200\n"
        f"Subject: The Roof\n\n{BODY}\n\n> How many leaks?\n> Eleven?\n\nTwelve.\n\n-- \nAda Quill\nThe Daily\n"
    )
    assert article.title == "The Roof"
    assert article.published is not None
    assert kinds(article) == [(P, BODY), (BlockKind.QUOTE, "How many leaks? Eleven?"), (P, "Twelve.")]
    assert ("contact", "Ada Quill The Daily") in ledger(article)


def test_tables_new_pages_and_narrow_spaces() -> None:
    article = read("The Roof\r\n\r\nMonth\tLeaks\r\nMay\t12\r\n\r\nNobody\xa0was wet.\x0cIt stopped.\r\n")
    rows = [(BlockKind.TABLE_ROW, "Month; Leaks"), (BlockKind.TABLE_ROW, "May; 12")]
    assert kinds(article) == [*rows, (P, "Nobody was wet."), (P, "It stopped.")]


def test_set_phrases_leave_with_a_reason() -> None:
    article = read(f"The Roof\n\n{BODY}\n\nPhoto: A roof. (Jane Doe/MP)\n\n© 2026 The Daily. All rights reserved.\n")
    assert kinds(article) == [(P, BODY)]
    assert {"caption", "copyright"} <= {reason for reason, _ in ledger(article)}


@pytest.mark.parametrize("text", ["{\\rtf1\\ansi It rained.}", "%PDF-1.4 It rained."])
def test_documents_of_word_processors_are_no_text(text: str) -> None:
    with pytest.raises(SourceError, match="no plain text") as caught:
        read(text)
    assert "DOCX" in caught.value.hint


LINES = st.one_of(
    st.text("abcdef .", min_size=1, max_size=90),
    st.sampled_from(
        ["", "", "- a", "> b", "By Ada Quill", "May 4, 2026", "ENDS", "###", "FOR IMMEDIATE RELEASE", "Contact:"]
    ),
    st.sampled_from(
        ["a\tb", "====", "-----", "   indented words", "UPPER WORDS", "tel: 555-0100", "Subject: x", "From: y", "--"]
    ),
)


@given(st.lists(LINES, min_size=1, max_size=14))
def test_every_letter_is_in_the_text_or_in_the_ledger(lines: list[str]) -> None:
    text = "\n".join(lines)
    if not re.search(r"\w", text):
        return
    article = read(text)
    found = Counter("".join([*(t for _, t in kinds(article)), *(t for _, t in ledger(article))]).lower())
    wanted = Counter(character for character in text.lower() if character.isalnum())
    assert not wanted - found


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_read_without_losing_a_letter(text: str) -> None:
    if not text.strip():
        return
    for block in read(text).blocks:
        assert block.text == block.text.strip() != ""
