"""Numbers by themselves: fixed phrases, fractions, ordinals, ranges, scores, codes, and the plain number last."""

from __future__ import annotations

import re

from articleaudio.script.en.data_names import STATES, STREETS
from articleaudio.script.en.measures import unit_behind
from articleaudio.script.en.numbers import cardinal, fraction, ordinal, serial, spelled, year
from articleaudio.script.en.quantity import VULGAR, Number, Quantity, quantity
from articleaudio.script.en.years import is_plural_noun
from articleaudio.script.line import Line
from articleaudio.script.rule import Piece, Reading, said
from articleaudio.script.words import words

FIXED = re.compile(
    r"(401\(k\)|403\(b\)|501\(c\)|24/7|9/11|7/7|20/20|50/50|365/24/7|3/11|7-Eleven|4/20|9-1-1|5-0)(?![\w/]|[.:-][0-9])"
)
FIXED_WORDS = {
    "24/7": "twenty-four seven", "9/11": "nine eleven", "7/7": "seven seven", "20/20": "twenty twenty",
    "50/50": "fifty-fifty", "401(k)": "four oh one K.", "403(b)": "four oh three B.", "501(c)": "five oh one C.",
    "7-Eleven": "seven-Eleven", "9-1-1": "nine one one",
}  # fmt: skip
FRACTION = re.compile(r"([0-9]{1,4})[/⁄]([0-9]{1,4})(?:rds?|ths?)?(?![0-9/⁄]|\.[0-9]|-[0-9])")
ORDINAL = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,8}|[0-9]{1,24})(?:st|nd|rd|th|ST|ND|RD|TH|ˢᵗ|ⁿᵈ|ʳᵈ|ᵗʰ)(?![\w])")
ORDINAL_RANGE = re.compile(r"([0-9]{1,3})(?:st|nd|rd|th)?([-–/])([0-9]{1,3})(?:st|nd|rd|th)(?!\w)")
CHAIN = re.compile(r"[0-9]{1,3}(?:[-–][0-9]{1,3}){2,11}(?![\w-])")
MODEL = re.compile(r"(7[0-9]7|A?3[0-9]{2})-([0-9]{1,4})([A-Z]{0,2})(?![\w])")
BOOKS = words("""
genesis exodus leviticus matthew mark luke john acts romans corinthians psalm psalms surah isaiah proverbs matt cor
""")
RATIO = re.compile(r"([0-9]{1,4}):([0-9]{1,4})(?![0-9:])")
HOUSE = re.compile(
    r"([0-9]{1,5})(?=[ ](?:(?:[NSEW]|NE|NW|SE|SW)\.? )?(?:(?:[A-Z][a-z'.]+|[0-9]+(?:st|nd|rd|th)) ){1,3}(?:"
    + "|".join(sorted({word.title() for word in STREETS} | set(STREETS.values()) | {"st", "ave"}))
    + r")\b(?![ ][a-z]*s\b)"
    r"|[ ](?:North|South|East|West|[NSEW]\.) "
    r"(?!Korea|America|Afric|Vietnam|Carolin|Dakot|Ossetia|Sudan|Asia|Europe|German|Bank|Virginia)"
    r"[A-Z][a-z]+(?!an\b|ese\b)\b(?! [a-z]+s\b))"
)
HOUSE_STARTS = words("at in on of to near from the lived live lives address resides and")
ZIP = re.compile(r"([0-9]{5})(?:-([0-9]{4}))?(?![0-9\w-])")
NAMED = words(
    "route highway hwy flight interstate boeing airbus room suite apartment freeway bus u.s form h.r rte channel"
)
CODE_WORDS = words("code pin otp password passcode in zip id serial")
DIGITS = re.compile(r"[0-9]+")
PLURAL = re.compile(r"([0-9]+)'?s(?!\w)")
ALNUM = re.compile(r"(?=[0-9]*[A-Za-z])[0-9A-Za-z]{2,24}(?![\w])")
TAIL = re.compile(r"([0-9]+)([A-Z]{1,3})(s?)(?![\w])")
RATED = words("rated scored scores score rating rates gave got grade earned")
LIST_MARK = re.compile(r"[0-9]{1,3}\.(?= [A-Z])")


