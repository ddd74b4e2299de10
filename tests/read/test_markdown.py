"""Markdown and its front matter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from articleaudio.errors import SourceError
from articleaudio.model import Article, BlockKind, MarkKind
from articleaudio.read import Source
from articleaudio.read.markdown import READER


def read(text: str, url: str = "") -> Article:
    source = Source(name="budget.md", relative="news/budget.md", data=text.encode(), url=url)
    (article,) = READER.read(source, text)
    return article


FULL = """---
title: "The budget: what it costs"
authors:
  - Ada Quill
  - name: Tom Reyes
    email: tom@example.org
date: 2026-06-30T09:00:00+02:00
updated: 2026-07-01 08:15:00Z
lang: en-GB
url: https://example.org/budget
id: b-17
slug: the-budget
image: https://example.org/b.jpg
section: Politics
description: Teachers gain.
status: scheduled
visibility: members
---

It costs a lot.
"""


def test_front_matter() -> None:
    article = read(FULL)
    assert article.title == "The budget: what it costs"
    assert article.authors == ("Ada Quill", "Tom Reyes")
    assert article.published == datetime(2026, 6, 30, 9, tzinfo=timezone(timedelta(hours=2)))
    assert article.updated == datetime(2026, 7, 1, 8, 15, tzinfo=UTC)
    assert article.language == "en-gb"
    assert article.url == "https://example.org/budget"
    assert article.slug == "the-budget"
    assert article.image == "https://example.org/b.jpg"
    assert article.section == "Politics"
    assert article.dek == "Teachers gain."
    assert (article.status, article.visibility) == ("scheduled", "members")
    assert article.aliases == ("url:https://example.org/budget", "id:b-17", "path:news/budget.md")


@pytest.mark.parametrize("line", ["draft: true", "published: false", "status: draft"])
def test_drafts(line: str) -> None:
    assert read(f"---\ntitle: x\n{line}\n---\n\nText.").status == "draft"


def test_dates_without_time() -> None:
    assert read("---\ntitle: x\ndate: 2026-06-30\n---\n\nText.").published == datetime(2026, 6, 30)  # noqa: DTZ001


def test_one_author_by_name() -> None:
    assert read("---\nauthor: By Ada Quill, ada@example.org\n---\n\nText.").authors == ("Ada Quill",)


def test_toml_front_matter() -> None:
    assert read('+++\ntitle = "Rain"\n+++\n\nIt rained.').title == "Rain"


@pytest.mark.parametrize("matter", ["title: a: b", "- a\n- b", "title: [x"])
def test_broken_front_matter(matter: str) -> None:
    with pytest.raises(SourceError, match=r"front matter of budget\.md") as caught:
        read(f"---\n{matter}\n---\n\nText.")
    assert caught.value.hint


def test_the_first_heading_is_the_title() -> None:
    article = read("# Rain in *May*\n\nIt rained.\n\n## Later {#later}\n\nIt stopped.")
    assert article.title == "Rain in May"
    assert [(block.kind, block.text, block.level, block.anchor) for block in article.blocks] == [
        (BlockKind.PARAGRAPH, "It rained.", 0, ""),
        (BlockKind.HEADING, "Later", 2, "later"),
        (BlockKind.PARAGRAPH, "It stopped.", 0, ""),
    ]
    assert [(piece.reason, piece.text) for piece in article.dropped] == [("title", "Rain in May")]


def test_a_heading_that_repeats_the_title() -> None:
    assert [block.text for block in read("---\ntitle: Rain\n---\n\n# Rain\n\nIt rained.").blocks] == ["It rained."]


def test_structure() -> None:
    article = read(
        "---\ntitle: Rain\n---\n\nIt *rained* on [Monday](/mon),\nall ~~night~~ day.[^n]\n\n- a coat\n- a hat\n\n"
        "> It will\n> stop.\n\n![A roof](roof.jpg)\n\n| Place | Rain |\n|---|---|\n| Wend | 3 mm |\n\n"
        "```\nx = 1\n```\n\n<aside>Read also this.</aside>\n\n[^n]: From noon\n    to night.\n",
        url="https://example.org/rain",
    )
    assert [(block.kind.value, block.text) for block in article.blocks] == [
        ("paragraph", "It rained on Monday, all day."),
        ("list_item", "a coat"),
        ("list_item", "a hat"),
        ("quote", "It will stop."),
        ("table_row", "Place; Rain"),
        ("table_row", "Wend; 3 mm"),
    ]
    marks = [(mark.kind, mark.value) for mark in article.blocks[0].marks]
    assert marks == [(MarkKind.EMPHASIS, ""), (MarkKind.LINK, "https://example.org/mon")]
    assert [(piece.reason, piece.text) for piece in article.dropped] == [
        ("struck", "night"),
        ("code", "x = 1"),
        ("sidebar", "Read also this."),
        ("footnote", "[^n]: From noon to night."),
    ]


def test_what_no_web_page_would_keep_but_an_author_wrote() -> None:
    lines = ["It rained.", "Short.", "ALL CAPS", "“Quote,” she said."]
    assert [block.text for block in read("\n\n".join(lines)).blocks] == lines
