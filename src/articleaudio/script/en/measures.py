"""Measures: units, temperatures, percentages, dimensions, heights."""

from __future__ import annotations

import re

from articleaudio.script.en.attributive import NOT_NOUNS, attributive
from articleaudio.script.en.data_units import CALIBERS, PER, SPACED, TEMPERATURES, TIGHT, UNITS, Unit
from articleaudio.script.en.numbers import cardinal, serial
from articleaudio.script.en.quantity import Quantity, number, quantity
from articleaudio.script.en.years import is_plural_noun
from articleaudio.script.line import Line
from articleaudio.script.rule import Reading, said
from articleaudio.script.words import words

CHUNK = re.compile(r"([ \u00a0-]?)([A-Za-zµμΩ][^\s,;:()\[\]?!\"'“”–—-]{0,14}|[\"″′])")
SPACED_CHUNK = re.compile(r"[ \u00a0-]?((?:sq|cu|mm|fl|square|nautical|MW|kW)\.?[ ]?[A-Za-z]{1,6}\b\.?)")
PERCENT = re.compile(r"[ \u00a0]?(%|‰|pc(?!\w))")
PERCENT_DASH = re.compile(r" ?[-–—] ?(?=[0-9.])")
DEGREES = re.compile(
    r"[ \u00a0]?[°º](?:[ ]?([CFKcf])(?![A-Za-z]))?(?:([NSEW])(?!\w))?|[ -]degrees? ([CF])(?![\w])"
    r"|[ \u00a0]([CF])(?![\w'-]|\. [A-Z])|[ \u00a0]?([℃℉])"
)
TIGHT_DEGREES = re.compile(r"([0-9]{1,3}(?:\.[0-9])?)(?:[-–][0-9]{1,3})?([CF])(?![\w-])")
BY = re.compile(r"[ \u00a0]?[x×*X][ \u00a0]?(?=[0-9.])")
HEIGHT = re.compile(
    r"([3-8])['′] ?([0-9]{1,2})(?:[\"″]|'')?(?![\w])|([3-8])['′](?![\w'])"
    r"|([3-8])-([0-9]{1,2})(?=[ ,](?:forward|guard|center|goalkeeper|striker))"
)
FEET_INCHES = re.compile(r"([0-9]{1,2}) ?ft\.? ([0-9]{1,2}) ?ins?\b\.?")
CALIBER = re.compile(r"\.([0-9]{2,3})(?=[- ]([A-Za-z]+\.?))")
UNIT_WORD = re.compile(r"(km|kg|cm|mm|kWh)(?![\w/]|\.\w)")
HALF = re.compile(r"([0-9]{1,2}) and a half")
THINGS_MEASURED = words("mm kg ft MW GW kV kW oz hp cc mph")
SIDES = {"N": "north", "S": "south", "E": "east", "W": "west"}
AT_SEA = words("off from north south east west northeast northwest southeast southwest offshore away out")
LONG_ENOUGH = words("tall long high deep wide thick away apart from of in to at above below")


def unit_behind(line: Line, q: Quantity) -> tuple[int, Unit] | None:
    """The unit behind an amount, and where it ends."""
    text = line.text
    spaced = SPACED_CHUNK.match(text, q.end)
    if spaced:
        for form in (spaced[1], spaced[1].rstrip(".")):
            if form in SPACED:
                return q.end + spaced[0].index(spaced[1]) + len(form), SPACED[form]
    found = CHUNK.match(text, q.end)
    if not found:
        return None
    chunk, start = found[2], found.start(2)
    for form in (chunk, chunk.rstrip("."), chunk.rstrip("./")):
        unit = UNITS.get(form) or _compound(form)
        if form == "nm" and line.word_after(start + len(form)) in AT_SEA:
            unit = Unit("nautical mile", "nautical miles")
        if unit and _safe(q, found[1], form):
            end = start + len(form)
            return (line.stop(end) if form.endswith(".") else end), unit
        unit = TIGHT.get(form)
        if unit and _tight(line, q, found[1], form):
            return start + len(form), unit
    return None


