"""JSON Feed 1.0 and 1.1: items with their full text, or the pages that they lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from articleaudio.errors import SourceError
from articleaudio.model import Article, Failure
from articleaudio.read.dates import parse_date
from articleaudio.read.follow import follow, is_excerpt
from articleaudio.read.jsondata import address_of, id_of, load, mapping, outline, records, text_of
from articleaudio.read.post import Post, article_of, item_name, paragraphs, plain
from articleaudio.read.rich import shorten
from articleaudio.read.source import Source

_VERSION = "jsonfeed.org/version/"
_FEED = frozenset({"feed_url", "home_page_url", "next_url", "items[].content_html", "items[].content_text"})
_TITLE = 80
"""Characters of the text that stand in for a missing title."""


class JsonFeedReader:
    """Reads JSON Feeds."""

    name = "jsonfeed"
    extensions = (".json",)
    binary = False

    def accepts(self, source_name: str, head: bytes) -> bool:
        """Take what names the format, or has items and a feed's own fields."""
        del source_name
        seen = outline(head)
        if _VERSION in seen.get("version", "").replace("\\/", "/"):
            return True
        return "items" in seen and bool(seen.keys() & _FEED)

    def read(self, source: Source, text: str) -> Iterator[Article | Failure]:
        """Give the items in their order; where an item holds only an excerpt its page is read. Raises SourceError."""
        feed = mapping(load(text, source.name))
        items = feed.get("items")
        if not isinstance(items, list):
            raise SourceError(f"{source.name} is a JSON Feed without items", hint="give the feed as the site serves it")
        for number, item in enumerate(records(items), start=1):
            post = _post(item, feed)
            try:
                if is_excerpt(post.html, text_of(item.get("summary"))):
                    yield follow(source, post, number)
                else:
                    yield article_of(post, source, number)
            except SourceError as error:
                yield Failure(item_name(source, post.url, number), error.message, error.hint, error.exit_code)


READER = JsonFeedReader()
"""The reader for JSON Feed."""


def _post(item: Mapping[str, Any], feed: Mapping[str, Any]) -> Post:
    """What an item says; what it leaves out, the feed may say."""
    html = text_of(item.get("content_html")) or paragraphs(text_of(item.get("content_text")))
    summary = text_of(item.get("summary"))
    tags = item.get("tags")
    return Post(
        title=text_of(item.get("title")) or shorten(plain(html) or summary, _TITLE).replace("<", "&lt;"),
        html=html,
        given=id_of(item.get("id")),
        url=address_of(item.get("url")),
        dek="" if _within(summary, html) else summary,
        authors=_authors(item) or _authors(feed),
        published=parse_date(text_of(item.get("date_published"))),
        updated=parse_date(text_of(item.get("date_modified"))),
        language=text_of(item.get("language")) or text_of(feed.get("language")),
        site=text_of(feed.get("title")),
        section=next((tag for tag in map(text_of, tags) if tag), "") if isinstance(tags, list) else "",
        image=address_of(item.get("image")) or address_of(item.get("banner_image")),
    )


def _authors(about: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the authors (1.1), or of the author (1.0)."""
    people = [*records(about.get("authors")), mapping(about.get("author"))]
    return tuple(dict.fromkeys(name for person in people if (name := text_of(person.get("name")))))


def _within(summary: str, html: str) -> bool:
    """Whether a summary is no standfirst but words of the text itself, cut somewhere."""
    words = plain(summary).rstrip(" .…[]()")
    return words.casefold() in plain(html).casefold()
