"""What a box on a page is, by its tag, role and names: the data in `data/boxes.toml`, walked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from articleaudio.read.html.data import table
from articleaudio.read.html.page import Element

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_MODIFIER = re.compile(
    r"^(?:has|no|with|without|is|js|hide|hidden|visible|show|tag|category|post_?type|type|status|format|wp-image|elementor|theme|size|"
    r"align|u|mt|mb|col|span|grid|lg|md|sm|xs|xl)[-_]|^(?:tag|category)$",
    re.IGNORECASE,
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAMES = ("class", "id", "data-component", "data-testid", "data-module", "data-block", "data-type", "data-name")

_TAGS: Mapping[str, str] = table("elements")["tags"]
_ROLES: Mapping[str, str] = table("elements")["roles"]


@dataclass(eq=False, slots=True)
class Box:
    """An element that may not belong to the article; what it holds is summed up while walking."""

    reason: str
    """Why what it holds would be dropped."""
    strong: bool
    """Whether its name alone is enough."""
    length: int = 0
    """Characters of text in it."""
    anchored: int = 0
    """Characters of it that the anchors keep."""
    pictured: bool = False
    """Whether it is named like a picture and holds one."""
    word: str = ""
    """The name that says so."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What the names of an element say."""

    reason: str = ""
    """Why its text would be dropped; empty when nothing says so."""
    strong: bool = False
    """Whether the name alone is enough."""
    note: bool = False
    """It holds a correction or an editor's note."""
    heading: bool = False
    """It is styled as a section heading."""
    dek: bool = False
    """It is named like a standfirst."""
    title: bool = False
    """It is named like a headline."""
    word: str = ""
    """The name that gives the reason."""


_NOTHING = Kind()


def kind_of(element: Element) -> Kind:
    """What an element is, by tag, role, attributes and names."""
    tag = element.tag
    if tag in {"body", "html", "main"}:
        return _NOTHING
    named = _named(*[element.get(name) or "" for name in _NAMES], wide=tag == "article")
    hidden = _unseen(element) or element.get("aria-hidden") == "true"
    reason = ("hidden" if hidden else "") or _ROLES.get(element.get("role") or "", "") or _TAGS.get(tag, "")
    if reason and not (named.note or (named.strong and reason in {"sidebar", "caption", "footer"})):
        return Kind(reason, strong=True)
    return named


def box_of(kind: Kind) -> Box | None:
    """A box to count in, when the kind says that the element may not belong to the article."""
    return Box(kind.reason, kind.strong, word=kind.word) if kind.reason and not kind.note else None


def concealed(element: Element) -> bool:
    """Whether a reader does not see the element: by attribute, style or a name that styles hang on."""
    if _unseen(element):
        return True
    return _named(*[element.get(name) or "" for name in _NAMES], wide=False).reason == "hidden"


def _unseen(element: Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDING.search(style))


@lru_cache(maxsize=20_000)
def _named(*values: str, wide: bool) -> Kind:
    """What class names, id and component names say. `wide`: an element that lists tags and categories as classes."""
    padded = " ".join(f"-{name}-" for value in values for name in plain_names(value))
    if not padded:
        return _NOTHING
    found = {name: match.group(1) for name, pattern in _patterns().items() if (match := pattern.search(padded))}
    reasons = _reasons()
    strong, weak = found.get("strong"), found.get("weak")
    if "content" in found:
        return _NOTHING
    if strong and wide and reasons["strong", strong] in {"tags", "navigation", "footer", "hidden"}:
        strong = None
    return Kind(
        reasons["strong", strong] if strong else reasons["weak", weak] if weak else "",
        strong=bool(strong),
        note="notes" in found,
        heading="headings" in found,
        dek="dek" in found,
        title="titles" in found,
        word=strong or weak or "",
    )


def plain_names(value: str) -> list[str]:
    """Names in one attribute, in lower-case words joined by hyphens; modifiers ("has-ads", "--wide") left out.

    "a--b--c" is no modifier but a path, and "--type-" tells of what type a part is: the last word of both says it.
    """
    names = []
    for whole in value.split()[:40]:
        path = whole.count("--") > 1 or "--type-" in whole
        name = whole if path else whole.partition("--")[0] or whole.strip("-")
        if len(name) > 80 or _MODIFIER.match(name):
            continue
        plain = _SEPARATORS.sub("-", _CAMEL.sub("-", name).lower()).strip("-")
        if plain:
            names.append(plain)
    return names


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        part: re.compile(
            "-("
            + "|".join(sorted((word for words in rows.values() for word in words), key=len, reverse=True))
            + ")(?=-)"
        )
        for part, rows in table("boxes").items()
    }


@cache
def _reasons() -> dict[tuple[str, str], str]:
    return {
        (part, word): reason
        for part, rows in table("boxes").items()
        for reason, words in rows.items()
        for word in words
    }
