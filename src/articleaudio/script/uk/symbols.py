"""Signs with a name in Ukrainian."""

from __future__ import annotations

import re

from articleaudio.script.line import Line
from articleaudio.script.rule import Piece, Reading, pause, said

NAMED = {
    "&": "і", "+": "плюс", "=": "дорівнює", "×": "на", "±": "плюс-мінус", "≈": "приблизно", "§": "параграф",
    "°": "градусів", "%": "відсотків", "₴": "гривень", "$": "доларів", "€": "євро", "→": "до", "№": "номер",
}  # fmt: skip
BEFORE_AMOUNT = {
    "-": "мінус",
    "+": "плюс",
    "~": "приблизно",
    "≈": "приблизно",
    "<": "менше",
    ">": "понад",
    "±": "плюс-мінус",
}
AMOUNT = re.compile(r"[ ]?[$€£₴]?[0-9]")


def before_amount(line: Line, at: int) -> Reading | None:
    """Signs before an amount: "-5 °C", "~30"."""
    text, sign = line.text, line.text[at]
    if not AMOUNT.match(text, at + 1) or (at and (text[at - 1].isalnum() or text[at - 1] in ".)%")):
        return None
    if sign == "-" and text[at + 1] == " ":
        return None
    start = at + 1 + (text[at + 1] == " ")
    reading = line.read_at(start)
    if not reading or reading[0].start != start:
        return None
    first = reading[0]
    return (Piece(at, first.end, f"{BEFORE_AMOUNT[sign]} {first.say}", first.kind), *reading[1:])


def named(line: Line, at: int) -> Reading | None:
    """Signs that have a name."""
    word = NAMED[line.text[at]]
    left = " " if at and line.text[at - 1].isalnum() else ""
    right = " " if line.text[at + 1 : at + 2].isalnum() else ""
    return said(at, at + 1, f"{left}{word}{right}")


def slash(line: Line, at: int) -> Reading | None:
    """A slash is "or", or a short break."""
    if line.text[at - 1 : at].isalpha() and line.text[at + 1 : at + 2].isalpha():
        return pause(at, at + 1, ", ")
    return pause(at, at + 1, " ")
