"""Paragraphs out of blank lines, as WordPress makes them when it shows a text of its classic editor.

WordPress stores such texts without `p` and `br` and adds both with every page view. What comes of it is known from its
documentation: a blank line parts paragraphs, a single line break is a `br`, two `br` in a row are as good as a blank
line, elements that are blocks stand for themselves and are not wrapped, the text of a `blockquote` is, and `pre`,
scripts, drawings and players are left as they are. Here one pass over tags and text does it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

_NAMES = (
    "table thead tfoot caption col colgroup tbody tr td th div dl dd dt ul ol li pre form map area blockquote address "
    "math style p h1 h2 h3 h4 h5 h6 hr fieldset legend section article aside hgroup header footer nav figure "
    "figcaption details menu summary"
)
BLOCKS = frozenset(_NAMES.split())
"""Elements that stand for themselves."""
_VOID = frozenset({"hr", "col", "area"})
"""Blocks that have no end tag."""
_WHOLE = frozenset({"pre", "script", "style", "svg", "math", "audio", "video", "object", "textarea"})
"""Elements that are left as they are, whatever is in them."""
_UNPARTED = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "caption", "summary", "legend"})
"""Blocks in which a blank line parts nothing."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>")
_BREAKS = re.compile(r"<br\s*/?>(?:\s*<br\s*/?>)+", re.IGNORECASE)
_BLANK = re.compile(r"\n\s*\n")
_OPENING_BREAK = re.compile(r"(?:\s|<br\s*/?>)+", re.IGNORECASE)
_CLOSING_BREAK = re.compile(r"<br\s{0,4}/?>$", re.IGNORECASE)
_WORTH = re.compile(
    r"<(?:img|input|iframe|embed|select|button|audio|video|object|svg|script|textarea)\b", re.IGNORECASE
)
"""What makes a paragraph even where no text stands with it."""


def paragraphs(html: str) -> str:
    """The HTML that a text means whose paragraphs are parted by blank lines."""
    html = _BREAKS.sub("\n\n", html.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n"))
    maker = _Maker()
    unclosed: set[str] = set()
    at = 0
    while match := _TAG.search(html, at):
        maker.text(html[at : match.start()])
        name, end = match[2].lower(), match.end()
        if name in _WHOLE and name not in unclosed and not match[1] and not match[3].endswith("/"):
            close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(html, end)
            end = close.end() if close else end
            if close is None:
                unclosed.add(name)
        maker.tag(html[match.start() : end], name, closing=bool(match[1]), whole=end > match.end())
        at = end
    maker.text(html[at:])
    maker.flush()
    return "\n".join(maker.done)


@dataclass(slots=True)
class _Maker:
    """Collects what runs on in a line and gives it out as paragraphs."""

    done: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)
    """How many of each are open, so that a stray end tag need not be looked for."""
    opened: bool = False
    """Whether a block began just before the line: its first text is not wrapped."""

    def text(self, text: str) -> None:
        """Take running text; a blank line ends the paragraph."""
        first, *rest = _BLANK.split(text)
        self.line.append(first)
        for part in rest:
            if self.open and self.open[-1] in _UNPARTED:
                self.line.append(" ")
            else:
                self.flush(parted=True)
            self.line.append(part)

    def tag(self, tag: str, name: str, *, closing: bool, whole: bool) -> None:
        """Take a tag, or an element that is left as it is."""
        if name not in BLOCKS or (name != "pre" and whole):
            self.line.append(tag.replace("\n", "\x00"))  # what is in it is not ours to break
            return
        self.flush()
        self.done.append(tag)
        if closing and self.count[name]:
            while (inner := self.open.pop()) != name:
                self.count[inner] -= 1
            self.count[name] -= 1
        elif not (closing or whole or name in _VOID or tag.endswith("/>")):
            self.open.append(name)
            self.count[name] += 1
        self.opened = bool(self.open) and not (closing or whole or name in _VOID)

    def flush(self, *, parted: bool = False) -> None:
        """Give out the line: as a paragraph, unless it is the first text of a block that is none."""
        line = _broken(_trimmed("".join(self.line)))
        self.line = []
        inside = self.open[-1] if self.open else ""
        if not line:
            return
        bare = not (_WORTH.search(line) or _TAG.sub("", line).strip())
        plain = self.opened and inside != "blockquote"
        self.done.append(line if bare or plain or inside in _UNPARTED else f"<p>{line}</p>")
        self.opened = parted and inside == "p"
        if self.opened:
            self.done.append("</p><p>")


def _trimmed(line: str) -> str:
    """The line without white space and breaks at its ends."""
    start = _OPENING_BREAK.match(line)
    return _without_break(line[start.end() :] if start else line)


def _without_break(line: str) -> str:
    """The line without white space and breaks at its end."""
    line = line.rstrip()
    while end := _CLOSING_BREAK.search(line[-12:]):
        line = line[: len(line) - (end.end() - end.start())].rstrip()
    return line


def _broken(line: str) -> str:
    """The line with a `br` for each line break that has none; the marks for untouched ones are taken away."""
    parts = [_without_break(part) for part in line.split("\n")]
    return "<br />\n".join(parts).replace("\x00", "\n")
