"""Amounts: units, per cent, money, magnitudes, ranges, fractions, and the plain number."""

from __future__ import annotations

import re

from articleaudio.script.line import Line
from articleaudio.script.rule import Piece, Reading, said
from articleaudio.script.uk.data import CENTS, MAGNITUDES, SIGNS, UNITS, Noun
from articleaudio.script.uk.grammar import Number, asked, form, noun_behind, number, resolve, say, with_noun
from articleaudio.script.uk.numbers import agree, cardinal, fraction, plural_class, spelled

_UNIT_FORMS = sorted(UNITS, key=len, reverse=True)
# Behind a hyphen, "-га", "-м", "-т" are endings: "2-га медаль", "40-м маршрутом".
UNIT = re.compile(
    rf"(?:[ \u00a0]|-(?!(?:га|[мтглсВц])(?!\w)))?({'|'.join(map(re.escape, _UNIT_FORMS))})(?![^\W_]|-[^\W_])"
)
PER = re.compile(rf"/({'|'.join(map(re.escape, _UNIT_FORMS))})(?![^\W_])")
MAGNITUDE = re.compile(r"[ \u00a0]?(тис|млн|млрд|трлн)\b\.?|(?<=[0-9])(k|K|m|bn)(?!\w)")
SIGN = re.compile(rf"({'|'.join(map(re.escape, sorted(SIGNS, key=len, reverse=True)))})[ \u00a0]?(?=[0-9])")
DASH = re.compile(r" ?[-–—] ?(?=[0-9])")
SCORE = re.compile(r"([0-9]{1,3}):([0-9]{1,3})(?![0-9:])")
SUM_BY = re.compile(r"[ ]?[x×хX*][ ]?(?=[0-9])")
FRACTION = re.compile(r"([0-9]{1,3})/([0-9]{1,4})(?![0-9/])")
HALVES = {"½": ("1", "2"), "¼": ("1", "4"), "¾": ("3", "4"), "⅓": ("1", "3"), "⅔": ("2", "3")}
PHONE = re.compile(
    r"\+?[0-9]{1,3}[ -]?\(?[0-9]{2,3}\)?[ -][0-9]{3}[ -][0-9]{2}[ -]?[0-9]{2}(?![0-9])"
    r"|\+[0-9]{10,12}(?![0-9])|0 ?800 [0-9 ]{6,9}[0-9]"
)
DOTTED = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){2,7}")
MIXED = re.compile(r"([0-9]{1,3})(?:[ \u00a0]?([½¼¾⅓⅔])|[ \u00a0]([1-9])/([2-9])(?![0-9/]))")


class Amount:
    """One amount: a number, perhaps a range, perhaps with a magnitude."""

    def __init__(self, text: str, at: int) -> None:
        self.first = number(text, at)
        self.last: Number | None = None
        self.magnitude: Noun | None = None
        if self.first is None:
            return
        self.end = self.first.end
        dash = DASH.match(text, self._after_magnitude(text, self.end)[0])
        other = number(text, dash.end()) if dash else None
        if other and text[other.end : other.end + 1] not in (":", "/"):
            self.last, self.end = other, other.end
        self.end, self.magnitude = self._after_magnitude(text, self.end)

    @staticmethod
    def _after_magnitude(text: str, end: int) -> tuple[int, Noun | None]:
        found = MAGNITUDE.match(text, end)
        if not found:
            return end, None
        stop = found.end()
        if found[0].endswith(".") and not text[stop:].strip(' »”")'):
            stop -= 1
        return stop, MAGNITUDES[found[1] or found[2]]

    @property
    def head(self) -> Number:
        """The number that what follows agrees with."""
        found = self.last or self.first
        assert found is not None  # noqa: S101 - an amount without a number is never asked
        return found

    def words(self, case: str, gender: str) -> str:
        """The amount in words, magnitude included."""
        noun = self.magnitude
        kind = noun.gender if noun else gender
        parts = [say(n, case, kind) for n in (self.first, self.last) if n is not None]
        if noun:
            parts.append(form(self.head, noun, case))
        return " ".join(parts)

    def with_noun(self, noun: Noun, case: str) -> str:
        """The amount and its unit."""
        if self.magnitude:
            return f"{self.words(case, noun.gender)} {noun.plural['g']}"
        return f"{self.words(case, noun.gender)} {form(self.head, noun, case)}"


