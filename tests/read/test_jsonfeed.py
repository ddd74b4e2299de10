"""JSON Feeds: full texts, and the pages that excerpts lead to."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articleaudio.errors import FetchError, SourceError
from articleaudio.model import Article, Failure
from articleaudio.plain import dump
from articleaudio.read import Reader, Settings, Source, read_articles
from articleaudio.read.jsonfeed import READER
from articleaudio.read.source import Page
from articleaudio.testing import ReaderContract

FEED: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": "The Paper", "language": "en-GB"}
ITEM: dict[str, Any] = {"id": "17", "url": "https://example.org/rain", "title": "Rain &amp; <em>snow</em>"}
ITEM |= {"content_html": "<p>It rained all day in the town.</p><p>Then it snowed.</p>"}
PAGE = b"""<html><head><title>Rain in town</title></head><body><article><h1>Rain in town</h1>
<p>It rained all day long in the town, and the people stayed at home with their dogs.</p>
<p>On Tuesday the sun came back, and everyone went out to look at the river that had risen.</p></article></body></html>
"""


def feed(*items: object, **fields: object) -> Source:
    return Source("feed.json", data=json.dumps({**FEED, "items": items, **fields}).encode(), relative="feed.json")


def one(**fields: object) -> Article:
    (article,) = read_articles(feed({**ITEM, **fields}))
    assert isinstance(article, Article)
    return article


class Web:
    """A web of one page."""

    def get(self, url: str) -> Page:
        if url != ITEM["url"]:
            raise FetchError(f"{url} is gone (410)", hint="look for its new address")
        return Page(url, PAGE, ".html")


class TestJsonFeed(ReaderContract):
    reader: ClassVar[Reader] = READER
    sources: ClassVar[tuple[bytes, ...]] = (
        json.dumps({**FEED, "items": [ITEM, {**ITEM, "id": "2", "url": "https://example.org/2"}]}).encode(),
        json.dumps(
            {"items": [{"content_text": "It rained.\n\nThen it snowed."}], "home_page_url": "x"}, indent=2
        ).encode(),
        b'{"version":"https:\\/\\/jsonfeed.org\\/version\\/1","items":[{"id":1,"content_html":"<p>Rain.</p>"}]}',
    )


def test_the_facts_of_an_item() -> None:
    article = one(
        date_published="2026-02-04T08:20:41+01:00",
        date_modified="2026-02-05T00:00:00Z",
        authors=[{"name": "Jane Roe", "url": "https://example.org/jane"}, {"name": "jane@example.org"}],
        tags=["Weather", "Town"],
        image="https://example.org/rain.jpg",
        summary="A day in the life of a town.",
    )
    assert article.title == "Rain & snow"
    assert article.aliases == ("url:https://example.org/rain", "id:17")
    assert article.source == "feed.json#https://example.org/rain"
    assert article.published is not None
    assert article.published.isoformat() == "2026-02-04T08:20:41+01:00"
    assert article.updated == datetime(2026, 2, 5, tzinfo=UTC)
    assert article.authors == ("Jane Roe",)
    assert "@" not in dump(article)
    assert (article.section, article.site, article.language) == ("Weather", "The Paper", "en-gb")
    assert (article.image, article.dek) == ("https://example.org/rain.jpg", "A day in the life of a town.")


def test_version_1_has_one_author_and_the_feed_speaks_for_its_items() -> None:
    assert one(author={"name": "Jane Roe"}).authors == ("Jane Roe",)
    (article,) = read_articles(feed(ITEM, authors=[{"name": "John Doe"}]))
    assert isinstance(article, Article)
    assert article.authors == ("John Doe",)
    (foreign,) = read_articles(feed({**ITEM, "language": "de"}))
    assert isinstance(foreign, Article)


def test_a_summary_that_only_cuts_the_text_is_no_standfirst() -> None:
    assert one(summary="It rained all day in the…").dek == ""


def test_plain_text_and_no_title() -> None:
    article = one(content_html=None, content_text="It rained & poured.\n\nThen it <stopped>.", title=None)
    assert [block.text for block in article.blocks] == ["It rained & poured.", "Then it <stopped>."]
    assert article.title == "It rained & poured. Then it <stopped>." or article.title.startswith("It rained & poured.")


def test_only_web_addresses_of_pictures_are_kept() -> None:
    assert (
        one(image="javascript:alert(1)", banner_image="https://example.org/b.jpg").image == "https://example.org/b.jpg"
    )


@pytest.mark.parametrize(
    "item",
    [
        {**ITEM, "content_html": "<p>It rained all day [&#8230;]</p>"},
        {**ITEM, "content_html": None, "summary": "It rained."},
        {**ITEM, "content_html": None, "content_text": "It rained… Read more"},
    ],
)
def test_excerpts_are_followed(item: dict[str, object]) -> None:
    source = feed({**item, "authors": [{"name": "Jane Roe"}]})
    article = next(READER.read(Source("feed.json", settings=Settings(web=Web())), (source.data or b"").decode()))
    assert isinstance(article, Article)
    assert article.title == "Rain in town"
    assert len(article.blocks) == 2
    assert article.authors == ("Jane Roe",)
    assert article.aliases == ("url:https://example.org/rain", "id:17")


def test_what_cannot_be_followed_does_not_take_the_others_along() -> None:
    gone = {**ITEM, "id": "3", "url": "https://example.org/gone", "content_html": ""}
    nowhere = {"id": "4", "title": "Nowhere"}
    text = (feed(gone, ITEM, nowhere).data or b"").decode()
    first, second, third = READER.read(Source("feed.json", settings=Settings(web=Web())), text)
    assert isinstance(first, Failure)
    assert "is gone" in first.message
    assert isinstance(second, Article)
    assert isinstance(third, Failure)
    assert "no link to the rest" in third.message
    (offline,) = read_articles(feed(gone))
    assert isinstance(offline, Failure)
    assert "its link cannot be fetched here" in offline.message


def test_a_feed_without_items() -> None:
    with pytest.raises(SourceError, match=r"feed\.json is a JSON Feed without items"):
        list(READER.read(Source("feed.json"), json.dumps(FEED)))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["<p>x</p>", "<html>", "http://["]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = [*ITEM, "content_text", "summary", "authors", "author", "tags", "date_published", "language", "image"]


@settings(max_examples=120, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), JSON), JSON)
def test_nothing_but_a_source_error_comes_of_any_json(item: dict[str, object], odd: object) -> None:
    for value in ({**FEED, "items": [item, odd]}, {**FEED, "items": odd, "authors": odd, "title": odd}, odd):
        try:
            items = list(READER.read(Source("feed.json", settings=Settings(web=Web())), json.dumps(value)))
        except SourceError:
            continue
        assert all(isinstance(item, Article | Failure) for item in items)
