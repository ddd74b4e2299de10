"""What pages say about their articles: weighed."""

from __future__ import annotations

import pytest

from articleaudio.model import Article
from articleaudio.read import Source, read_one

BODY = "".join(
    f"<p>Paragraph {number} says that it rained on Monday, and that the roof of the hall leaked.</p>"
    for number in range(3)
)


def read(head: str = "", top: str = "<h1>Rain in May</h1>", url: str = "", lang: str = "en") -> Article:
    page = f"<!doctype html><html lang='{lang}'><head>{head}</head><body><article>{top}{BODY}</article></body></html>"
    return read_one(Source(name="page.html", data=page.encode(), relative="page.html", url=url))


def data(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("head", "top", "title"),
    [
        ("<title>Rain in May | The Ledger</title>", "<h1>Rain in May</h1>", "Rain in May"),
        ("<title>Rain in May - The Ledger</title>", "", "Rain in May"),
        ("<meta property='og:title' content='You won’t believe this rain in May'><title>Rain in May</title>",
         "<h1>The Ledger</h1><h2>Rain in May</h2>", "Rain in May"),
        ("<title>The Ledger</title>", "<h1>Rain in May</h1>", "Rain in May"),
        ("<title>Rain-soaked: a rain-lover’s May – Weather – The Ledger</title>",
         "<h1>Rain-soaked: a rain-lover’s May</h1>", "Rain-soaked: a rain-lover’s May"),
        ("<meta property='og:title' content='First rain of the year; hall leaks'>",
         "<h1>Hall takes water after the wettest day of the year</h1>",
         "Hall takes water after the wettest day of the year"),
        ("<title>The Ledger - News - Hall takes water in May</title>",
         "<font size='5'><b>Hall takes water in May</b></font><br>By Ada Quill", "Hall takes water in May"),
        ("", "", "Page"),
    ],
    ids=["h1", "window", "social", "site only", "dashes", "other words", "bold", "none"],
)  # fmt: skip
def test_title(head: str, top: str, title: str) -> None:
    assert read(head, top).title == title


@pytest.mark.parametrize(
    ("head", "top", "authors"),
    [
        (data('{"@type":"NewsArticle","author":{"name":"Ada Quill"}}'), "", ("Ada Quill",)),
        (data('{"@type":["Article"],"author":["Ada Quill","Tom Reyes"]}'), "", ("Ada Quill", "Tom Reyes")),
        (data('[{"@type":"BlogPosting","author":[{"name":"ada@example.org"}],}]'), "", ()),
        ("<meta name='author' content='Ada Quill'><meta name='author' content='Tom Reyes'>", "",
         ("Ada Quill", "Tom Reyes")),
        ("<meta name='author' content='ada.quill@example.org'>", "<div class='byline'>By Ada Quill</div>",
         ("Ada Quill",)),
        ("<meta property='article:author' content='https://example.org/ada'>", "<a rel='author'>Ada Quill</a>",
         ("Ada Quill",)),
        (data('{"@type":"Article","author":{"name":"The Ledger"},"publisher":{"name":"The Ledger"}}'),
         "<span class='author-name'>Ada Quill</span>", ("Ada Quill",)),
        (data('{"@type":"Article","author":{"name":"Ada Quill"}}'), "<p class='byline'>By Ada Quill and Tom Reyes</p>",
         ("Ada Quill", "Tom Reyes")),
        ("", "<p>By Ada Quill</p>", ("Ada Quill",)),
        ("", "<p>By using this page you agree to our terms</p>", ()),
        ("", "<p class='byline'>BY: ADA QUILL, MS, RDN</p>", ("Ada Quill",)),
        ("", "<p class='byline'>By ADA QUILL<br>Associated Press</p>", ("Ada Quill",)),
        ("", "<p class='byline'>Associated Press</p>", ("Associated Press",)),
        ("", "<div class='byline'><a href='/people/ada'>Ada Quill</a> in <a href='/tag/rain'>Big Rains</a></div>",
         ("Ada Quill",)),
        (data('{"@type":"Article","author":{"name":"Ada Quill"}}'),
         "<p class='byline'>By Ada Quill, Reporter, Health</p>", ("Ada Quill",)),
        ("<meta property='og:site_name' content='Ledger'>", "<p class='byline'>Ada Quill, Ledger Business</p>",
         ("Ada Quill",)),
        ("<meta property='og:site_name' content='Velmora Today'>", "<p class='byline'>Ada Quill Velmora Today</p>",
         ("Ada Quill",)),
        (data('{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","author":[{"@type":"Person","name":"Ada"},'
              '{"name":"Ada Quill"}]}]}'), "", ("Ada Quill",)),
        ("", "<a class='author' href='/author/1'>HOME</a>", ()),
        ("<meta name='author' value='Ada Quill'>", "", ("Ada Quill",)),
        ("", "<div class='story__author'>di Ada Quill</div>", ("Ada Quill",)),
        ("", "<div class='head-authors'><span>Зоя Ткач</span><span>операторка</span> <span>Іван Де</span></div>",
         ("Зоя Ткач", "Іван Де")),
        ("<meta property='og:site_name' content='Le Phare'>", "<p class='su-auteur'>Le Phare Ada QUILLEC.</p>",
         ("Ada Quillec",)),
        ("", "<div class='signature'>Par Ada Quill</div><p class='citation-auteur'>Tom Reyes</p>", ("Ada Quill",)),
        ("", "<div class='pull-quote'><span class='quote-author'>Tom Reyes</span></div>", ()),
        ("", "<div class='atomsAuthorBox'><a href='/autor/1'>Ada Quill</a></div>", ("Ada Quill",)),
        (data('{"@type":"NewsArticle","author":{"name":"Ada Quill / Corresponsal"}}'), "", ("Ada Quill",)),
        ("", "<p>Von Ada Quill, RBN, zurzeit Dresden</p>", ("Ada Quill",)),
        ("", "<p class='byline'>By Ada Quill and Tom Reyes ledger.example</p>", ("Ada Quill", "Tom Reyes")),
        ("", "<p class='post-author'>Posted by <span class='fn'>Ada Quill</span></p>", ("Ada Quill",)),
        ("", "<ul class='comments'><li class='comment-author'><a href='/u/1'>Tom Reyes</a></li></ul>", ()),
        ("", "<font size='2'>By Ada Quill<br>Ledger Staff Writer</font>", ("Ada Quill",)),
    ],
)  # fmt: skip
def test_authors(head: str, top: str, authors: tuple[str, ...]) -> None:
    assert read(head, f"<h1>Rain in May</h1>{top}").authors == authors


