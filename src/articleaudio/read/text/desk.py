"""What desks, agencies and mail programs write around a text, and is no part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SIGNS = {
    "meta": (
        r"[-—\s]*\(?\s*more(?: to come)?\s*\)?[-—\s]*",
        r"(?:page|take|add)\s+\d{1,3}\b.{0,60}",
        r"\d{1,2}(?:st|nd|rd|th) add\b.{0,60}",
        r"(?:for immediate release|for release (?:on|at|after)\b.{0,60}|(?:press|media|news) release)[.:!]?",
        r"(?:zur sofortigen veröffentlichung|pressemitteilung|прес-?реліз|для негайного оприлюднення)[.:!]?",
        r"(?:strictly )?embargo(?:ed)?\b.{0,90}",
        r"(?:urgent|bulletin|newsalert|advisory|slug\s*:.{1,60}|eds?\s*:.{1,300}|editors?\s*:.{1,300})",
        r"(?:word ?count|words|length)\s*:\s*[\d,.]{1,7}(?:\s*words)?",
    ),
    "contact": (r"(?:(?:press|media|news) )?(?:contacts?|enquiries|inquiries)\s*:?",),
}
_PATTERNS = tuple(
    (reason, re.compile(rf"^(?:{'|'.join(patterns)})$", re.IGNORECASE)) for reason, patterns in _SIGNS.items()
)
_SLUG = re.compile(r"^[A-Z]{1,3}-[A-Z].*(?:--|\d(?:st|nd|rd|th) Ld|Writethru|,\s?\d{2,4}$)")
"""The first line of an agency's copy ("BC-WEND--Roof, 3rd Ld-Writethru,350")."""
_END = re.compile(r"^[-—#*\s]*(?:ends?|30|xxx|кінець)[-—#*.\s]*$|^\s*#\s*#\s*#\s*$", re.IGNORECASE)
_BELOW = re.compile(
    r"\S@\S+\.\w|\b(?:contacts?|notes? to editors|about|media|press|tel|phone|enquiries|anmerkungen|контакти)\b",
    re.IGNORECASE,
)
_REACH = re.compile(
    r"\S+@\S+\.\w{2,}|(?:phone|tel|mobile|cell|fax|тел)\b\.?:?\s*\+?[\d(]|\+\d[\d ()-]{7,}|\b(?:\d{3}-)?\d{3}-\d{4}\b",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"^(?P<name>from|to|cc|bcc|date|sent|subject|reply-to|von|an|datum|gesendet|betreff|від|кому|дата|тема)\s*:"
    r"\s*(?P<text>.*)$",
    re.IGNORECASE,
)
_MUST = {"subject", "betreff", "тема"}
_LONGEST = 600
"""What is longer is text, in characters."""
_LATE = 0.6
"""What stands below the end mark and looks like an appendix is one, when it is a smaller part of the whole."""


def sign(text: str, lines: Sequence[str] = ()) -> str:
    """Why a stretch is a desk's mark or a way to reach somebody; empty when it is text. `lines`: as it was typed."""
    if len(text) > _LONGEST:
        return ""
    if _SLUG.match(text) and len(text) < 120:
        return "meta"
    for reason, pattern in _PATTERNS:
        if pattern.match(text):
            return reason
    short = all(len(line) <= 80 and not line.rstrip().endswith((".", "!", "?")) for line in lines)
    if lines and short and _REACH.search(text) and (len(lines) > 1 or len(text) < 60):
        return "contact"
    return ""


def end_of(texts: Sequence[str]) -> int:
    """Index of the mark that ends the text ("ENDS", "-30-", "###"); the number of texts when there is none."""
    total = sum(map(len, texts))
    for index, text in enumerate(texts):
        if index and _END.match(text):
            rest = texts[index + 1 :]
            told = bool(rest and _BELOW.search(rest[0]))
            part = sum(map(len, rest)) / (total or 1)
            if not rest or (told and part < _LATE) or ("#" not in text and part < _LATE / 2):
                return index
    return len(texts)


def mail_header(text: str) -> tuple[dict[str, str], str]:
    """The header lines that a mail begins with, by name in lower case, and the text below; none where there is none."""
    found: dict[str, str] = {}
    lines = text.lstrip("\ufeff\r\n").splitlines()
    count = 0
    for line in lines[:12]:
        match = _HEADER.match(line)
        if match is None or match["name"].lower() in found:
            break
        found[match["name"].lower()] = match["text"].strip()
        count += 1
    if count < 2 or not _MUST & set(found):
        return {}, text
    return found, "\n".join(lines[count:])


def signature_of(text: str) -> tuple[str, str]:
    """The text, and the signature below it: what follows two hyphens alone on a line."""
    lines = text.rstrip().splitlines()
    for index in range(max(1, len(lines) - 10), len(lines) - 1):
        if lines[index].rstrip() == "--":
            return "\n".join(lines[:index]), " ".join(lines[index + 1 :])
    return text, ""
