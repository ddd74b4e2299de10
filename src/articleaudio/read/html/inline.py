"""Running text of a paragraph: what a reader sees of it, with marks, and what is left out with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from articleaudio.model import MarkKind
from articleaudio.read.html.boxes import Kind, concealed, kind_of
from articleaudio.read.html.data import table, words
from articleaudio.read.html.page import Element
from articleaudio.read.html.sites import Ruled, Verdict
from articleaudio.read.rich import Rich, RichBuilder, clean

SILENT = frozenset(words("elements", "silent"))
"""Elements without text that a reader sees as text."""
BLOCKS = frozenset(words("elements", "blocks"))
"""Elements that begin a block of their own."""
_UNHEARD: Mapping[str, str] = table("elements")["unheard"]
_NEVER = frozenset(words("elements", "never"))

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STRUCK = {"del", "s", "strike"}
_EMPHASIS = {"em", "i", "strong", "b", "u", "cite", "dfn", "var", "mark"}
_BOLD = {"strong", "b"}
_HEAVY = re.compile(r"(?:(?:^|[\s_-])(?i:bold|strong|fett|gras|negrita|grassetto)|(?<=[a-z])(?:Bold|Strong))(?![a-z])")
"""In a class name: set in bold."""
_WEIGHT = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LEFT_OUT = frozenset(words("elements", "left_out"))
"""Reasons for which a few words inside a sentence go; other boxes count only when they are the whole paragraph."""
_OPENING = {"“", "„", "«", "‘", '"', "‹", "»"}
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_EXPONENT = re.compile(r"^[+\-−]?\d{1,3}$|^n$")
NOTE_MARK = re.compile(
    r"^[\[(]?(?:\d{1,3}|[a-z*†‡§]|note \d+|citation needed)[\])]?(?:[, ]+[\[(]?\d{1,3}[\])]?)*$", re.IGNORECASE
)
"""What leads to a footnote: a number, a letter or a sign, in brackets or not."""
_UNIT = re.compile(r"(?:^|[\s\d/(])(?:[mkc]?m|ft|in|yd|mi|nmi|s|kg|µm|nm|м|км|см)$")
_ASIDE = re.compile(
    r"^[\W_]*(?:(?:link )?opens? (?:in )?(?:a )?new (?:browser )?(?:tab|window)|external link"
    r"|öffnet (?:sich )?(?:in )?(?:einem )?neue[mnrs]* (?:tab|fenster)|(?:s[’']ouvre dans une )?nouvelle fenêtre"
    r"|se abre en (?:una )?(?:nueva )?(?:ventana|pestaña)(?: nueva)?|відкривається в новому вікні"
    r"|otwiera się w nowej karcie)[\W_]*$",
    re.IGNORECASE,
)
"""What a link says to those who cannot see where it opens."""
_DROP_CAP = re.compile(r"drop-?cap|first-?letter|initial-?letter|lettrine", re.IGNORECASE)


@dataclass(slots=True)
class Run:
    """One paragraph's inline content while it is being read."""

    builder: RichBuilder = field(default_factory=RichBuilder)
    """Text and marks."""
    link: int = 0
    """Characters inside links."""
    bold: int = 0
    """Characters in bold."""
    boxes: list[tuple[Kind, int, int]] = field(default_factory=list)
    """Inline elements that may not belong here: what they are, first character, one past the last."""
    dropped: list[tuple[str, str]] = field(default_factory=list)
    """What was left out: text and reason."""
    anchor: str = ""
    """The first `id` in it."""
    initial: bool = False
    """A drop cap was just read: the word goes on."""
    rules: Ruled = field(default_factory=Ruled)
    """What the house says of elements on the page."""
    ruled: list[tuple[Verdict, int, int]] = field(default_factory=list)
    """What it says of inline elements that were read: verdict, first character, one past the last."""

    def text(self, text: str | None) -> None:
        """Append text as it stands in the page."""
        if not text:
            return
        if self.initial and text.strip():
            if text[0].isspace() and text.lstrip()[:1].islower() and self.builder.tail(1) not in {"A", "I", "О", "У"}:
                text = text.lstrip()
            self.initial = False
        self.builder.add(text)

    def leave(self, text: str, reason: str) -> None:
        """Leave text out, and say why."""
        if text := clean(text):
            self.dropped.append((text, reason))

    def leave_unheard(self, element: Element) -> None:
        """Leave out what silent elements hold, the element itself or those in it."""
        for silent in unheard(element):
            self.leave(whole_text(silent), reason_unheard(silent))

    def finish(self) -> tuple[Rich, list[tuple[str, str]]]:
        """The text with marks, and what was left out of it."""
        return self.builder.finish(), self.dropped


def feed(run: Run, element: Element) -> None:
    """Read an inline element (not its tail) into the run."""
    tag = element.tag
    if not isinstance(tag, str):
        return
    if tag in SILENT:
        run.leave_unheard(element)
        return
    if tag in {"br", "wbr"}:
        run.text(" " if tag == "br" else "")
        return
    verdict = run.rules.verdicts.get(element)
    if verdict is None and tag in {"sup", "sub"} and not element.get("alias") and _raised(run, element, tag):
        run.leave_unheard(element)
        return
    kind = kind_of(element) if element.attrib else Kind()
    reason = "site-rule" if verdict is Verdict.DROP else "" if verdict else _left_out(element, tag, kind)
    if reason:
        run.leave(whole_text(element), reason)
        return
    start = run.builder.length
    marked = tag == "q" and seen_text(element).strip()[:1] not in _OPENING
    if marked:
        run.text("“")
    _children(run, element)
    if marked:
        run.text("”")
    if verdict and run.builder.length > start:
        run.ruled.append((verdict, start, run.builder.length))
    _note(run, element, tag, kind, start)


