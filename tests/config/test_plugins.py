"""A reading rule of another package is asked before ours, and listed nowhere else than in its entry point."""

from __future__ import annotations

import pytest

from articleaudio.config import house_style, load_house
from articleaudio.errors import ConfigError
from articleaudio.model import Article, Block, BlockKind
from articleaudio.script import text_view, write_script

CRICKET = """
import re
from articleaudio.script.rule import Rule, Trigger, said

OVERS = re.compile(r"(\\d)/(\\d{2,3})(?!\\d)")

def wickets(line, at):
    found = OVERS.match(line.text, at)
    return said(at, found.end(), f"{found[1]} for {found[2]}") if found else None

RULES = (Rule("cricket", wickets, "Cricket scores", ("4/12", "4 for 12"), on=(Trigger.DIGIT,)),)
"""


@pytest.fixture
def plug_in(tmp_path, monkeypatch):
    def install(name, target, code=CRICKET):
        (tmp_path / "cricket_rules.py").write_text(code)
        facts = tmp_path / "cricket-1.0.dist-info"
        facts.mkdir()
        (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: cricket\nVersion: 1.0\n")
        (facts / "entry_points.txt").write_text(f"[articleaudio.rules]\n{name} = {target}\n")
        monkeypatch.syspath_prepend(str(tmp_path))

    return install


def said(folder):
    blocks = (Block(BlockKind.PARAGRAPH, "England were 4/12 at noon."),)
    article = Article(id="x", aliases=(), title="", language="en", blocks=blocks)
    return text_view(write_script(article, house_style(load_house(folder=folder))))


def test_a_plug_in_rule_goes_before_our_own(plug_in, tmp_path):
    assert "4 for 12" not in said(tmp_path)
    plug_in("en.cricket", "cricket_rules:RULES")
    assert "England were 4 for 12 at noon." in said(tmp_path)


def test_a_house_can_switch_it_off(plug_in, tmp_path):
    plug_in("en.cricket", "cricket_rules:RULES")
    (tmp_path / "articleaudio.toml").write_text('rules_off = ["cricket"]\n')
    assert "4 for 12" not in said(tmp_path)


@pytest.mark.parametrize("target", ["cricket_rules:NOTHING", "cricket_rules:OVERS", "no_such_module:RULES"])
def test_a_broken_plug_in_is_said(plug_in, tmp_path, target):
    plug_in("en.cricket", target)
    with pytest.raises(ConfigError, match=r"en\.cricket"):
        said(tmp_path)
