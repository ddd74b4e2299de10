"""A feed's items → articles: the text that the feed holds, else that of the page an item leads to."""

from __future__ import annotations

import html as references
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from articleaudio.errors import SourceError
from articleaudio.model import Article, Failure
from articleaudio.read.dates import parse_date
from articleaudio.read.feed.parse import Feed, parse
from articleaudio.read.follow import follow, is_excerpt
from articleaudio.read.jsondata import mapping, records, text_of
from articleaudio.read.post import Post, article_of, item_name, paragraphs, plain
from articleaudio.read.rich import shorten
from articleaudio.read.source import Source
from articleaudio.read.wordpress.facts import cms_id, is_section, own_words

_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_BLANK = re.compile(r"\n\s*\n")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_LASTING = re.compile(r"(?:tag|urn|uuid|doi|info):", re.IGNORECASE)
_POST_NUMBER = re.compile(r"[?&]p=(\d+)$")
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)$", re.IGNORECASE)


def articles(source: Source, data: bytes) -> Iterator[Article | Failure]:
    """The articles of a feed, in order; an item that is none, or cannot be read, is a failure. Raises SourceError."""
    feed = parse(source, data)
    for number, item in enumerate(feed.items, start=1):
        broken = "" if feed.ends or number < len(feed.items) else "the feed breaks off in the middle of it"
        try:
            yield _article(item, feed, source, number, broken)
        except SourceError as error:
            name = item_name(source, text_of(item.get("link")), number)
            yield Failure(name, error.message, error.hint, error.exit_code)


def _article(item: Mapping[str, Any], feed: Feed, source: Source, number: int, cut: str) -> Article | Failure:
    content, kind, base = _content(item)
    summary = text_of(item.get("summary"))
    body = _html(content or summary, kind)
    post = _post(item, feed, source, _rebased(body, base, source), cut)
    if _is_episode(item):
        raise SourceError(
            f"“{plain(post.title)}” is an episode of a podcast, a recording already",
            hint="give a feed of articles",
        )
    if not plain(body) and not post.url:
        raise SourceError(
            f"item {number} of {source.name} has neither a text nor a link", hint="give a feed with the whole text"
        )
    if not cut and is_excerpt(body, summary if content and summary != content else "", described=not content):
        return follow(source, post, number)
    return article_of(post, source, number)


def _post(item: Mapping[str, Any], feed: Feed, source: Source, body: str, cut: str) -> Post:
    url = _address(item, source)
    published, updated = _moments(item)
    return Post(
        title=_title(item) or shorten(plain(body), 80),
        html=body,
        cms=_cms(item, feed, url),
        given=_given(item, url or source.url),
        url=url,
        dek=own_words(text_of(item.get("summary")), body),
        authors=_authors(item) or _authors(feed.about),
        published=published,
        updated=updated,
        language=_language(item) or text_of(feed.about.get("language")),
        site=text_of(feed.about.get("title")),
        section=_section(item),
        image=_image(item, url or source.url),
        cut=cut,
    )


def _content(item: Mapping[str, Any]) -> tuple[str, str, str]:
    """The longest text that the feed gives as the item's content, its type, and what its links are relative to."""
    found = [("", "text/html", "")]
    for part in records(item.get("content")):
        kind = text_of(part.get("type"))
        if "html" in kind or kind in {"", "text/plain", "text"}:
            found.append((text_of(part.get("value")), kind, text_of(part.get("base"))))
    return max(found, key=lambda one: len(one[0]))


def _html(text: str, kind: str) -> str:
    """A text as HTML; one without any tag has its paragraphs parted by blank lines."""
    if "html" in kind and _TAG.search(text):
        return text
    return paragraphs(_BLANK.sub("\n\n", references.unescape(text) if "html" in kind else text))


def _rebased(body: str, base: str, source: Source) -> str:
    """The body with whole addresses where the feed says itself what they are relative to."""
    if not base or base == source.url or "://" not in base or not _TAG.search(body):
        return body
    return re.sub(
        r"(<a\b[^<>]*?\shref=)([\"'])(?![a-z][a-z0-9+.-]*:|#)([^\"'<>]*)\2",
        lambda match: f"{match[1]}{match[2]}{references.escape(_joined(base, match[3]))}{match[2]}",
        body,
        flags=re.IGNORECASE,
    )


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, references.unescape(link).strip())
    except ValueError:
        return ""


