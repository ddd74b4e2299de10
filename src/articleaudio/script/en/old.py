"""How old books and records write numbers: shillings and pence, "22d", "1783-4", degrees and minutes, "pre-1967"."""

from __future__ import annotations

import re

from articleaudio.script.en.attributive import NOT_NOUNS
from articleaudio.script.en.numbers import cardinal, ordinal, year
from articleaudio.script.line import Line
from articleaudio.script.rule import Reading, said
from articleaudio.script.words import words

SHILLINGS = re.compile(r"([0-9]{1,2})s\.(?:,? ?([0-9]{1,2})d\b\.?)?(?= |,|;|$|\))")
PENCE = re.compile(r"([0-9]{1,2})d\.(?= |,|;|$|\))")
ORDINAL_D = re.compile(r"([0-9]{0,3}[23])d(?![\w.'])(?=[ ,.;:)]|$)")
DAY_D = re.compile(r"([0-9]{0,3}[23])d\.$")
YEARS = re.compile(r"(1[1-9][0-9]([0-9]))[-–]([0-9])(?![\w/]|[-–.,:%][0-9])")
ANGLE = re.compile(
    r"([0-9]{1,3})[°º] ?([0-9]{1,2}(?:\.[0-9]+)?)['′](?: ?([0-9]{1,2}(?:\.[0-9]+)?)(?:\"|″|'')?)? ?([NSEW](?!\w))?"
)
SIDES = {"N": "north", "S": "south", "E": "east", "W": "west"}
DECADE_CUES = words("the his her their mid late early my our your")
TIMED = words("took in for by lasted every last after within under about")
PREFIXED = re.compile(r"(?:pre|post|mid|ante|circa|since|late|early|the)-$", re.IGNORECASE)
YEAR = re.compile(r"(1[0-9]{3}|20[0-9]{2})(?![\w]|[.,][0-9])")
PENNIES = {
    "1": "one penny", "2": "twopence", "3": "threepence", "4": "fourpence", "6": "sixpence",
    "8": "eightpence", "10": "tenpence",
}  # fmt: skip


def pence(digits: str) -> str:
    """An amount of old pence: "sixpence", "eleven pence"."""
    return PENNIES.get(digits) or f"{cardinal(digits)} pence"


def shillings(line: Line, at: int) -> Reading | None:
    """Shillings and pence without pounds: "2s. 6d.", "6d. a day", "a 10s. note"; "it took 10s." is seconds."""
    text = line.text
    found = SHILLINGS.match(text, at)
    if found:
        end, before = found.end(), line.word_before(at)
        if found[2]:
            stop = line.stop(end)
            many = "shilling" if found[1] == "1" else "shillings"
            return said(at, stop, f"{cardinal(found[1])} {many} and {pence(found[2])}")
        if line.ends(end) and before in TIMED:
            return said(at, end - 1, f"{cardinal(found[1])} second{'' if found[1] == '1' else 's'}")
        if (found[1][-1] == "0" and before in DECADE_CUES) or line.before(at)[-1:] == "'":
            return None
        if line.before(at)[:1].isupper() or line.before(at)[1:2].isupper():
            return None
        if text[end : end + 1] == " " and (line.after(end)[:1].isupper() or line.after(end)[:1].isdecimal()):
            return None
        following = line.word_after(end)
        described = before in ("a", "an", "the", "this") and following[:1].isalpha() and following not in NOT_NOUNS
        one = found[1] == "1" or described
        return said(at, line.stop(end), f"{cardinal(found[1])} shilling{'' if one else 's'}")
    found = PENCE.match(text, at)
    if found:
        return said(at, line.stop(found.end()), pence(found[1]))
    return None


def ordinal_d(line: Line, at: int) -> Reading | None:
    """Ordinals with a bare d: "the 22d of March", "2d Lt."."""
    found = ORDINAL_D.match(line.text, at) or DAY_D.match(line.text, at)
    if not found or found[1][-2:] in ("12", "13"):
        return None
    before, following = line.word_before(at), line.after(found.end())
    if line.word_after(found.end()) in (
        "graphics",
        "printer",
        "printing",
        "film",
        "films",
        "model",
        "models",
        "printed",
    ):
        return None
    cue = before in ("the", "on", "and", "of", "u.s", "his", "her", "their") or following[:1].isupper()
    return said(at, found.end(1) + 1, ordinal(found[1])) if cue or following == "of" else None


def short_years(line: Line, at: int) -> Reading | None:
    """Two years, the second by its last figure: "1783-4"."""
    found = YEARS.match(line.text, at)
    if not found or int(found[3]) != (int(found[2]) + 1) % 10:
        return None
    return said(at, found.end(), f"{year(found[1])} to {cardinal(found[3])}")


def prefixed_year(line: Line, at: int) -> Reading | None:
    """A year behind a prefix: "pre-1967", "post-2014"."""
    found = YEAR.match(line.text, at) if line.text[at - 1 : at] == "-" else None
    if not found or not PREFIXED.search(line.text, max(0, at - 6), at):
        return None
    return said(at, found.end(), year(found[1]))


def angle(line: Line, at: int) -> Reading | None:
    """Degrees with minutes: "45° 12'", "50°27'N"."""
    found = ANGLE.match(line.text, at)
    if not found:
        return None
    parts = [_share(found[1], "degree"), _share(found[2], "minute")]
    if found[3]:
        parts.append(_share(found[3], "second"))
    if found[4]:
        parts.append(SIDES[found[4]])
    return said(at, found.end(), " ".join(parts))


def _share(digits: str, unit: str) -> str:
    whole, _, part = digits.partition(".")
    number = cardinal(whole) + (" point " + " ".join(cardinal(digit) for digit in part) if part else "")
    return f"{number} {unit}{'' if digits == '1' else 's'}"
