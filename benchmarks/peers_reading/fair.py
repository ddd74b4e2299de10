"""The form in which readings are compared: it forgives what a listener cannot hear or would not mind, and nothing else.

Forgiven: case, punctuation, hyphens; "and" within a number and before cents; oh for zero; "a hundred" for "one
hundred"; negative for minus; "the fourth of May" and "May four" for "May fourth"; "A M" for "am" behind a number; per
cent; British spelling; titles every voice reads (Mr, Mrs, Ms); the plural of euro and hryvnia. Not forgiven: any digit
or sign left over, and letters not set apart: what a reader says as "ICBM" is a word, "I.C.B.M." and "I C B M" are
letters. An accepted reading that has "ICBM" accepts both.
"""

import re
import unicodedata


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ONES = words("one two three four five six seven eight nine")
TEENS = words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
TENS = words("twenty thirty forty fifty sixty seventy eighty ninety")
SCALES = words("hundred thousand million billion trillion quadrillion")
NUMBERS = ONES | TEENS | TENS | SCALES | {"zero"}
ORDINAL = re.compile(
    r"first|second|third|fifth|eighth|ninth|twelfth|(?:four|six|seven|ten|eleven|[a-z]+teen|thir)th|[a-z]+ieth"
)
MONTHS = words("january february march april may june july august september october november december")
CENTS = words("cent cents penny pence")
DAYS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth", "twenty": "twentieth", "thirty": "thirtieth",
}  # fmt: skip
"""Ordinals that are not their number with "th"."""
YEAR = re.compile(
    r"(?:[a-z]*teen|ten|eleven|twelve|twenty)"
    r" (?:hundred|zero [a-z]+|ten|eleven|twelve|[a-z]+teen|[a-z]+ty(?: (?!zero)[a-z]+)?)"
    r"|[a-z]+ (?:hundred|thousand)\b.*"
)
"""Number words behind a month that make one year, so that the first is no day."""
SAME = {
    "metre": "meter", "metres": "meters", "kilometre": "kilometer", "kilometres": "kilometers", "litre": "liter",
    "litres": "liters", "millimetre": "millimeter", "millimetres": "millimeters", "centimetre": "centimeter",
    "centimetres": "centimeters", "tonne": "ton", "tonnes": "tons", "centre": "center", "defence": "defense",
    "labour": "labor", "harbour": "harbor", "programme": "program", "calibre": "caliber", "mr": "mister",
    "mrs": "missus", "ms": "miz", "euros": "euro", "hryvnias": "hryvnia", "nought": "zero", "misses": "missus",
    "etc": "etcetera",
}  # fmt: skip
"""One spelling for words that sound alike or mean the same."""
DOTTED = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]\.)+(?:[^\W\d_](?![^\W\d_]))?")
CAPITALS = re.compile(r"(?<![^\W\d_])([A-ZА-ЯІЇЄҐ]{2,})(?:'?(s))?(?![^\W\d_])")
WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
HOUR = re.compile(rf"(oclock|zero|{'|'.join(sorted(ONES | TEENS | TENS))}) ([ap]) m ")
SIGNS = frozenset("$%&@#+=/^°€£¥₴₽₩₹§×÷±½⅓⅔¼¾²³µ~*<>|\\")


def fair(text: str) -> tuple[str, ...]:
    """Give the words of a reading, in the form in which two readings are compared."""
    text = unicodedata.normalize("NFC", text)
    text = DOTTED.sub(lambda found: f" {found[0].replace('.', ' ')} ", text)
    text = re.sub(r"[’ʼ‘`]", "'", text)
    text = re.sub(r"(?<=[^\W\d_]) *'(?=[^\W\d_])", "", re.sub(r" '(?!(?:s|ll|re|ve|t)\b)", " ", text))
    found = WORD.findall(text.lower())
    row = [SAME.get(word, word) for word in found if word[0].isalnum() or word in SIGNS]
    for after in (_joined, _numbers, _without_and, _dates):
        row = after(row)
    return tuple(row)