def _title(item: Mapping[str, Any]) -> str:
    title = text_of(item.get("title"))
    kind = text_of(mapping(item.get("title_detail")).get("type"))
    return references.escape(title, quote=False) if kind == "text/plain" else title


def _address(item: Mapping[str, Any], source: Source) -> str:
    """The page's address: what stood there before a service put its own in, the link, or a guid that is one."""
    guid = text_of(item.get("id")).strip()
    link = text_of(item.get("feedburner_origlink")) or text_of(item.get("link"))
    if link.strip() == guid and not _URL.match(guid):  # the parser takes an id for the link where there is none
        return ""
    address = _joined(source.url, link.strip()) if link.strip() else ""
    return address if address.lower().startswith(("http://", "https://")) else ""


def _given(item: Mapping[str, Any], address: str) -> str:
    """The guid, if it is no address; a short one is told with the host, for other feeds count from 1 too."""
    guid = text_of(item.get("id")).strip()
    if not guid or _URL.match(guid):
        return ""
    if _LASTING.match(guid) or len(guid) >= 24:
        return guid
    host = _host(address)
    return f"{host}:{guid}" if host else ""


def _cms(item: Mapping[str, Any], feed: Feed, url: str) -> str:
    """The post's id where the feed is WordPress's own: the interface and the export know it by the same."""
    guid = text_of(item.get("id"))
    number = _POST_NUMBER.search(guid)
    if number is None or not url or "wordpress" not in text_of(feed.about.get("generator")).lower():
        return ""
    return cms_id(url, guid, number[1])


def _authors(told: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for person in records(told.get("authors")) if (name := text_of(person.get("name"))))


def _moments(item: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    """When it was published and changed; where only one is told, that is when it was published."""
    published = parse_date(item.get("published")) or parse_date(item.get("created"))
    updated = parse_date(item.get("updated"))
    return published or updated, updated if published else None


def _language(item: Mapping[str, Any]) -> str:
    told = (
        text_of(part.get("language")) for part in [*records(item.get("content")), mapping(item.get("title_detail"))]
    )
    return text_of(item.get("language")) or next(filter(None, told), "")


def _section(item: Mapping[str, Any]) -> str:
    terms = (text_of(tag.get("label")) or text_of(tag.get("term")) for tag in records(item.get("tags")))
    return next((term for term in terms if term.strip() and is_section(term)), "")


def _image(item: Mapping[str, Any], base: str) -> str:
    """The lead picture: as media, as an enclosure, or as a thumbnail."""
    media = records(item.get("media_content"))
    pictures = [m for m in media if m.get("medium") == "image" or _is_kind(m, "image/", _PICTURE)]
    pictures += [link for link in _enclosures(item) if _is_kind(link, "image/", _PICTURE)]
    pictures += [*records(item.get("media_thumbnail")), mapping(item.get("image"))]
    for picture in pictures:
        told = text_of(picture.get("url")) or text_of(picture.get("href"))
        address = _joined(base, told) if told else ""
        if address.startswith(("http://", "https://")):
            return address
    return ""


def _is_kind(media: Mapping[str, Any], kind: str, ending: re.Pattern[str]) -> bool:
    told = text_of(media.get("type"))
    address = text_of(media.get("url")) or text_of(media.get("href"))
    return told.startswith(kind) if told else bool(ending.search(address.partition("?")[0]))


def _enclosures(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [link for link in records(item.get("links")) if link.get("rel") == "enclosure"]


def _is_episode(item: Mapping[str, Any]) -> bool:
    """Whether an item is a podcast's: a recording, with what podcast directories ask for."""
    sounds = [link for link in _enclosures(item) if text_of(link.get("type")).startswith(("audio/", "video/"))]
    return bool(sounds) and any(key.startswith("itunes_") for key in item)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
