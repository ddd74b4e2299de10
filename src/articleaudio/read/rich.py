"""Text with marks, built piece by piece: NFC, white space collapsed, marks kept on the right characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from articleaudio.model import Mark, MarkKind

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffc]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"""[.!?…:;]["'”’»)\]]*$""")


def clean(text: str) -> str:
    """NFC text, white space collapsed to single spaces and trimmed, without invisible and control characters."""
    return tidy(text).strip()


def tidy(text: str) -> str:
    """As `clean`, but a space at either end stays, so that pieces can be joined."""
    text = _SPACE.sub(" ", _CONTROL.sub(" ", _INVISIBLE.sub("", text)))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def shorten(text: str, limit: int = 600) -> str:
    """Text of at most `limit` characters, cut at a space, with an ellipsis when something is missing."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does, closing quotes and brackets aside."""
    return bool(_SENTENCE_END.search(text))


@dataclass(frozen=True, slots=True)
class Rich:
    """A finished stretch of text with its marks."""

    text: str
    """NFC, white space collapsed, trimmed; may be empty."""
    marks: tuple[Mark, ...] = ()
    """By start, inside the text, none empty."""


@dataclass(slots=True)
class RichBuilder:
    """Collects text and marks in order; `finish` gives the Rich and starts anew."""

    parts: list[str] = field(default_factory=list)
    """What was collected so far, white space already collapsed."""
    length: int = 0
    """Characters so far."""
    marks: list[Mark] = field(default_factory=list)
    """Marks that are closed."""
    spaced: bool = True
    """Whether what was collected ends in a space, or is empty."""

    def add(self, text: str) -> None:
        """Append text; white space at the seam becomes one space."""
        text = tidy(text)
        if self.spaced:
            text = text.lstrip(" ")
        if text:
            self.parts.append(text)
            self.length += len(text)
            self.spaced = text.endswith(" ")

    def join(self) -> None:
        """Take back the space at the end, so that what follows is joined to it."""
        if self.parts and self.parts[-1].endswith(" "):
            self.parts[-1] = self.parts[-1][:-1]
            self.length -= 1
            self.spaced = not self.length

    def tail(self, size: int) -> str:
        """The last characters collected."""
        tail = ""
        for part in reversed(self.parts):
            tail = part + tail
            if len(tail) >= size:
                break
        return tail[-size:]

    def mark(self, kind: MarkKind, start: int, value: str = "") -> None:
        """Mark what was collected since `start` (a former `length`)."""
        if self.length > start:
            self.marks.append(Mark(kind, start, self.length, value))

    def finish(self) -> Rich:
        """What was collected, trimmed, with its marks; the builder is empty afterwards."""
        text = "".join(self.parts)
        if not unicodedata.is_normalized("NFC", text):  # a letter and its accent came from two elements
            whole = unicodedata.normalize("NFC", text)
            moved = [
                Mark(m.kind, _composed(text, m.start), min(_composed(text, m.end), len(whole)), m.value)
                for m in self.marks
            ]
            text, self.marks = whole, moved
        rich = Rich(text.strip(), tuple(_trimmed(self.marks, text)))
        self.parts, self.length, self.marks, self.spaced = [], 0, [], True
        return rich


def _composed(text: str, position: int) -> int:
    return len(unicodedata.normalize("NFC", text[:position]))


def _trimmed(marks: list[Mark], text: str) -> list[Mark]:
    """Marks without the spaces at their edges, by start, the outer one first."""
    lead = len(text) - len(text.lstrip())
    kept = []
    for mark in marks:
        inner = text[mark.start : mark.end]
        start = mark.start + len(inner) - len(inner.lstrip()) - lead
        end = mark.end - len(inner) + len(inner.rstrip()) - lead
        if end > start >= 0:
            kept.append(Mark(mark.kind, start, end, mark.value))
    return sorted(kept, key=lambda mark: (mark.start, -mark.end))
