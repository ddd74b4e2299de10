"""The facts of a show, checked against what podcast directories take. What they refuse is said, and left out."""

from __future__ import annotations

import difflib
import functools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from articleaudio.model import Show
from articleaudio.site.feed.xml import uri

DEFAULT_CATEGORY = "News"
"""What is said instead of a category that Apple does not know; Apple asks for one."""

_EMAIL = re.compile(r"[^@\s<>\"(),:;]+@[\w-]+(?:\.[\w-]+)+")
_HINT = "in articleaudio.toml"


def usable_show(show: Show, on_warning: Callable[[str], None]) -> Show:
    """The show with facts that a feed can carry; `on_warning` is told of each one that had to be changed."""
    category, doubt = known_category(show.category)
    if doubt:
        on_warning(f"{doubt}; set `category` under [show] {_HINT}. The feed says {category} until then")
    prefix, mail, guid = show.enclosure_prefix, show.owner_email, show.guid
    if prefix and not uri(prefix):
        on_warning(f"enclosure_prefix {prefix!r} is no web address, and is left out; correct it under [show] {_HINT}")
        prefix = ""
    if mail and not _EMAIL.fullmatch(mail):
        on_warning(f"the owner's address {mail!r} is no e-mail address, and is left out; correct `owner` {_HINT}")
        mail = ""
    if guid and not (guid := _uuid(guid)):
        on_warning(f"guid {show.guid!r} is no UUID, and is left out; take it as it stands in the feed that has it")
    return replace(show, category=category, enclosure_prefix=prefix, owner_email=mail, guid=guid)


def known_category(wanted: str) -> tuple[str, str]:
    """Apple's name for a category (`News`, `News > Politics`, or `Politics` alone), and what is doubtful about it."""
    outer, _, inner = (" ".join(part.split()).casefold() for part in wanted.partition(">"))
    known = _categories()
    if not outer:
        return DEFAULT_CATEGORY, "the show has no category, which Apple asks for"
    if inner and f"{outer} > {inner}" not in known and outer in known:
        ours = [key.partition(" > ")[2] for key in known if key.startswith(f"{outer} > ")]
        near = difflib.get_close_matches(inner, ours, 1)
        meant = f"; did you mean {known[f'{outer} > {near[0]}']!r}?" if near else ""
        return known[outer], f"Apple knows no {wanted!r}{meant}"
    whole = f"{outer} > {inner}" if inner else outer
    if whole in known:
        return known[whole], ""
    near = difflib.get_close_matches(whole, known, 1)
    meant = f"; did you mean {known[near[0]]!r}?" if near else ""
    return DEFAULT_CATEGORY, f"category {wanted!r} is none of Apple's{meant}"


@functools.cache
def _categories() -> Mapping[str, str]:
    """Every way to write a category, folded → Apple's way."""
    table: dict[str, list[str]] = json.loads((Path(__file__).parent / "categories.json").read_text("utf-8"))
    inside = {(outer, inner): f"{outer} > {inner}" for outer, some in table.items() for inner in some}
    alone = {inner.casefold(): name for (_, inner), name in inside.items()}
    return alone | {name.casefold(): name for name in (*inside.values(), *table)}


def _uuid(text: str) -> str:
    try:
        return str(UUID(text.strip()))
    except ValueError:
        return ""
