"""Feeds that hold only the beginning of an article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from articleaudio.errors import FetchError
from articleaudio.model import Article, Failure
from articleaudio.read import Settings, Source
from articleaudio.read.follow import follow, is_excerpt
from articleaudio.read.post import Post
from articleaudio.read.source import Page

PAGE = """<html><head><title>Rain in town</title></head><body><article><h1>Rain in town</h1>
<p>It rained all day long in the town, and the people stayed at home with their dogs.</p>
<p>On Tuesday the sun came back, and everyone went out to look at the river that had risen.</p></article></body></html>
"""
SIGNED = '<p>The post <a href="/a">Rain in town</a> appeared first on <a href="/">The Paper</a>.</p>'


class Pages:
    """A web of one page."""

    def __init__(self, data: str = PAGE, kind: str = ".html") -> None:
        self.page = Page("https://example.org/rain/", data.encode(), kind)

    def get(self, url: str) -> Page:
        if url.endswith("gone"):
            raise FetchError(f"{url} is gone (410)", hint="look for its new address")
        return self.page


@pytest.mark.parametrize(
    "html",
    [
        "",
        " <p> </p>",
        "<p>It rained all day [&#8230;]</p>",
        "<p>It rained all day [...]</p>" + SIGNED,
        "<p>It rained all day…</p>",
        "It rained all day ...",
        '<p>It rained. <a href="/a">Read more</a></p>',
        '<p>It rained</p><a href="/a">Weiterlesen »</a>',
        '<p>It rained</p><p><a href="/a">Continue reading <span>“Rain in town”</span> →</a></p>',
        "<p>Дощило цілий день.</p><p>Читати далі →</p>",
    ],
)
def test_excerpts(html: str) -> None:
    assert is_excerpt(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>It rained.</p>",
        "<p>It rained.</p>" + SIGNED,
        "<p>It rained all day, and she liked to read more.</p>",
        "<p>It rained.</p><p>Read more: Snow in the hills</p>",
        "<p>" + "It rained. " * 200 + "And then…</p>",
        "a < b and more",
    ],
)
def test_whole_texts(html: str) -> None:
    assert not is_excerpt(html)


def test_a_description_of_a_few_words_is_none_of_the_article() -> None:
    assert is_excerpt("It rained all day in town.", described=True)
    assert not is_excerpt("It rained all day in town. " * 12, described=True)


def test_a_text_that_its_summary_goes_on_from() -> None:
    assert is_excerpt("It rained all day in town", "It rained all day in town, and people stayed at home.")
    assert not is_excerpt("It rained all day in town", "It rained all day in town")


def test_the_page_is_read_and_completed() -> None:
    post = Post(
        "Rain",
        "",
        given="17",
        url="https://example.org/rain/?utm_source=feed",
        authors=("Jane Roe",),
        published=datetime(2026, 2, 4, tzinfo=UTC),
    )
    article = follow(Source("feed.json", settings=Settings(web=Pages())), post, 3)
    assert isinstance(article, Article)
    assert article.title == "Rain in town"
    assert len(article.blocks) == 2
    assert (article.authors, article.published) == (post.authors, post.published)
    assert article.aliases == ("url:https://example.org/rain", "id:17")
    assert article.source == f"feed.json#{post.url}"


def test_a_page_without_a_headline_takes_that_of_the_feed() -> None:
    bare = PAGE.replace("<h1>Rain in town</h1>", "").replace("<title>Rain in town</title>", "")
    post = Post("Rain in town", "", url="https://example.org/rain")
    article = follow(Source("feed.json", settings=Settings(web=Pages(bare))), post, 1)
    assert isinstance(article, Article)
    assert article.title == "Rain in town"


@pytest.mark.parametrize(
    ("web", "url", "message"),
    [
        (None, "https://example.org/a", "only an excerpt of “Rain”, and its link cannot be fetched here"),
        (Pages(), "", "only an excerpt of “Rain”, and no link to the rest"),
        (Pages(), "https://example.org/gone", "is gone"),
        (Pages(kind=".pdf"), "https://example.org/a", "is a .pdf file"),
        (Pages("<p></p>"), "https://example.org/a", "only a few words"),
        (Pages(" "), "https://example.org/a", "is empty"),
    ],
)
def test_what_cannot_be_followed_is_a_failure(web: Pages | None, url: str, message: str) -> None:
    item = follow(Source("feed.json", settings=Settings(web=web)), Post("Rain", "", url=url), 1)
    assert isinstance(item, Failure)
    assert message in item.message
    assert item.hint
    assert item.exit_code == 3