@pytest.mark.parametrize(
    ("head", "top", "url", "moment"),
    [
        (data('{"@type":"Article","datePublished":"2026-05-04T08:15:00+02:00"}'), "", "", "2026-05-04T08:15:00+02:00"),
        ("<meta property='article:published_time' content='2026-05-04'><meta name='date' content='2026-05-04T08:15Z'>",
         "", "", "2026-05-04T08:15:00+00:00"),
        ("", "<time datetime='2026-05-04T08:15:00Z'>May 4</time>", "", "2026-05-04T08:15:00+00:00"),
        ("", "<span class='date'>Published May 4, 2026, 8:15 a.m. EDT</span>", "", "2026-05-04T08:15:00-04:00"),
        ("", "<p>Updated <time datetime='2026-05-06'>6 May</time> Published <time datetime='2026-05-04'></time></p>",
         "", "2026-05-04T00:00:00"),
        ("", "<p class='date'>Updated May 6, 2026. First published May 4, 2026</p>", "", "2026-05-04T00:00:00"),
        ("", "<time class='updated' datetime='2026-05-06'>6 May</time> <time datetime='2026-05-04'>4 May</time>", "",
         "2026-05-04T00:00:00"),
        ("", "<nav><time datetime='2020-01-01'>1 January</time></nav><time datetime='2026-05-04'>4 May</time>", "",
         "2026-05-04T00:00:00"),
        ("", "<span class='date'>Montag, 4. Mai 2026, 8:15 Uhr</span>", "", "2026-05-04T08:15:00"),
        ("", "<span class='date'>4 травня 2026, 08:15</span>", "", "2026-05-04T08:15:00"),
        ("", "<span class='date'>4 maja 2026</span>", "", "2026-05-04T00:00:00"),
        ("", "<span class='date'>Publié le 1er août 2026</span>", "", "2026-08-01T00:00:00"),
        ("", "<span class='date'>2026年5月4日</span>", "", "2026-05-04T00:00:00"),
        ("", "<span class='date'>05/14/2026</span>", "", "2026-05-14T00:00:00"),
        ("", "", "https://example.org/film/2026/may/04/rain", "2026-05-04T00:00:00"),
        ("", "", "https://example.org/2026/WORLD/5/4/rain/index.html", "2026-05-04T00:00:00"),
        ("", "", "https://example.org/news/rain-20260504.html", "2026-05-04T00:00:00"),
        ("", "", "https://example.org/2026/05/04/rain/", "2026-05-04T00:00:00"),
        (data('{"@type":"Article","datePublished":"2026-05-05T03:15:10Z"}'),
         "<time datetime='2026-05-05T03:15:10Z'>May 4, 2026, 11:15 p.m.</time>", "", "2026-05-04T23:15:10-04:00"),
        (data('{"@type":"Article","datePublished":"2026-05-05T03:15:10Z"}'),
         "<span class='date'>May 4, 2026</span>", "", "2026-05-04T23:15:10-04:00"),
        (data('{"@type":"Article","datePublished":"2026-05-05T03:15:10Z"}'), "",
         "https://example.org/2026/05/04/rain/", "2026-05-04T23:15:10-04:00"),
        (data('{"@type":"Article","datePublished":"2026-05-04T22:15:10Z"}'),
         "<span class='date'>Updated May 5, 2026</span>", "", "2026-05-04T22:15:10+00:00"),
    ],
    ids=["data", "day and time", "time", "line", "updated first", "both in one", "class of a change", "other's",
         "German", "Ukrainian", "Polish", "French", "Japanese", "strokes", "month in address", "section in address",
         "day in address", "address", "clock", "day before", "address before", "day of a change"],
)  # fmt: skip
def test_published(head: str, top: str, url: str, moment: str) -> None:
    published = read(head, f"<h1>Rain in May</h1>{top}", url).published
    assert published is not None
    assert published.isoformat() == moment


