"""What the article itself says about its acronyms: definitions in parentheses, found as Schwartz and Hearst do.

A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text",
Pacific Symposium on Biocomputing 8 (2003): from the parenthesis backwards, each letter of the short form must be found
in the words before it, the first one at the start of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

PAREN = re.compile(r"\(([^()]{2,80})\)")
SHORT = re.compile(r"[^\W\d_][\w.&/-]{1,11}(?:s|'s)?")
WORD = re.compile(r"\S+")
TAIL = re.compile(r"([A-ZА-ЯЄІЇҐ][\w.&-]{1,9})$")
REACH = 160
"""Characters before a parenthesis in which its long form is looked for."""


@dataclass
class Evidence:
    """What is known about an article's acronyms while it is being read, in order."""

    defined: dict[str, str] = field(default_factory=dict)
    """Long forms by acronym, as the article (or its markup) defines them."""
    met: set[str] = field(default_factory=set)
    """Acronyms said so far: the first mention may be said in full."""

    def long_form(self, acronym: str) -> str:
        """The article's own long form of an acronym, or an empty string."""
        return self.defined.get(acronym, "")


def learn(texts: Iterable[str]) -> Evidence:
    """Read the definitions out of an article's texts, in order; the first definition of an acronym holds."""
    evidence = Evidence()
    for text in texts:
        if "(" in text:
            for short, long in definitions(text):
                evidence.defined.setdefault(short, long)
    return evidence


def definitions(text: str) -> Iterable[tuple[str, str]]:
    """Pairs of short and long form in a text: "… ballistic missile (ICBM)" and "ICBM (… ballistic missile)"."""
    for found in PAREN.finditer(text):
        inner = found[1].strip()
        ahead = text[max(0, found.start() - REACH) : found.start()].rstrip()
        if _is_short(inner):
            short = re.sub(r"'?s$", "", inner) if inner[:-1].isupper() else inner
            long = long_form(short, ahead)
            if long:
                yield short, long
        elif (tail := TAIL.search(ahead)) and _is_short(tail[1]) and long_form(tail[1], inner) == inner:
            yield tail[1], inner


def _is_short(text: str) -> bool:
    """Whether a text looks like a short form: one word, letters first, at least two capitals."""
    return bool(SHORT.fullmatch(text)) and sum(map(str.isupper, text)) >= 2


def long_form(short: str, ahead: str) -> str:
    """The words at the end of `ahead` that `short` stands for; empty when they do not fit."""
    count = len(short)
    words = WORD.findall(ahead)[-min(count + 5, 2 * count) :]
    window = " ".join(words)
    at = len(window) - 1
    for place in range(count - 1, -1, -1):
        letter = short[place].lower()
        if not letter.isalnum():
            continue
        while at >= 0 and (window[at].lower() != letter or (place == 0 and at > 0 and window[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return ""
        at -= 1
    start = window.rfind(" ", 0, at + 1) + 1
    found = window[start:].strip("\"'“”‘’,;:")
    return found if len(found) > count and short not in found.split() else ""
