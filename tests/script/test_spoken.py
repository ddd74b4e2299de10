"""What is said around the body: templates, facts, order, breaks; then all of it in finished episodes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3

import articleaudio
from articleaudio import config
from articleaudio.model import WIDER, Article, Block, BlockKind, Boundary, Role, Spoken
from articleaudio.plan import state_folder
from articleaudio.publish.invariants import findings
from articleaudio.publish.library import Library
from articleaudio.script import AcronymStyle, Style, spoken_form, write_script
from articleaudio.script.frame_dates import CALENDARS, weekday, written
from articleaudio.script.frame_words import TEMPLATES
from articleaudio.speak import Speaker
from articleaudio.speak.speaker import PAUSES

SCHEMA = Path(__file__).parent.parent.parent / "docs" / "episode.schema.json"
EVERYTHING = config.spoken.ORDER
ARTICLE = Article(
    id="a",
    aliases=("id:a",),
    title="The ferry is back",
    language="en",
    blocks=(Block(BlockKind.PARAGRAPH, "It sails twice a day."),),
    dek="After a long winter, Sorrel Bay has its boat again.",
    authors=("Ann Lee",),
    published=datetime.fromisoformat("2026-02-04T23:30:00+02:00"),
    updated=datetime.fromisoformat("2026-02-06T08:00:00+02:00"),
    url="https://www.meridian.example/ferry",
    site="The Meridian Daily",
    section="Business",
)


ALL = Spoken(EVERYTHING, closing=True)


def said(article=ARTICLE, spoken=ALL, **style):
    script = write_script(article, Style(spoken=spoken, **style))
    return {segment.role.value: segment.written for segment in script.segments if segment.block is None}


def test_by_default_nothing_new_is_said():
    assert list(said(spoken=Spoken())) == ["headline", "byline"]


@pytest.mark.parametrize(
    ("language", "lines", "heard"),
    [
        (
            "en",
            (
                "From our Business section. | By Ann Lee. | Wednesday, February 4, 2026. "
                "| Updated on February 6, 2026. | You were listening to The Meridian Daily."
            ),
            ["Wednesday, February fourth, twenty twenty-six.", "Updated on February sixth, twenty twenty-six."],
        ),
        (
            "en-gb",
            (
                "From our Business section. | By Ann Lee. | Wednesday, 4 February 2026. "
                "| Updated on 6 February 2026. | You were listening to The Meridian Daily."
            ),
            [
                "Wednesday, the fourth of February twenty twenty-six.",
                "Updated on the sixth of February twenty twenty-six.",
            ],
        ),
        (
            "uk",
            (
                "Рубрика: Business. | Автор: Ann Lee. | Середа, 4 лютого 2026 року. | Оновлено 6 лютого 2026 року. | "
                "Ви слухали статтю видання «The Meridian Daily»."
            ),
            [
                "Середа, четверте лютого дві тисячі двадцять шостого року.",
                "Оновлено шостого лютого дві тисячі двадцять шостого року.",
            ],
        ),
        (
            "de",
            (
                "Aus dem Ressort Business. | Von Ann Lee. | Mittwoch, der 4. Februar 2026. | "
                "Aktualisiert am 6. Februar 2026. | Sie hörten einen Artikel von The Meridian Daily."
            ),
            ["Mittwoch, der vierte Februar 2026.", "Aktualisiert am sechsten Februar 2026."],
        ),
        (
            "fr",
            (
                "Rubrique Business. | Par Ann Lee. | Mercredi 4 février 2026. | Mis à jour le 6 février 2026. | "
                "Vous avez écouté un article de The Meridian Daily."
            ),
            ["Mercredi 4 février 2026.", "Mis à jour le 6 février 2026."],
        ),
        (
            "es",
            (
                "Sección Business. | Por Ann Lee. | Miércoles, 4 de febrero de 2026. | "
                "Actualizado el 6 de febrero de 2026. | Acaba de escuchar un artículo de The Meridian Daily."
            ),
            ["Miércoles, 4 de febrero de 2026.", "Actualizado el 6 de febrero de 2026."],
        ),
        (
            "pl",
            (
                "Dział: Business. | Autor: Ann Lee. | Środa, 4 lutego 2026 roku. "
                "| Zaktualizowano 6 lutego 2026 roku. | To był artykuł serwisu The Meridian Daily."
            ),
            [
                "Środa, czwarty lutego dwa tysiące dwudziestego szóstego roku.",
                "Zaktualizowano szóstego lutego dwa tysiące dwudziestego szóstego roku.",
            ],
        ),
    ],
)
def test_each_language_has_words_of_its_own(language, lines, heard):
    script = write_script(replace(ARTICLE, language=language), Style(spoken=ALL))
    ours = [one for one in script.segments if one.role not in (Role.HEADLINE, Role.DEK, Role.BODY)]
    assert [one.written for one in ours] == lines.split(" | ")
    assert [one.spoken for one in ours if one.role in (Role.DATE, Role.UPDATED)] == heard
    assert [flag for flag in script.flags if flag.segment] == []


def test_a_language_without_words_of_ours_says_what_needs_none():
    assert said(replace(ARTICLE, language="fi")) == {
        "section": "Business.",
        "headline": ARTICLE.title,
        "dek": ARTICLE.dek,
        "byline": "Ann Lee.",
    }


def test_lines_whose_facts_are_missing_are_left_out():
    bare = replace(ARTICLE, dek="", authors=(), published=None, updated=None, site="", section="")
    assert list(said(bare)) == ["headline"]
    own = {"byline": ("By our staff.",), "updated": ("Updated.",), "closing": ("{site}!", "Read at {host}.", "")}
    assert said(bare, Spoken(EVERYTHING, lines={"en": own})) == {
        "headline": ARTICLE.title,
        "closing": "Read at meridian.example.",
    }


def test_the_order_is_the_houses():
    order = (Role.DATE, Role.HEADLINE, Role.DISCLOSURE)
    assert list(said(spoken=Spoken(order), disclosure={"en": "Read by a machine."})) == [
        "date",
        "headline",
        "disclosure",
    ]


def test_the_houses_words_go_first_and_may_be_silent():
    lines = {
        "en": {"byline": ("Words: {authors}",), "date": ("",), "closing": ("From {show}.", "{disclosure}")},
        "en-gb": {"section": ("{section} news",)},
    }
    spoken = Spoken((Role.SECTION, Role.BYLINE, Role.DATE), lines=lines, show="The Desk")
    script = write_script(
        replace(ARTICLE, language="en-gb"), Style(spoken=spoken, disclosure={"en": "Read by a machine."})
    )
    assert [segment.written for segment in script.segments if segment.block is None] == [
        "Business news.",
        "Words: Ann Lee.",
        "From The Desk.",
        "Read by a machine.",
    ]


@pytest.mark.parametrize(
    ("language", "authors", "line"),
    [
        ("en", ("Ann Lee", "Sammy Davis Jr."), "By Ann Lee and Sammy Davis Jr."),
        ("uk", ("Ann Lee", "Olha Koval"), "Автори: Ann Lee і Olha Koval."),
        ("de", ("A. Adler", "B. Bach", "C. Curtius"), "Von A. Adler, B. Bach und C. Curtius."),
        ("es", ("Ana Ruiz", "Ignacio Gil"), "Por Ana Ruiz e Ignacio Gil."),
        ("es", ("Ana Ruiz", "Hierro Gil"), "Por Ana Ruiz y Hierro Gil."),
        ("pl", ("Ewa Lis", "Jan Kot"), "Autorzy: Ewa Lis i Jan Kot."),
        ("fr", ("Zoé Petit", "Luc Roy"), "Par Zoé Petit et Luc Roy."),
    ],
)
def test_several_authors_are_joined_as_their_language_joins(language, authors, line):
    assert said(replace(ARTICLE, language=language, authors=authors))["byline"] == line


def test_a_sentence_ends_with_one_sign():
    assert said(replace(ARTICLE, site="Yahoo!"))["closing"] == "You were listening to Yahoo!"
    assert said(replace(ARTICLE, dek="No period"))["dek"] == "No period"
    assert "dek" not in said(replace(ARTICLE, dek=ARTICLE.title))


def test_no_name_is_torn_apart():
    article = replace(ARTICLE, site="Yahoo! News", authors=("Dr. Eva Weber", "W.E.B. Du Bois"), language="de")
    spoken = Spoken(EVERYTHING, lines={"de": {"closing": ("Mehr bei {site}. Das war {site} heute.",)}})
    script = write_script(article, Style(spoken=spoken))
    assert [one.written for one in script.segments if one.role in (Role.BYLINE, Role.CLOSING)] == [
        "Von Dr. Eva Weber und W.E.B. Du Bois.",
        "Mehr bei Yahoo! News.",
        "Das war Yahoo! News heute.",
    ]


@given(text=st.text(min_size=1, max_size=60), language=st.sampled_from([*CALENDARS, "fi"]))
def test_whatever_the_facts_hold_is_said_as_it_stands(text, language):
    article = replace(ARTICLE, language=language, section=text, site=text, authors=(text, text), dek=text)
    script = write_script(article, Style(spoken=ALL))
    told = " ".join(text.split())
    if told:
        section = "".join(one.written for one in script.segments if one.role is Role.SECTION)
        assert told.replace(" ", "") in section.replace(" ", "")
    for segment in script.segments:
        assert all(0 <= token.start < token.end <= len(segment.written) for token in segment.tokens)


@pytest.mark.parametrize(
    ("published", "updated", "told"),
    [
        ("2026-02-04T09:00:00+02:00", "2026-02-04T22:00:00+02:00", False),
        ("2026-02-04T23:59:00+02:00", "2026-02-05T00:01:00+02:00", True),
        ("2026-02-04T22:00:00Z", "2026-02-05T00:30:00+02:00", False),  # in another zone the day is another
        ("2026-02-05T01:00:00+03:00", "2026-02-04T23:30:00Z", False),
        ("2026-02-04T09:00:00", "2026-02-06T09:00:00+02:00", True),
        (None, "2026-02-06T09:00:00+02:00", False),
        ("2026-02-07T09:00:00+02:00", "2026-02-06T09:00:00+02:00", False),
    ],
)
def test_an_update_is_told_when_it_came_on_a_later_day(published, updated, told):
    published = published and datetime.fromisoformat(published)
    article = replace(ARTICLE, published=published, updated=datetime.fromisoformat(updated))
    assert ("updated" in said(article)) is told


def test_the_day_is_the_newsrooms():
    late = replace(ARTICLE, published=datetime.fromisoformat("2026-03-01T23:30:00-08:00"))
    assert said(late)["date"] == "Sunday, March 1, 2026."


@pytest.mark.parametrize(
    "dek", ["It sails twice a day.", "It sails twice […]", "It sails twice …", "It sails twice..."]
)
def test_a_standfirst_that_the_body_begins_with_is_not_said_twice(dek):
    assert "dek" not in said(replace(ARTICLE, dek=dek))


def test_breaks_follow_what_was_said():
    blocks = [(kind, f"A {kind.value}.") for kind in BlockKind if kind is not BlockKind.HEADING]
    article = replace(ARTICLE, blocks=tuple(Block(kind, text) for kind, text in [*blocks, (BlockKind.NOTE, "Last.")]))
    spoken = Spoken(EVERYTHING, lines={"en": {"closing": ("One.", "Two.")}})
    script = write_script(article, Style(spoken=spoken, disclosure={"en": "Read by a machine."}))
    assert [segment.boundary.value for segment in script.segments] == [
        *("disclosure", "section_name", "headline", "dek", "byline", "date", "date"),
        *("paragraph", "quote", "list_item", "table_row", "note", "section"),
        *("closing", "end"),
    ]


def test_a_voice_that_knows_no_finer_breaks_keeps_the_silence_it_had():
    assert set(WIDER) | set(PAUSES) == set(Boundary)
    assert set(WIDER.values()) <= set(PAUSES)
    assert not set(WIDER) & set(PAUSES)


def test_a_finer_break_takes_the_profiles_seconds_else_those_of_the_wider_one(tmp_path):
    (tmp_path / "desk.toml").write_text(
        'engine = "pyttsx3"\nlanguage = "en"\n[pauses]\nparagraph = 2.0\nbyline = 0.25\n', "utf-8"
    )
    article = replace(ARTICLE, blocks=(Block(BlockKind.QUOTE, "“Yes,” he said."), *ARTICLE.blocks))
    with Speaker({"*": config.load_voice("desk", [tmp_path])}, None) as speaker:
        segments = write_script(article).segments
        assert [(one.role.value, speaker.pause(one)) for one in segments] == [
            ("headline", 0.9),
            ("byline", 0.25),
            ("quote", 2.0),
            ("body", 0.5),
        ]


def test_the_closing_is_in_the_last_chapter_and_opens_none():
    blocks = (*ARTICLE.blocks, Block(BlockKind.HEADING, "More"), Block(BlockKind.PARAGRAPH, "The end."))
    script = write_script(replace(ARTICLE, blocks=blocks), Style(spoken=ALL))
    assert [(mark.title, script.segments[mark.segment].role) for mark in script.chapters] == [
        ("The ferry is back", Role.SECTION),
        ("More", Role.HEADING),
    ]
    assert script.segments[-1].role is Role.CLOSING


def test_doubtful_words_around_the_body_are_flagged_as_any():
    article = replace(ARTICLE, section="SEPTA")
    script = write_script(article, Style(spoken=Spoken(EVERYTHING)))
    (segment,) = (one for one in script.segments if one.role is Role.SECTION)
    assert [flag.segment for flag in script.flags] == [segment.id]


def test_the_houses_own_words_spell_acronyms_whatever_its_style():
    blocks = (Block(BlockKind.PARAGRAPH, "The National Bank of Ukraine (NBU) said so."),)
    article = replace(ARTICLE, blocks=blocks, section="NBU")
    script = write_script(article, Style(spoken=Spoken(EVERYTHING), acronyms=AcronymStyle.ALWAYS_EXPAND))
    assert script.segments[0].spoken == "From our N.B.U. section."


@pytest.mark.parametrize("language", CALENDARS)
@given(day=st.dates(date(1901, 1, 1), date(2099, 12, 31)), on=st.booleans())
def test_every_day_is_written_in_words_and_its_readings_lie_in_it(language, day, on):
    told = written(day, language, on=on)
    assert str(day.year) in told.text
    assert CALENDARS[language].months[day.month - 1] in told.text
    assert weekday(day, language).text == weekday(day + timedelta(days=7), language).text
    assert all(0 <= start < end <= len(told.text) and words for start, end, words in told.said)
    if language in ("en", "uk"):
        assert not any(char.isdigit() for char in spoken_form(told.text, language=language))


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("pl", date(1999, 12, 31), ["trzydziesty pierwszy", "tysiąc dziewięćset dziewięćdziesiątego dziewiątego"]),
        ("pl", date(2000, 5, 20), ["dwudziesty"]),
        ("pl", date(2000, 5, 2), ["drugi"]),
        ("pl", date(2000, 5, 23), ["dwudziesty trzeci"]),
        ("uk", date(2026, 5, 31), ["тридцять перше"]),
        ("uk", date(2026, 5, 3), ["третє"]),
        ("de", date(2026, 3, 31), ["einunddreißigste März"]),
        ("fr", date(2026, 5, 1), ["premier"]),
        ("fr", date(2026, 5, 2), []),
    ],
)
def test_readings_that_grammar_asks_for(language, day, words):
    assert [said for _, _, said in written(day, language).said] == words


def test_every_language_has_every_line_and_words_for_seven_days_and_twelve_months():
    for tag, lines in TEMPLATES.items():
        assert set(lines) - {"byline_one"} == {"section", "byline", "date", "updated", "closing"}
        assert (len(set(CALENDARS[tag].weekdays)), len(set(CALENDARS[tag].months))) == (7, 12)
        assert config.DEFAULT_DISCLOSURE[tag]


TEXTS = {
    "en": ("The ferry is back", "After a winter of 90 days.", "Ann Lee", "It sails twice a day."),
    "uk": ("Пором повернувся", "Після 90 днів зими.", "Анна Лі", "Він ходить двічі на день."),
}


@pytest.mark.parametrize("language", TEXTS)
def test_all_of_it_is_in_a_finished_episode(tmp_path, monkeypatch, language):
    monkeypatch.chdir(tmp_path)
    title, dek, author, body = TEXTS[language]
    (tmp_path / "articleaudio.toml").write_text(
        f'[show]\nlanguage = "{language}"\n[spoken]\nclosing = true\n'
        'order = ["disclosure", "section", "headline", "dek", "byline", "date", "updated"]\n'
    )
    article = replace(
        ARTICLE, title=title, dek=dek, authors=(author,), language=language, blocks=(Block(BlockKind.PARAGRAPH, body),)
    )
    house = config.load_house()
    episode = articleaudio.convert(article, house, out=tmp_path / "public")
    shown = json.loads((episode.folder / "episode.json").read_text("utf-8"))
    roles = [*(role.value for role in EVERYTHING), "body", "closing"]
    assert [one["role"] for one in shown["segments"]] == roles
    assert [one["block"] for one in shown["segments"]] == [None] * 7 + [0, None]
    assert findings(shown) == []
    jsonschema.validate(shown, json.loads(SCHEMA.read_text("utf-8")))

    receipt = Library(tmp_path / "public", state_folder(house, tmp_path / "public")).receipt(episode.id)
    assert [one.written for one in receipt.segments] == [one["written"] for one in shown["segments"]]
    assert episode.flags == ()

    captions = (episode.folder / "captions.vtt").read_text("utf-8").replace("\n", " ")
    (lyrics,) = ID3(episode.audio).getall("USLT")
    day = {"en": "Wednesday, February 4, 2026.", "uk": "Середа, 4 лютого 2026 року."}[language]
    assert day.split()[-1] in captions
    assert lyrics.text.split("\n\n") == [one["written"] for one in shown["segments"]]
    assert day in lyrics.text
    page = (episode.folder / "index.html").read_text("utf-8")
    assert page.count('<p class="opening">') == 1
    assert articleaudio.convert(article, house, out=tmp_path / "public").changed is False
