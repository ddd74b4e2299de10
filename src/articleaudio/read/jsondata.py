"""JSON of unknown origin: parsed with bounds, told apart by its first keys, taken apart without trusting its types."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from articleaudio.errors import SourceError

DEPTH = 150
"""Objects and lists nested deeper are refused: whatever walks them afterwards may recurse."""
_SEEN = 5
"""Depth down to which `outline` tells keys."""
_TOKEN = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"?|[{}\[\]:,]', re.DOTALL)
_ADDRESS = re.compile(r"https?://[^\x00-\x1f\x7f]+")
_LONE = re.compile("[\ud800-\udfff]")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class _TwiceError(ValueError):
    """One object has a key twice."""


def load(text: str, name: str) -> object:
    """The one JSON value in the text; `NaN` and the like are null. Raises SourceError."""
    values = list(_values(text, name, once=True))
    return values[0]


def load_all(text: str, name: str) -> Iterator[object]:
    """Every JSON value in the text, one after the other (JSON lines too); an object's keys must differ.

    Raises SourceError.
    """
    return _values(text, name, once=False)


def _values(text: str, name: str, *, once: bool) -> Iterator[object]:
    decoder = json.JSONDecoder(parse_constant=lambda _: None, object_pairs_hook=None if once else _unique)
    at = _space(text, 0)
    while True:
        try:
            value, at = decoder.raw_decode(text, at)
        except RecursionError as error:
            raise _deep(name) from error
        except json.JSONDecodeError as error:
            raise SourceError(
                f"{name} is not valid JSON: {error.msg}, line {error.lineno}, column {error.colno}",
                hint="check that the file is whole; a JSON checker shows the place",
            ) from error
        except ValueError as error:  # a number of thousands of digits, or a key that stands twice
            reason = str(error) if isinstance(error, _TwiceError) else "a number in it has thousands of digits"
            raise SourceError(f"{name} cannot be read: {reason}", hint="correct it and try again") from error
        _check_depth(value, name)
        at = _space(text, at)
        if once and at < len(text):
            line = text.count("\n", 0, at) + 1
            raise SourceError(
                f"{name} is not valid JSON: something stands behind its end, line {line}",
                hint="give each JSON value in a file of its own",
            )
        yield value
        if at >= len(text):
            return


def _space(text: str, at: int) -> int:
    """The next position that is no white space, byte order mark or record separator."""
    while at < len(text) and (text[at].isspace() or text[at] in "\ufeff\x1e"):
        at += 1
    return at


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _TwiceError(f"the key “{twice[:60]}” stands twice in one object")
    return found


def _check_depth(value: object, name: str) -> None:
    level = [value]
    for _ in range(DEPTH):
        level = [
            child
            for item in level
            for child in (item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
            if isinstance(child, dict | list)
        ]
        if not level:
            return
    raise _deep(name)


def _deep(name: str) -> SourceError:
    return SourceError(f"{name} nests its JSON more than {DEPTH} deep", hint="give the export as the system wrote it")


def outline(head: bytes) -> dict[str, str]:
    """The keys at the beginning of a JSON text that may be cut off, by their path, each with its value if it is text.

    A path is `posts[].title`: what lies in lists is one. Empty when the text is no JSON object or list. Walks at most
    five objects deep and takes the keys in any order.
    """
    text = _decoded(head).lstrip()
    if not text.startswith(("{", "[")):
        return {}
    found: dict[str, str] = {}
    stack: list[tuple[str, bool]] = []
    here, string, awaited = "", "", False
    for token in _TOKEN.finditer(text):
        sign = token[0][0]
        if sign == '"':
            string = token[1]
            if awaited:
                found[here] = found[here] or string
        elif sign == ":" and 0 < len(stack) <= _SEEN and not stack[-1][1]:
            here = f"{stack[-1][0]}.{string}".lstrip(".")
            found.setdefault(here, "")
        elif sign in "{[":
            inside = "" if not stack else stack[-1][0] if stack[-1][1] else here
            deep = len(stack) >= _SEEN  # where paths are no longer told, and must not grow
            stack.append((f"{inside}[]" if sign == "[" and not deep else inside, sign == "["))
        elif sign in "}]" and stack:
            stack.pop()
        awaited = sign == ":" and len(stack) <= _SEEN and here in found
    return found


def _decoded(head: bytes) -> str:
    for mark, charset in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(charset, "replace")
    return head.decode("utf-8", "replace")


def mapping(value: object) -> Mapping[str, Any]:
    """The value, if it is an object; else an empty one."""
    return value if isinstance(value, dict) else {}


def records(value: object) -> list[Mapping[str, Any]]:
    """The objects in the value, if it is a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text_of(value: object) -> str:
    """The value, if it is text, without halves of surrogate pairs; else an empty one."""
    return _LONE.sub(" ", value).strip() if isinstance(value, str) else ""


def address_of(value: object) -> str:
    """The value, if it is a whole address of the web; else an empty one."""
    text = text_of(value)
    return text if _ADDRESS.fullmatch(text) else ""


def id_of(value: object) -> str:
    """The value, if it is text or a whole number, as text; else an empty one."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else text_of(value)