def accepted(text: str) -> set[tuple[str, ...]]:
    """The forms of an accepted reading: capitals in it may be said as a word or as letters."""
    spelled = CAPITALS.sub(lambda found: " ".join(found[1]) + (f" {found[2]}" if found[2] else ""), text)
    return {fair(text), fair(spelled)}


def same(said: str, readings: tuple[str, ...]) -> bool:
    """Whether what is said is one of the accepted readings."""
    form = fair(said)
    return any(form in accepted(reading) for reading in readings)


def _joined(row: list[str]) -> list[str]:
    """Write "per cent", "et cetera" and "o'clock" in one way."""
    text = f" {' '.join(row)} "
    for apart, together in ((" per cent ", " percent "), (" et cetera ", " etcetera "), (" o clock ", " oclock ")):
        text = text.replace(apart, together)
    text = text.replace(" pounds sterling ", " pounds ")
    return HOUR.sub(r"\1 \2m ", text).split()


def _numbers(row: list[str]) -> list[str]:
    """Say zero, one and minus in one way."""
    made = list(row)
    for at, word in enumerate(row):
        before = made[at - 1] if at else ""
        after = row[at + 1] if at + 1 < len(row) else ""
        if word in ("oh", "o") and (before in NUMBERS or before == "point" or after in NUMBERS):
            made[at] = "zero"
        elif word == "negative" and (after in NUMBERS or after == "point"):
            made[at] = "minus"
        elif word == "a" and (after in SCALES or after == "quarter"):
            made[at] = "one"
    return made


def _number(word: str) -> bool:
    return word in NUMBERS or ORDINAL.fullmatch(word) is not None


def _without_and(row: list[str]) -> list[str]:
    """Leave out "and" within a number and before cents."""
    made: list[str] = []
    for at, word in enumerate(row):
        if word == "and" and 0 < at < len(row) - 1:
            before, after = row[at - 1], row[at + 1]
            if before in SCALES and _number(after) and after not in SCALES:
                continue
            if before.startswith(("dollar", "euro", "pound")) and CENTS & set(row[at + 2 : at + 4]):
                continue
        made.append(word)
    return made


def _dates(row: list[str]) -> list[str]:
    """Say "the fourth of May", "the fourth May", "May the fourth" and "May four" as "May fourth"."""
    made: list[str] = []
    at = 0
    while at < len(row):
        start = at + (row[at] == "the")
        end = start + (row[start : start + 1] in (["twenty"], ["thirty"]))
        if end < len(row) and ORDINAL.fullmatch(row[end]):
            month = end + 1 + (row[end + 1 : end + 2] == ["of"])
            if row[month : month + 1] and row[month] in MONTHS:
                made += [row[month], *row[start : end + 1]]
                at = month + 1
                continue
            if start > at and made and made[-1] in MONTHS:
                at = start
        word = row[at]
        made.append(word)
        at += 1
        if word in MONTHS:
            at += _day(row, at, made)
    return made


def _day(row: list[str], at: int, made: list[str]) -> int:
    """Add the day behind a month as an ordinal where it is said as a number; gives how many words it took."""
    run = []
    while at + len(run) < len(row) and row[at + len(run)] in NUMBERS:
        run.append(row[at + len(run)])
    if not run or run[0] == "zero" or run[0] in SCALES or YEAR.fullmatch(" ".join(run)):
        return 0
    taken = 2 if run[0] in ("twenty", "thirty") and run[1:2] and run[1] in ONES else 1
    if (taken == 1 and run[0] in TENS - {"twenty", "thirty"}) or (run[taken : taken + 1] and run[taken] in SCALES):
        return 0
    if row[at + 1 : at + 2] and taken == 1 and ORDINAL.fullmatch(row[at + 1]):  # "twenty first"
        return 0
    made += [*run[: taken - 1], DAYS.get(run[taken - 1], run[taken - 1] + "th")]
    return taken
