"""The check of a whole output: links, lists, articles, what no receipt knows, and what need not be decoded again."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

import shelves
from articleaudio import config
from articleaudio.checking import Asked, Severity, check_each, check_output
from articleaudio.checking.crew import WORKER, Task
from articleaudio.checking.episode import Bench
from articleaudio.checking.links import Site
from articleaudio.checking.lists import Lists
from articleaudio.checking.page import SHOWN, Page
from articleaudio.checking.remembered import FILE
from articleaudio.cli import cli
from articleaudio.model import Show
from articleaudio.plan import state_folder
from articleaudio.site import build_site
from articleaudio.workers.turns import Turns

BASE = "https://audio.harbour.example/listen/"
TEXT = "# Story {}\n\nThe ferry number {} sails again.\n\n> “We waited long,” they said.\n"
TEXT += "\n- One sailing.\n- Two sailings.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Three real episodes with articles, feed, pages and receipts."""
    home = tmp_path_factory.mktemp("desk")
    (home / "articleaudio.toml").write_text(f'[show]\ntitle = "Harbour"\nbase_url = "{BASE}"\n')
    (home / "in").mkdir()
    for number, name in enumerate(("one", "two", "three"), 1):
        (home / "in" / f"{name}.md").write_text(TEXT.format(name, number), "utf-8")
    before = Path.cwd()
    os.chdir(home)
    try:
        result = CliRunner().invoke(cli, ["convert", "in", "--out", "out", "--jobs", "1", "--cache", "cache"])
    finally:
        os.chdir(before)
    assert result.exit_code == 0, result.output
    return home


@pytest.fixture
def desk(made, tmp_path, monkeypatch):
    """A copy to be damaged."""
    shutil.copytree(made, tmp_path / "desk", ignore=shutil.ignore_patterns("cache"))
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path / "desk"


def asked(desk: Path, **settings) -> Asked:
    house = config.load_house()
    return Asked(desk / "out", state_folder(house, desk / "out"), house, **settings)


def found(desk: Path, **settings) -> list[tuple[str, str, str]]:
    """Slug, kind and what of every finding."""
    reports = [one.report for one in check_each(asked(desk, **{"quick": True, **settings}))]
    return [(one.slug, finding.kind, finding.what) for one in reports for finding in one.findings]


def told(desk: Path, kind: str, what: str, **settings) -> str:
    """The slug of the one finding of a kind that says something."""
    (slug,) = [one for one, sort, text in found(desk, **settings) if sort == kind and what in text]
    return slug


def test_an_output_as_it_was_made_is_good(desk):
    assert found(desk) == []
    assert found(desk, quick=False) == []


# ── links and lists ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_lost_page_is_told_by_all_that_lead_to_it(desk):
    (desk / "out" / "episodes" / "story-one" / "transcript.html").unlink()
    (desk / "out" / "article-audio.css").unlink()
    said = {(slug, what) for slug, kind, what in found(desk) if kind == "link"}
    lost = "it leads to episodes/story-one/transcript.html, which is not there"
    assert {("", lost), ("story-one", lost)} <= said
    style = "it leads to article-audio.css, which is not there"
    assert {("", style), ("story-one", style), ("story-two", style), ("story-three", style)} <= said


def test_addresses_in_full_are_ours_where_the_feed_says_so(desk):
    (desk / "articleaudio.toml").write_text('[show]\ntitle = "Harbour"\n')
    (desk / "out" / "episodes" / "story-one" / "oembed.json").unlink()
    assert ("story-one", "link", "it leads to episodes/story-one/oembed.json, which is not there") in found(desk)


def test_quick_misses_no_file_that_an_episode_names(desk):
    shutil.rmtree(desk / ".articleaudio")
    (desk / "out" / "episodes" / "story-two" / "chapters.json").unlink()
    assert told(desk, "file", "it is missing") == "story-two"


def test_an_episode_that_no_feed_and_no_list_has_is_told(desk):
    for name in ("feed.xml", "index.html"):
        path = desk / "out" / name
        path.write_text(path.read_text("utf-8").replace("story-two", "story-one"), "utf-8")
    feed = desk / "out" / "feed.xml"
    ids = {
        json.loads(path.read_bytes())["slug"]: json.loads(path.read_bytes())["id"]
        for path in desk.glob("out/episodes/*/*e.json")
        if path.name == "episode.json"
    }
    feed.write_text(feed.read_text("utf-8").replace(ids["story-two"], ids["story-one"]), "utf-8")
    assert told(desk, "feed", "no feed has it") == "story-two"
    assert told(desk, "feed", f"two entries have the guid {ids['story-one']}") == ""
    assert told(desk, "list", "story-two is in neither index nor archive") == ""


