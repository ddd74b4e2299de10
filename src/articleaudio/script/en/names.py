"""Designators: aircraft and viruses, roads and models, versions."""

from __future__ import annotations

import re

from articleaudio.script.en.data_names import WORD_PREFIXES
from articleaudio.script.en.numbers import cardinal, decimal, plural, serial, spelled
from articleaudio.script.line import Line
from articleaudio.script.rule import Piece, Reading, letters, said

DESIGNATOR = re.compile(
    r"([A-Za-z]{1,7})([- ]?)([0-9]{1,6}(?:\.[0-9]{1,3}|(?:/[0-9]{1,4}){1,2})?)"
    r"([A-Z]{0,2}[0-9]{0,2}[A-Z]?(?:-[0-9]{1,2}[A-Z]?)?)((?:'?s)?)(?![\w])"
)
VERSION = re.compile(r"[vV]\.?([0-9]{1,3}(?:\.[0-9]{1,4}){1,3})(?![\w])")
VARIANT = re.compile(r"([A-Z]{1,3})((?:\.[0-9]{1,3})+)(?![\w])")
MIXED = re.compile(r"[A-Za-z0-9]{2,16}(?![\w])")
PARTS_OF = re.compile(r"[0-9]+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def designator(line: Line, at: int) -> Reading | None:
    """Letters with a number: "F-16s", "Su-34", "Kh-101", "COVID-19", "G7", "H5N1", "Leopard 2A4"."""
    text = line.text
    version = VERSION.match(text, at)
    if version:
        number = " point ".join(serial(part) if part[0] != "0" else spelled(part) for part in version[1].split("."))
        return said(at, version.end(), f"version {number}")
    variant = VARIANT.match(text, at)
    if variant:
        number = " point ".join(serial(part) for part in variant[2].split(".") if part)
        return (letters(at, variant.end(1), variant[1]), Piece(variant.end(1), variant.end(), f" point {number}"))
    found = DESIGNATOR.match(text, at)
    if not found or (found[2] == " " and not found[1].isupper()):
        return _mixed(line, at)
    head, gap, tail = found[1], found[2], found[4]
    if (
        gap == " "
        and head not in ("COP", "COVID", "MI", "DC")
        and (
            len(head) > 3
            or head
            in (
                "A",
                "I",
                "AD",
                "BC",
                "AM",
                "PM",
                "NO",
                "US",
                "UK",
                "EU",
                "UN",
                "AND",
                "THE",
                "IN",
                "OF",
                "TO",
                "FOR",
                "ON",
                "AT",
                "BY",
            )
            or tail
        )
    ):
        return None
    if head == "covid":
        return _two(at, found, "Covid")
    if head.islower() and (gap == "-" or len(head) > 4):
        return None if gap else _mixed(line, at)
    if not head.isupper() and len(head) > 2 and head not in WORD_PREFIXES and gap == "-":
        return _name_number(line, at, found)
    if not head.isupper() and head not in WORD_PREFIXES and not (len(head) == 2 and head[0].isupper()):
        return _mixed(line, at)
    return _two(at, found, WORD_PREFIXES.get(head, ""))


def _two(at: int, found: re.Match[str], word: str) -> Reading:
    """The two or more tokens of a designator."""
    head, gap, digits, tail, s = found.groups()
    if head == "WW" and digits in ("1", "2") and not tail:
        return said(at, found.end(), f"World War {cardinal(digits)}")
    start = found.start(3)
    number = _number(digits)
    if head in ("SARS", "CoV"):
        number = cardinal(digits)
    say = plural(number) if s and not tail else number
    if s and not (tail or gap) and len(head) == 1 == len(digits):
        say = f"{number} s"
    if word or not (head.isupper() or (head.lower().islower() and not set(head.lower()) & set("aeiouy"))):
        first = Piece(at, found.end(1), word or head)
    else:
        first = letters(at, found.end(1), head.upper())
    if gap == "-":
        start = found.start(2)
    pieces = [first, Piece(start, found.end(3), say if gap == " " else " " + say)]
    if tail:
        pieces += _tail(found.start(4), tail, plural_s=s)
    last = pieces[-1]
    pieces[-1] = last._replace(end=found.end())
    return tuple(pieces)


def _number(digits: str) -> str:
    """The number of a designator: in groups, with a point, or with others behind a slash."""
    if "." in digits:
        return decimal(*digits.split("."))
    return " slash ".join(serial(part) for part in digits.split("/"))


def _tail(start: int, tail: str, plural_s: str) -> list[Piece]:
    """What follows the number of a designator: "A2", "B3", "-300"."""
    pieces = []
    for part in re.finditer(r"[0-9]+|[A-Z]+", tail):
        say = serial(part[0]) if part[0].isdecimal() else "".join(f"{letter}." for letter in part[0])
        pieces.append(Piece(start + part.start(), start + part.end(), " " + say))
    if plural_s and pieces:
        last = pieces[-1]
        pieces[-1] = last._replace(say=plural(last.say) if last.say[-1] != "." else last.say + "'s")
    return pieces


def _name_number(line: Line, at: int, found: re.Match[str]) -> Reading | None:
    """A name with a number: "Shahed-136", "Geran-2"; ordinary words are left alone ("mid-80s")."""
    head, _, digits, tail, s = found.groups()
    if (
        not head[0].isupper()
        or tail
        or head.lower() in ("mid", "pre", "post", "top", "under", "over", "sub", "late", "early", "non", "plus")
    ):
        return None
    if (
        head.lower()[:3] in ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
        and len(digits) < 3
    ):
        return None
    number = _number(digits)
    return (
        Piece(at, found.end(1), line.written[at : found.end(1)]),
        Piece(found.start(2), found.end(), " " + (plural(number) if s else number)),
    )


def _mixed(line: Line, at: int) -> Reading | None:
    """Any other mixture of letters and digits: letters said, digits in groups ("ab9453", "H5N1")."""
    text = line.text
    found = MIXED.match(text, at)
    if not found or found[0].isalpha():
        return None
    pieces: list[Piece] = []
    code = not any(char.isupper() for char in found[0]) and sum(map(str.isdecimal, found[0])) > 2
    for part in PARTS_OF.finditer(found[0]):
        start, end = at + part.start(), at + part.end()
        gap = " " if pieces else ""
        if part[0].isdecimal():
            pieces.append(Piece(start, end, gap + (spelled(part[0]) if code else serial(part[0]))))
        elif part[0] == "s" and end == found.end() and pieces:
            last = pieces.pop()
            pieces.append(Piece(last.start, end, plural(last.say)))
        elif part[0].isupper():
            word = WORD_PREFIXES.get(part[0], "".join(f"{letter}." for letter in part[0]))
            pieces.append(Piece(start, end, gap + word) if gap or word[-1] != "." else letters(start, end, part[0]))
        else:
            pieces.append(Piece(start, end, gap + part[0]))
    return tuple(pieces)
