"""Signs that mean the same in every language: dashes, ellipses, parentheses, footnote marks, what is not said."""

from __future__ import annotations

import re

from articleaudio.script.line import Line
from articleaudio.script.rule import Reading, pause
from articleaudio.script.style import AcronymStyle

DASHES = re.compile(r"[ \u00a0]*(?:[–—―]|--+)[ \u00a0]*|[ \u00a0]+-[ \u00a0]+")
SHORT_FORM = re.compile(r"\(([A-Z][A-Za-z0-9&.-]{1,14}?)s?\)")
FOOTNOTE = re.compile(r"\[(?:[0-9]{1,3}|[a-z]|note [0-9]+|citation needed)\]")
SILENT = frozenset("©®™•·*†‡|■▪●◦►▶□◆★☆✓✔¤\\^_~{}[]")


def dash(line: Line, at: int) -> Reading | None:
    """Dashes between words are pauses; a short one that joins two names stays."""
    text = line.text
    start = at
    while start and text[start - 1] in " \u00a0":
        start -= 1
    found = DASHES.match(text, start)
    if not found or found.end() <= at:
        return None
    end = found.end()
    if start == 0 or end >= len(text):
        return pause(start, end, "")
    if end - start == 1 and text[start] == "–" and text[start - 1].isalnum() and text[end].isalnum():
        return None
    if text[start - 1] in ",;:.!?(" or text[end] in ",;:.!?)":
        return pause(start, end - (text[end - 1] == " "), "")
    spaced_end = end if text[end - 1] not in " \u00a0" else end - 1
    return pause(start, spaced_end, "," if spaced_end < end else ", ")


def ellipsis(line: Line, at: int) -> Reading | None:
    """Three dots or one: a pause; at the end of the line they stay a period."""
    text = line.text
    end = at + 1
    while text[end : end + 1] in (".", "…") and text[end : end + 1]:
        end += 1
    start = at
    while start and text[start - 1] == " ":
        start -= 1
    if line.ends(end) or start == 0:
        return pause(start, end, "." if start else "")
    if text[end : end + 1] in (",", ";", ":", "!", "?"):
        return pause(start, end, "")
    return pause(start, end, "," if text[end : end + 1] in (" ", "") else ", ")


def parenthesis(line: Line, at: int) -> Reading | None:
    """Parentheses are pauses, unless punctuation is there already."""
    text = line.text
    if text[at] == "(":
        start = at
        while start and text[start - 1] == " ":
            start -= 1
        if (end := _said_in_full(line, at)) and start:
            return pause(start, end, "")
        if start == at and text[at - 1] == ")":
            return pause(at, at + 1, " ")
        if start == 0 or text[start - 1] in ",;:.!?—–(":
            return pause(at, at + 1, "")
        if start == at:
            return pause(at, at + 1, " " if text[at - 1].isalnum() else ",")
        return (*pause(start, at, ","), *pause(at, at + 1, " "))
    following = text[at + 1 : at + 2]
    if line.ends(at + 1) or following in tuple(",;:.!?)—–"):
        return pause(at, at + 1, "")
    return pause(at, at + 1, "," if following == " " else " " if following.isalnum() else "")


def _said_in_full(line: Line, at: int) -> int:
    """Where "(ICBM)" ends, if its long form was just said and the house wants it said at every mention; else 0."""
    found = SHORT_FORM.match(line.text, at)
    if not found or not line.evidence.long_form(found[1]):
        return 0
    if line.style.acronym(found[1]) is not AcronymStyle.ALWAYS_EXPAND:
        return 0
    line.evidence.met.add(found[1])
    return found.end()


def footnote(line: Line, at: int) -> Reading | None:
    """Footnote marks: "[1]" is not said."""
    found = FOOTNOTE.match(line.text, at)
    return pause(at, found.end(), "") if found and at else None


def silent(line: Line, at: int) -> Reading | None:
    """Signs that are not said: bullets, trade marks, brackets."""
    sign = line.text[at]
    if sign not in SILENT:
        return None
    touching = line.text[at - 1 : at].isalnum() and line.text[at + 1 : at + 2].isalnum()
    return pause(at, at + 1, " " if touching and sign not in "*\\" else "")


def hyphen_minus(line: Line, at: int) -> Reading | None:
    """A hyphen between spaces, or two of them, is a dash; any other stays."""
    text = line.text
    if text.startswith("--", at) or (text[at - 1 : at] == " " and text[at + 1 : at + 2] == " "):
        return dash(line, at)
    return None