def _children(run: Run, element: Element) -> None:
    run.text(element.text)
    for child in element:
        feed(run, child)
        run.text(child.tail)


def _note(run: Run, element: Element, tag: str, kind: Kind, start: int) -> None:
    """Write down what an element means for the text it held."""
    builder = run.builder
    size = builder.length - start
    if not size:
        return
    if kind.reason:
        run.boxes.append((kind, start, builder.length))
    if tag == "a" and element.get("href"):
        run.link += size
        builder.mark(MarkKind.LINK, start, element.get("href", ""))
    if is_bold(element) and not _within_bold(element):
        run.bold += size
    if tag in _EMPHASIS:
        builder.mark(MarkKind.EMPHASIS, start)
    if tag in {"abbr", "acronym"} and element.get("title"):
        builder.mark(MarkKind.ABBREVIATION, start, clean(element.get("title", "")))
    if language := tongue(element):
        builder.mark(MarkKind.LANGUAGE, start, language)
    if hint := _hint(element, tag):
        builder.mark(MarkKind.SAY_AS, start, hint)
    if size == 1 and tag in {"span", "b", "strong", "big", "font"}:
        run.initial = bool(_DROP_CAP.search(element.get("class") or "")) and builder.length == 1


def tongue(element: Element) -> str:
    """The language that an element says it is in, lower-case; empty when it says nothing."""
    return (element.get("lang") or element.get("xml:lang") or element.get(_XML_LANG) or "").strip().lower()


def _hint(element: Element, tag: str) -> str:
    """What the page asks to be said for an element: our `data-say`, SSML's `sub` and `say-as`, or a label."""
    if tag == "say-as" and element.get("interpret-as") in {"characters", "spell-out", "verbatim"}:
        return " ".join(f"{character}." for character in seen_text(element).upper() if character.isalnum())
    label = element.get("aria-label") if tag in {"span", "abbr"} else ""
    return clean(element.get("data-say") or (element.get("alias") if tag == "sub" else "") or label or "")


def _left_out(element: Element, tag: str, kind: Kind) -> str:
    """Why an inline element's text is not part of the sentence; empty when it is."""
    if tag in _STRUCK:
        return "struck"
    if kind.reason == "hidden" and element.get("aria-hidden") == "true" and not concealed(element):
        # Kept from screen readers but seen by everybody else: the visible half of a word, or an icon.
        return "" if any(character.isalnum() for character in seen_text(element)) else "ornament"
    if kind.strong and kind.reason in _LEFT_OUT:
        return kind.reason
    if tag in {"span", "i", "small"} and len(element) == 0 and _ASIDE.match(element.text or ""):
        return "hidden"
    if tag == "a":
        target = element.get("href") or ""
        text = seen_text(element).strip()
        if target.startswith("#") and (NOTE_MARK.match(text) or text in {"↩", "↩︎", "^", "¶", "#", "§"}):
            return "footnote"
    return ""


def _raised(run: Run, element: Element, tag: str) -> bool:
    """Read a `sup` or `sub`: exponents become raised digits, note marks go. False: read it as ordinary text."""
    text = clean(seen_text(element))
    if tag == "sub" or not text:
        return not text
    before = run.builder.tail(8)
    linked = element.find(".//a") is not None or (element.getparent() is not None and element.getparent().tag == "a")
    if _EXPONENT.match(text) and not linked and (before[-1:].isdigit() or before[-1:] == ")" or _UNIT.search(before)):
        run.text(text.translate(_RAISED))
        return True
    if NOTE_MARK.match(text):
        run.dropped.append((text, "footnote"))
        return True
    return False


def is_bold(element: Element) -> bool:
    """Whether an element sets its text in bold: by its tag, its class or its style."""
    if element.tag in _BOLD:
        return True
    named, style = element.get("class"), element.get("style")
    return bool((named and _HEAVY.search(named)) or (style and _WEIGHT.search(style)))


def _within_bold(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and (parent.tag in _BOLD or (parent.tag in {"span", "font", "a"} and is_bold(parent)))


def seen_text(element: Element) -> str:
    """All text in an element but that of silent ones."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in SILENT:
            parts.append(seen_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def whole_text(element: Element) -> str:
    """All text in an element, seen or not, but that of what is never text: scripts, styles, templates."""
    parts: list[str] = []
    ahead: list[Element | str] = [element]
    while ahead:  # drawings nest deeper than a function may call itself
        item = ahead.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        parts.append(item.text or "")
        for child in reversed(item):
            ahead.append(child.tail or "")
            if isinstance(child.tag, str) and child.tag not in _NEVER:
                ahead.append(child)
    return "".join(parts)


def unheard(element: Element) -> Iterator[Element]:
    """The outermost silent elements in an element, or itself, that may hold text all the same."""
    if element.tag in SILENT:
        if element.tag not in _NEVER:
            yield element
        return
    for child in element:
        yield from unheard(child)


def reason_unheard(element: Element) -> str:
    """Why the text in a silent element is not spoken."""
    return _UNHEARD.get(element.tag, "hidden")