def _case(line: Line, at: int) -> str:
    return asked(line, at) or "n"


def measure(line: Line, at: int) -> Reading | None:
    """Amounts with a unit, a currency or a per cent sign behind them: "2–3 км", "54,99 грн", "12%"."""
    text = line.text
    amount = Amount(text, at)
    if amount.first is None:
        return None
    found = UNIT.match(text, amount.end)
    if not found or not _is_unit(line, found, amount):
        return None
    noun, case = UNITS[found[1]], _case(line, at)
    end = found.end()
    if found[1].endswith(".") and line.stop(end) != end:
        end -= 1
    cents = CENTS.get(noun.singular["n"])
    per = PER.match(text, end)
    rate = ""
    if per:
        end, rate = per.end(), f" {'за' if cents else 'на'} {UNITS[per[1]].singular['a']}"
    if cents and len(amount.head.part) == 2 and not amount.last and not amount.magnitude:
        return said(at, end, _with_cents(amount.head, noun, cents, case) + rate)
    return said(at, end, amount.with_noun(noun, case) + rate)


def _is_unit(line: Line, found: re.Match[str], amount: Amount) -> bool:
    """Whether a short form behind a number is a unit: "м" before a capital is a town, "р." a year."""
    form_, text = found[1], line.text
    follow = text[found.end() : found.end() + 3]
    if form_ == "р.":
        return bool(amount.magnitude is None and len(amount.head.whole) < 3)
    if form_ in ("м", "с", "г", "В", "т") and follow.startswith("."):
        return not (follow[1:2] == " " and follow[2:3].isupper() and form_ in ("м", "с"))
    return True


def _with_cents(n: Number, noun: Noun, cents: Noun, case: str) -> str:
    whole, part = Number(n.end, n.whole, ""), Number(n.end, n.part.lstrip("0") or "0", "")
    if part.whole == "0":
        return with_noun(whole, noun, case)
    if whole.whole == "0":
        return with_noun(part, cents, case)
    return f"{with_noun(whole, noun, case)} {with_noun(part, cents, case)}"


def money(line: Line, at: int) -> Reading | None:
    """Amounts behind their sign: "$61 млрд", "€3,3 млрд"."""
    text = line.text
    sign = SIGN.match(text, at)
    if not sign or (at and text[at - 1].isalnum()):
        return None
    amount = Amount(text, sign.end())
    if amount.first is None:
        return None
    noun, case = SIGNS[sign[1]], _case(line, at)
    cents = CENTS.get(noun.singular["n"])
    if cents and len(amount.head.part) == 2 and not amount.last and not amount.magnitude:
        return said(at, amount.end, _with_cents(amount.head, noun, cents, case))
    return said(at, amount.end, amount.with_noun(noun, case))


def magnitude(line: Line, at: int) -> Reading | None:
    """Amounts with a short magnitude: "120 тис. людей"."""
    amount = Amount(line.text, at)
    if amount.first is None or amount.magnitude is None:
        return None
    around = noun_behind(line, amount.end)
    case = asked(line, at) or ("i" if around.case == "i" else "n")
    return said(at, amount.end, amount.words(case, "m"))


def score(line: Line, at: int) -> Reading | None:
    """Scores and ratios: "0:2"."""
    found = SCORE.match(line.text, at)
    return said(at, found.end(), f"{cardinal(found[1])} {cardinal(found[2])}") if found else None


