"""The part of JSON Schema (2020-12) that docs/episode.schema.json uses: enough to hold a document against it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

Schema = Any
"""A JSON Schema, or `True` and `False`."""

_KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}


@cache
def episode_schema() -> Schema:
    """The schema of episode.json, from the installed package or from the repository's docs."""
    here = Path(__file__).parent
    places = (here / "episode.schema.json", here.parents[2] / "docs" / "episode.schema.json")
    return json.loads(next(place for place in places if place.is_file()).read_bytes())


def schema_findings(value: object, schema: Schema, root: Schema, at: str = "") -> Iterator[str]:
    """What of a value is not as its schema has it, each with its place."""
    if isinstance(schema, bool):
        if not schema:
            yield f"{at or 'it'} does not belong there"
        return
    if "$ref" in schema:
        yield from schema_findings(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, at)
    if problem := _plain_problem(value, schema):
        yield f"{at or 'it'}: {problem}"
        return
    if "anyOf" in schema and all(any(schema_findings(value, one, root, at)) for one in schema["anyOf"]):
        yield f"{at or 'it'}: fits none of what is allowed"
    if "if" in schema:
        branch = "else" if any(schema_findings(value, schema["if"], root, at)) else "then"
        yield from schema_findings(value, schema.get(branch, True), root, at)
    if isinstance(value, dict):
        yield from _members(value, schema, root, at)
    if isinstance(value, list):
        parts = schema.get("prefixItems", [])
        for number, item in enumerate(value):
            part = parts[number] if number < len(parts) else schema.get("items", True)
            yield from schema_findings(item, part, root, f"{at}[{number}]")


def _members(value: dict[str, object], schema: Schema, root: Schema, at: str) -> Iterator[str]:
    known = schema.get("properties", {})
    yield from (f"{at}.{name} is missing".lstrip(".") for name in schema.get("required", ()) if name not in value)
    for name, item in value.items():
        part = known.get(name, schema.get("additionalProperties", True))
        yield from schema_findings(item, part, root, f"{at}.{name}".lstrip("."))


def _plain_problem(value: object, schema: Schema) -> str:
    """What is wrong with a value itself; empty when nothing is."""
    kinds = schema.get("type", [])
    names = [kinds] if isinstance(kinds, str) else kinds
    if names and not any(_is(value, name) for name in names):
        return f"{' or '.join(names)} is needed"
    return next((told for key, fails, told in _RULES if key in schema and fails(value, schema[key])), "")


def _is(value: object, kind: str) -> bool:
    return isinstance(value, _KINDS[kind]) and not isinstance(value, bool)


def _is_no_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) != text.lower()
    except ValueError:
        return True


_RULES: tuple[tuple[str, Callable[[Any, Any], bool], str], ...] = (
    ("const", lambda value, wanted: value != wanted, "another value is needed"),
    ("enum", lambda value, wanted: value not in wanted, "none of the values that are allowed"),
    ("format", lambda value, wanted: wanted == "uuid" and _is_no_uuid(str(value)), "no UUID"),
    ("pattern", lambda value, wanted: isinstance(value, str) and not re.search(wanted, value), "not of its form"),
    ("minLength", lambda value, wanted: isinstance(value, str) and len(value) < wanted, "too short"),
    ("minItems", lambda value, wanted: isinstance(value, list) and len(value) < wanted, "too few items"),
    ("minimum", lambda value, wanted: isinstance(value, int | float) and not value >= wanted, "too small"),
    ("exclusiveMinimum", lambda value, wanted: isinstance(value, int | float) and not value > wanted, "too small"),
)
"""Key of a schema → whether a value fails it, and what is said then."""
