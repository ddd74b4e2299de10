"""Articles that are spread over several pages."""

from __future__ import annotations

import pytest

from articleaudio.errors import FetchError
from articleaudio.model import Article
from articleaudio.read import Settings, Source, read_articles
from articleaudio.read.source import Page

HOME = "https://ledger.example/2026/05/bridge"


class Shelf:
    """A way to pages that lie here, and a record of what was asked for."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def get(self, url: str) -> Page:
        self.asked.append(url)
        if url not in self.pages:
            raise FetchError(f"{url} answers 404", hint="check the address")
        return Page(url, self.pages[url].encode(), ".html", "utf-8")


def page(words: str, links: str, head: str = "", note: str = "") -> str:
    body = "".join(
        f"<p>{words} {number}: the council of Velmora voted on Monday to close the old bridge for repairs.</p>"
        for number in ("one", "two", "three")
    )
    return (
        f"<!doctype html><html lang='en'><head><title>Bridge to close</title>{head}</head><body><article>"
        f"<h1>Bridge to close</h1>{body}{note}</article>{links}</body></html>"
    )


def numbers(*addresses: str) -> str:
    links = "".join(f"<a href='{address}'>{number}</a> " for number, address in enumerate(addresses, start=1))
    return f"<div class='page-links'>Pages: {links}</div>"


def read(text: str, url: str = HOME, web: Shelf | None = None) -> Article:
    source = Source(name=url, data=text.encode(), url=url, kind=".html", settings=Settings(web=web))
    (article,) = read_articles(source)
    assert isinstance(article, Article)
    return article


def starts(article: Article) -> list[str]:
    return [block.text.split(":")[0] for block in article.blocks]


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        (HOME, f"{HOME}/2", f"{HOME}/3"),
        (HOME, f"{HOME}?page=2", f"{HOME}?page=3"),
        (f"{HOME}/", f"{HOME}/page/2/", f"{HOME}/page/3/"),
        (f"{HOME}.html", f"{HOME}-2.html", f"{HOME}-3.html"),
        (f"{HOME}.html?a=b", f"{HOME}.html?a=b&seite=2", f"{HOME}.html?a=b&seite=3"),
    ],
    ids=["path", "query", "words", "file", "two queries"],
)
def test_pages_are_put_together(first: str, second: str, third: str) -> None:
    links = numbers(first, second, third)
    web = Shelf({second: page("B", links, note="<p>Correction: it was Tuesday.</p>"), third: page("C", links)})
    article = read(page("A", links), first, web)
    assert starts(article) == ["A one", "A two", "A three", "B one", "B two", "B three", "C one", "C two", "C three",
                               "Correction"]  # fmt: skip
    assert article.cut == ""
    assert web.asked == [second, third]
    assert sum(piece.reason == "title" for piece in article.dropped) == 3


def test_pages_that_know_only_the_next_are_followed() -> None:
    web = Shelf(
        {
            f"{HOME}?page=2": page("B", "", f"<link rel='next' href='{HOME}?page=3'>"),
            f"{HOME}?page=3": page("C", ""),
        }
    )
    article = read(page("A", "<a href='?page=2'>Next page »</a>"), HOME, web)
    assert starts(article)[::3] == ["A one", "B one", "C one"]


def test_a_page_in_the_middle_leads_to_the_first() -> None:
    links = numbers(HOME, f"{HOME}/2", f"{HOME}/3")
    web = Shelf({HOME: page("A", links), f"{HOME}/3": page("C", links)})
    article = read(page("B", links), f"{HOME}/2", web)
    assert starts(article)[::3] == ["A one", "B one", "C one"]


def test_one_page_for_all_is_taken_instead() -> None:
    links = numbers(HOME, f"{HOME}/2") + f"<a href='{HOME}?page=all'>View as a single page</a>"
    both = page("A", "").replace("</article>", page("B", "").partition("</h1>")[2])
    web = Shelf({f"{HOME}?page=all": both})
    article = read(page("A", links), HOME, web)
    assert starts(article)[::3] == ["A one", "B one"]
    assert web.asked == [f"{HOME}?page=all"]
    assert article.url == HOME


@pytest.mark.parametrize(
    ("links", "said"),
    [
        (numbers(HOME, f"{HOME}/2", f"{HOME}/3"), "page 1 of 3"),
        (f"<p>Page 1 of 4</p><a rel='next' href='{HOME}?page=2'>More</a>", "page 1 of 4"),
        (f"<nav class='pagination'><a href='{HOME}?page=2'>Part two</a></nav>", "page 1 of 2"),
    ],
)
def test_without_the_web_the_article_is_cut(links: str, said: str) -> None:
    article = read(page("A", links))
    assert said in article.cut
    assert starts(article) == ["A one", "A two", "A three"]


def test_a_page_that_cannot_be_had_is_told() -> None:
    article = read(page("A", numbers(HOME, f"{HOME}/2")), HOME, Shelf({}))
    assert "page 1 of 2" in article.cut
    assert "answers 404" in article.cut


def test_no_more_than_twenty_pages_are_fetched() -> None:
    links = numbers(*[HOME, *(f"{HOME}/{number}" for number in range(2, 31))])
    web = Shelf({f"{HOME}/{number}": page(f"P{number}", links) for number in range(2, 31)})
    article = read(page("A", links), HOME, web)
    assert "more than 20 pages" in article.cut
    assert web.asked == []


def test_a_page_that_leads_elsewhere_is_not_taken() -> None:
    class Elsewhere(Shelf):
        def get(self, url: str) -> Page:
            return Page("https://login.example/", page("B", "").encode(), ".html", "utf-8")

    article = read(page("A", numbers(HOME, f"{HOME}/2")), HOME, Elsewhere({}))
    assert "page 1 of 2" in article.cut
    assert starts(article) == ["A one", "A two", "A three"]


@pytest.mark.parametrize(
    ("url", "head", "links"),
    [
        (HOME, "<link rel='next' href='https://ledger.example/2026/05/another-story'>", ""),
        ("https://ledger.example/posts/12", "<link rel='next' href='https://ledger.example/posts/13'>", ""),
        (HOME, "", "<a rel='next' href='/2026/05/bridge-opens-again'>Next: bridge opens again</a>"),
        (HOME, "", f"<div class='comments'><a href='{HOME}?page=2'>2</a></div>"),
        (HOME, "", f"<div><h3>12 comments</h3><p><b>1</b> <a href='{HOME}?page=2'>2</a></p></div>"),
        (HOME, "", f"<a href='{HOME}/comment-page-2/#comments'>2</a>"),
        (HOME, "", "<div class='pagination'><a href='https://elsewhere.example/2026/05/bridge/2'>2</a></div>"),
        (HOME, "", f"<p>Read chapter <a href='{HOME}/2'>of the report</a></p>"),
        ("https://ledger.example/", "", "<a rel='next' href='https://ledger.example/?page=2'>2</a>"),
        ("", "", f"<a href='{HOME}/2'>2</a>"),
        ("https://ledger.example/story-2.html", "", "<a href='https://ledger.example/story.html'>Before</a>"),
    ],
    ids=["next post", "next number", "next link", "comments", "below comments", "comment page", "other host",
         "no page link", "front", "no address", "second of its name"],
)  # fmt: skip
def test_what_is_no_further_page(url: str, head: str, links: str) -> None:
    web = Shelf({})
    article = read(page("A", links, head), url, web)
    assert (article.cut, web.asked) == ("", [])