def fractions(line: Line, at: int) -> Reading | None:
    """Vulgar fractions: "3/4"."""
    found = FRACTION.match(line.text, at)
    if not found:
        return None
    top, bottom = found[1], found[2]
    if bottom[0] == "0" or top[0] == "0" or int(top) >= int(bottom) or len(bottom) > 3 or f"{top}/{bottom}" == "24/7":
        return said(
            at,
            found.end(),
            f"{cardinal(top)} на {cardinal(bottom)}"
            if f"{top}/{bottom}" == "24/7"
            else f"{cardinal(top)} дріб {cardinal(bottom)}",
        )
    return said(at, found.end(), fraction(top, bottom, _case(line, at)))


def mixed(line: Line, at: int) -> Reading | None:
    """Whole numbers and a fraction: "2½", "3 1/2"."""
    found = MIXED.match(line.text, at)
    if not found:
        return None
    top, bottom = HALVES[found[2]] if found[2] else (found[3], found[4])
    if int(top) >= int(bottom):
        return None
    case = _case(line, at)
    tail = f"з {fraction(top, bottom, 'i')}" if top == "1" and bottom in "234" else f"і {fraction(top, bottom, case)}"
    return said(at, found.end(), f"{cardinal(found[1], case)} {tail}")


def vulgar(line: Line, at: int) -> Reading | None:
    """Fractions in one character."""
    top, bottom = HALVES[line.text[at]]
    return said(at, at + 1, fraction(top, bottom, _case(line, at)))


def phone(line: Line, at: int) -> Reading | None:
    """Telephone numbers, in groups."""
    if at and (line.text[at - 1].isalnum() or line.text[at - 1] == "+"):
        return None
    found = PHONE.match(line.text, at)
    if not found:
        return None
    plus = "плюс " if found[0][0] == "+" else ""
    groups = re.findall(r"[0-9]+", found[0])
    return said(at, found.end(), plus + ", ".join(_group(group) for group in groups))


def _group(group: str) -> str:
    if group[0] != "0":
        return cardinal(group) if len(group) < 4 else spelled(group)
    rest = group.lstrip("0")
    zeros = " ".join(["нуль"] * (len(group) - len(rest)))
    return f"{zeros} {cardinal(rest)}" if rest else zeros


def versions(line: Line, at: int) -> Reading | None:
    """Numbers with several points."""
    found = DOTTED.match(line.text, at)
    return said(at, found.end(), " крапка ".join(cardinal(part) for part in found[0].split("."))) if found else None


def ranges(line: Line, at: int) -> Reading | None:
    """Two numbers with a dash: "18–24 років"."""
    amount = Amount(line.text, at)
    if amount.first is None or amount.last is None or line.text[amount.end : amount.end + 1].isalpha():
        return None
    around = noun_behind(line, amount.end)
    digits = amount.last.whole
    case, gender = resolve(line, at, amount.end, digits, amount.last.part)
    case = "g" if case == "together" else case
    if around.case == "G" and plural_class(digits) != "many" and case in ("n", "a"):
        case = "g"
    return said(at, amount.end, amount.words(case, gender))


def plain(line: Line, at: int) -> Reading | None:
    """Any other number, in the case and gender that the words around it decide."""
    text = line.text
    found = number(text, at)
    if not found:
        return None
    if len(found.whole) > 60:
        digits = re.compile(r"[0-9]+").match(text, at)
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
    gap = " " if text[found.end : found.end + 1].isalpha() else ""
    if found.whole[0] == "0" and len(found.whole) > 1:
        return said(at, found.end, spelled(found.whole) + gap)
    if line.word_before(at) in (
        "номер",
        "номером",
        "№",
        "сторінка",
        "квартира",
        "стаття",
        "рейс",
        "школа",
        "школи",
        "лікарня",
        "пункт",
    ) or line.before(at).endswith((",", "№")):
        around = noun_behind(line, found.end)
        if not around.word or line.word_before(at) in ("номером", "номер", "№"):
            return said(at, found.end, say(found, "n", "m") + gap)
    case, gender = resolve(line, at, found.end, found.whole, found.part)
    return said(at, found.end, say(found, case, gender) + gap)


def agreeing(noun: Noun, digits: str, case: str) -> str:
    """The form of a noun behind digits."""
    return agree(noun.singular, noun.plural, digits, case)
