"""`[spoken]`: what is said around the body of an article, in which order, and by which templates."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from types import MappingProxyType

from articleaudio.config.tomlfile import TomlFile
from articleaudio.errors import ConfigError
from articleaudio.model import Role, Show, Spoken
from articleaudio.script.frame import parts
from articleaudio.script.frame_words import KEYS

HINT = "docs/spoken.md shows what [spoken] may hold"
"""What every error about it points to."""

ORDER = (Role.DISCLOSURE, Role.SECTION, Role.HEADLINE, Role.DEK, Role.BYLINE, Role.DATE, Role.UPDATED)
"""What can be said before the body."""

_SETTINGS = ("order", "closing")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_AS_WRITTEN = ("headline", "disclosure", "title")


def house_spoken(file: TomlFile, show: Show) -> Spoken:
    """Read `[spoken]`. Raises ConfigError, which names file and line, for anything that it cannot take."""
    part = file.part("spoken")
    lines = {key.lower(): _templates(_language(file, part, key)) for key in part.table if key not in _SETTINGS}
    closing = part.table.get("closing")
    if isinstance(closing, str | list):
        own = _closing(part)
        tag = show.language.partition("-")[0]
        lines[tag] = {"closing": own, **lines.get(tag, {})}
    elif closing is not None and not isinstance(closing, bool):
        raise _error(part, "closing", 'closing must be true, false or a list of lines: closing = ["…"]')
    if closing is False:
        lines = {tag: {key: said for key, said in own.items() if key != "closing"} for tag, own in lines.items()}
    return Spoken(
        order=_order(part),
        closing=bool(closing),
        lines=MappingProxyType({tag: MappingProxyType(own) for tag, own in lines.items()}),
        show=show.title if "title" in file.sub_table("show") else "",
    )


def _language(file: TomlFile, part: TomlFile, key: str) -> TomlFile:
    """The table of a language; an error where the key names none."""
    if isinstance(part.table[key], Mapping):
        part = file.within("spoken", key)
        if _LANGUAGE.fullmatch(key.lower()):
            return part
        raise _error(part, key, f"{key!r} in [spoken] is no language tag, such as en or en-gb")
    if key in KEYS or key in _AS_WRITTEN:
        where = "belongs to a language: [spoken.en]" if key in KEYS else 'goes into the list "order"'
        raise _error(part, key, f"{key} in [spoken] {where}")
    near = difflib.get_close_matches(key, _SETTINGS, 1)
    meant = f"did you mean {near[0]!r}?" if near else "known: order, closing, and languages such as [spoken.en]"
    raise _error(part, key, f"unknown key {key!r} in [spoken]; {meant}")


def _order(part: TomlFile) -> tuple[Role, ...]:
    order = part.table.get("order")
    if order is None:
        return Spoken().order
    names = [role.value for role in ORDER]
    if not isinstance(order, list) or not all(isinstance(name, str) for name in order):
        raise _error(part, "order", 'order must be a list: order = ["disclosure", "headline", "byline", "date"]')
    for name in order:
        if name == "closing":
            raise _error(part, "order", 'closing is always said last; switch it on beside the order: closing = ["…"]')
        if name not in names:
            near = difflib.get_close_matches(name, names, 1)
            meant = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(names)}"
            raise _error(part, "order", f"unknown name {name!r} in order; {meant}")
        if order.count(name) > 1:
            raise _error(part, "order", f"{name!r} stands twice in order")
    return tuple(Role(name) for name in order)


def _templates(part: TomlFile) -> dict[str, tuple[str, ...]]:
    """The templates of one language."""
    said: dict[str, tuple[str, ...]] = {}
    for key in part.table:
        if key in _AS_WRITTEN:
            raise _error(part, key, f"{key} is said as it is written; there is no template for it")
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, 1)
            meant = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(KEYS)}"
            raise _error(part, key, f"unknown key {key!r}; {meant}")
        said[key] = _closing(part) if key == "closing" else (_checked(part, key, part.table[key]),)
    return said


def _closing(part: TomlFile) -> tuple[str, ...]:
    """One line or several."""
    value = part.table["closing"]
    return tuple(_checked(part, "closing", line) for line in (value if isinstance(value, list) else [value]))


def _checked(part: TomlFile, key: str, template: object) -> str:
    if not isinstance(template, str):
        raise _error(part, key, f"{key} must be a text in quotes")
    try:
        parts(template)
    except ValueError as error:
        raise _error(part, key, f"{key} cannot be understood: {error}") from error
    return " ".join(template.split())


def _error(part: TomlFile, key: str, message: str) -> ConfigError:
    error = part.error(key, message)
    return ConfigError(error.message, hint=HINT)