def _compound(form: str) -> Unit | None:
    """A unit per a unit: "g/km"."""
    over, slash, under = form.partition("/")
    per = PER.get(under)
    unit = UNITS.get(over) or TIGHT.get(over)
    if not slash or not per or not unit:
        return None
    return Unit(f"{unit.one} per {per}", f"{unit.many} per {per}")


def _safe(q: Quantity, gap: str, form: str) -> bool:
    """Whether a unit that is also something else may be one here."""
    if form in (
        "MP",
        "MT",
        "HP",
        "AU",
        "CC",
        "cal",
        "cd",
        "mb",
        "ft.",
        "st.",
        "mos",
        "EB",
        "PB",
        "NM",
        "FPS",
        "Mach",
        "kn",
    ):
        return gap != "-" and not q.first.grouped
    return form not in ("foot", "feet")


def _tight(line: Line, q: Quantity, gap: str, form: str) -> bool:
    """Whether a one-letter unit is one here."""
    text, after = line.text, line.word_after(q.end + len(gap) + len(form))
    if form == "W" and gap and re.match(r"W\.? (?:[0-9]+(?:st|nd|rd|th)|[A-Z])", text[q.end + 1 : q.end + 12]):
        return False
    if form in ("in", "in.") and gap == "-" and text[q.end + 3 : q.end + 4] == "-":
        return False
    if form in ("m", "g", "l", "L", "t", "W", "V"):
        return not (
            form == "m" and not gap and (after in ("people", "users") or (is_plural_noun(after) and q.first.part))
        )
    if form == "h":
        return True
    if form == "s":
        return bool(gap == " " or q.first.part)
    if form in ('"', "″", "′"):
        return not gap and (form != '"' or text[max(0, q.end - 200) : q.end].count('"') % 2 == 0)
    if form in ("in", "in."):
        if (
            not line.text[q.end + 3 + (form == "in.") :].strip(" .")
            and line.text[: q.end].strip().replace(".", "").isdecimal()
        ):
            return True
        return (
            gap != " "
            or (form == "in." and text[q.end + 4 : q.end + 5] in (",", ";", ")"))
            or (form == "in." and bool(after) and after not in ("the", "a") and not line.after(q.end + 4)[:1].isupper())
        )
    if form in ("x", "X", "×"):
        return not gap and not (form == "X" and len(q.first.whole) == 3)
    if form == "K":
        return len(q.first.whole) > 3 and line.ends(q.end + 2)
    return form == "A" and bool(q.first.part)


def measure(line: Line, at: int) -> Reading | None:
    """An amount with its unit: "300km", "155mm shell", "120 km/h", "7.62×39mm"."""
    text = line.text
    q = quantity(text, at)
    if not q or (q.first.whole[:1] == "0" and len(q.first.whole) > 1 and not q.first.part):
        return None
    words, end = q.words, q.end
    crossed = False
    for _ in range(3):
        by = BY.match(text, end)
        if not by:
            break
        other = quantity(text, by.end(), ranged=False)
        if not other:
            break
        words, end, crossed = f"{words} by {other.words}", other.end, True
    if crossed:
        q = q._replace(words=words, end=end, one=False)
    elif not q.magnitude and _millions(line, q):
        return said(at, q.end + 1, f"{words} million")
    found = unit_behind(line, q)
    if found:
        end, unit = found
        single = q.one or text[q.end] == "-" or attributive(line, at, end, strict=not _caliber(text, q, end))
        return said(at, end, f"{q.words} {unit.one if single else unit.many}")
    return said(at, end, words) if crossed else None


def _caliber(text: str, q: Quantity, end: int) -> bool:
    """Whether the measure names a thing ("155mm shells", "500kg bombs"), not a distance."""
    return text[q.end : end].strip(" .\u00a0") in THINGS_MEASURED


def _millions(line: Line, q: Quantity) -> bool:
    """Whether "m" behind a number is a million: "5m people"."""
    text, end = line.text, q.end
    if text[end : end + 1] != "m" or text[end + 1 : end + 2].isalnum() or text[end + 1 : end + 2] in "/²³-":
        return False
    if "population" in text[max(0, end - 30) : end]:
        return True
    after = line.word_after(end + 1)
    return after in ("people", "users", "children", "women", "men", "tonnes", "tons", "barrels") or (
        is_plural_noun(after)
        and after not in NOT_NOUNS
        and after not in ("hurdles", "sprints", "relays", "races", "freestyle")
        and (bool(q.first.part) or len(q.first.whole) < 3)
    )


