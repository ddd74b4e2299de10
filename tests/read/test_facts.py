"""Dates, names, languages, identities: facts about articles as sources write them."""

# ruff: noqa: DTZ001 - sources often name no zone

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.read.dates import parse_date
from articleaudio.read.identity import aliases, article_id, plain_address
from articleaudio.read.languages import settle, tidy_tag
from articleaudio.read.names import names
from articleaudio.read.notes import is_note

EST, CET = timezone(timedelta(hours=-5)), timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-02-04T08:20:41.000Z", datetime(2026, 2, 4, 8, 20, 41, tzinfo=UTC)),
        ("2026-02-04T08:20:41+0100", datetime(2026, 2, 4, 8, 20, 41, tzinfo=CET)),
        ("2026-02-04T08:20:41 +01:00", datetime(2026, 2, 4, 8, 20, 41, tzinfo=CET)),
        ("2026-02-04T08:20:41.1234567Z", datetime(2026, 2, 4, 8, 20, 41, 123456, tzinfo=UTC)),
        ("2026-02-04T08:20:41CET", datetime(2026, 2, 4, 8, 20, 41, tzinfo=CET)),
        ("2026-02-04", datetime(2026, 2, 4)),
        ("20260204", datetime(2026, 2, 4)),
        ("Wed, 04 Feb 2026 08:20:41 GMT", datetime(2026, 2, 4, 8, 20, 41, tzinfo=UTC)),
        ("1770193241", datetime(2026, 2, 4, 8, 20, 41, tzinfo=UTC)),
        (1770193241000, datetime(2026, 2, 4, 8, 20, 41, tzinfo=UTC)),
        ("Feb. 4, 2026", datetime(2026, 2, 4)),
        ("Published February 4th, 2026, 8:20 p.m. EST", datetime(2026, 2, 4, 20, 20, tzinfo=EST)),
        ("4 February 2026 at 08:20", datetime(2026, 2, 4, 8, 20)),
        ("04.02.2026", datetime(2026, 2, 4)),
        ("2026/2/4 12:00 am", datetime(2026, 2, 4)),
        (date(2026, 2, 4), datetime(2026, 2, 4)),
    ],
)
def test_dates(written: object, moment: datetime) -> None:
    assert parse_date(written) == moment
    assert parse_date(written).tzinfo == moment.tzinfo


@pytest.mark.parametrize("written", ["", None, "today", "31 February 2026", "0001-01-01", "12345", True, "Section 4"])
def test_no_dates(written: object) -> None:
    assert parse_date(written) is None


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text: str) -> None:
    moment = parse_date(text)
    assert moment is None or 1900 <= moment.year <= 2100


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Ada Quill", ("Ada Quill",)),
        ("By Ada Quill and Tom Reyes-Lind", ("Ada Quill", "Tom Reyes-Lind")),
        ("ADA QUILL | Staff Writer", ("Ada Quill",)),
        ("Ada Quill, Tom Reyes, Jr., and Sam Oduya", ("Ada Quill", "Tom Reyes Jr.", "Sam Oduya")),
        ("Von Jörg Müller und Anna Weiß", ("Jörg Müller", "Anna Weiß")),
        ("Par Amélie Durand", ("Amélie Durand",)),
        ("Автор: Олена Гринчук", ("Олена Гринчук",)),
        ("ada.quill@example.org", ()),
        ("Ada Quill (ada.quill@example.org)", ("Ada Quill",)),
        ("Ada Quill, photographs by Ines Paulo", ("Ada Quill",)),
        ("https://example.org/author/ada", ()),
        ("Admin", ()),
        ("Associated Press", ("Associated Press",)),
        ("By Katya Holm, Special to The Ledger", ("Katya Holm",)),
        ("", ()),
    ],
)
def test_names(line: str, people: tuple[str, ...]) -> None:
    assert names(line) == people


@given(st.text(max_size=80))
def test_no_address_is_ever_a_name(line: str) -> None:
    assert not any("@" in name for name in names(line))


