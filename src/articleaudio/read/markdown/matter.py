"""Front matter: what a file says of itself above its text, in YAML, TOML or JSON."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from articleaudio.errors import SourceError

_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\r?\n(.*?)^(?:\1|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL | re.MULTILINE)
_JSON = re.compile(r"\{\s*\"")


def front_matter(name: str, text: str) -> tuple[Mapping[str, Any], str]:
    """Front matter, its keys in lower case, and the text below it. Raises SourceError when it is broken."""
    text = text.lstrip("\ufeff\r\n")
    match = _MATTER.match(text)
    if match is None and not _JSON.match(text):
        return {}, text
    try:
        matter, below = _parsed(text, match)
    except Exception as error:  # each parser has errors of its own, and breaks in other ways over forged ones
        raise SourceError(
            f"the front matter of {name} cannot be read: {' '.join(str(error).split())[:200]}",
            hint="check the lines between the two `---`; a value with a colon in it needs quotes",
        ) from error
    if matter is not None and not isinstance(matter, Mapping):
        raise SourceError(
            f"the front matter of {name} is no list of `key: value` lines", hint="check the lines between the two `---`"
        )
    return {str(key).lower(): value for key, value in (matter or {}).items()}, below


def _parsed(text: str, match: re.Match[str] | None) -> tuple[Any, str]:
    """What the front matter holds, and the text below."""
    if match is None:
        matter, end = json.JSONDecoder().raw_decode(text)
        return matter, text[end:]
    if match[1] == "+++":
        return tomllib.loads(match[2]), text[match.end() :]
    from frontmatter.default_handlers import YAMLHandler  # noqa: PLC0415 - brings a YAML parser along

    return YAMLHandler().load(match[2]), text[match.end() :]
