"""Signs: and, plus, dashes, ellipses, parentheses, brackets, footnote marks, slashes."""

from __future__ import annotations

import re

from articleaudio.script.en.numbers import ordinal
from articleaudio.script.en.quantity import number, plain
from articleaudio.script.line import Line
from articleaudio.script.rule import Piece, Reading, pause, said
from articleaudio.script.words import words

NAMED = {
    "&": "and", "+": "plus", "=": "equals", "×": "times", "÷": "divided by", "±": "plus or minus",
    "≈": "approximately", "≤": "at most", "≥": "at least", "≠": "is not equal to", "§": "section", "¶": "paragraph",
    "°": "degrees", "º": "degrees", "→": "to", "√": "the square root of", "∞": "infinity", "№": "number",
    "%": "percent", "‰": "per mille", "½": "one half",
}  # fmt: skip
LEFT_OVER = {
    "$": "dollars", "€": "euros", "£": "pounds", "¥": "yen", "₴": "hryvnias", "₹": "rupees", "₽": "rubles",
    "₩": "won", "₪": "shekels", "₺": "lira", "₦": "naira", "₱": "pesos", "₸": "tenge", "₿": "bitcoin",
    "¢": "cents", "℃": "degrees Celsius", "℉": "degrees Fahrenheit",
    "^": "", "~": "", "|": "", "`": "", "¬": "", "¦": "", "¨": "", "¸": "",
}  # fmt: skip
"""What remains of signs that no other rule has read; an empty word is silence."""
SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
BEFORE_AMOUNT = {
    "~": "about",
    "≈": "about",
    "<": "less than",
    ">": "more than",
    "±": "plus or minus",
    "+": "plus",
    "-": "minus",
    "≤": "at most",
    "≥": "at least",
}
AMOUNT = re.compile(r"[ ]?[-+]?[$€£¥₴₽₩₹]?[ ]?(?:[0-9]|\.[0-9])")
SCIENTIFIC = re.compile(
    r"([0-9]+(?:\.[0-9]+)?)(?: ?[×x*·] ?10(?:\^?([-⁻]?)([0-9⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))|[eE]([-+]?)([0-9]{1,3}))(?![\w])"
)
CARET = re.compile(r"([0-9]+)\^(-?)([0-9]{1,3})(?![\w])")
RANGE_SIGN = re.compile(r"(?<=[0-9%])~(?=[0-9])")
SUM = re.compile(r"([0-9.,]{0,20}[0-9]) ?([-−+*/×÷x·]) ?([0-9.,]{0,20}[0-9])(?= ?=)")
OPERATORS = {
    "-": "minus",
    "−": "minus",
    "+": "plus",
    "*": "times",
    "×": "times",
    "x": "times",
    "·": "times",
    "/": "divided by",
    "÷": "divided by",
}
POWER = re.compile(r"([0-9]+)(⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)(?![\w])")
RAISED = re.compile(r"([^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹]+)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)(?![\w])")
POWERS = {"²": "squared", "³": "cubed"}
QUANTITIES = words("a b c d e k m n r s t v x y z mc")


def spaced(line: Line, at: int, end: int, word: str) -> str:
    """The word with the spaces it needs where the sign touches its neighbours."""
    left = "" if at == 0 or line.text[at - 1].isspace() or not line.text[at - 1].isalnum() else " "
    right = " " if line.text[end : end + 1].isalnum() or line.text[end : end + 1] in tuple("$€£.") else ""
    if line.text[end : end + 1] == "." and not line.text[end + 1 : end + 2].isdecimal():
        right = ""
    return f"{left}{word}{right}"


def before_amount(line: Line, at: int) -> Reading | None:
    """Signs before an amount: "-5", "~30", "<5", ">10%", "+3"."""
    text, sign = line.text, line.text[at]
    if RANGE_SIGN.match(text, at):
        return said(at, at + 1, " to ")
    found = AMOUNT.match(text, at + 1)
    if not found or (at and (text[at - 1].isalnum() or text[at - 1] in ".)%")):
        return None
    if sign == "-" and found[0].startswith((" ", "-", "+")) and (at or found[0][1:2] in ("-", "+")):
        return None
    if sign in "<>" and found[0].startswith(" ") and text[at - 1 : at] not in ("", " ", "("):
        return None
    start = at + 1 + (text[at + 1] == " ")
    word = BEFORE_AMOUNT[sign]
    reading = line.read_at(start)
    if not reading:
        return None
    first = reading[0]
    if first.start != start:
        return None
    return (Piece(at, first.end, f"{word} {first.say}", first.kind), *reading[1:])


