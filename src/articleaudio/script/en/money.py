"""Money: signs and codes before or after the amount, cents, magnitudes, rates, ranges, amounts as adjectives."""

from __future__ import annotations

import re

from articleaudio.script.en.attributive import attributive
from articleaudio.script.en.data_money import AFTER, BEFORE, CODES, PER, PLACED, Currency
from articleaudio.script.en.numbers import cardinal
from articleaudio.script.en.quantity import Quantity, quantity
from articleaudio.script.line import Line
from articleaudio.script.rule import Reading, said
from articleaudio.script.words import words

_SIGNS = sorted({**BEFORE, **CODES}, key=len, reverse=True)
SIGN = re.compile(rf"({'|'.join(map(re.escape, _SIGNS))})[ \u00a0]?([-–]?)(?=[0-9]|\.[0-9])")
AFTER_SIGN = re.compile(
    rf"[ \u00a0]?({'|'.join(map(re.escape, sorted({**AFTER, **CODES}, key=len, reverse=True)))})(?![\w])"
)
TIGHT_ONLY = words("hrn Hr lei kr Ft")
DASH = re.compile(r"(?: ?[-–—] ?)(?=[^\s\w]|[A-Z])")
RATE = re.compile(r"/([A-Za-z]{1,9}[²2]?)(?![\w])\.?")
OLD = re.compile(r"£([0-9][0-9,]*),? ([0-9]{1,2})s\b\.?(?:,? ([0-9]{1,2})d\b\.?)?")
NAIRA = re.compile(r"N[0-9][0-9,.]*(?: ?(?:[mbt]n?|trn|[mbtr]+illion)\b|,[0-9]{3})")
PENCE = re.compile(r"([0-9]{1,2})p(?!\w)")
WORDS = frozenset(re.split(r"\W+", " ".join(_SIGNS).lower())) - {""}
SIGN_CHARS = "".join(sorted({sign[0] for sign in _SIGNS if not sign[0].isalnum()}))
AFTER_CODES = frozenset(CODES) - {"COP", "TRY"}


def amount(q: Quantity, currency: Currency, *, single: bool = False) -> str:
    """An amount and its currency in words; `single` is for an amount used as an adjective."""
    first = q.first
    if currency.cent and not q.last and not q.magnitude and len(first.part) in (1, 2) and "half" not in q.words:
        cents = int(first.part.ljust(2, "0"))
        whole = first.whole.lstrip("0")
        parts = []
        if whole or not cents:
            units = currency.one if single or whole == "1" else currency.many
            parts.append(f"{cardinal(whole)} {units}")
        if cents:
            parts.append(f"{cardinal(str(cents))} {currency.cent if single or cents == 1 else currency.cents}")
        return " and ".join(parts)
    return f"{q.words} {currency.one if single or q.one else currency.many}"


def money(line: Line, at: int) -> Reading | None:
    """An amount behind its sign: "$4.5M", "US$76.3 trillion", "Hr 1.2 billion", "$5-10 million"."""
    text = line.text
    sign = SIGN.match(text, at)
    if (
        not sign
        or (at and text[at - 1].isalnum())
        or _is_event(sign[1], text, sign.end())
        or (sign[1] == "N" and not NAIRA.match(text, at))
    ):
        return None
    found = quantity(text, sign.end(), money=True)
    if not found:
        return None
    currency = BEFORE.get(sign[1]) or CODES[sign[1]]
    placed = PLACED.get(sign[1], "")
    if placed:
        currency = Currency(placed + currency.one, placed + currency.many, currency.cent, currency.cents)
    minus = "minus " if sign[2] else ""
    end = found.end
    second = _second(text, end, sign[1]) if not found.last else None
    if second:
        end, high = second
        low = found.words if high.magnitude and not found.magnitude else amount(found, currency)
        tail = amount(high, currency, single=attributive(line, at, end))
        return said(at, end, f"{minus}{low} to {tail}")
    end, rate = _rate(text, end)
    say = amount(found, currency, single=not rate and attributive(line, at, end))
    return said(at, end, f"{minus}{say}{rate}")


def _is_event(sign: str, text: str, end: int) -> bool:
    """Whether a code is something else: "COP 28" is a conference, not pesos."""
    return sign == "COP" and text[end : end + 2].isdecimal() and not text[end + 2 : end + 3].isdecimal()


def _second(text: str, end: int, sign: str) -> tuple[int, Quantity] | None:
    """The other end of a range whose sign is written twice."""
    dash = DASH.match(text, end)
    if not dash or not text.startswith(sign, dash.end()):
        return None
    found = quantity(text, dash.end() + len(sign), money=True, ranged=False)
    return (found.end, found) if found else None


def _rate(text: str, end: int) -> tuple[int, str]:
    """What follows a slash: " per month"."""
    found = RATE.match(text, end)
    if not found or found[1] not in PER:
        return end, ""
    return found.end(1), f" per {PER[found[1]]}"


def old_money(line: Line, at: int) -> Reading | None:
    """Pounds, shillings and pence of old: "£3 15s. 6d."."""
    found = OLD.match(line.text, at)
    if not found:
        return None
    parts = [_old(found[1], "pound", "pounds"), _old(found[2], "shilling", "shillings")]
    if found[3]:
        parts.append(_old(found[3], "penny", "pence"))
    return said(at, line.stop(found.end()), ", ".join(parts))


def _old(digits: str, one: str, many: str) -> str:
    plain = digits.replace(",", "")
    return f"{cardinal(plain)} {one if plain == '1' else many}"


def money_after(line: Line, at: int) -> Reading | None:
    """An amount before its sign or code: "20.15€", "5 EUR", "1.5 billion UAH"."""
    text = line.text
    found = quantity(text, at, money=True)
    if not found:
        return None
    sign = AFTER_SIGN.match(text, found.end)
    if sign and (sign[1] in AFTER or sign[1] in AFTER_CODES):
        currency = AFTER.get(sign[1]) or CODES[sign[1]]
        end, rate = _rate(text, sign.end())
        say = amount(found, currency, single=not rate and attributive(line, at, end))
        return said(at, end, say + rate)
    pence = PENCE.match(text, at)
    if pence:
        one = pence[1] == "1"
        return said(at, pence.end(), f"{cardinal(pence[1])} {'penny' if one else 'pence'}")
    return None
