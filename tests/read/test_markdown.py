"""Markdown and its front matter."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize("key", ["date", "publishDate"])
def test_dates_to_come_are_scheduled(key: str) -> None:
    assert read(f"---\ntitle: x\n{key}: 2099-01-01\n---\n\nText.").status == "scheduled"
    assert read(f"---\ntitle: x\n{key}: 2099-01-01T00:00:00+02:00\nstatus: draft\n---\n\nText.").status == "draft"


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


P, L, Q = BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE


def kinds(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in read(text).blocks]


def ledger(text: str) -> set[tuple[str, str]]:
    return {(piece.reason, piece.text) for piece in read(text).dropped}


def test_json_front_matter() -> None:
    article = read('{ "title": "Rain", "authors": ["Ada Quill"] }\n\nIt rained.')
    assert (article.title, article.authors) == ("Rain", ("Ada Quill",))
    assert [block.text for block in article.blocks] == ["It rained."]
    with pytest.raises(SourceError, match="front matter"):
        read('{ "title": "Rain", \n\nIt rained.')


@pytest.mark.parametrize(
    ("text", "spoken", "dropped"),
    [
        ("It rained.^[All *day*, [they](x) say.]", [(P, "It rained.")], ("footnote", "^[All *day*, [they](x) say.]")),
        ("It rained.[^1]\n\n[^1]: One.\n\n    Two.\n", [(P, "It rained.")], ("footnote", "[^1]: One. Two.")),
        ("It <!-- really -->rained.\n\n<!--\nx\n\ny\n-->", [(P, "It rained.")], ("hidden", "<!-- x y -->")),
        ("It rained.\n\n{{< figure src=a >}}", [(P, "It rained.")], ("embed", "{{< figure src=a >}}")),
        ("{{% note %}}\nIt rained.\n{{% /note %}}", [(P, "It rained.")], ("embed", "{{% /note %}}")),
        ("{% include ad.html %}\n\nIt rained.", [(P, "It rained.")], ("embed", "{% include ad.html %}")),
        (
            "{% highlight js %}\nx\n\ny\n{% endhighlight %}\n\nIt rained.",
            [(P, "It rained.")],
            ("code", "{% highlight js %} x y {% endhighlight %}"),
        ),
        ("import A from './a'\n\nIt rained.\n\n<A x={1} />", [(P, "It rained.")], ("code", "import A from './a'")),
        ("<Box>\n\nIt rained.\n\n</Box>\n\n<A x={1} />", [(P, "It rained.")], ("embed", "<A x={1} />")),
        (
            "![A roof](a.jpg)\n*A roof. Photo: Jane Doe*\n\nIt rained.",
            [(P, "It rained.")],
            ("caption", "A roof. Photo: Jane Doe"),
        ),
        ("[TOC]\n\nIt rained.", [(P, "It rained.")], ("navigation", "[TOC]")),
        ("It rained :cloud_with_rain: a lot.", [(P, "It rained a lot.")], ("ornament", ":cloud_with_rain:")),
        ("::: warning\nIt rained.\n:::", [(P, "It rained.")], ("meta", "warning")),
    ],
)
def test_what_tools_add_is_no_text(text: str, spoken: list[tuple[BlockKind, str]], dropped: tuple[str, str]) -> None:
    assert kinds(text) == spoken
    assert dropped in ledger(text)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("- [ ] coat\n- [x] hat\n  - felt\n\n    or straw", [(L, "coat"), (L, "hat"), (L, "felt"), (L, "or straw")]),
        ("> [!NOTE]\n> It rained.", [(Q, "It rained.")]),
        (
            "It rained. {: .lead }\n\n[Again](https://example.org){:target=_blank}, I hear.",
            [(P, "It rained."), (P, "Again, I hear.")],
        ),
        ("It rained on [the roof][r].\n\n[r]: https://example.org 'Roof'", [(P, "It rained on the roof.")]),
        ("One  \ntwo\\\nthree", [(P, "One two three")]),
        ("Roof\n: What leaks.", [(P, "Roof"), (L, "What leaks.")]),
        ("[[Roof]] and [[Roof|the hall]] ==leak==.", [(P, "Roof and the hall leak.")]),
        ("H~2~O, 5 m^2^ and 10^-3^.", [(P, "H2O, 5 m² and 10⁻³.")]),
        ('!!! note "Rain"\n    It rained.\n\nIt stopped.', [(P, "Rain"), (P, "It rained."), (P, "It stopped.")]),
        ("Set {x} and {1, 2}; {{ }} is `{{ kept }}` so.", [(P, "Set {x} and {1, 2}; is {{ kept }} so.")]),
        ("The ratio was 3:2:1 at 10:30:00.", [(P, "The ratio was 3:2:1 at 10:30:00.")]),
    ],
)
def test_dialects(text: str, spoken: list[tuple[BlockKind, str]]) -> None:
    assert kinds(text) == spoken


def test_attributes_of_headings() -> None:
    article = read(
        "---\ntitle: x\n---\n\nIt rained.\n\nLater {.big #later}\n-----\n\nIt stopped.\n\n### Last {#last}\n\nDry."
    )
    found = [(block.text, block.level, block.anchor) for block in article.blocks if block.level]
    assert found == [("Later", 2, "later"), ("Last", 3, "last")]


def test_nothing_is_taken_out_of_code() -> None:
    text = "It rained.\n\n```\n[^1]: x\n<!-- y -->\n{{< z >}}\n```\n\nSo `{{ it }}` does."
    assert kinds(text) == [(P, "It rained."), (P, "So {{ it }} does.")]
    assert ledger(text) == {("code", "[^1]: x <!-- y --> {{< z >}}")}


MARKS = ("[^1]", "[^1]: note", "^[inline]", "<!--", "-->", "{{<", ">}}", "{%", "%}", "\n```\n", "`", "\n", "\n\n", "> ")
PIECES = st.sampled_from(
    ["word", *MARKS, "- [ ] ", "[[", "]]", "==", "{#id}", ": ", ":smile:", "<Box/>", "    ", "![", "](z)"]
)


@given(st.lists(PIECES, min_size=1, max_size=20))
def test_every_word_is_in_the_text_or_in_the_ledger(pieces: list[str]) -> None:
    text = "".join(pieces)
    if not text.strip():
        return
    article = read("---\ntitle: x\n---\n" + text)
    found = "".join([*(block.text for block in article.blocks), *(piece.text for piece in article.dropped)])
    wanted = re.sub(r"!\[[^\]]*\]\(z\)", "", text)  # what a picture shows is told by nobody
    assert found.count("word") >= wanted.count("word") - text.count("![")