UKRAINIAN = "Громада за рік встановила панелі, і тепер це покриває частину потреб, але не всі."
RUSSIAN = "Город за год установил панели, и это теперь покрывает часть нужд, но не все они."
GERMAN = "Die Stadt hat im Jahr mehr als tausend Module gebaut, und das ist nicht genug für alle."


@pytest.mark.parametrize(
    ("claimed", "text", "tag"),
    [
        ("en", UKRAINIAN, "uk"),
        ("ru", UKRAINIAN, "uk"),
        ("", UKRAINIAN, "uk"),
        ("en-US", RUSSIAN, "ru"),
        ("en", GERMAN, "de"),
        ("de-AT", GERMAN, "de-at"),
        ("en_GB.UTF-8", "The town has built more than it needs, and that is not what it said it was to do.", "en-gb"),
        ("", "The town has built more than it needs.", "en"),
        ("en", "12 345", "en"),
        ("fi", "Kaupunki rakensi enemmän kuin se tarvitsee.", "fi"),
        ("", "今日は雨が降りました。", "ja"),
        ("en", "Η πόλη έχτισε περισσότερα από όσα χρειάζεται.", "el"),
    ],
)
def test_languages(claimed: str, text: str, tag: str) -> None:
    assert settle(claimed, text) == tag


def test_tags() -> None:
    assert [tidy_tag(tag) for tag in ("en_US", "EN-us, en", "x", "english language", "")] == [
        "en-us",
        "en-us",
        "",
        "",
        "",
    ]


def test_aliases_are_strongest_first() -> None:
    known = aliases(cms="ghost:1", url="http://Example.org/a/?utm_source=x#top", given="7", relative="a.html")
    assert known == ("cms:ghost:1", "url:https://example.org/a", "id:7", "path:a.html")


def test_an_article_without_any_is_known_by_its_title() -> None:
    assert aliases(title="Rain  in May") == ("title:rain in may",)


def test_ids_do_not_change() -> None:
    assert article_id(("url:https://example.org/a",)) == "0bccc356-b482-59db-8ce0-2737a782e21b"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "http://example.org/a/"),
        ("https://example.org:443/a?id=3", "https://EXAMPLE.org/a?id=3&fbclid=9#x"),
    ],
)
def test_addresses_of_one_page(one: str, other: str) -> None:
    assert plain_address(one) == plain_address(other)


def test_addresses_of_two_pages() -> None:
    assert plain_address("https://example.org/a?id=3") != plain_address("https://example.org/a?id=4")
    assert plain_address("https://example.org:8000/a") != plain_address("https://example.org/a")


@pytest.mark.parametrize(
    "text",
    [
        "Correction: The river is the Oder.",
        "CORRECTION (May 4, 2026): The river is the Oder.",
        "Corrections and clarifications",
        "Editor’s note: This was written before the vote.",
        "[Editor's Note: …]",
        "An earlier version of this article misstated the river.",
        "This story has been corrected to name the right river.",
        "This article was updated on May 4 to add the mayor’s reply.",
        "Clarification — The mill stands in two towns.",
        "Уточнення: млин стоїть у двох містах.",
        "Anmerkung der Redaktion: Der Fluss ist die Oder.",
        "(Corrects 10th paragraph to show that the river is the Oder.)",
        "In der ersten Fassung dieses Textes floss die Oder nach Westen.",
        "Dans une première version de cet article, la rivière coulait vers l’ouest.",
        "Una versión anterior de esta noticia situaba el molino en otro pueblo.",
        "W poprzedniej wersji tekstu rzeka płynęła na zachód.",
        "У попередній версії матеріалу річка текла на захід.",
    ],
)
def test_notes(text: str) -> None:
    assert is_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "Correctional officers met on Monday.",
        "Corrections officers were hurt.",
        "The editor noted this.",
        "Updated at 9:12 p.m.",
        "This story has been updated with additional developments.",
        "In der ersten Fassung des Gesetzes war von Mühlen die Rede.",
        "W poprzedniej wersji ustawy młyny były wolne od podatku.",
    ],
)
def test_no_notes(text: str) -> None:
    assert not is_note(text)
