"""Site rules in the house file and in files of their own; what is wrong in them is told with its place."""

from pathlib import Path

import pytest

from articleaudio.config import load_house
from articleaudio.errors import ConfigError
from articleaudio.model import SiteRule
from articleaudio.plan import fingerprint

SAMPLES = Path(__file__).parents[2] / "samples"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def sites(folder, text):
    write(folder / "sites.toml", text)
    return load_house(write(folder / "articleaudio.toml", 'sites = ["sites.toml"]\n')).sites


def test_a_file_holds_a_table_for_each_host(tmp_path):
    text = """
["*"]
drop = [".paid"]

["News.Example"]
keep = ["aside.facts", "figure > figcaption"]
note = ["p.correction"]
body = "#story"
title = "h2.head"

[localhost]
"""
    assert sites(tmp_path, text) == (
        SiteRule("*", drop=(".paid",)),
        SiteRule("news.example", ("aside.facts", "figure > figcaption"), (), ("p.correction",), "#story", "h2.head"),
        SiteRule("localhost"),
    )


def test_a_house_without_rules_has_none(tmp_path):
    assert load_house(folder=tmp_path).sites == ()


def test_the_files_come_in_order_and_the_house_file_last(tmp_path):
    write(tmp_path / "a.toml", '["a.example"]\n')
    write(tmp_path / "more" / "b.toml", '["b.example"]\n')
    text = 'sites = ["more/b.toml", "a.toml"]\n[[site]]\nhost = "c.example"\ndrop = [".x"]\n[[site]]\nhost = "*"\n'
    found = load_house(write(tmp_path / "articleaudio.toml", text)).sites
    assert [rule.host for rule in found] == ["b.example", "a.example", "c.example", "*"]
    assert found[2].drop == (".x",)


def test_the_shipped_example_can_be_used(tmp_path):
    example = (SAMPLES / "sites.toml").read_text("utf-8")
    assert [rule.host for rule in sites(tmp_path, example)] == ["*", "news.example"]


def test_a_changed_rule_makes_the_articles_anew(tmp_path):
    path = write(tmp_path / "articleaudio.toml", '[[site]]\nhost = "*"\ndrop = [".x"]\n')
    before = fingerprint(load_house(path))
    assert fingerprint(load_house(path)) == before
    write(path, '[[site]]\nhost = "*"\nkeep = [".x"]\n')
    assert fingerprint(load_house(path)) != before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '["a.example"]\n\ndropp = []\n',
            "line 3: unknown key 'dropp' in the rule for a.example; did you mean 'drop'?",
        ),
        ('["a.example"]\nx = 1\n', "line 2: unknown key 'x' in the rule for a.example; known: keep, drop, note, body"),
        ('["a.example"]\ndrop = ".x"\n', "line 2: drop must be a list of CSS selectors"),
        ('["a.example"]\ndrop = [1]\n', "line 2: drop must be a list of CSS selectors"),
        (
            '["b.example"]\n["a.example"]\ndrop = [\n  ".x",\n  "p..y",\n]\n',
            "line 5: 'p..y' in drop is no CSS selector",
        ),
        ('["a.example"]\nkeep = ["p::before"]\n', "line 2: 'p::before' in keep is no CSS selector .*: Pseudo-elements"),
        ('["a.example"]\nkeep = ["p:nosuch"]\n', "line 2: 'p:nosuch' in keep .* pseudo-class :nosuch is unknown"),
        ('["a.example"]\nkeep = [""]\n', "line 2: '' in keep is no CSS selector"),
        ('["a.example"]\nbody = ["main"]\n', "line 2: body must be one CSS selector in quotes"),
        ('["a.example"]\ntitle = "h1["\n', "line 2: 'h1\\[' in title is no CSS selector"),
        ('["https://a.example/news"]\n', "line 1: 'https://a.example/news' is no host name; write 'a.example', which"),
        ('["*.a.example"]\n', "'\\*.a.example' is no host name; write 'a.example', which means its subdomains too"),
        ('["a.example:8080"]\n', "write 'a.example'"),
        ('["a b"]\n', "line 1: 'a b' is no host name; such as 'news.example'"),
        ("[a.example]\ndrop = []\n", 'line 1: the host a.example must stand in quotes: \\["a.example"\\]'),
        ('drop = [".x"]\n', "line 1: drop stands outside of any host's table"),
        ('["a.example"\n', "is not valid TOML"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_line(tmp_path, text, told):
    with pytest.raises(ConfigError, match=f"sites.toml.*{told}") as caught:
        sites(tmp_path, text)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('sites = "sites.toml"\n', "line 1: sites must be a list of files"),
        ('\nsites = ["none.toml"]\n', "line 2: there is no file 'none.toml' in "),
        ('[site]\nhost = "*"\n', r"line 1: site rules are written \[\[site\]\]"),
        ('[[site]]\ndrop = [".x"]\n', "line 1: the \\[\\[site\\]\\] has no host"),
        ('[[site]]\nhost = "*"\n[[site]]\nhost = "*"\ndrop = ["<"]\n', "line 5: '<' in drop is no CSS selector"),
        ('[[site]]\nhost = "a/b"\n', "line 2: 'a/b' is no host name; write 'a'"),
    ],
)
def test_what_is_wrong_in_the_house_file_is_told_with_its_line(tmp_path, text, told):
    with pytest.raises(ConfigError, match=f"articleaudio.toml, {told}"):
        load_house(write(tmp_path / "articleaudio.toml", text))
