"""`[spoken]` in the house file: what it may hold, and what is said of a mistake."""

from dataclasses import replace

import pytest

from articleaudio import config
from articleaudio.errors import ConfigError
from articleaudio.model import Role, Spoken
from articleaudio.plan import fingerprint


def load(folder, text):
    path = folder / "articleaudio.toml"
    path.write_text(text, "utf-8")
    return config.load_house(path)


def test_without_it_disclosure_headline_and_byline_are_said(tmp_path):
    assert config.load_house(folder=tmp_path).spoken == Spoken()
    assert Spoken().order == (Role.DISCLOSURE, Role.HEADLINE, Role.BYLINE)
    assert not Spoken().closing


def test_everything_it_may_hold(tmp_path):
    house = load(
        tmp_path,
        '[show]\ntitle = "The Desk"\nlanguage = "uk"\n'
        '[spoken]\norder = ["headline", "date", "disclosure"]\nclosing = ["Кінець.", "{show}."]\n'
        '[spoken.en]\nbyline = "Written by {authors}."\nclosing = "That was {site}."\n'
        '[spoken."en-GB"]\ndate = ""\n',
    )
    assert house.spoken.order == (Role.HEADLINE, Role.DATE, Role.DISCLOSURE)
    assert house.spoken.closing
    assert house.spoken.show == "The Desk"
    assert {tag: dict(lines) for tag, lines in house.spoken.lines.items()} == {
        "uk": {"closing": ("Кінець.", "{show}.")},
        "en": {"byline": ("Written by {authors}.",), "closing": ("That was {site}.",)},
        "en-gb": {"date": ("",)},
    }
    assert config.house_style(house).spoken is house.spoken


def test_the_closing_can_be_off_for_all_and_on_for_one_language(tmp_path):
    text = '[spoken.en]\nclosing = "That was {site}."\n'
    one = load(tmp_path, text).spoken
    assert (one.closing, dict(one.lines["en"])) == (False, {"closing": ("That was {site}.",)})
    off = load(tmp_path, "[spoken]\nclosing = false\n" + text).spoken
    assert (off.closing, dict(off.lines["en"])) == (False, {})
    assert load(tmp_path, "[spoken]\nclosing = true\n").spoken.closing


def test_a_show_without_a_name_of_its_own_has_none(tmp_path):
    assert load(tmp_path, "[spoken]\nclosing = true\n").spoken.show == ""


def test_a_change_makes_episodes_anew(tmp_path):
    house = load(tmp_path, "")
    other = replace(house, spoken=Spoken(closing=True))
    worded = replace(house, spoken=Spoken(lines={"en": {"byline": ("Words by {authors}.",)}}))
    assert len({fingerprint(house), fingerprint(other), fingerprint(worded)}) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[spoken]\nordr = ["headline"]\n', r"line 2: unknown key 'ordr' in \[spoken\]; did you mean 'order'\?"),
        ('[spoken]\norder = ["headline", "datee"]\n', r"line 2: unknown name 'datee' in order; did you mean 'date'\?"),
        ('[spoken]\norder = ["headline", "headline"]\n', r"line 2: 'headline' stands twice in order"),
        ('[spoken]\norder = ["headline", "closing"]\n', r"line 2: closing is always said last"),
        ('[spoken]\norder = "headline"\n', r"line 2: order must be a list"),
        ("[spoken]\nclosing = 3\n", r"line 2: closing must be true, false or a list of lines"),
        (
            '[spoken]\n\nbyline = "By {authors}."\n',
            r"line 3: byline in \[spoken\] belongs to a language: \[spoken.en\]",
        ),
        ("[spoken]\nheadline = true\n", r'line 2: headline in \[spoken\] goes into the list "order"'),
        ('[spoken]\n[spoken.english]\ndek = "x"\n', r"line 2: 'english' in \[spoken\] is no language tag, such as en"),
        ('[spoken.en]\nbylin = "x"\n', r"line 2: unknown key 'bylin'; did you mean 'byline'\?"),
        ('[spoken.en]\nheadline = "x"\n', r"line 2: headline is said as it is written"),
        ('[spoken.en]\ndate = "x"\n[spoken.uk]\ndate = 4\n', r"line 4: date must be a text in quotes"),
        (
            '[spoken.en]\nbyline = "By {author}."\n',
            r"line 2: byline cannot be understood: unknown fact {author}; did you mean {authors}\?",
        ),
        ('[spoken.en]\nbyline = "By {who_knows}."\n', r"unknown fact {who_knows}; known: {authors}, {section}"),
        ('[spoken]\nclosing = ["{sight}."]\n', r"line 2: .*did you mean {site}\?"),
        ('[spoken.en]\nbyline = "By {authors"\n', r"line 2: byline cannot be understood: expected '}' before end"),
        ('[spoken.en]\nbyline = "By {}"\n', r"line 2: byline cannot be understood: unknown fact {}"),
        ('[spoken.en]\nbyline = "By {authors!r:>9}"\n', r"line 2: .*takes no form after its name"),
        ("spoken = 4\n", r"line 1: spoken must be a table"),
    ],
)
def test_mistakes_are_told_with_line_and_way_out(tmp_path, text, message):
    with pytest.raises(ConfigError, match=message):
        load(tmp_path, text)
