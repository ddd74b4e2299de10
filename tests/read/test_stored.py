"""Pages that are empty until their scripts run, but hold their text all the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from articleaudio.errors import ArticleAudioError
from articleaudio.model import Article
from articleaudio.read import Source, read_articles

LINES = (
    "The pool has closed for good, the council said on Tuesday, after a debate that went on until one in the morning.",
    "“We have patched it for thirty years,” said the treasurer. “There is nothing left that a patch would stick to.”",
    "A second vote is planned for June; until then the gate stays locked, and the water belongs to the frogs.",
)
MARKED = "".join(f"<p>{line}</p>" for line in LINES)


def page(body: str = "", **data: Any) -> str:
    stated = json.dumps({"@type": "NewsArticle", "headline": "The pool closes", **data})
    head = f"<title>The pool closes</title><script type='application/ld+json'>{stated}</script>"
    return f"<html lang='en'><head>{head}</head><body><h1>The pool closes</h1><div id='app'></div>{body}</body></html>"


def read(html: str) -> Article:
    (article,) = read_articles(Source(name="page.html", data=html.encode()))
    assert isinstance(article, Article)
    return article


def script(value: object) -> str:
    return f"<script id='data' type='application/json'>{json.dumps(value)}</script>"


@pytest.mark.parametrize(
    "html",
    [
        page(articleBody="\n\n".join(LINES)),
        page(articleBody=MARKED),
        page(f"<noscript><div>{MARKED}</div></noscript>"),
        page(script({"props": {"story": {"id": 4, "html": MARKED + "<style>p { color: red }</style>"}}})),
        page(script({"props": {"blocks": [{"type": "p", "id": 1, "text": line} for line in LINES]}})),
        page(script({"props": {"blocks": list(LINES)}})),
    ],
    ids=["data", "data marked up", "noscript", "marked up", "blocks", "lines"],
)  # fmt: skip
def test_text_is_found(html: str) -> None:
    assert [block.text for block in read(html).blocks] == list(LINES)


@pytest.mark.parametrize(
    "html",
    [
        page(articleBody="\n\n".join(LINES), isAccessibleForFree=False),
        page("<p>Subscribe to continue reading.</p>", articleBody="\n\n".join(LINES)),
        page(articleBody="The pool has closed for good, the council said on Tuesday."),
        page("<script type='application/json'>{</script>"),
        page(script([[[["<p>"]]]])),
    ],
    ids=["not free", "wall", "excerpt", "broken", "nothing"],
)
def test_nothing_is_made_up(html: str) -> None:
    with pytest.raises(ArticleAudioError):
        read(html)


def test_text_on_the_page_is_enough() -> None:
    shown = f"<article><p>{LINES[0]}</p><p>{LINES[1]}</p></article>"
    assert len(read(page(shown, articleBody="\n".join((*LINES, *LINES)))).blocks) == 2


def test_deep_data_ends() -> None:
    deep = "<div>" * 1500 + "".join(f"<p>{line}</p>" for line in LINES)
    assert read(page(articleBody=deep)).blocks
