from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import newsroom
from articleaudio.cli import cli
from articleaudio.publish.library import Library
from articleaudio.site import build_site

BASE = "https://audio.harbour.example/listen/"
SLUG = "island-ferry-sails-again-after-41-days"


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A house with a built site of two episodes; the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articleaudio.toml").write_text(f'[show]\ntitle = "Harbour"\nbase_url = "{BASE}"\n')
    library = Library(tmp_path / "public", tmp_path / "state")
    newsroom.publish(library, newsroom.article())
    newsroom.publish(library, newsroom.article(2, title="Bridge closes for a night"))
    build_site(library.out, newsroom.SHOW, on_warning=lambda text: None)
    return tmp_path


def embed(*arguments):
    return CliRunner().invoke(cli, ["embed", *(str(argument) for argument in arguments)])


def test_everything_to_paste_is_printed(house):
    result = embed("public", SLUG)
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert f'<script src="{BASE}article-audio.js" defer></script>' in lines
    assert f'<article-audio src="{BASE}episodes/{SLUG}/episode.json" bind="article">' in lines
    (audio,) = (house / "public" / "episodes" / SLUG).glob("*.mp3")
    assert any(
        line.startswith(f'  <audio controls preload="none" src="{BASE}episodes/{SLUG}/{audio.name}"') for line in lines
    )
    assert any(line.startswith(f'<iframe src="{BASE}episodes/{SLUG}/embed.html"') for line in lines)
    assert f"{BASE}episodes/{SLUG}/" in lines
    assert f"[embed]{BASE}episodes/{SLUG}/[/embed]" in lines


def test_programs_get_json(house):
    told = json.loads(embed("public", SLUG, "--json").stdout)
    assert set(told) == {"id", "slug", "title", "page", "player", "iframe", "shortcode", "oembed"}
    assert told["id"] == newsroom.article().id
    assert told["oembed"] == f"{BASE}episodes/{SLUG}/oembed.json"
    assert told["player"] in embed("public", SLUG).stdout


@pytest.mark.parametrize(
    "named",
    [
        SLUG,
        newsroom.article().id,
        newsroom.article().url,
        f"{newsroom.article().url}/",
        f"{newsroom.article().url}#part",
    ],
    ids=["slug", "id", "address", "slash", "fragment"],
)
def test_an_episode_has_several_names(house, named):
    assert json.loads(embed("public", named, "--json").stdout)["slug"] == SLUG


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("island-fery-sails", SLUG),
        ("Bridge closes", "bridge-closes-for-a-night"),
        ("https://harbour.example/other/ferry-2", "bridge-closes-for-a-night"),
        (f"../episodes/{SLUG}", SLUG),
    ],
    ids=["typo", "title", "address", "path"],
)
def test_an_unknown_episode_is_answered_with_near_ones(house, asked, near):
    result = embed("public", asked)
    assert result.exit_code == 2
    assert "no episode is called" in result.stderr
    assert f"did you mean {near}" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("asked", ["zzz", "", "/", "x" * 10_000], ids=["far", "empty", "slash", "long"])
def test_where_nothing_is_near_it_is_told_what_counts_as_a_name(house, asked):
    result = embed("public", asked)
    assert result.exit_code == 2
    assert "slug, its id or the article's address" in result.stderr


def test_a_withdrawn_episode_has_no_snippets(house):
    path = house / "public" / "episodes" / SLUG / "episode.json"
    told = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({name: told[name] for name in ("schema", "id", "slug")} | {"status": "retracted"}))
    for named in (SLUG, told["id"]):
        result = embed("public", named)
        assert result.exit_code == 2
        assert f"{SLUG} was retracted" in result.stderr


@pytest.mark.parametrize("broken", ["{", "[]", '{"schema": "articleaudio/episode/9"}'], ids=["cut", "list", "newer"])
def test_a_broken_episode_is_named_with_what_is_wrong(house, broken):
    (house / "public" / "episodes" / SLUG / "episode.json").write_text(broken)
    result = embed("public", SLUG)
    assert result.exit_code == 2
    assert f"{SLUG} cannot be embedded" in result.stderr
    assert "--force" in result.stderr


def test_without_a_base_url_it_is_told_what_to_set(house):
    (house / "articleaudio.toml").write_text('[show]\ntitle = "Harbour"\n')
    result = embed("public", SLUG)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "base_url under [show]" in result.stderr
    assert "--base-url" in result.stderr


@pytest.mark.parametrize("base", ["audio.example.com", "javascript:alert(1)"], ids=["bare", "script"])
def test_a_base_url_that_is_no_web_address_is_refused(house, base):
    result = embed("public", SLUG, "--base-url", base)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "no web address" in result.stderr


def test_the_base_url_can_be_given(house):
    result = embed("public", SLUG, "--base-url", "https://cdn.example/a")
    assert f"https://cdn.example/a/episodes/{SLUG}/" in result.stdout.splitlines()
    assert f"the folder was made for {newsroom.SHOW.base_url}" in result.stderr, (
        "its oEmbed document has other addresses"
    )


@pytest.mark.parametrize("name", ["embed.html", "oembed.json"])
def test_files_that_snippets_need_are_missed(house, name):
    (house / "public" / "episodes" / SLUG / name).unlink()
    result = embed("public", SLUG)
    assert result.exit_code == 0
    assert f"no {name} yet" in result.stderr
    assert "articleaudio feed public" in result.stderr


def test_a_folder_without_episodes_is_told(house):
    (house / "empty").mkdir()
    result = embed("empty", SLUG)
    assert result.exit_code == 3
    assert "holds no episodes" in result.stderr


def test_titles_are_escaped(house):
    library = Library(house / "public", house / "state")
    episode = newsroom.publish(library, newsroom.article(3, title=newsroom.HOSTILE))
    shown = embed("public", episode.slug).stdout
    assert "alert(1)</script>" not in shown
    assert "&lt;script&gt;alert(1)" in shown