def fixed(line: Line, at: int) -> Reading | None:
    """Set phrases: "24/7", "9/11", "50/50"."""
    found = FIXED.match(line.text, at)
    say = FIXED_WORDS.get(found[1]) if found else None
    return said(at, found.end(), say) if found and say else None


def fractions(line: Line, at: int) -> Reading | None:
    """Vulgar fractions, and numbers above one another: "2/3", "120/80", "2 1/2"."""
    text = line.text
    found = FRACTION.match(text, at)
    if not found:
        return None
    top, bottom = found[1], found[2]
    if line.before(at) in ("No.", "no.", "Nos.", "№") or (len(bottom) == 4 and bottom[:2] in ("19", "20")):
        return said(at, found.end(), f"{_plain(top)} slash {year(bottom) if len(bottom) == 4 else _plain(bottom)}")
    share = Quantity(
        found.end(), "", one=True, first=Number(found.end(), top, "", grouped=False, words=""), last=None, magnitude=""
    )
    unit = unit_behind(line, share) if int(bottom) > 1 and bottom[0] != "0" else None
    if unit:
        return said(at, unit[0], f"{fraction(top, bottom)} {unit[1].one}")
    if line.word_before(at) in RATED and bottom in ("5", "10", "100"):
        return said(at, found.end(), f"{cardinal(top)} out of {cardinal(bottom)}")
    if int(top) + int(bottom) == 100 and len(top) == len(bottom) == 2:
        return said(at, found.end(), f"{cardinal(top)} {cardinal(bottom)}")
    if int(bottom) == 0 or bottom[0] == "0" or top[0] == "0" or bottom == "1" or (int(top) > int(bottom) > 20):
        return said(at, found.end(), f"{_plain(top)} over {_plain(bottom)}")
    return said(at, found.end(), fraction(top, bottom))


def _plain(digits: str) -> str:
    return spelled(digits) if digits[0] == "0" and len(digits) > 1 else cardinal(digits)


def vulgar(line: Line, at: int) -> Reading | None:
    """A fraction in one character: "½"."""
    top, bottom = VULGAR[line.text[at]]
    if line.text[at + 1 : at + 2].isalnum():
        return None
    return said(at, at + 1, fraction(top, bottom))


def ordinals(line: Line, at: int) -> Reading | None:
    """Ordinals: "47th", "9,000,000th", "4th-5th"."""
    found = ORDINAL_RANGE.match(line.text, at)
    if found:
        middle = " to " if found[2] != "/" else " "
        return said(at, found.end(), f"{ordinal(found[1])}{middle}{ordinal(found[3])}")
    found = ORDINAL.match(line.text, at)
    return said(at, found.end(), ordinal(found[1].replace(",", ""))) if found else None


def ranges(line: Line, at: int) -> Reading | None:
    """Ranges and scores: "5-11", "215-210", "50-50"; chains and model numbers are no ranges."""
    text = line.text
    model = MODEL.match(text, at)
    if model:
        tail = " " * bool(model[3]) + "".join(f"{letter}." for letter in model[3])
        return said(at, model.end(), f"{serial(model[1])} {serial(model[2])}{tail}")
    chain = CHAIN.match(text, at)
    if chain:
        parts = re.split("[-–]", chain[0])
        return said(at, chain.end(), " ".join(_plain(part) for part in parts))
    q = quantity(text, at)
    if not q or not q.last or text[q.end : q.end + 1].isalpha():
        return None
    if line.before(at) in ("No.", "no.") and "-" in text[at : q.end]:
        return said(at, q.end, f"{q.first.words} dash {q.last.words}")
    if q.first.words == q.last.words and not q.magnitude:
        return said(at, q.end, f"{q.first.words} {q.last.words}")
    return said(at, q.end, q.words)


def ratio(line: Line, at: int) -> Reading | None:
    """Odds, scales and scores with a colon: "10:1"."""
    found = RATIO.match(line.text, at)
    if not found:
        return None
    joint = " " if line.word_before(at) in BOOKS else " to "
    return said(at, found.end(), f"{_plain(found[1])}{joint}{_plain(found[2])}")