def temperature(line: Line, at: int) -> Reading | None:
    """Degrees: "5C", "-10 °F", "45°N", "20 degrees C"."""
    text = line.text
    q = quantity(text, at)
    if not q:
        return None
    found = DEGREES.match(text, q.end)
    if not found:
        tight = TIGHT_DEGREES.match(text, at)
        if not tight or line.word_before(at) in (
            "flat",
            "apartment",
            "unit",
            "seat",
            "row",
            "gate",
            "room",
            "exhibit",
            "no",
        ):
            return None
        return said(at, tight.end(), f"{q.words} degree{'' if q.one else 's'} {TEMPERATURES[tight[2]]}")
    degrees = "degree" if q.one else "degrees"
    scale = found[1] or found[3] or found[4] or {"℃": "C", "℉": "F"}.get(found[5] or "")
    if scale in ("K", "k"):
        return said(at, found.end(), f"{q.words} kelvin")
    say = f"{q.words} {degrees}"
    if scale:
        say += f" {TEMPERATURES[scale]}"
    if found[2]:
        say += f" {SIDES[found[2]]}"
    return said(at, found.end(), say)


def percent(line: Line, at: int) -> Reading | None:
    """Percentages: "42.56%", "3-4%", "5.25%-5.5%"."""
    text = line.text
    q = quantity(text, at)
    found = PERCENT.match(text, q.end) if q else None
    if not q or not found:
        return None
    unit = "per mille" if found[1] == "‰" else "percent"
    end, say = found.end(), f"{q.words} {unit}"
    dash = PERCENT_DASH.match(text, end)
    if dash and (high := quantity(text, dash.end(), ranged=False)) and (again := PERCENT.match(text, high.end)):
        return said(at, again.end(), f"{say} to {high.words} {unit}")
    return said(at, end, say)


UNIT_WORDS = {
    "km": "kilometer",
    "kg": "kilogram",
    "cm": "centimeter",
    "mm": "millimeter",
    "mph": "",
    "kwh": "kilowatt hour",
}


def unit_word(line: Line, at: int) -> Reading | None:
    """Units without a number: "half a km", "per kWh"."""
    found = UNIT_WORD.match(line.text, at)
    one = UNIT_WORDS.get(found[1].lower(), "") if found else ""
    if not found or not one:
        return None
    single = line.word_before(at) in ("a", "per", "each", "every", "one", "square", "cubic")
    return said(at, found.end(), one if single else one + "s")


def height(line: Line, at: int) -> Reading | None:
    """Feet and inches: 6'2", 5ft 10in."""
    found = FEET_INCHES.match(line.text, at)
    if found:
        inches = f"{cardinal(found[2])} inch{'' if found[2] == '1' else 'es'}"
        return said(
            at, line.stop(found.end()), f"{cardinal(found[1])} {'foot' if found[1] == '1' else 'feet'} {inches}"
        )
    found = HEIGHT.match(line.text, at)
    if not found:
        return None
    if found[1]:
        return said(at, found.end(), f"{cardinal(found[1])} foot {cardinal(found[2])}")
    if found[4]:
        return said(at, found.end(), f"{cardinal(found[4])} foot {cardinal(found[5])}")
    return None


def caliber(line: Line, at: int) -> Reading | None:
    """Calibers: ".45 caliber", ".357 Magnum"."""
    found = CALIBER.match(line.text, at)
    if not found or found[2].lower() not in CALIBERS or (at and line.text[at - 1].isalnum()):
        return None
    return said(at, found.end(1), serial(found[1]) if not found[1].startswith("0") else f"point {serial(found[1])}")


def point(line: Line, at: int) -> Reading | None:
    """A decimal without a whole part: ".5"; with its unit or percent sign."""
    if at and (line.text[at - 1].isalnum() or line.text[at - 1] == "."):
        return None
    reading = percent(line, at) or temperature(line, at) or measure(line, at)
    if reading:
        return reading
    found = number(line.text, at)
    return said(at, found.end, found.words) if found else None