def test_a_page_without_a_date() -> None:
    assert read().published is None


@pytest.mark.parametrize(
    ("head", "given", "url"),
    [
        ("<link rel='canonical' href='/rain'>", "https://example.org/rain?page=1", "https://example.org/rain"),
        ("<link rel='canonical' href='https://example.org/'>", "https://example.org/rain", "https://example.org/rain"),
        ("<meta property='og:url' content='https://example.org/rain'>", "", "https://example.org/rain"),
        ("<link rel='canonical' href='rain.html'>", "", ""),
        ("<link rel='canonical' href='javascript:alert(1)'>", "https://example.org/x", "https://example.org/x"),
        ("<link rel='canonical' href='http://[broken'>", "https://example.org/x", "https://example.org/x"),
        ("", "https://example.org/x", "https://example.org/x"),
        ("<link rel='canonical' href='https://example.org/'><meta property='og:url' content='https://example.org/rain'>",
         "https://example.org/x", "https://example.org/rain"),
        ("<link rel='canonical' href='https://example.org'>", "", ""),
        (data('{"@type":"Article","mainEntityOfPage":{"@id":"https://example.org/rain#top"}}'), "",
         "https://example.org/rain"),
        ("<link rel='canonical' href='//example.org/rain'>", "https://example.org/x", "https://example.org/rain"),
    ],
)  # fmt: skip
def test_url(head: str, given: str, url: str) -> None:
    article = read(head, url=given)
    assert article.url == url
    assert article.aliases == ((f"url:{url}", "path:page.html") if url else ("path:page.html",))


def test_site_section_and_image() -> None:
    article = read(
        "<meta property='og:site_name' content='The Ledger'><meta property='article:section' content='Weather'>"
        "<meta property='og:image' content='/rain.jpg'>",
        url="https://example.org/rain",
    )
    assert (article.site, article.section, article.image) == ("The Ledger", "Weather", "https://example.org/rain.jpg")


@pytest.mark.parametrize(
    ("head", "facts"),
    [
        ("<meta property='og:site_name' content='https://www.ledger.example'>", ("ledger.example", "", "")),
        ("<meta property='og:site_name' content='The Ledger | All the news of the harbour'>", ("The Ledger", "", "")),
        (data('{"@type":"Article","articleSection":["Article","Weather"],"image":[{"url":"/a.jpg"}]}'),
         ("ledger.example", "Weather", "https://ledger.example/a.jpg")),
        ("<meta property='article:section' content='post'><meta name='twitter:image' content='https://i.example/b.png'>",
         ("ledger.example", "", "https://i.example/b.png")),
        ("<meta property='article:section' content='Rain in May, Roofs, Halls, Buckets, Harbour news'>",
         ("ledger.example", "Rain in May", "")),
    ],
)  # fmt: skip
def test_site_section_and_image_as_pages_state_them(head: str, facts: tuple[str, str, str]) -> None:
    article = read(head, url="https://ledger.example/rain")
    assert (article.site, article.section, article.image) == facts


def test_language_is_checked_against_the_text() -> None:
    assert read(lang="en-GB").language == "en-gb"
    assert read(lang="uk").language == "en"
    assert read(lang="").language == "en"