def house(line: Line, at: int) -> Reading | None:
    """House numbers: "2788 San Tomas Expy"."""
    found = HOUSE.match(line.text, at)
    if not found or line.word_before(at) in ("than", "about", "over", "killed", "some"):
        return None
    return said(at, found.end(), serial(found[1]))


def named(line: Line, at: int) -> Reading | None:
    """Numbers of roads, flights, rooms and models: "Flight 370", "U.S. 101"."""
    found = DIGITS.match(line.text, at)
    if not found or not 2 < len(found[0]) < 5 or line.text[found.end() : found.end() + 2].strip(",.").isdecimal():
        return None
    if line.word_before(at) not in NAMED or is_plural_noun(line.word_after(found.end())):
        return None
    return said(at, found.end(), serial(found[0]))


def codes(line: Line, at: int) -> Reading | None:
    """Numbers that name something digit by digit: postal codes behind a state, "card ending in 8876", "007"."""
    text = line.text
    before = line.before(at).strip(",.")
    found = ZIP.match(text, at)
    if found and (before in STATES or before in STATES.values() or line.word_before(at) in ("zip", "code")):
        more = f", {spelled(found[2])}" if found[2] else ""
        return said(at, found.end(), spelled(found[1]) + more)
    digits = DIGITS.match(text, at)
    if (
        not digits
        or text[digits.end() : digits.end() + 2].strip(".,:/-%").isdecimal()
        or text[digits.end() : digits.end() + 1].isalpha()
    ):
        return None
    if digits[0][0] == "0" and len(digits[0]) > 1:
        return said(at, digits.end(), spelled(digits[0]))
    word, earlier = line.word_before(at), line.word_before(at, 2)
    named = word in ("code", "pin", "otp", "password", "passcode") or (
        word in ("is", "in") and earlier in ("code", "pin", "otp", "ending", "password")
    )
    return said(at, digits.end(), spelled(digits[0])) if named and len(digits[0]) > 2 else None


def alphanumeric(line: Line, at: int) -> Reading | None:
    """Digits and letters mixed: "5G", "3D", "2A4", "4x4"."""
    text = line.text
    found = ALNUM.match(text, at)
    q = quantity(text, at, ranged=False) if found else None
    if not found or (q and q.magnitude):
        return None
    pieces: list[Piece] = []
    for part in re.finditer(r"[0-9]+|[A-Za-z]+", found[0]):
        start, end = at + part.start(), at + part.end()
        gap = " " if pieces else ""
        if part[0].isdecimal():
            pieces.append(Piece(start, end, gap + serial(part[0])))
        elif part[0] == "s" and end == found.end() and pieces:
            last = pieces.pop()
            pieces.append(Piece(last.start, end, last.say + "s"))
        elif part[0].isupper() and len(part[0]) < 5:
            pieces.append(Piece(start, end, gap + ".".join(part[0]) + "."))
        else:
            pieces.append(Piece(start, end, gap + part[0]))
    return tuple(pieces)


def numbers(line: Line, at: int) -> Reading | None:
    """Any other number, with a short magnitude if it has one: "300k", "20000"."""
    q = quantity(line.text, at, ranged=False)
    if not q:
        return None
    if q.magnitude and at > 1 and line.text[at - 1] == "-" and line.text[at - 2].isalnum():
        return said(at, q.first.end, f"{serial(q.first.whole)} ")
    if len(q.first.whole) > 60 or len(q.first.part) > 60:
        digits = DIGITS.match(line.text, at)
        if digits:
            step = 30
            return tuple(
                Piece(
                    at + cut,
                    min(at + cut + step, digits.end()),
                    (" " if cut else "") + spelled(digits[0][cut : cut + step]),
                )
                for cut in range(0, len(digits[0]), step)
            )
    follow = line.text[q.end : q.end + 1]
    say = f"{q.words} " if follow.isalpha() else q.words
    return said(at, q.end, say)