def test_what_was_withdrawn_is_linked_nowhere(desk):
    folder = desk / "out" / "episodes" / "story-two"
    document = json.loads((folder / "episode.json").read_bytes())
    kept = {name: document[name] for name in ("schema", "id", "slug")}
    (folder / "episode.json").write_text(
        json.dumps({**kept, "status": "retracted", "updated": "2026-11-24T10:00:00+00:00"})
    )
    next(folder.glob("*.mp3")).unlink()
    said = found(desk)
    lists = [what for slug, kind, what in said if kind == "list" and not slug]
    assert lists.count("it lists story-two, which is withdrawn") == 2  # the index and the playlist
    assert ("", "feed", "an entry without an episode: story-two") in said


def test_a_folder_that_is_gone_is_told_by_its_receipt(desk):
    shutil.rmtree(desk / "out" / "episodes" / "story-three")
    said = found(desk)
    assert ("", "file", "its folder is gone") in said
    assert ("", "feed", "an entry without an episode: story-three") in said
    assert ("", "list", "it lists story-three, which is not there") in said


@pytest.mark.parametrize(
    "text", ["", "[]", '{"episodes": 1}', '{"episodes": [1]}', '{"episodes": [{"src": "x"}]}', "\0"]
)
def test_a_list_that_is_none_is_told(desk, text):
    (desk / "out" / "playlist.json").write_text(text)
    assert told(desk, "list", "it cannot be read") == ""


def test_index_and_archive_list_each_episode_once(tmp_path):
    out = shelves.fill(tmp_path, 170)
    build_site(out, Show(title="Harbour", base_url=BASE, feed_items=50), lambda _text: None)
    assert [finding for finding in around(out) if finding.kind in {"list", "link"}] == []

    page = out / "archive" / "0002.html"
    page.write_text(page.read_text("utf-8").replace("story-00110/", "story-00120/"), "utf-8")
    (out / "feed-archive-0001.xml").write_bytes((out / "feed-archive-0002.xml").read_bytes())
    whats = [finding.what for finding in around(out) if finding.kind in {"list", "feed"}]
    assert any("story-00110 is in neither index nor archive" in what for what in whats)
    assert any("in feed-archive-0001.xml, feed-archive-0002.xml" in what for what in whats)


def around(out):
    lists = Lists(out)
    for path in out.glob("episodes/*/episode.json"):
        document = json.loads(path.read_bytes())
        lists.met(document["slug"], document["id"], document["status"])
    return list(lists.findings())


def test_addresses_that_lead_out_of_the_output_are_not_ours(tmp_path):
    (tmp_path / "here.html").write_text("")
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b" / "index.html").write_text("")
    site = Site(tmp_path, BASE)
    for address in (
        "https://other.example/x",
        "mailto:a@b.example",
        "#top",
        "//cdn.example/x",
        "/x",
        "../x",
        "http://[",
        "data:,x",
    ):
        assert site.lost(address) is None
    for address in ("here.html", "here.html?v=1#t=2", f"{BASE}here.html", "a%20b/", "a%20b/index.html"):
        assert site.lost(address) is None
    assert site.lost("there.html") == "there.html"
    assert site.lost(f"{BASE}x/y.mp3#t=1") == "x/y.mp3"
    assert site.lost("../there.html", "episodes") == "there.html"


# ── files that nobody knows ─────────────────────────────────────────────────────────────────────────────────────────


def test_what_no_receipt_knows_is_a_note(desk):
    (desk / "out" / "episodes" / "story-one" / "notes.txt").write_text("x")
    (desk / "out" / "episodes" / "stray.txt").write_text("x")
    (desk / "out" / "robots.txt").write_text("x")  # the house's own
    reports = [one.report for one in check_each(asked(desk, quick=True))]
    said = [(one.slug, finding.where) for one in reports for finding in one.findings]
    assert sorted(said) == [("", "stray.txt"), ("story-one", "notes.txt")]
    assert all(finding.severity is Severity.NOTE for one in reports for finding in one.findings)


def test_quick_finds_changed_bytes_without_decoding(desk):
    path = next(desk.glob("out/episodes/story-one/*.mp3"))
    data = bytearray(path.read_bytes())
    data[-200] ^= 1
    told_time = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(told_time.st_atime_ns, told_time.st_mtime_ns))
    assert told(desk, "file", "SHA-256 differs") == "story-one"
    hints = [finding.hint for one in check_each(asked(desk, quick=True)) for finding in one.report.findings]
    assert any("remove it" in hint for hint in hints)  # for a conversion looks at sizes alone
    assert all(one.report.measures is None for one in check_each(asked(desk, quick=True)))


# ── articles ────────────────────────────────────────────────────────────────────────────────────────────────────────


