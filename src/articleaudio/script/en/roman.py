"""Roman numerals: kings and chapters, wars and centuries."""

from __future__ import annotations

import re

from articleaudio.script.en.data_names import NOT_ROMAN, PARTS, PARTS_I, REGNAL
from articleaudio.script.en.numbers import cardinal, ordinal
from articleaudio.script.line import Line
from articleaudio.script.rule import Reading, said
from articleaudio.script.words import words

ROMAN = re.compile(r"(M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?![\w])", re.IGNORECASE)
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
CENTURY = re.compile(r" (?:century|centuries|olympiad|congress|corps|army|legion)\b", re.IGNORECASE)
TITLES_BEFORE = words("""
king queen pope emperor tsar czar prince sultan shah kaiser patriarch emperors kings popes saint
""")
NAME = re.compile(r"[A-Z][^\W\d_]+(?:-[A-Z][^\W\d_]+)*$")


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral in either case."""
    total = 0
    digits = [VALUES[char] for char in numeral.lower()]
    for place, digit in enumerate(digits):
        total += -digit if any(digit < later for later in digits[place + 1 : place + 2]) else digit
    return total


def roman(line: Line, at: int) -> Reading | None:
    """Roman numerals where something says they are numbers: "Pope Leo XIV", "Chapter IV", "World War II"."""
    text = line.text
    found = ROMAN.match(text, at)
    if not found or not found[1] or (at and text[at - 1] not in " \u00a0-("):
        return None
    numeral, end = found[1], found.end()
    value = str(roman_value(numeral))
    if at > 1 and text[at - 1] == "-" and text[at - 2].isdecimal() and len(numeral) > 1:
        return said(at, end, cardinal(value))
    before = line.before(at)
    head = before.strip(",.\"'“”()-—–").rpartition("-")[2] if text[at - 1 : at] == "-" else before
    word = head.strip("\"'“”()-").lower()
    if not numeral.isupper() and not numeral.islower():
        return None
    if word in PARTS and not (numeral.islower() and len(numeral) == 1 and numeral not in "iv"):
        bare = numeral in ("I", "i")
        if bare and not (word in PARTS_I and head[:1].isupper() and numeral == "I" and _part_ends(line, end)):
            return None
        if numeral in ("V", "X", "v", "x", "C", "D", "L", "M") and not (head[:1].isupper() and numeral in ("V", "X")):
            return None
        if numeral.upper() in NOT_ROMAN or (numeral == "II" and word in ("king", "prince")):
            return None
        return said(at, end, cardinal(value))
    if numeral.islower():
        return None
    if len(numeral) > 1 and _in_row(line, at):
        return said(at, end, f"the {ordinal(value)}")
    if CENTURY.match(text, end) and numeral not in ("I", "C", "D", "M", "L", "MC", "DC"):
        return said(at, end, ordinal(value))
    reading = _regnal(line, at, end=end, numeral=numeral, value=value, before=before)
    alone = len(numeral) > 2 and set(numeral) <= set("IVX") and numeral not in NOT_ROMAN
    return reading or (said(at, end, cardinal(value), 0.6) if alone else None)


def _in_row(line: Line, at: int) -> bool:
    """Whether a numeral goes on a row of them: "Louis XIV, XV and XVI"."""
    for back in range(1, 6):
        chunk = line.before(at, back).strip(",")
        if chunk in REGNAL and back > 1:
            return True
        found = ROMAN.fullmatch(chunk)
        if chunk not in ("and", "or", "to", "&") and not (found and chunk.isupper()):
            return False
    return False


def _part_ends(line: Line, end: int) -> bool:
    """Whether "Part I" is not the start of "part I played"."""
    following = line.word_after(end)
    return not following or following not in (
        "am",
        "was",
        "have",
        "had",
        "want",
        "played",
        "think",
        "thought",
        "would",
        "will",
        "can",
        "could",
        "saw",
        "did",
        "do",
    )


def _regnal(line: Line, at: int, *, end: int, numeral: str, value: str, before: str) -> Reading | None:
    """Ordinals behind names: "Henry VIII", "Bob Smith II"."""
    name = before.rstrip(".") if len(before) < 4 else before
    if not NAME.match(name) or numeral in ("C", "D", "L", "M") or numeral in NOT_ROMAN or int(value) > 50:
        return None
    single = len(numeral) == 1
    first = name.split("-")[0]
    if single:
        earlier = line.word_before(at, 2)
        if name not in REGNAL and first not in REGNAL and earlier not in TITLES_BEFORE:
            return None
        if (
            numeral == "I"
            and earlier not in TITLES_BEFORE
            and line.word_after(end)
            in (
                "am",
                "was",
                "have",
                "had",
                "think",
                "would",
                "will",
                "know",
                "want",
                "could",
                "can",
                "said",
                "do",
                "did",
            )
        ):
            return None
        if numeral == "X" and name == "Malcolm":
            return None
        if text_dot_initial(line, end) and name not in REGNAL:
            return None
    return said(at, _absorb(line, end), f"the {ordinal(value)}")


def text_dot_initial(line: Line, end: int) -> bool:
    """Whether a single capital is an initial: "Charles V. Smith"."""
    return line.text[end : end + 2] == ". " and line.text[end + 2 : end + 3].isupper()


def _absorb(line: Line, end: int) -> int:
    """Old books write "Charles I." with a period: it is the numeral's where the sentence goes on."""
    text = line.text
    if text[end : end + 1] == "." and (
        text[end + 1 : end + 2] in (",", ";") or (text[end + 1 : end + 2] == " " and text[end + 2 : end + 3].islower())
    ):
        return end + 1
    return end
