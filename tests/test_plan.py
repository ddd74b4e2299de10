"""Planning: what is new, what is unchanged, what must not be spoken."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from articleaudio import config
from articleaudio.batch import convert_many
from articleaudio.errors import CutShortError, UsageError
from articleaudio.knowing import digest_of
from articleaudio.model import Article, Block, BlockKind, Episode, Failure, SiteRule
from articleaudio.plain import dump
from articleaudio.plan import Job, NotSpoken, Planner, closed, fingerprint, keep_apart
from articleaudio.read import registry
from articleaudio.read.discover import discover
from articleaudio.task import Setting


def story(number: int, text: str = "The ferry is back.", **changes: str) -> Article:
    block = Block(BlockKind.PARAGRAPH, text)
    known_by = (f"cms:desk:{number}",)
    article = Article(
        id=f"00000000-0000-4000-8000-{number:012}",
        aliases=known_by,
        title=f"Story {number}",
        language="en",
        blocks=(block,),
    )
    return replace(article, **changes)


@pytest.fixture
def house(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return config.load_house(folder=tmp_path)


def plan(house, out, *arguments, **settings):
    with Planner(house, out, **settings) as planner:
        return [item for source in discover(arguments) for item in planner.plan(source)]


def make(house, out, *arguments, **settings):
    return list(convert_many(discover(arguments), Setting(house, out, **settings)))


def write(path, *stories):
    path.write_text(json.dumps([json.loads(dump(story)) for story in stories]))
    return str(path)


def test_a_source_of_many_articles_makes_only_what_changed(house, tmp_path):
    name = write(tmp_path / "desk.json", story(1), story(2), story(3))
    out = tmp_path / "out"
    assert [episode.version for episode in make(house, out, name)] == [1, 1, 1]
    write(tmp_path / "desk.json", story(1), story(2, "The ferry sank."), story(3), story(4))
    planned = plan(house, out, name)
    assert [type(item) for item in planned] == [Episode, Job, Episode, Job]
    assert [(episode.version, episode.changed) for episode in make(house, out, name)] == [
        (1, False), (2, True), (1, False), (1, True),
    ]  # fmt: skip


def test_a_source_that_did_not_change_is_not_parsed(house, tmp_path, monkeypatch):
    name = write(tmp_path / "desk.json", story(1), story(2, status="draft"))
    out = tmp_path / "out"
    make(house, out, name)

    def never(*_):
        raise AssertionError("read again")

    monkeypatch.setattr(registry, "pick", never)
    skipped, episode = plan(house, out, name)
    assert isinstance(skipped, NotSpoken)
    assert skipped.reason == "not public: draft"
    assert isinstance(episode, Episode)
    assert not episode.changed
    with pytest.raises(AssertionError, match="read again"):
        plan(house, out, name, force=True)


def test_a_lost_file_of_an_episode_is_made_again(house, tmp_path):
    name = write(tmp_path / "desk.json", story(1), story(2))
    out = tmp_path / "out"
    first, _ = make(house, out, name)
    first.audio.unlink()
    assert [type(item) for item in plan(house, out, name)] == [Job, Episode]


def test_what_is_not_public_is_listed_and_not_spoken(house, tmp_path):
    private = [story(1, status="draft"), story(2, status="scheduled"), story(3, visibility="members"),
               story(4, visibility="paid"), story(5, visibility="password"), story(6)]  # fmt: skip
    name = write(tmp_path / "desk.json", *private)
    *skipped, job = plan(house, tmp_path / "out", name)
    assert [item.reason.partition(";")[0] for item in skipped] == [
        "not public: draft", "not public: scheduled", "not public: members only", "not public: paid only",
        "not public: password only",
    ]  # fmt: skip
    assert isinstance(job, Job)
    assert [type(item).__name__ for item in plan(house, tmp_path / "members", name, members=True)] == [
        "NotSpoken", "NotSpoken", "Job", "Job", "NotSpoken", "Job",
    ]  # fmt: skip


def test_what_is_for_members_goes_to_a_folder_of_its_own(house, tmp_path):
    name = write(tmp_path / "desk.json", story(1), story(2, visibility="members"))
    out = tmp_path / "out"
    make(house, out, name)
    with pytest.raises(UsageError, match="holds episodes for everybody"):
        make(house, out, name, members=True)
    closed_shop = tmp_path / "members"
    assert [episode.title for episode in make(house, closed_shop, name, members=True)] == ["Story 1", "Story 2"]
    keep_apart(house, closed_shop, members=True)


def test_an_article_that_is_public_no_more_is_told_of(house, tmp_path):
    name = write(tmp_path / "desk.json", story(1))
    make(house, tmp_path / "out", name)
    write(tmp_path / "desk.json", story(1, visibility="members"))
    (skipped,) = plan(house, tmp_path / "out", name)
    assert skipped.reason.endswith("its episode story-1 is still published")


def test_half_an_article_is_not_made_into_audio(house, tmp_path):
    with (
        Planner(house, tmp_path / "out") as planner,
        pytest.raises(CutShortError, match="not the whole article: a paywall cuts it off"),
    ):
        planner.plan_article(story(1, cut="a paywall cuts it off", source="page.html"))
    name = write(tmp_path / "desk.json", story(1, cut="a paywall cuts it off"), story(2))
    failure, job = plan(house, tmp_path / "out", name)
    assert isinstance(failure, Failure)
    assert failure.exit_code == 3
    assert isinstance(job, Job)


def test_one_article_twice_in_a_source_is_refused_once(house, tmp_path):
    name = write(tmp_path / "desk.json", story(1), story(1, "The ferry sank."))
    job, failure = plan(house, tmp_path / "out", name)
    assert isinstance(job, Job)
    assert "is the same article as" in failure.message


def test_the_ledger_and_the_place_of_a_source_are_no_part_of_what_is_heard():
    assert digest_of(story(1, source="a.json")) == digest_of(story(1, source="b.json"))
    assert digest_of(story(1)) != digest_of(story(1, "The ferry sank."))


def test_rules_for_sites_are_part_of_what_settles_an_episode(house):
    assert fingerprint(house) != fingerprint(replace(house, sites=(SiteRule("news.example", drop=(".x",)),)))


def test_members_never_get_what_has_a_password():
    assert closed(story(1, visibility="password"), members=True)
    assert not closed(story(1, visibility="paid"), members=True)
