"""What a document's styles make of its paragraphs, whatever their names, and wherever they inherit it from."""

from __future__ import annotations

from dataclasses import dataclass

from articleaudio.read.archive import Element
from articleaudio.read.docx.names import role_of_id, role_of_name

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of Word's elements, as lxml writes it."""
_DEEPEST = 12
"""Styles inherit from one another in fewer steps; a circle has no end."""
_OFF = {"0", "false", "off"}


@dataclass(frozen=True, slots=True)
class Style:
    """One style: what it says itself."""

    role: str = ""
    """As `role_of_name`, from its name, id, outline level or numbering."""
    hidden: bool = False
    """Whether its text is not shown."""
    bold: bool = False
    """Whether a stretch of text in it is bold."""
    italic: bool = False
    """Whether a stretch of text in it is italic."""
    parent: str = ""
    """Id of the style it inherits from."""


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.language = ""
        """What the document says its text is in by default."""
        if root is None:
            return
        for style in root.iter(f"{W}style"):
            self._styles[style.get(f"{W}styleId") or ""] = _style(style)
        language = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        self.language = language.get(f"{W}val") or "" if language is not None else ""

    def chain(self, style: str) -> list[Style]:
        """A style and those it inherits from, nearest first."""
        found: list[Style] = []
        while style and len(found) < _DEEPEST:
            known = self._styles.get(style, Style(role_of_id(style)))
            found.append(known)
            style = known.parent
        return found

    def role(self, paragraph: Element) -> str:
        """What a paragraph is, by its style, its own outline level or its own numbering; empty for plain text."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return ""
        style = value(properties, "pStyle")
        styled = next((known.role for known in self.chain(style) if known.role), "")
        return styled or _outline(properties) or _numbered(properties)

    def hides(self, run: Element, paragraph: Element | None) -> bool:
        """Whether a run of text is not shown."""
        own = run.find(f"{W}rPr/{W}vanish")
        if own is not None:
            return is_on(own)
        styles = self.chain(value(run, f"rPr/{W}rStyle"))
        if paragraph is not None:
            styles += self.chain(value(paragraph, f"pPr/{W}pStyle"))
        return any(style.hidden for style in styles)


def _style(style: Element) -> Style:
    name, own = value(style, "name"), style.get(f"{W}styleId") or ""
    properties = style.find(f"{W}pPr")
    role = role_of_name(name) or role_of_id(own)
    if properties is not None and not role:
        role = _outline(properties) or _numbered(properties)
    on = {tag: (mark := style.find(f"{W}rPr/{W}{tag}")) is not None and is_on(mark) for tag in ("vanish", "b", "i")}
    return Style(role, on["vanish"], on["b"], on["i"], value(style, "basedOn"))


def _outline(properties: Element) -> str:
    level = value(properties, "outlineLvl")
    return f"h{min(6, int(level) + 1)}" if level in set("012345678") else ""


def _numbered(properties: Element) -> str:
    number = properties.find(f"{W}numPr/{W}numId")
    return "list" if number is not None and number.get(f"{W}val") not in {None, "0"} else ""


def value(element: Element, path: str) -> str:
    """The `w:val` of a child, its tag given without the namespace; empty when there is none."""
    child = element.find(f"{W}{path}")
    return child.get(f"{W}val") or "" if child is not None else ""


def is_on(mark: Element) -> bool:
    """Whether a switch (`w:b`, `w:vanish`) is on: it is, unless it says otherwise."""
    return mark.get(f"{W}val") not in _OFF