def named(line: Line, at: int) -> Reading | None:
    """Signs that have a name: "&", "+", "=", "§"."""
    sign = line.text[at]
    if line.text.startswith("&c.", at):
        return said(at, line.stop(at + 3), "et cetera")
    word = NAMED.get(sign)
    if not word:
        return None
    if line.text.startswith("+/-", at):
        return said(at, at + 3, spaced(line, at, at + 3, "plus or minus"))
    if sign in "§¶" and line.text[at + 1 : at + 2] == sign:
        return said(at, at + 2, spaced(line, at, at + 2, f"{word}s"))
    if (
        sign == "+"
        and (line.text[at - 1 : at].isalpha() or not line.after(at + 1))
        and not line.text[at - 1 : at].isdecimal()
        and line.text[at + 1 : at + 2] != " "
    ):
        return said(at, at + 1, spaced(line, at, at + 1, "plus"))
    if sign == "°":
        return said(at, at + 1, spaced(line, at, at + 1, "degrees"))
    return said(at, at + 1, spaced(line, at, at + 1, word))


def left_over(line: Line, at: int) -> Reading | None:
    """A sign that no rule has read: it is named, or not said."""
    text = line.text
    word = LEFT_OVER[text[at]]
    inside = text[at - 1 : at].isalpha() or text[at + 1 : at + 2].isalpha()
    if not word or (text[at] == "$" and inside):
        touching = text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()
        return pause(at, at + 1, " " if touching else "")
    if text[at] == "$" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower():
        word = "dollar"
    return said(at, at + 1, spaced(line, at, at + 1, word))


def slash(line: Line, at: int) -> Reading | None:
    """A slash between words: "and/or" is "and or"."""
    text = line.text
    left, right = text[at - 1 : at], text[at + 1 : at + 2]
    if left in ("/", "<") or right == "/":
        return pause(at, at + 1, "")
    if text[max(0, at - 3) : at + 3].lower() == "and/or" or (left.isspace() or right.isspace()):
        return said(at, at + 1, " " if text[at - 1 : at].isalnum() else "") if not left.isspace() else pause(at, at + 1)
    return said(at, at + 1, spaced(line, at, at + 1, "slash"))


def scientific(line: Line, at: int) -> Reading | None:
    """Scientific notation: "6.02×10²³", "3.2e-5", "2^10"."""
    caret = CARET.match(line.text, at)
    if caret:
        return said(at, caret.end(), f"{plain(caret[1])} to the {'minus ' if caret[2] else ''}{ordinal(caret[3])}")
    found = SCIENTIFIC.match(line.text, at)
    head = number(line.text, at) if found else None
    if not found or not head:
        return None
    minus = "minus " if found[2] or found[4] == "-" else ""
    digits = (found[3] or found[5]).translate(SUPER)
    return said(at, found.end(), f"{head.words} times ten to the {minus}{ordinal(digits)}")


def sums(line: Line, at: int) -> Reading | None:
    """Sums: "10 - 3 = 7"."""
    found = SUM.match(line.text, at)
    if not found:
        return None
    first, second = number(line.text, at), number(line.text, found.start(3))
    if not first or not second or first.end != found.end(1) or second.end != found.end():
        return None
    return said(at, found.end(), f"{first.words} {OPERATORS[found[2]]} {second.words}")


def by(line: Line, at: int) -> Reading | None:
    """The sign "x" between two measures: "10 ft x 12 ft"."""
    text = line.text
    if text[at - 1 : at] != " " or text[at + 1 : at + 2] != " " or not text[at + 2 : at + 3].isdecimal():
        return None
    return said(at, at + 1, "by") if line.before(at, 2)[:1].isdecimal() or line.before(at)[:1].isdecimal() else None


def power(line: Line, at: int) -> Reading | None:
    """Powers: "10⁶" is ten to the sixth, not 106."""
    found = POWER.match(line.text, at)
    if not found:
        return None
    digits = found[2].lstrip("⁻").translate(SUPER)
    if found[2] in POWERS and found[1] != "10":
        return said(at, found.end(), f"{plain(found[1])} {POWERS[found[2]]}")
    words = ordinal(digits) if found[2][0] != "⁻" else f"minus {ordinal(digits)}"
    return said(at, found.end(), f"{plain(found[1])} to the {words}")


def raised(line: Line, at: int) -> Reading | None:
    """Small figures behind a word: a power behind a quantity, else a footnote mark, which is not said."""
    found = RAISED.match(line.text, at)
    if not found:
        return None
    base = line.written[at : found.end(1)]
    if base.lower() not in QUANTITIES:
        return said(at, found.end(), base)
    digits = found[2].translate(SUPER)
    return said(at, found.end(), f"{base} {POWERS.get(found[2]) or f'to the {ordinal(digits)}'}")


TO = re.compile(r"(?<=[0-9])[–—-](?=[0-9])|(?<=[0-9])[–—-](?=present\b|today\b|now\b)")


def until(line: Line, at: int) -> Reading | None:
    """A dash between a number and a number, or "present": "1999–present"."""
    found = TO.match(line.text, at)
    return said(at, found.end(), " to ") if found and line.text[at] != "-" else None
