from __future__ import annotations

import json

import pytest

import newsroom
from articleaudio.site.cards import gather
from articleaudio.site.shelf import read_episode, web_address


@pytest.fixture
def made(site):
    return newsroom.publish(site.library, newsroom.article())


@pytest.fixture
def edit(made):
    """Change what an episode.json says, and read it back."""

    def change(**facts):
        path = made.folder / "episode.json"
        value = json.loads(path.read_text("utf-8"))
        for key, fact in facts.items():
            if isinstance(fact, dict):
                value[key].update(fact)
            else:
                value[key] = fact
        path.write_text(json.dumps(value))
        return read_episode(path)

    return change


def test_an_episode_is_read_back(site, made):
    (episode,) = gather(site.out, pytest.fail)
    assert (episode.id, episode.slug, episode.size) == (made.id, made.slug, made.size)
    assert episode.summary == newsroom.article().dek
    assert [chapter.title for chapter in episode.chapters][1:] == ["Two sailings a day", "What it costs"]
    assert len(episode.passages) == 13
    assert episode.path == f"episodes/{made.slug}/"


def test_without_a_standfirst_the_opening_words_stand_for_it(edit):
    summary = edit(dek="").summary
    assert summary.startswith("The ferry to the outer islands will sail again on Monday")
    assert summary.endswith("on 2…")
    assert len(summary) <= 281


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"schema": "other/1"}, "not an episode"),
        ({"schema": "articleaudio/episode/2"}, "newer articleaudio"),
        ({"slug": "elsewhere"}, "elsewhere"),
        ({"title": ""}, "no title"),
        ({"id": 7}, "no id"),
        ({"generated": None}, "when it was made"),
        ({"generated": "yesterday"}, "yesterday"),
        ({"audio": {"file": "../../secret.mp3"}}, "no usable name"),
        ({"audio": {"file": ".hidden.mp3"}}, "no usable name"),
        ({"audio": {"file": "gone.mp3"}}, "convert the article again"),
        ({"audio": {"bytes": 12}}, "instead of 12"),
        ({"audio": {"duration": float("nan")}}, "no time"),
        ({"audio": {"duration": float("inf")}}, "no time"),
        ({"chapters": [{"title": "x", "start": -1}]}, "no time"),
        ({"segments": [{}]}, "'id' is missing"),
        ({"segments": 7}, "iterable"),
    ],
)
def test_what_cannot_be_used_is_left_out_with_its_reason(site, made, edit, facts, reason):
    with pytest.raises((ValueError, KeyError, TypeError)):
        edit(**facts)
    told = []
    assert list(gather(site.out, told.append)) == []
    assert len(told) == 1
    assert reason in told[0]
    assert str(made.folder) in told[0]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_broken_files_are_left_out(site, made, data):
    (made.folder / "episode.json").write_bytes(data)
    told = []
    assert list(gather(site.out, told.append)) == []
    assert len(told) == 1


def test_retracted_episodes_are_left_out_in_silence(site, made):
    value = {"schema": "articleaudio/episode/1", "id": made.id, "slug": made.slug, "status": "retracted"}
    (made.folder / "episode.json").write_text(json.dumps(value))
    assert list(gather(site.out, pytest.fail)) == []


def test_hostile_values_become_harmless(edit):
    episode = edit(
        url="javascript:alert(1)",
        image="data:text/html,x",
        digital_source_type="x",
        title="a\x00b\u202e\ud800 c\nd\x85",
        authors=["A\tB", 7],
        section=None,
        published="2026-03-13T10:00:00",
    )
    assert (episode.url, episode.image, episode.source_type) == ("", "", "")
    assert episode.title == "ab\u202e c d"
    assert episode.authors == ("A B", "")
    assert episode.section == ""
    assert episode.published.isoformat() == "2026-03-13T10:00:00+00:00"


@pytest.mark.parametrize(
    "address", ["", None, 7, "x", "//x.y", "http://", "ftp://x.y", "http://[", " javascript:x", "JavaScript:x"]
)
def test_only_web_addresses_are_addresses(address):
    assert web_address(address) == ""
