"""Roman numerals: kings and chapters, wars and centuries."""

from __future__ import annotations

import re

from articleaudio.script.en.data_names import (
    MANY_PARTS,
    NOT_ROMAN,
    PARTS,
    PARTS_I,
    PRONOUN_VERBS,
    REGNAL,
    THINGS,
)
from articleaudio.script.en.numbers import cardinal, ordinal
from articleaudio.script.line import Line
from articleaudio.script.rule import Reading, said
from articleaudio.script.words import words

ROMAN = re.compile(r"(M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?![\w])", re.IGNORECASE)
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
CENTURY = re.compile(
    r" (?:(?:Airborne|Party|Armored|Army|Winter|Summer|Olympic) )?"
    r"(?:century|centuries|olympiad|congress|corps|army|legion|games)\b",
    re.IGNORECASE,
)
TITLES_BEFORE = words("""
king queen pope emperor tsar czar prince sultan shah kaiser patriarch emperors kings popes saint
""")
NAME = re.compile(r"[A-Z][^\W\d_]+(?:-[^\W\d_]+)*$")
RANGE = re.compile(r" ?[-–] ?(?=[IVX])")


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
    if not numeral.isupper() and not numeral.islower():
        return None
    value = str(roman_value(numeral))
    if at > 1 and text[at - 1] == "-" and text[at - 2].isdecimal() and len(numeral) > 1:
        return said(at, end, cardinal(value))
    before = line.before(at)
    head = before.strip(",.\"'“”()-—–").rpartition("-")[2] if text[at - 1 : at] == "-" else before
    word = head.strip("\"'“”()-").lower()
    if _heads(word):
        part = _part(line, end=end, numeral=numeral, head=head, word=_heads(word))
        return _ranged(line, at, end, value) if part else None
    if numeral.islower():
        return None
    row = _row(line, at) if numeral != "I" or _part_ends(line, end) else ""
    if row:
        return said(at, end, cardinal(value) if row == "part" else f"the {ordinal(value)}")
    if CENTURY.match(text, end) and numeral not in ("I", "C", "D", "M", "L", "MC", "DC"):
        return said(at, end, ordinal(value))
    if before.isupper() and len(before) > 2 and before.isalpha() and before.capitalize() not in REGNAL:
        known = len(numeral) > 1 or before in ("SALT", "START")
        return said(at, end, cardinal(value)) if known and numeral not in NOT_ROMAN else None
    reading = _regnal(line, at, end=end, numeral=numeral, value=value, before=before)
    alone = len(numeral) > 2 and set(numeral) <= set("IVX") and numeral not in NOT_ROMAN
    return reading or (said(at, end, cardinal(value), 0.6) if alone else None)


def _heads(word: str) -> str:
    """The part that a word before a numeral names ("chapters" is "chapter"); empty if it names none."""
    if word in PARTS:
        return word
    if word.removesuffix("s") in MANY_PARTS:
        return word
    stem = word.partition("-")[0]
    return stem if stem != word and stem in PARTS else ""


def _part(line: Line, *, end: int, numeral: str, head: str, word: str) -> bool:
    """Whether a numeral counts behind the word for a part: "Chapter IV", not "Gen X" or "the part I played"."""
    if text_dot_initial(line, end) and len(numeral) == 1:
        return False
    if word in ("war", "bowl") and numeral in ("I", "V", "X"):
        return head[:1].isupper()
    many = word not in PARTS
    if numeral.islower() and len(numeral) == 1 and numeral not in "iv":
        return False
    if numeral in ("I", "i"):
        named = word in PARTS_I or many
        capital = head[:1].isupper() or line.word_after(end) in ("of", "to", "and") or line.text[end : end + 1] == "-"
        return named and capital and numeral == "I" and _part_ends(line, end)
    if numeral in ("V", "X", "v", "x", "C", "D", "L", "M"):
        return head[:1].isupper() and numeral in ("V", "X") and word not in ("gen", "generation")
    sure = word in ("wrestlemania", "bowl")
    return not ((numeral.upper() in NOT_ROMAN and not sure) or (numeral == "II" and word in ("king", "prince")))


def _ranged(line: Line, at: int, end: int, value: str) -> Reading:
    """The number of a part, and the number that a dash joins to it: "Zone II-III"."""
    more = RANGE.match(line.text, end)
    found = ROMAN.match(line.text, more.end()) if more else None
    if found and found[1] and found[1].isupper():
        return said(at, found.end(), f"{cardinal(value)} to {cardinal(str(roman_value(found[1])))}")
    return said(at, end, cardinal(value))


def _row(line: Line, at: int) -> str:
    """Whether a numeral goes on a row of them: "Louis XIV, XV and XVI" ("name"), "parts II and III" ("part")."""
    numbered = False
    for back in range(1, 6):
        chunk = line.before(at, back).strip(",.")
        if numbered and chunk in REGNAL and chunk.lower() not in PARTS:
            return "name"
        if numbered and _heads(chunk.lower()):
            return "part"
        found = ROMAN.fullmatch(chunk) if chunk else None
        if found and chunk.isupper():
            numbered = True
        elif chunk not in ("and", "or", "to", "&", "of"):
            return ""
    return ""


def _part_ends(line: Line, end: int) -> bool:
    """Whether "Part I" is not the start of "part I played"."""
    following = line.word_after(end)
    return not following or not (following in PRONOUN_VERBS or (following.endswith("ed") and len(following) > 4))


def _regnal(line: Line, at: int, *, end: int, numeral: str, value: str, before: str) -> Reading | None:
    """Ordinals behind names ("Henry VIII", "Bob Smith II"); things are counted ("Top Gun II")."""
    name = before.rstrip(".") if len(before) < 4 else before
    if not NAME.match(name) or numeral in ("C", "D", "L", "M") or numeral in NOT_ROMAN or int(value) > 50:
        return None
    first = name.split("-")[0]
    titled = line.word_before(at, 2) in TITLES_BEFORE
    king = name in REGNAL or first in REGNAL or titled
    if len(numeral) == 1:
        if not king or (numeral == "X" and name == "Malcolm") or text_dot_initial(line, end):
            return None
        if numeral == "I" and not titled and not _first(line, at, end):
            return None
    if not king and _thing(line, at, name):
        return said(at, end, cardinal(value))
    return said(at, _absorb(line, end), f"the {ordinal(value)}")


def _first(line: Line, at: int, end: int) -> bool:
    """Whether "I" behind a king's name is his number, not the writer."""
    following = line.word_after(end)
    if following in ("was", "had", "is", "did"):
        return line.word_before(at, 2) in ("", "of", "by", "under", "and", "that", "when")
    return following not in PRONOUN_VERBS


def _thing(line: Line, at: int, name: str) -> bool:
    """Whether a capitalised name before a numeral is no person's: "Euro VI", "Grand Theft Auto VI"."""
    earlier = line.before(at, 2)
    return name.lower() in THINGS or earlier.lower() in THINGS or earlier in ("&", "v.", "v", "vs.")


def text_dot_initial(line: Line, end: int) -> bool:
    """Whether a single capital is an initial: "Charles V. Smith"."""
    return line.text[end : end + 2] == ". " and line.text[end + 2 : end + 3].isupper()


def _absorb(line: Line, end: int) -> int:
    """Old books write "Charles I." with a period: it is the numeral's where the sentence goes on."""
    text = line.text
    if text[end : end + 1] != ".":
        return end
    if text[end + 1 : end + 2] in (",", ";", "'") or (
        text[end + 1 : end + 2] == " " and text[end + 2 : end + 3].islower()
    ):
        return end + 1
    return end
