"""JSON → Article, checked as `docs/article.schema.json` says it: every mistake is told with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, NoReturn, TypeVar
from uuid import UUID

from articleaudio.errors import SourceError
from articleaudio.model import Article, Block, BlockKind, Dropped, Mark, MarkKind
from articleaudio.read import identity, languages
from articleaudio.read.post import item_name
from articleaudio.read.rich import RichBuilder, clean
from articleaudio.read.source import Source

_Found = TypeVar("_Found")
_SCHEME = re.compile(r"\s*[a-zA-Z][\w+.-]*:")
_VISIBILITY = ("public", "members", "paid", "password")
_TYPES = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}


class _Mistake(Exception):  # noqa: N818 -- it never leaves this module: it becomes a SourceError with a name
    def __init__(self, where: str, what: str, hint: str = "") -> None:
        super().__init__(f"{where} {what}")
        self.hint = hint


def article_of(value: object, source: Source, number: int | None = None, where: str = "$") -> Article:
    """The article that a JSON value is; `number` counts those of a source that holds many, `where` is its place.

    What only a reader could know is derived where it is absent: id, aliases, language. Raises SourceError.
    """
    try:
        given = _object(value, where, _ARTICLE, ("title", "blocks"))
    except _Mistake as mistake:
        name = source.name if number is None else f"{source.name}, article {number}"
        raise SourceError(
            f"{name}: {mistake}", hint=mistake.hint or "docs/article.schema.json tells what an article holds"
        ) from mistake
    blocks = sorted(given["blocks"], key=lambda block: block.kind is BlockKind.NOTE)
    text = " ".join(block.text for block in blocks) or given["title"]
    id_, aliases = _identity(given, "" if number else source.relative)
    return Article(
        **{
            "language": languages.settle("", text),
            "source": source.name if number is None else item_name(source, given.get("slug", ""), number),
            **given,
            "blocks": tuple(blocks),
            "id": id_,
            "aliases": aliases,
        }
    )


def _identity(given: Mapping[str, Any], relative: str) -> tuple[str, tuple[str, ...]]:
    """Id and aliases. A UUID is the id itself; another id is what the article is known by."""
    own = given.get("id", "")
    known_by = given.get("aliases") or identity.aliases(
        given=own, url=given.get("url", ""), relative=relative, title=given["title"]
    )
    try:
        UUID(own)
    except ValueError:
        if own and f"id:{own}" not in known_by:
            known_by = (f"id:{own}", *known_by)
        return identity.article_id(known_by), known_by
    return own, known_by


def _fail(value: object, where: str, wanted: str) -> NoReturn:
    raise _Mistake(where, f"is {_TYPES.get(type(value), 'a number')}; {wanted} is wanted")


def _object(
    value: object, where: str, fields: Mapping[str, Callable[[object, str], object]], required: Iterable[str]
) -> dict[str, Any]:
    """The checked fields of an object."""
    if not isinstance(value, dict):
        _fail(value, where, "an object")
    for key in value:
        if key not in fields:
            near = get_close_matches(key, fields, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"known fields: {', '.join(fields)}"
            raise _Mistake(f"{where}.{key[:60]}", "is no field that is known here", hint)
    for key in required:
        if key not in value:
            raise _Mistake(f"{where}.{key}", "is missing", f"give `{key}`")
    return {key: fields[key](item, f"{where}.{key}") for key, item in value.items()}


def _text(value: object, where: str) -> str:
    return value if isinstance(value, str) else _fail(value, where, "text")


def _words(value: object, where: str) -> str:
    """Text that must not be empty, in single spaces."""
    text = clean(_text(value, where))
    if not text:
        raise _Mistake(where, "is empty", "give some text, or leave it out with what it belongs to")
    return text


def _address(value: object, where: str) -> str:
    """Text that may be followed: of the web, or below some page of it."""
    text = _text(value, where)
    if _SCHEME.match(text) and not text.lower().startswith(("http://", "https://")):
        raise _Mistake(where, "is no address of the web", "begin it with https://")
    return text


def _each(item: Callable[[object, str], _Found]) -> Callable[[object, str], tuple[_Found, ...]]:
    def check(value: object, where: str) -> tuple[_Found, ...]:
        if not isinstance(value, list):
            _fail(value, where, "a list")
        return tuple(item(one, f"{where}[{index}]") for index, one in enumerate(value))

    return check


def _one_of(*names: str) -> Callable[[object, str], str]:
    def check(value: object, where: str) -> str:
        text = _text(value, where)
        if text not in names:
            near = get_close_matches(text, names, n=1)
            raise _Mistake(
                where, f"is `{text[:60]}`", f"did you mean `{near[0]}`?" if near else f"known: {', '.join(names)}"
            )
        return text

    return check


def _number(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        _fail(value, where, "a whole number, 0 or more,")
    return value


def _place(value: object, where: str) -> int | None:
    return None if value is None else _number(value, where)


def _moment(value: object, where: str) -> datetime | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(_text(value, where))
    except ValueError as error:
        raise _Mistake(where, f"is no date: {str(value)[:60]}", "write it as 2026-02-04T08:20:41+00:00") from error


def _language(value: object, where: str) -> str:
    tag = languages.tidy_tag(_text(value, where))
    if not tag:
        raise _Mistake(where, f"is no language tag: {str(value)[:60]}", "write it as `en`, `en-gb` or `uk`")
    return tag


def _mark(value: object, where: str) -> Mark:
    given = _object(value, where, _MARK, ("kind", "start", "end"))
    if given["kind"] == MarkKind.LINK:
        _address(given.get("value", ""), f"{where}.value")
    return Mark(MarkKind(given["kind"]), given["start"], given["end"], given.get("value", ""))


def _block(value: object, where: str) -> Block:
    given = _object(value, where, _BLOCK, ("kind", "text"))
    kind, text = BlockKind(given["kind"]), given["text"]
    if not clean(text):
        raise _Mistake(f"{where}.text", "is empty", "leave the block out")
    level = given.get("level", 2 if kind is BlockKind.HEADING else 0)
    if (level not in range(1, 7)) if kind is BlockKind.HEADING else level:
        raise _Mistake(f"{where}.level", f"is {level}", "a heading has 1 to 6, everything else 0")
    marks = tuple(sorted(given.get("marks", ()), key=lambda mark: (mark.start, -mark.end)))
    for mark in marks:
        if not mark.start < mark.end <= len(text):
            raise _Mistake(f"{where}.marks", f"reach from {mark.start} to {mark.end} in {len(text)} characters")
    if text != clean(text):
        text, marks = _cleaned(text, marks)
    return Block(kind, text, level, given.get("anchor", ""), marks)


def _cleaned(text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...]]:
    """Text in single spaces, its marks on the same words."""
    builder = RichBuilder()
    places = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    reached = {0: 0}
    for start, end in pairwise(places):
        builder.add(text[start:end])
        reached[end] = builder.length
    for mark in marks:
        if reached[mark.end] > reached[mark.start]:
            builder.marks.append(Mark(mark.kind, reached[mark.start], reached[mark.end], mark.value))
    rich = builder.finish()
    return rich.text, rich.marks


def _dropped(value: object, where: str) -> Dropped:
    return Dropped(**_object(value, where, _DROPPED, ("text", "reason")))


_DROPPED: Mapping[str, Callable[[object, str], object]] = {"text": _words, "reason": _words, "before": _place}
_MARK: Mapping[str, Callable[[object, str], object]] = {
    "kind": _one_of(*MarkKind),
    "start": _number,
    "end": _number,
    "value": _text,
}
_BLOCK: Mapping[str, Callable[[object, str], object]] = {
    "kind": _one_of(*BlockKind),
    "text": _text,
    "level": _number,
    "anchor": _text,
    "marks": _each(_mark),
}
_ARTICLE: Mapping[str, Callable[[object, str], object]] = {
    **dict.fromkeys(("id", "dek", "site", "section", "source", "slug", "cut"), _text),
    **dict.fromkeys(("url", "image"), _address),
    "aliases": _each(_words),
    "title": _words,
    "language": _language,
    "blocks": _each(_block),
    "dropped": _each(_dropped),
    "authors": _each(_words),
    "published": _moment,
    "updated": _moment,
    "status": _words,
    "visibility": _one_of(*_VISIBILITY),
}
"""Every field of an article with what checks it."""
