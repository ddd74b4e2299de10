"""A Ghost export: tables of a database, joined to posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from articleaudio.read.jsondata import id_of, mapping, records, text_of

Record = Mapping[str, Any]
"""A row of a table."""


def is_export(data: Record) -> bool:
    """Whether the JSON is an export: `{"db": [{"meta", "data"}]}`, or its inner part alone."""
    return isinstance(data.get("db"), list) or isinstance(data.get("data"), dict)


def exported(data: Record) -> Iterator[Record]:
    """The posts of an export, each as the interfaces would give it: with authors, tags, and what settings tell."""
    for base in records(data.get("db")) or [data]:
        yield from _posts(mapping(base.get("data")))


def _posts(tables: Record) -> Iterator[Record]:
    about = _settings(records(tables.get("settings")))
    users = _by_id(tables, "users")
    tags = _by_id(tables, "tags")
    written_by = _joined(tables, "posts_authors", "author_id")
    filed_under = _joined(tables, "posts_tags", "tag_id")
    meta = {id_of(row.get("post_id")): row for row in records(tables.get("posts_meta"))}
    for post in records(tables.get("posts")):
        key = id_of(post.get("id"))
        authors = written_by.get(key) or [id_of(post.get("author_id"))]
        yield {
            **about,
            **{name: meta.get(key, {}).get(name) for name in ("feature_image_caption", "email_only")},
            **{name: value for name, value in post.items() if value is not None},
            "authors": [users[author] for author in authors if author in users],
            "tags": [tags[tag] for tag in filed_under.get(key, ()) if tag in tags],
        }


def _settings(rows: list[Record]) -> Record:
    """The publication's name and language."""
    values = {text_of(row.get("key")): text_of(row.get("value")) for row in rows}
    language = values.get("locale") or values.get("lang") or values.get("default_locale") or values.get("defaultLang")
    return {"site": values.get("title", ""), "locale": language or ""}


def _by_id(tables: Record, name: str) -> dict[str, Record]:
    return {id_of(row.get("id")): row for row in records(tables.get(name))}


def _joined(tables: Record, name: str, other: str) -> dict[str, list[str]]:
    """For each post the ids that a table joins to it, in the table's own order."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in records(tables.get(name)):
        place = row.get("sort_order")
        found[id_of(row.get("post_id"))].append((place if isinstance(place, int) else 0, id_of(row.get(other))))
    return {post: [key for _, key in sorted(rows, key=lambda row: row[0])] for post, rows in found.items()}
