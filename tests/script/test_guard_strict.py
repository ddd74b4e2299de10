"""A rule with a fault, in the very path that writes scripts: its reading is flagged, and `--strict` fails on a flag."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from articleaudio.cli import cli
from articleaudio.model import Article, Block, BlockKind
from articleaudio.script import Style, write_script
from articleaudio.script import language as languages
from articleaudio.script.rule import Rule


def faulty(rule: Rule, right: str, wrong: str) -> Rule:
    """The rule, saying one thing for another."""

    def read(line, start):
        reading = rule.read(line, start)
        return reading and tuple(piece._replace(say=piece.say.replace(right, wrong)) for piece in reading)

    return replace(rule, read=read)


FAULTS = [
    ("en", "number", "hundred", "thousand", "The town has 1,250 people."),
    ("en", "money", "dollars", "euros", "It cost $5.5 million."),
    ("en", "money", "million", "billion", "It cost $5.5 million."),
    ("en", "percent", "percent", "", "It rose 5.5% on Monday."),
    ("en", "sign-before-amount", "minus ", "", "It was -12°C outside."),
    ("en", "measure", "kilometers", "miles", "It lies 64 km away."),
    ("en", "month-day", "fourth", "fifth", "It began on Feb. 4."),
    ("en", "year", "nineteen", "ninety", "It began in 1987."),
    ("en", "ordinal", "third", "thirteenth", "The 3rd Brigade left."),
    ("en", "roman", "fourteenth", "fifteenth", "Pope Leo XIV spoke."),
    ("en", "title", "Senator", "Secretary", "Sen. Smith spoke."),
    ("uk", "number", "тисяч", "мільйон", "Там 1250 людей."),
    ("uk", "measure", "кілометри", "метри", "До міста 64 км дороги."),
    ("uk", "measure", "відсотка", "", "Ціни зросли на 3,2% торік."),
]


@pytest.mark.parametrize(("tag", "name", "right", "wrong", "text"), FAULTS)
def test_a_faulty_rule_is_flagged(tag, name, right, wrong, text) -> None:
    wronged = tuple(faulty(rule, right, wrong) for rule in languages.language(tag).rules if rule.name == name)
    article = Article(id="", aliases=(), title="", language=tag, blocks=(Block(BlockKind.PARAGRAPH, text),))
    assert write_script(article).flags == ()
    assert [flag.segment for flag in write_script(article, Style(rules={tag: wronged})).flags] == ["s0001"]


def test_strict_fails_on_a_flag_and_publishes_nothing(tmp_path) -> None:
    (tmp_path / "a.txt").write_text("Markets\n\nThe COP fell sharply.\n")
    args = ["convert", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out")]
    refused = CliRunner().invoke(cli, [*args, "--strict"])
    assert refused.exit_code != 0
    assert "doubtful" in refused.output
    assert not list(tmp_path.rglob("*.mp3"))
    assert CliRunner().invoke(cli, args).exit_code == 0
    assert list(tmp_path.rglob("*.mp3"))