def flipped(data: bytes) -> bytes:
    return data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]


DAMAGE = {"flipped": flipped, "cut": lambda data: data[: len(data) // 2], "empty": lambda _: b"", "gone": None}


@pytest.mark.parametrize("damage", DAMAGE)
def test_every_file_of_an_output_that_is_damaged_is_named(desk, damage):
    """A disk that fails changes no file's time; nothing of what is served may be otherwise without being told of."""
    files = sorted(path for path in (desk / "out").glob("*") if path.is_file())
    files += sorted((desk / "out/episodes/story-two").iterdir())
    assert len(files) > 18
    for path in files:
        data, times = path.read_bytes(), (path.stat().st_atime_ns, path.stat().st_mtime_ns)
        path.unlink()
        if DAMAGE[damage]:
            path.write_bytes(DAMAGE[damage](data))
            os.utime(path, ns=times)
        reports = [one.report for one in check_each(asked(desk, quick=True))]
        said = [f"{finding.what} ({finding.where})" for one in reports for finding in one.findings if finding.hint]
        assert any(path.name in one for one in said), (path.name, said)
        path.write_bytes(data)
        os.utime(path, ns=times)
    assert not found(desk, quick=True)


def test_pages_that_are_not_as_they_were_printed_are_put_right_by_feed(desk):
    page = desk / "out/episodes/story-two/embed.html"
    data, times = page.read_bytes(), (page.stat().st_atime_ns, page.stat().st_mtime_ns)
    page.write_bytes(flipped(data))
    os.utime(page, ns=times)
    assert told(desk, "file", "it is not as it was printed") == "story-two"
    assert CliRunner().invoke(cli, ["feed", "out", "--base-url", "https://other.example/"]).exit_code == 0
    assert not [one for one in found(desk) if "printed" in str(one)]
    assert CliRunner().invoke(cli, ["feed", "out"]).exit_code == 0
    assert page.read_bytes() == data
    assert not found(desk)


def test_an_article_that_was_changed_is_told(desk):
    path = desk / "in" / "two.md"
    path.write_text(path.read_text("utf-8").replace("One sailing.", "No sailing."), "utf-8")
    said = found(desk, quick=False)
    assert [(slug, kind) for slug, kind, _ in said] == [("story-two", "source")]
    assert "1 of its blocks are not said, 1 that are said are not in it" in said[0][2]


def test_an_article_that_is_gone_or_unreadable_is_a_note(desk):
    (desk / "in" / "one.md").unlink()
    (desk / "in" / "two.md").write_text("")
    reports = [one.report for one in check_each(asked(desk))]
    said = {one.slug: finding.what for one in reports for finding in one.findings}
    assert "is gone" in said["story-one"]
    assert "cannot be read any more" in said["story-two"]
    assert sum(one.errors for one in reports) == 0


def test_another_article_in_the_same_file_is_told(desk):
    (desk / "in" / "one.md").write_text("---\nid: other\n---\n# Another\n\nAnother text.\n")
    assert told(desk, "source", "article was changed", quick=False) == "story-one"


def test_a_block_that_is_not_said_is_told(desk):
    """The receipt agrees that nothing changed, and still a sentence of the article is in no segment."""
    path = desk / "out" / "episodes" / "story-one" / "episode.json"
    document = json.loads(path.read_bytes())
    for segment in document["segments"]:
        segment["written"] = segment["written"].replace("One sailing.", "One sail.")
    path.write_text(json.dumps(document), "utf-8")
    slug, kind, what = next(one for one in found(desk, quick=False) if one[1] == "coverage")
    assert (slug, kind) == ("story-one", "coverage")
    assert what == "block 3 of the article is not said whole: “One sailing.”"


# ── what need not be done again ─────────────────────────────────────────────────────────────────────────────────────


def remembered(desk: Path, **settings) -> list[str]:
    return [one.report.slug for one in check_each(asked(desk, **settings)) if one.remembered]


def test_what_did_not_change_is_not_decoded_again(desk):
    everything = ["story-one", "story-three", "story-two"]
    first = {one.report.slug: one.report for one in check_each(asked(desk))}
    assert remembered(desk) == everything
    assert {one.report.slug: one.report for one in check_each(asked(desk))} == first
    assert remembered(desk, all=True) == []
    assert remembered(desk, quick=True) == []

    (desk / "in" / "one.md").write_text(TEXT.format("one", 7), "utf-8")
    assert remembered(desk) == ["story-three", "story-two"]
    next(desk.glob("out/episodes/story-two/*.vtt")).write_text("WEBVTT\n")
    assert remembered(desk) == ["story-one", "story-three"]
    assert told(desk, "source", "article was changed", quick=False) == "story-one"  # told again, though not looked at


def test_links_are_looked_at_though_the_episode_is_as_it_was(desk):
    list(check_each(asked(desk)))
    (desk / "out" / "article-audio.css").unlink()
    checked = [one for one in check_each(asked(desk)) if one.report.slug]
    assert all(one.remembered and one.report.errors for one in checked)


@pytest.mark.parametrize("damage", [b"no database at all" * 99, None])
def test_a_damaged_memory_costs_a_check_only(desk, damage):
    list(check_each(asked(desk)))
    path = asked(desk).state / FILE
    if damage is None:
        with sqlite3.connect(path) as base:
            base.execute("UPDATE checked SET report = '{}'")
        base.close()
    else:
        path.write_bytes(damage)
    assert remembered(desk) == []
    assert len(remembered(desk)) == 3


def test_since_looks_only_at_what_was_written_later(desk):
    for path in (desk / "out" / "episodes" / "story-one").iterdir():
        os.utime(path, (2e9, 2e9))
    reports = [one.report.slug for one in check_each(asked(desk, since=1.99e9, quick=True))]
    assert reports == ["story-one"]


def test_workers_find_the_same_in_the_same_order(desk):
    (desk / "out" / "episodes" / "story-three" / "captions.vtt").write_text("WEBVTT\n")
    alone = [one.report for one in check_each(asked(desk, all=True))]
    shared = [one.report for one in check_each(asked(desk, all=True, jobs=2))]
    assert shared == alone
    assert [one.slug for one in alone if one.errors] == ["story-three"]


def test_a_worker_that_is_killed_costs_nothing(desk):
    bench = Bench(desk / "out")
    tasks = [Task("story-one", ()), Task("story-two", ()), Task("story-three", ())]
    with Turns(WORKER, bench, 1, lambda task, told: None, deadline=60) as turns:
        answers = turns.all(tasks, Task)
        assert next(answers).report.slug == "story-one"
        for pid in turns.pids:
            os.kill(pid, 9)
        assert [one.report.slug for one in answers] == ["story-two", "story-three"]


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────────────────


def check(*arguments):
    return CliRunner().invoke(cli, ["check", *map(str, arguments)])


def test_the_command_says_what_it_did_not_do_again(desk):
    first = check("out", "--jobs", "1")
    assert first.exit_code == 0
    assert first.stdout.count("LUFS") == 3
    again = check("out", "--jobs", "1")
    assert again.stdout == ""
    assert "3 as at the last check" in again.stderr
    alone = check("out", "story-one", "--jobs", "1")
    assert "(as at the last check)" in alone.stdout
    lines = [json.loads(line) for line in check("out", "--json", "--jobs", "1").stdout.splitlines()]
    assert [line["remembered"] for line in lines] == [True] * 3


def test_the_command_says_what_cannot_be_checked_without_a_state(desk):
    shutil.rmtree(desk / ".articleaudio")
    result = check("out", "--quick")
    assert result.exit_code == 0
    assert "cannot be checked whether articles changed" in result.stderr


def test_what_is_no_output_is_refused(desk):
    assert check("in").exit_code == 3
    assert check("nowhere").exit_code == 2
    assert check("out", "story-on").exit_code == 2
    assert check("out", "--since", "yesterday").exit_code == 2


def test_the_page_plays_where_something_was_found(desk):
    path = desk / "out" / "episodes" / "story-one" / "episode.json"
    document = json.loads(path.read_bytes())
    start = document["segments"][4]["start"]
    document["segments"][4]["written"] += " more"
    path.write_text(json.dumps(document), "utf-8")
    result = check("out", "--html", "sub/check.html", "--jobs", "1")
    assert result.exit_code == 1
    text = (desk / "sub" / "check.html").read_text("utf-8")
    player = f"episodes/story-one/{document['audio']['file']}#t={max(0, start - 1):.1f}"
    assert f'<audio controls preload="none" src="../out/{player}"' in text
    assert text.count("<section") == 3
    assert (
        check("out", "--html", "sub/check.html", "--jobs", "1").exit_code == 1
    )  # out of memory, the same page but waves
    assert (desk / "sub" / "check.html").read_text("utf-8").count("<section") == 3


def test_a_page_on_very_many_shows_what_was_found(desk):
    good, *_ = check_each(asked(desk))
    with Page(desk / "check.html", desk / "out") as page:
        for _ in range(SHOWN + 7):
            page.add(good)
        page.write()
    text = (desk / "check.html").read_text("utf-8")
    assert text.count("<section") == SHOWN
    assert "7 more episodes are good." in text


def test_programs_get_everything_checked_anew(desk):
    for _ in range(2):
        reports = check_output(desk / "out", asked(desk).state)
        assert len(reports) == 3
        assert all(report.measures for report in reports)
