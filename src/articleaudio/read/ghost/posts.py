"""What Ghost says of a post → a Post; which of its shapes the JSON has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from articleaudio.errors import NoArticleError, SourceError
from articleaudio.model import Dropped
from articleaudio.read.dates import parse_date
from articleaudio.read.ghost.bodies import body_of
from articleaudio.read.ghost.cards import Body
from articleaudio.read.ghost.export import exported, is_export
from articleaudio.read.ghost.gates import for_everybody, for_members
from articleaudio.read.jsondata import address_of, id_of, load, mapping, records, text_of
from articleaudio.read.post import Post, plain
from articleaudio.read.source import Source

PAYWALL = "a paywall cuts it off"
"""Why a post without access is not whole."""
_LASTING = re.compile(r"[0-9a-f]{24}")
_VISIBLE = {"public": "public", "members": "members", "paid": "paid", "tiers": "paid", "filter": "paid"}
"""Who may read a post, in the words of an Article; what is not known here is for those who pay."""


def records_of(text: str, source: Source) -> tuple[bool, Iterator[Mapping[str, Any]]]:
    """Whether the JSON is just one post, and the posts. Raises SourceError; NoArticleError for a post that is gone."""
    value = load(text, source.name)
    if isinstance(value, list):
        return False, iter(records(value))
    data = mapping(value)
    if is_export(data):
        return False, exported(data)
    for key in ("posts", "pages"):
        if key in data:
            found = records(data[key])
            return len(found) == 1, iter(found)
    for key in ("post", "page"):
        if isinstance(data.get(key), dict):
            return True, iter([_hooked(mapping(data[key]), source)])
    if not data:
        raise SourceError(f"{source.name} holds no post", hint="give the JSON as Ghost's interface or export wrote it")
    return True, iter([data])


def _hooked(body: Mapping[str, Any], source: Source) -> Mapping[str, Any]:
    """The post that a webhook tells of. Raises NoArticleError when it is gone."""
    if "current" not in body and "previous" not in body:
        return body
    current = mapping(body.get("current"))
    if current:
        return current
    title = text_of(mapping(body.get("previous")).get("title"))
    raise NoArticleError(
        f"there is no article in {source.name}: it tells that {f'“{title}”' if title else 'a post'} was deleted",
        hint="if an episode was made of it, withdraw that",
    )


def post_of(record: Mapping[str, Any], name: str) -> Post:
    """A post, or a page, as the interfaces and the export's tables say it. Raises SourceError if it is broken."""
    status, visibility = _openness(record)
    body = body_of(record, name)
    shown = for_everybody(body.html) if visibility == "public" else for_members(body.html)
    key, uuid = _ids(record)
    tags = [tag for tag in records(record.get("tags")) if not text_of(tag.get("name")).startswith("#")]
    return Post(
        title=escape(text_of(record.get("title")), quote=False),
        html=shown.html,
        cms=f"ghost:{key}" if key else "",
        given=uuid,
        url=address_of(record.get("canonical_url")) or address_of(record.get("url")),
        dek=escape(text_of(record.get("custom_excerpt")), quote=False),
        authors=_authors(record),
        published=parse_date(record.get("published_at")),
        updated=parse_date(record.get("updated_at")),
        language=text_of(record.get("locale")) or text_of(record.get("language")),
        site=text_of(record.get("site")),
        section=escape(text_of((mapping(record.get("primary_tag")) or (tags or [{}])[0]).get("name")), quote=False),
        # Exports write `__GHOST_URL__` for the site's address, which they do not tell.
        image=address_of(record.get("feature_image")) or address_of(record.get("image")),
        status=status,
        visibility=visibility,
        slug=text_of(record.get("slug")),
        cut=PAYWALL if record.get("access") is False else "",
        dropped=_around(record, body) + shown.dropped,
    )


def _ids(record: Mapping[str, Any]) -> tuple[str, str]:
    """The id that the post is known by, and another if it has two. Old ids only count the posts of one site."""
    key, uuid = id_of(record.get("id")), id_of(record.get("uuid"))
    if uuid and not _LASTING.fullmatch(key):
        return uuid, ""
    return key, uuid


def _openness(record: Mapping[str, Any]) -> tuple[str, str]:
    """Status and visibility. What was sent as an e-mail and stands on no page is for members, whatever else it says."""
    status = text_of(record.get("status")) or "published"
    named = text_of(record.get("visibility")) or "public"
    visibility = _VISIBLE.get(named, "paid")
    if status == "sent" or (record.get("email_only") == 1 and status == "published"):
        return "published", "members" if visibility == "public" else visibility
    return status, visibility


def _authors(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the authors; their e-mail addresses stay behind."""
    people = records(record.get("authors")) or [mapping(record.get("primary_author")), mapping(record.get("author"))]
    return tuple(dict.fromkeys(name for person in people if (name := text_of(person.get("name")))))


def _around(record: Mapping[str, Any], body: Body) -> tuple[Dropped, ...]:
    """What stands around the body and is not spoken."""
    caption = plain(text_of(record.get("feature_image_caption")))
    return ((Dropped(caption, "caption"),) if caption else ()) + body.dropped
