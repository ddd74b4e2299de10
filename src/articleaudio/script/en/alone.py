"""Shortened words that are the whole text, and shortened given names."""

from __future__ import annotations

import re

from articleaudio.script.en.data_abbreviations import ALONE, ALONE_WITHOUT_PERIOD, GIVEN, WORDS
from articleaudio.script.en.data_dates import MONTHS, WEEKDAYS
from articleaudio.script.en.data_names import STREETS
from articleaudio.script.line import Line
from articleaudio.script.rule import Reading, said
from articleaudio.script.words import words

WORD = re.compile(r"([A-Za-z]+)(\.?)")
NOT_ALONE = words("may march in no art am pm max reg par al ed temp tech pop alt cap lit info gen c p v b d n r ms pub")
SAID = {
    form: say.lower()
    for form, say in (STREETS | WORDS | ALONE | {form: MONTHS[form] for form in MONTHS} | WEEKDAYS).items()
    if say and form.isalpha() and form != say.lower() and form not in NOT_ALONE
} | {"gen": "general"}
"""Every shortened word that may be a whole text, in lower case, and what it says."""
SMITH = re.compile(r"\.? (?=[A-Z])")


def alone(line: Line, at: int) -> Reading | None:
    """A shortened word that is all there is: "Jr.", "Ave.", "Sat."."""
    if at or len(line.text) > 12:
        return None
    found = WORD.fullmatch(line.text.rstrip())
    if (
        not found
        or not (found[2] or found[1].lower() in ALONE_WITHOUT_PERIOD)
        or (found[1].isupper() and len(found[1]) > 1)
    ):
        return None
    say = SAID[found[1].lower()]
    if found[1].islower() and found[1] in ("sat", "sun", "wed"):
        return None
    return said(at, found.end(), say.capitalize() if found[1][0].isupper() else say)


def given(line: Line, at: int) -> Reading | None:
    """A shortened given name before a surname: "Wm. Smith"."""
    found = WORD.match(line.text, at)
    if not found or not found[2] or not found[1][0].isupper():
        return None
    if not line.after(found.end())[:1].isupper():
        return None
    return said(at, found.end(), GIVEN[found[1].lower()])
