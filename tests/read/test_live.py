"""Live blogs: entries below headings of their times, or a refusal."""

from __future__ import annotations

import json

import pytest

from articleaudio.errors import NoArticleError
from articleaudio.model import Article, BlockKind
from articleaudio.read import Source, read_articles

SENTENCE = "The council of Velmora voted on Monday to close the old harbour bridge for repairs until late October."


def entry(number: int, time: str, title: str = "", tag: str = "div class='live-post'") -> str:
    heading = f"<h3>{title}</h3>" if title else ""
    text = f"<p>{number}. {SENTENCE}</p><p>{number}. More: {SENTENCE}</p>"
    return f"<{tag} id='e{number}'>{time}{heading}{text}</{tag.partition(' ')[0]}>"


def page(entries: str, data: object = None, names: str = "") -> bytes:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    return (
        f"<!doctype html><html lang='en'><head><title>The bridge, live</title>{script}</head><body class='{names}'>"
        f"<main><h1>The bridge, live</h1><p>All of the day’s news from the harbour of Velmora, as it comes in here.</p>"
        f"{entries}</main></body></html>"
    ).encode()


def read(data: bytes) -> Article:
    (article,) = read_articles(Source(name="live.html", data=data))
    assert isinstance(article, Article)
    return article


def headings(article: Article) -> list[str]:
    return [block.text for block in article.blocks if block.kind is BlockKind.HEADING]


def live(*updates: dict[str, str]) -> dict[str, object]:
    return {"@type": "LiveBlogPosting", "headline": "The bridge, live", "liveBlogUpdate": list(updates)}


def test_entries_are_sections_in_the_order_of_the_page() -> None:
    article = read(
        page(
            entry(3, "<time datetime='2026-05-04T14:05:00+02:00'>14:05</time>", "Bridge opens again")
            + entry(2, "<time datetime='2026-05-04T13:40:00+02:00'>13:40</time>")
            + entry(4, "<a class='meta-time'><span>4 hours ago</span> <span>12:30</span></a>")
            + entry(1, "<time datetime='2026-05-04T11:02:00+02:00'>3 hours ago</time>", "Engineers arrive")
        )
    )
    assert headings(article) == ["14:05: Bridge opens again", "13:40", "12:30", "11:02: Engineers arrive"]
    assert [block.text[:2] for block in article.blocks if block.text[0].isdigit() and block.text[1] == "."] == [
        "3.", "3.", "2.", "2.", "4.", "4.", "1.", "1."]  # fmt: skip
    assert not any(block.text in {"14:05", "3 hours ago"} for block in article.blocks if block.level == 0)


@pytest.mark.parametrize(
    ("tag", "data", "names"),
    [
        ("article", live({"url": "https://ledger.example/live#e1"}, {"url": "https://ledger.example/live#e2"}), ""),
        ("section itemprop='liveBlogUpdate'", None, ""),
        ("li class='liveblog__item x'", None, "liveblog"),
        ("div class='LiveBlogPost'", None, ""),
        ("article class='liveticker-entry'", None, ""),
    ],
    ids=["data", "markup", "list", "camel", "ticker"],
)
def test_entries_are_told_apart_in_many_ways(tag: str, data: object, names: str) -> None:
    article = read(page(entry(2, "<span class='time'>9.30 a.m.</span>", "Rain", tag) + entry(1, "<b>9:10</b>", "", tag)
                        + entry(3, "<time datetime='2026-05-04T08:00Z'></time>", "", tag), data, names))  # fmt: skip
    told = headings(article)
    assert told[0] == "9.30 a.m.: Rain"
    assert len(told) == (2 if data else 3)


@pytest.mark.parametrize(
    ("data", "names"),
    [(live({"headline": "Rain"}, {"headline": "Sun"}), ""), (None, "single-liveblog")],
    ids=["data", "names"],
)
def test_a_live_blog_whose_entries_cannot_be_told_apart_is_refused(data: object, names: str) -> None:
    with pytest.raises(NoArticleError, match=r"live\.html is a live blog whose entries cannot be told apart"):
        read(page("".join(f"<p>{number}. {SENTENCE}</p>" for number in range(6)), data, names))


@pytest.mark.parametrize(
    ("entries", "data"),
    [
        ("".join(f"<p>{number}. {SENTENCE}</p>" for number in range(6)), {"@type": "LiveBlogPosting", "headline": "x"}),
        (f"<div class='live-post'><p>{SENTENCE}</p></div><div class='live-post'><p>2. {SENTENCE}</p></div>", None),
        (entry(1, "<time datetime='2026-05-04T14:05'>14:05</time>") + f"<p>{SENTENCE}</p>", None),
    ],
    ids=["no updates", "no times", "one"],
)
def test_other_articles_are_read_as_they_are(entries: str, data: object) -> None:
    article = read(page(entries, data))
    assert headings(article) == []
    assert article.blocks[-1].text.endswith(SENTENCE)
