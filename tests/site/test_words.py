from __future__ import annotations

import string
from datetime import datetime

import pytest

from articleaudio.site.words import _tables, clock, primary, words_for

TABLES = _tables()


@pytest.mark.parametrize("language", sorted(TABLES))
def test_every_language_says_everything(language):
    table, english = TABLES[language], TABLES["en"]
    assert set(table) == set(english)
    assert len(set(table["months"])) == 12
    for key in set(english) - {"months"}:
        fields = {field for _, field, _, _ in string.Formatter().parse(table[key]) if field}
        assert fields == {field for _, field, _, _ in string.Formatter().parse(english[key]) if field}
        assert table[key].strip()


@pytest.mark.parametrize(
    ("language", "day", "names"),
    [
        ("en-gb", "4 March 2026", "By Ann, Bo and Cy"),
        ("uk", "4 березня 2026", "Ann, Bo і Cy"),
        ("de", "4. März 2026", "Von Ann, Bo und Cy"),
        ("es", "4 de marzo de 2026", "Por Ann, Bo y Cy"),
        ("he", "2026-03-04", "Ann, Bo · Cy"),
    ],
)
def test_dates_and_by_lines(language, day, names):
    words = words_for(language)
    assert words.day(datetime(2026, 3, 4)) == day  # noqa: DTZ001 - a date is shown in the zone it came in
    assert words.names(["Ann", "Bo", "Cy"]) == names
    assert words.names([]) == ""


def test_directions():
    assert words_for("ar-EG").direction == "rtl"
    assert words_for("en").direction == "ltr"
    assert primary("pt_BR") == "pt"


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (59.99, "0:59"), (65, "1:05"), (3723.4, "1:02:03")])
def test_clock(seconds, text):
    assert clock(seconds) == text


def test_lengths_are_at_least_a_minute():
    assert words_for("en").minutes(3) == "1 min"
    assert words_for("de").minutes(600) == "10 Min."
    assert words_for("en").play_from(65) == "Play from 1:05"
