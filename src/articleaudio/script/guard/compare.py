"""Comparing what is written with what is said, token by token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from articleaudio.model import Segment, Token, TokenKind
from articleaudio.script.fold import clean, fold
from articleaudio.script.guard.data import ALL_CURRENCIES, CURRENCIES, UNITS
from articleaudio.script.guard.hear import Heard, heard
from articleaudio.script.guard.lost import lost_word, strange_word
from articleaudio.script.guard.read import Written, with_languages, written_numbers

MINUS = re.compile(r"(?<![\w.)%-])[-−](?=[$€£₴]?[0-9.])")
SAID_MINUS = re.compile(r"minus|мінус")
ROMAN = re.compile(r"(?<![^\W\d_])[IVXLCDMІХivxlcdm]+(?![^\W\d_])")
SLASHED = re.compile(r"/(?:19|20)[0-9]{2}")
MANY = 4
"""Numbers in one token that are still compared in every order."""
WRITTEN_SIGNS = re.compile(r"[-−$€£₴¥₽₩₹¢%°⁻]|[0-9][ \u00a0-]?[A-Za-zА-Яа-яІіЇїЄєҐґ]|EUR|USD|UAH|GBP|RUB|Hr| грн")
HEARD_SIGNS = re.compile(r"minus|мінус|percent|відсот|" + "|".join(ALL_CURRENCIES))
SAID_MINOR = re.compile(r"\b(?:cent(?=s?\b)|penny|pence|kopeck|paise|paisa|пенс|цент(?!нер)|копій)")
CODE = re.compile(r"(?<![A-Z])(?:EUR|USD|UAH|GBP|RUB|Hr| грн)(?![A-Z])")
IN_GROUPS = re.compile(r"(?:^|\D)7[0-9]7-|^0[0-9]|[0-9]{20}")
SAID_PERCENT = re.compile(r"\bpercent\b|відсот")
SHORT_PERCENT = re.compile(r"pct|pp|p\.p|[вп]\. ?п|percent|відсот")
MIDNIGHT = re.compile(r"0?0:([0-9]{2})")
DOTS = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
LATE = re.compile(r"(?<![0-9:])(?:1[3-9]|2[0-3]):00(?!:)(?! ?[AaPp]\.?[Mm])")
FIGURES = re.compile(r"[0-9]+[-./][0-9]+[-./][0-9]+")
EXACT_RULES = frozenset(
    (
        "number",
        "measure",
        "money",
        "money-before-sign",
        "percent",
        "magnitude",
        "range",
        "fraction",
        "ratio",
        "temperature",
        "sign-before-amount",
        "ordinal",
    )
)
"""Rules of amounts: a number must be heard as a whole, not in groups."""
UNIT = re.compile(
    r"(?<=[0-9])(?!-га)[ \u00a0-]?("  # "2-га" is an ordinal
    + "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
    + r")(?![\w/²³23·*])"
)
VALUES = {"i": 1, "і": 1, "v": 5, "x": 10, "х": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
SIGNED_RULES = frozenset(("sum", "scientific", "sign-before-amount"))
"""Rules in which a hyphen is a minus sign."""
FREE_RULES = frozenset(("lexicon", "marked", "set-number"))
"""Rules whose readings a person has chosen, one by one: they are not judged."""


def differences(segment: Segment) -> Iterator[str]:
    """What a segment says that is not written, or fails to say that is; one message for each token concerned."""
    at = 0
    for token, language in with_languages(segment):
        gap = segment.written[at : token.start]
        if gap and not gap.isspace() and any(char.isalnum() for char in gap):
            yield f"“{gap.strip()}” is not read at all."
        at = token.end
        if token.rule in FREE_RULES:
            continue
        written = segment.written[token.start : token.end]
        if token.rule == "plain":
            if token.say != written and token.say != clean(written):
                yield f"“{written}” is said as “{token.say}”."
            continue
        problem = _judge(written, token.kind, token.say, token.rule, language, _context(segment, token))
        if problem:
            yield problem
    if any(char.isalnum() for char in segment.written[at:]):
        yield f"“{segment.written[at:].strip()}” is not read at all."


def _context(segment: Segment, token: Token) -> str:
    """What stands right before a token: a sign there belongs to it."""
    return segment.written[max(0, token.start - 2) : token.start]


@lru_cache(maxsize=8192)  # the same years, amounts and signs come again and again
def _judge(  # noqa: PLR0917 - a cache takes them by place
    written: str, kind: TokenKind, said: str, rule: str, language: str, before: str
) -> str:
    """What is wrong with one token; empty when nothing is."""
    if kind is TokenKind.PHONEMES:
        return ""
    if kind is TokenKind.LETTERS:
        return _letters(written, said)
    if kind is TokenKind.PAUSE:
        lost = any(char.isalnum() for char in written) and not re.search(r"\[[^\]]*\]", written)
        return f"“{written}” is lost." if lost else ""
    problem = _signs(fold(written), said, before, rule)
    if problem:
        return f"“{written.strip()}” is said as “{said.strip()}”: {problem}."
    if any(char.isdecimal() for char in fold(written)) or _vulgar(written):
        problem = _numbers(written, said, language, rule)
    elif rule.startswith("roman"):
        problem = _roman(written, said, language)
    else:
        problem = _word(written, said, rule)
    return problem or _words(written, said, rule, language)


def _words(written: str, said: str, rule: str, language: str) -> str:
    """No word may be lost, and beside figures no strange one heard."""
    if lost := lost_word(written, said, rule, language):
        return f"“{written.strip()}” is said as “{said.strip()}”: “{lost}” is not heard."
    if strange := strange_word(written, said, rule, language):
        return f"“{written.strip()}” is said as “{said.strip()}”: “{strange}” is heard."
    return ""


def _vulgar(written: str) -> bool:
    return any(char in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞" for char in written)


def _letters(written: str, say: str) -> str:
    """Letters said must be the letters written."""
    have = "".join(char for char in fold(written).upper() if char.isalpha())
    want = "".join(char for char in say.upper() if char.isalpha())
    return "" if have == want or have + "S" == want else f"“{written}” is spelled as “{say}”."


def _signs(written: str, said: str, before: str, rule: str) -> str:
    """Minus signs, currencies, units and per cent."""
    low = said.lower()
    if not WRITTEN_SIGNS.search(written) and not HEARD_SIGNS.search(low) and "-" not in before:
        return ""
    signed = any(char.isdecimal() for char in written) and MINUS.search(before + written)
    if signed and not SAID_MINUS.search(low) and " to " not in f" {low} ":
        return "the minus sign is lost"
    if rule in SIGNED_RULES and re.search("[-−⁻]", written) and not SAID_MINUS.search(low):
        return "the minus sign is lost"
    if SAID_MINUS.search(low) and "-" not in written and "−" not in written and "⁻" not in written:
        return "a minus is heard"
    for sign, stems in CURRENCIES.items():
        written_sign = sign in written and (len(sign) == 1 or CODE.search(written) is not None)
        if written_sign and not any(stem in low for stem in stems):
            return "the currency is lost"
        if written_sign and any(stem in low for stem in ALL_CURRENCIES if stem not in stems) and "lb" not in written:
            return "another currency is heard"
        if written_sign and any(minor not in stems for minor in SAID_MINOR.findall(low)):
            return "another currency is heard"
    for unit in UNIT.findall(written):
        if not re.search(UNITS[unit], said):
            return f"the unit {unit} is lost"
    if "%" not in written and SAID_PERCENT.search(low) and not SHORT_PERCENT.search(written):
        return "a percentage is heard"
    return ""


def _numbers(written: str, said: str, language: str, rule: str) -> str:
    """The numbers written must be the numbers heard, in whatever order."""
    wanted = written_numbers(written, language, said)
    found = heard(said.replace(" per million", "").replace(" per billion", "") if "pp" in written else said, language)
    if DOTS.search(written) and language == "en":
        found = heard(said.replace(" point ", ", "), language)
        wanted = written_numbers(written.replace(".", " "), language, said)
    in_figures = FIGURES.search(written) is not None
    found = [one for one in found if in_figures or not one.month]
    exact = rule in EXACT_RULES and not SLASHED.search(written) and not IN_GROUPS.search(fold(written))
    fraction = "/" in written or "⁄" in written or _vulgar(written)
    if fraction and found and found[0].value != "1" and written.lstrip()[:1] in "1½⅓¼⅕⅛":
        found = [Heard("1", optional=True), *found]
    if language == "en" and (midnight := MIDNIGHT.match(written)):
        past = midnight[1].lstrip("0")
        hour = "midnight" in said or said.startswith("twelve")
        whole = hour and (not past or past in (one.value for one in found))
        return "" if whole else f"“{written}” is said as “{said}”."
    if language == "en" and len(LATE.findall(written)) > said.count("hundred"):
        return f"“{written.strip()}” is said as “{said.strip()}”."
    if any(matches(wanted, values, exact=exact) for values in _choices(found)) or _clock(written, wanted, found, said):
        return ""
    heard_ = ", ".join(one.value for one in found) or "no number"
    return f"“{written.strip()}” is said as “{said.strip()}”: {heard_} is heard."


def _choices(found: list[Heard]) -> Iterator[list[Heard]]:
    """What is heard, with and without the words that may be something else than numbers (months, "second", "half")."""
    places = [place for place, one in enumerate(found) if one.optional][:6]
    for mask in range(1 << len(places)):
        left_out = {place for bit, place in enumerate(places) if mask >> bit & 1}
        yield [one for place, one in enumerate(found) if place not in left_out]


def matches(wanted: list[Written], found: list[Heard], *, exact: bool = False) -> bool:
    """Whether every written number is heard and nothing else is; `exact` rules out groups ("one fifty" for 150)."""
    values = tuple(one.value for one in found)
    if _in_order(wanted, values, exact=exact):
        return True
    if len(wanted) > MANY or len(found) > 4 * MANY:
        return False
    return _match(tuple(wanted), values, exact=exact)


def _in_order(wanted: list[Written], values: tuple[str, ...], *, exact: bool) -> bool:
    """Whether the numbers are heard one after another, as they are written: the common case, in one pass."""
    at = 0
    for one in wanted:
        ends = (
            end
            for form in one.forms
            for end in range(at + 1, min(len(values), at + max(4, len(form[0]))) + 1)
            if _same(form, values[at:end], exact=exact)
        )
        at = next(ends, -1)
        if at < 0:
            return False
    return at == len(values)


def _match(wanted: tuple[Written, ...], values: tuple[str, ...], *, exact: bool) -> bool:
    """Take one written number after another out of the values heard; a value may be heard in several pieces."""
    if not wanted:
        return not values
    if len(wanted) > 1 and _match((_joined(wanted[0], wanted[1]), *wanted[2:]), values, exact=exact):
        return True
    for form in wanted[0].forms:
        for start in range(len(values)):
            for end in range(start + 1, min(len(values), start + max(8, len(form[0]))) + 1):
                if _same(form, values[start:end], exact=exact) and _match(
                    wanted[1:], values[:start] + values[end:], exact=exact
                ):
                    return True
            if start > 8:
                break
    return (
        bool(wanted[0].forms)
        and all(set("".join(form)) <= {"0"} for form in wanted[0].forms)
        and _match(wanted[1:], values, exact=exact)
    )


def _joined(first: Written, second: Written) -> Written:
    """Two written numbers heard as one: "14:00" as fourteen hundred."""
    return Written(first.text + second.text, ((first.forms[-1][0] + second.text,),) if second.text == "00" else ())


def _same(form: tuple[str, ...], values: tuple[str, ...], *, exact: bool) -> bool:
    """Whether values heard one after another are what is written, said in one piece or in groups of digits."""
    if form == values:
        return True
    if exact:
        return False
    whole = "".join(form)
    return "." not in whole and all("." not in value for value in values) and whole == "".join(values)


def _clock(written: str, wanted: list[Written], found: list[Heard], said: str) -> bool:
    """Clock times around midnight, sums of ten to a power, and years of two digits given their century."""
    values = [one.value for one in found]
    if re.match(r"0?0[:.][0-9]{2}", written):
        return "midnight" in said or (values[:1] == ["12"] and matches(wanted[1:], found[1:])) or "нульов" in said
    if "times ten" in said and "10" in values:
        values.remove("10")
        return matches(wanted, [Heard(value) for value in values])
    if written.startswith("FY") and values[:1] == ["20"]:
        return matches(wanted, found[1:])
    return bool("1,5" in written and "півтор" in said)


def _roman(written: str, said: str, language: str) -> str:
    """Roman numerals must be heard with their values."""
    values = [one.value for one in heard(said, language)]
    for numeral in ROMAN.findall(fold(written).replace("–", " ").replace("—", " ")):
        digits = [VALUES[char] for char in numeral.lower()]
        value = sum(
            -one if any(one < later for later in digits[at + 1 : at + 2]) else one for at, one in enumerate(digits)
        )
        if str(value) not in values:
            return f"“{written}” is said as “{said}”."
    return ""


WHOLE_WORDS = frozenset(("acronym", "designator", "mixed-case"))


def _word(written: str, said: str, rule: str) -> str:
    """A word said as a word must keep its letters."""
    if rule not in WHOLE_WORDS:
        return ""
    have = "".join(char for char in fold(written).lower() if char.isalpha())
    want = "".join(char for char in said.lower() if char.isalpha())
    return f"“{written}” is said as “{said}”." if len(want) < len(have) else ""
