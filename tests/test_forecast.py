"""What `convert --dry-run` foretells is what then happens, and telling it leaves no trace."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from articleaudio import config, events
from articleaudio.batch import convert_many, finish
from articleaudio.catalogue import Catalogue
from articleaudio.cli import cli
from articleaudio.forecast import Forecast, What, Why
from articleaudio.model import Episode
from articleaudio.pace import FILE, Pace, Watch, read_pace
from articleaudio.plan import reading, state_folder
from articleaudio.publish.glance import Glance
from articleaudio.publish.library import Library
from articleaudio.read.discover import discover
from articleaudio.task import Setting

PRICE = 15.0
HOUSE = """
[show]
title = "Harbour"
[voices]
en = "paid"
"""
VOICE = """
engine = "pyttsx3"
language = "en"
description = "As the usual one, but it costs money."
price = 15.0
gain = 6.0
[options]
voice = "en-us"
"""


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A house whose voice is paid for, with a folder of articles: two good, a draft, and one that is empty."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articleaudio.toml").write_text(HOUSE)
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "paid.toml").write_text(VOICE)
    story("one", "The ferry sails. Nobody was hurt.")
    story("two", "The ferry sails. The yard is shut, and the ferry sails.")
    (tmp_path / "in" / "draft.md").write_text("---\nstatus: draft\n---\n# Draft\n\nNot yet.\n")
    (tmp_path / "in" / "empty.md").write_text("")
    return tmp_path


def story(name: str, text: str) -> Path:
    path = Path("in", f"{name}.md")
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"# Story {name}\n\n{text}\n")
    return path


def setting(out: str = "out", **settings) -> Setting:
    return Setting(config.load_house(), Path(out).absolute(), **settings)


def foretell(*sources: str, **settings):
    wanted = setting(**settings)
    sources = sources or ("in",)
    with Forecast(wanted, folders=[Path(one) for one in sources if Path(one).is_dir()]) as run:
        return list(run.lines(discover(sources, reading(wanted.house)))), run.totals()


def really(*sources: str, jobs: int = 1, **settings):
    wanted = setting(**settings)
    heard: list[events.Event] = []
    found = discover(sources or ("in",), reading(wanted.house))
    results = list(convert_many(found, wanted, jobs=jobs, emit=heard.append))
    finish(wanted)
    return results, heard


def must_agree(lines, totals, results, heard) -> None:
    """Hold a forecast against the run that came after it."""
    told = {line.id: line for line in lines if line.what in {What.NEW, What.CHANGED, What.UNCHANGED}}
    made = {result.id: result for result in results if isinstance(result, Episode)}
    assert set(told) == set(made)
    for id_, line in told.items():
        episode = made[id_]
        assert (line.slug, line.title, line.spoken, line.segments) == (
            episode.slug, episode.title, episode.spoken_now, episode.segments,
        )  # fmt: skip
        assert line.duration == pytest.approx(episode.duration, rel=0.4)
    failed = {result.source: result.message for result in results if not isinstance(result, Episode)}
    assert {line.source: line.why for line in lines if line.what is What.FAILED} == failed
    skipped = [(event.source, event.reason) for event in heard if isinstance(event, events.SourceSkipped)]
    assert [(line.source, line.why) for line in lines if line.what is What.SKIPPED] == skipped
    bill = [event for event in heard if isinstance(event, events.MoneySpent)]
    assert totals.characters == sum(event.characters for event in bill)
    assert totals.dollars == pytest.approx(sum(event.dollars for event in bill))
    assert {need.voice: need.characters for need in totals.voices} == {
        voice.voice: voice.characters for event in bill for voice in event.voices
    }
    assert totals.spoken == sum(episode.spoken_now for episode in made.values())


def test_a_forecast_is_what_then_happens(desk):
    lines, totals = foretell()
    must_agree(lines, totals, *really())
    assert (totals.new, totals.skipped, totals.failed, totals.exit_code) == (2, 1, 1, 1)
    assert totals.spoken > 0

    lines, totals = foretell()
    must_agree(lines, totals, *really())
    assert (totals.unchanged, totals.new, totals.changed, totals.spoken) == (2, 0, 0, 0)

    story("one", "The ferry sails. Two people were hurt.")
    story("three", "The ferry sails. The mayor said so.")
    lines, totals = foretell()
    must_agree(lines, totals, *really())
    whys = {line.source: (line.what, line.why, line.spoken) for line in lines}
    assert whys["in/one.md"] == (What.CHANGED, Why.TEXT, 1)
    assert whys["in/three.md"][::2] == (What.NEW, 2)
    assert (totals.edited, totals.settled_anew, totals.unchanged) == (1, 0, 1)


def test_other_workers_speak_the_same(desk):
    """Two workers may both speak a sentence that two articles share; these share none but what is spoken already."""
    really("in/one.md")
    story("two", "The yard is shut for good.")
    story("four", "Nobody knows when the pumps will come.")
    lines, totals = foretell()
    must_agree(lines, totals, *really(jobs=2))


def test_a_lexicon_re_speaks_what_it_touches_and_nothing_else(desk):
    really()
    (desk / "lexicons").mkdir()
    (desk / "lexicons" / "house.toml").write_text('[[entry]]\nwritten = "yard"\nsay = "boat yard"\n')

    lines, totals = foretell()

    assert {line.source: line.spoken for line in lines if line.what is What.CHANGED} == {"in/one.md": 0, "in/two.md": 1}
    assert (totals.settled_anew, totals.edited, totals.spoken_anew) == (2, 0, 1)
    must_agree(lines, totals, *really())


def test_another_voice_re_speaks_everything(desk):
    really()
    (desk / "voices" / "paid.toml").write_text(VOICE.replace("en-us", "en-gb"))
    lines, totals = foretell()
    assert totals.spoken_anew == totals.spoken > 4
    must_agree(lines, totals, *really())


def test_lost_files_are_made_again_out_of_the_cache(desk):
    really("in/one.md")
    next(desk.glob("out/episodes/story-one/*.mp3")).unlink()
    lines, totals = foretell("in/one.md")
    assert [(line.what, line.why, line.spoken) for line in lines] == [(What.CHANGED, Why.FILES, 0)]
    must_agree(lines, totals, *really("in/one.md"))


def test_force_speaks_everything_anew(desk):
    really("in/one.md")
    lines, totals = foretell("in/one.md", force=True)
    assert lines[0].why == Why.FORCED
    must_agree(lines, totals, *really("in/one.md", force=True))


def test_what_strict_refuses_is_told(desk):
    story("odd", "The union of SEPTA drivers said so.")
    lines, totals = foretell("in/odd.md", strict=True)
    assert totals.failed == 1
    must_agree(lines, totals, *really("in/odd.md", strict=True))


def test_episodes_whose_source_is_gone_are_told_where_the_folder_was_given_whole(desk):
    really()
    (desk / "in" / "two.md").unlink()
    lines, totals = foretell()
    assert [(line.what, line.source, line.slug) for line in lines if line.what is What.GONE] == [
        (What.GONE, "in/two.md", "story-two")
    ]
    assert totals.gone == 1

    lines, _ = foretell("in/one.md")
    assert [line.what for line in lines] == [What.UNCHANGED]


def test_a_draft_that_has_an_episode_is_not_gone(desk):
    really()
    (desk / "in" / "two.md").write_text("---\nstatus: draft\n---\n# Story two\n\nThe ferry sails.\n")
    lines, totals = foretell()
    assert totals.gone == 0
    assert any("still published" in line.why for line in lines if line.source == "in/two.md")


def test_nothing_is_written(desk):
    cache = Path(config.load_house().cache)
    foretell()
    assert not (desk / "out").exists()
    assert not (desk / ".articleaudio").exists()
    assert not cache.exists()

    really()
    story("one", "The ferry sails. Two people were hurt.")
    (desk / "in" / "two.md").unlink()
    before = files(desk, cache)
    foretell()
    assert files(desk, cache) == before


def files(*folders: Path) -> dict[Path, tuple[int, int]]:
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in found}


def test_a_forecast_can_be_told_while_a_run_writes_the_index(desk):
    really()
    state = state_folder(config.load_house(), desk / "out")
    with closing(sqlite3.connect(state / "catalogue.sqlite", isolation_level=None)) as run:
        run.execute("BEGIN IMMEDIATE")
        run.execute("DELETE FROM episodes")
        _, totals = foretell()
    assert totals.unchanged == 2


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + bytes(5000)])
def test_a_copy_of_a_damaged_index_is_empty(tmp_path, damage):
    path = tmp_path / "catalogue.sqlite"
    path.write_bytes(damage)
    with Catalogue(tmp_path / "out", tmp_path, copy=True) as copy:
        assert copy.sync() == 0
        assert list(copy.entries()) == []
    assert path.read_bytes() == damage


def test_a_copy_of_the_index_is_filled_and_forgotten(desk):
    really()
    state = state_folder(config.load_house(), desk / "out")
    (state / "catalogue.sqlite").unlink()
    with Catalogue(desk / "out", state, copy=True) as catalogue:
        assert catalogue.sync() == 2
    assert not (state / "catalogue.sqlite").exists()


def test_slugs_are_told_as_they_will_be_given(desk):
    for number in (1, 2):
        Path("in", f"same-{number}.md").write_text(f"# The same headline\n\nBut text {number}.\n")
    lines, totals = foretell()
    results = really()
    must_agree(lines, totals, *results)
    assert len({line.slug for line in lines if line.slug.startswith("the-same-headline")}) == 2


def test_a_glance_notes_aliases_and_claims_for_itself(desk):
    really("in/one.md")
    state = state_folder(config.load_house(), desk / "out")
    (receipt,) = Library(desk / "out", state).receipts()
    glance = Glance(desk / "out", state)
    assert glance.find((*receipt.aliases, "url:https://a.example/one")).id == receipt.id
    assert glance.find(("url:https://a.example/one",)).id == receipt.id
    assert Library(desk / "out", state).find(("url:https://a.example/one",)) is None


def test_a_lost_state_costs_no_slug_in_a_forecast(desk):
    really()
    shutil.rmtree(desk / ".articleaudio")
    lines, totals = foretell()
    assert {line.slug for line in lines if line.slug} == {"story-one", "story-two"}
    must_agree(lines, totals, *really())


def test_the_command_tells_people_and_machines(desk):
    run = CliRunner()
    result = run.invoke(cli, ["convert", "in", "--out", "out", "--dry-run", "--jobs", "1"])
    assert result.exit_code == 1  # one source is empty
    assert "new       in/one.md: " in result.stdout
    assert "Nothing was written." in result.stdout
    assert not Path("out").exists()

    result = run.invoke(cli, ["convert", "in", "--out", "out", "--dry-run", "--json"])
    *lines, last = [json.loads(line) for line in result.stdout.splitlines()]
    assert {line["event"] for line in lines} == {"Outlook"}
    assert last["event"] == "Forecast"
    assert last["new"] == 2
    assert last["dollars"] == pytest.approx(last["characters"] * PRICE / 1e6)


@pytest.mark.parametrize(("limit", "code", "over"), [("0.0001", 1, True), ("5", 0, False), ("0", 0, False)])
def test_too_dear_a_run_is_told(desk, limit, code, over):
    arguments = ["convert", "in/one.md", "in/two.md", "--out", "out", "--dry-run", "--max-cost", limit]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == code, result.output
    assert ("too much" in result.stdout) is over
    _, totals = foretell("in/one.md", "in/two.md")
    assert totals.exit_code == 0
    assert not totals.over_budget


@pytest.mark.parametrize(
    ("source", "code"), [("in/empty.md", 3), ("in/draft.md", 3), ("nowhere.md", 3), ("in/one.md", 0)]
)
def test_exit_codes_are_those_of_the_run(desk, source, code):
    run = CliRunner()
    assert run.invoke(cli, ["convert", source, "--out", "out", "--dry-run"]).exit_code == code
    assert run.invoke(cli, ["convert", source, "--out", "out"]).exit_code == code


def test_a_limit_ends_the_forecast_where_the_run_ends(desk):
    for number in range(5):
        story(f"more-{number}", f"The lamp number {number} was lit.")
    wanted = setting()
    with Forecast(wanted, folders=[Path("in")], limit=3) as run:
        lines = list(run.lines(discover(["in"], reading(wanted.house))))
    results = list(convert_many(discover(["in"], reading(wanted.house)), wanted, limit=3))
    assert [line.id for line in lines if line.what is What.NEW] == [
        one.id for one in results if isinstance(one, Episode)
    ]
    assert not [line for line in lines if line.what is What.GONE]


def test_workers_foretell_the_same_in_the_same_order(desk):
    for number in range(60):
        story(f"many-{number:02}", f"The lamp number {number} was lit. Nobody was hurt.")
    wanted = setting()
    told = []
    for jobs in (1, 2):
        with Forecast(wanted, folders=[Path("in")], jobs=jobs) as run:
            told.append(
                (list(run.lines(discover(["in"], reading(wanted.house)))), replace(run.totals(), time=0, jobs=1))
            )
    assert told[0] == told[1]
    assert told[0][1].new == 62


def test_members_stay_apart_in_a_forecast_too(desk):
    really("in/one.md")
    result = CliRunner().invoke(cli, ["convert", "in/one.md", "--out", "out", "--include-members", "--dry-run"])
    assert result.exit_code == 2
    assert (
        CliRunner().invoke(cli, ["convert", "in/one.md", "--out", "own", "--include-members", "--dry-run"]).exit_code
        == 0
    )
    assert not list((desk / ".articleaudio").glob("own-*"))


def test_the_time_is_told_from_what_was_measured(desk):
    _, before = foretell()
    assert not before.measured
    really()
    house = config.load_house()
    pace = read_pace(Path(house.cache))
    assert pace.measured
    assert pace.articles.amount == 2
    assert pace.voices["paid"].characters == before.characters
    shutil.rmtree(desk / "out")
    shutil.rmtree(desk / ".articleaudio")
    story("five", "The lamps of the old harbour were lit again, after forty years in the dark.")
    _, after = foretell()
    assert after.measured
    assert after.time > 0


def test_a_watch_shares_a_run_out_among_speech_kept_sound_and_the_rest(tmp_path):
    moments = iter([0.0, 2.0, 2.5, 3.0])
    heard: list[events.Event] = []
    watch = Watch(tmp_path, heard.append, lambda: next(moments))
    told = [
        events.ArticleStarted("a", "A", 2),
        events.SegmentReady("a", 1, 2, 4.0, spoken=True, voice="v", characters=60),
        events.SegmentReady("a", 2, 2, 1.0, spoken=False),
        events.EpisodeReady("a", "i", "s", "A", 5.0, 1, 1, True, 1, 2, ()),
    ]
    for event in told:
        watch(event)
    watch.keep()
    assert heard == told
    pace = read_pace(tmp_path)
    assert (pace.voices["v"].work, pace.voices["v"].amount, pace.voices["v"].characters) == (2.0, 4.0, 60)
    assert (pace.kept.work, pace.articles.work) == (0.5, 0.5)
    voice = replace(next(iter(config.load_house().voices.values())), name="v")
    assert pace.speech(voice, 30) == pytest.approx(2.0)
    assert pace.work("v", 8.0) == pytest.approx(4.0)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": 1, "voices": {"a": [1]}, "kept": 0}'])
def test_what_was_measured_may_be_anything(tmp_path, text):
    (tmp_path / FILE).write_text(text)
    assert read_pace(tmp_path) == Pace()
