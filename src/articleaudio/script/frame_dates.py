"""Days in words, by language, as a newspaper writes them; readings where no rules of that language give any."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from articleaudio.script.words import listed


class Told(NamedTuple):
    """A text, and how stretches of it are said where they are not said as written: start, end, words."""

    text: str
    """As written; empty where nobody knows."""
    said: tuple[tuple[int, int, str], ...] = ()
    """In order."""


class Calendar(NamedTuple):
    """How a language writes a day."""

    weekdays: tuple[str, ...]
    """Monday first."""
    months: tuple[str, ...]
    """As they stand in a date."""
    day: str
    """A day that stands alone: `{n}` its number, `{month}`, `{year}`."""
    on: str = ""
    """A day after the word for "on", where that differs."""
    first: str = ""
    """How the number of the first day is written, where that differs."""


_WORDY = ("en-us", "en-ca", "en-ph")
"""English that writes the month first; `en` itself does too."""

CALENDARS: Mapping[str, Calendar] = MappingProxyType(
    {
        "en": Calendar(
            listed("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
            listed("January February March April May June July August September October November December"),
            "{month} {n}, {year}",
        ),
        "uk": Calendar(
            listed("понеділок вівторок середа четвер п’ятниця субота неділя"),
            listed("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"),
            "{n} {month} {year} року",
        ),
        "de": Calendar(
            listed("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"),
            listed("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
            "der {n}. {month} {year}",
            "{n}. {month} {year}",
        ),
        "fr": Calendar(
            listed("lundi mardi mercredi jeudi vendredi samedi dimanche"),
            listed("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
            "{n} {month} {year}",
            first="1er",
        ),
        "es": Calendar(
            listed("lunes martes miércoles jueves viernes sábado domingo"),
            listed("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
            "{n} de {month} de {year}",
        ),
        "pl": Calendar(
            listed("poniedziałek wtorek środa czwartek piątek sobota niedziela"),
            listed(
                "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
            ),
            "{n} {month} {year} roku",
        ),
    }
)
"""By primary subtag."""

_GERMAN = listed("""
    erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte dreizehnte vierzehnte
    fünfzehnte sechzehnte siebzehnte achtzehnte neunzehnte zwanzigste einundzwanzigste zweiundzwanzigste
    dreiundzwanzigste vierundzwanzigste fünfundzwanzigste sechsundzwanzigste siebenundzwanzigste
    achtundzwanzigste neunundzwanzigste dreißigste einunddreißigste
""")  # fmt: skip
_POLISH = listed("""
    pierwszego drugiego trzeciego czwartego piątego szóstego siódmego ósmego dziewiątego dziesiątego jedenastego
    dwunastego trzynastego czternastego piętnastego szesnastego siedemnastego osiemnastego dziewiętnastego
""")  # fmt: skip
_POLISH_TENS = listed("""
    dwudziestego trzydziestego czterdziestego pięćdziesiątego sześćdziesiątego siedemdziesiątego
    osiemdziesiątego dziewięćdziesiątego
""")  # fmt: skip
_EGO = re.compile(r"(i?)ego\b")
_POLISH_CENTURIES = {19: "tysiąc dziewięćset", 20: "dwa tysiące"}


def weekday(day: date, tag: str) -> Told:
    """The day of the week."""
    calendar = CALENDARS.get(_primary(tag))
    return Told(calendar.weekdays[day.weekday()] if calendar else "")


def written(day: date, tag: str, *, on: bool = False) -> Told:
    """A day in words; `on`: as it stands after the word for "on"."""
    language = _primary(tag)
    calendar = CALENDARS.get(language)
    if calendar is None:
        return Told("")
    form = (on and calendar.on) or calendar.day
    if language == "en" and tag.lower() != "en" and not tag.lower().startswith(_WORDY):
        form = "{n} {month} {year}"  # London's order
    number = (day.day == 1 and calendar.first) or str(day.day)
    text = form.format(n=number, month=calendar.months[day.month - 1], year=day.year)
    return Told(text, tuple(_said(text, day, language, on=on)))


def _said(text: str, day: date, language: str, *, on: bool) -> list[tuple[int, int, str]]:
    """The readings of a day in a language whose grammar asks for more than its numbers."""
    if language == "fr" and day.day == 1:
        return [(0, 3, "premier")]
    if language == "de":
        first = text.index(f"{day.day}.")
        last = text.rindex(" ")
        month = text[text.index(" ", first) : last]
        return [(first, last, f"{_GERMAN[day.day - 1]}{'n' if on else ''}{month}")]
    if language == "uk" and not on:
        from articleaudio.script.uk.numbers import ordinal  # noqa: PLC0415 -- knowledge of Ukrainian is read when needed

        return [(0, len(str(day.day)), ordinal(str(day.day), "n", "n"))]
    if language == "pl":
        year = text.index(str(day.year), len(str(day.day)))
        whole = _polish_year(day.year)
        number = _polish(day.day)
        numbers = [(0, len(str(day.day)), number if on else _named(number))]
        return numbers + ([(year, year + len(str(day.year)), whole)] if whole else [])
    return []


def _polish(number: int) -> str:
    """An ordinal of 1 to 99, in the genitive."""
    if number < 20:
        return _POLISH[number - 1]
    tens, ones = divmod(number, 10)
    return " ".join(filter(None, (_POLISH_TENS[tens - 2], _POLISH[ones - 1] if ones else "")))


def _named(genitive: str) -> str:
    """The same ordinal in the nominative: a day that stands alone ("środa, czwarty lutego")."""
    return _EGO.sub(lambda ending: "i" if ending[1] else "y", genitive)


def _polish_year(year: int) -> str:
    """A year in the genitive; empty where a century is all of it, or long past."""
    century, rest = divmod(year, 100)
    return f"{_POLISH_CENTURIES[century]} {_polish(rest)}" if rest and century in _POLISH_CENTURIES else ""


def _primary(tag: str) -> str:
    return tag.lower().replace("_", "-").partition("-")[0]
