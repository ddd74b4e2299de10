"""The report of a run: what it says, that it is always there, and that nothing in it can do harm."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from articleaudio import events
from articleaudio.errors import EngineError, OutputError, UsageError
from articleaudio.report import Recorder, Shelf, Start, checked_copies
from articleaudio.report.notes import Kind, Notebook, read_notes

HOSTILE = "<script>alert(1)</script> & \x1b[31mred \u202e\"'"
BEGUN = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def ready(number=1, **changes):
    facts = {
        "source": f"a/{number}.md",
        "id": f"id-{number}",
        "slug": f"story-{number}",
        "title": f"Story {number}",
        "duration": 61.5,
        "size": 700_000,
        "chapters": 1,
        "changed": True,
        "spoken": 3,
        "segments": 10,
        "warnings": (),
        "version": 2,
    }
    return events.EpisodeReady(**(facts | changes))


def recorder(tmp_path, base_url="https://audio.example/listen/", **settings):
    """A recorder whose clock is half a minute further each time it is looked at; what it passes on is in `heard`."""
    clock = iter(BEGUN + timedelta(seconds=30 * step) for step in range(99))
    heard = []
    start = Start("0.1.0", "articleaudio convert 'https://me:secret@cms.example/x' --out public", "public")
    made = Recorder(
        tmp_path / "state",
        start,
        Shelf(tmp_path / "public", base_url),
        emit=heard.append,
        now=lambda: next(clock),
        **settings,
    )
    return made, heard


def report_of(tmp_path, *stated, code=0, **settings):
    tell, heard = recorder(tmp_path, **settings)
    with tell:
        for event in stated:
            tell(event)
        tell.finish(code)
    assert heard[: len(stated)] == list(stated)
    return json.loads((tmp_path / "state/report.json").read_bytes())


class Page(HTMLParser):
    """What a page holds; fails on tags that are not closed in order."""

    VOID = frozenset({"meta", "br"})

    def __init__(self, text):
        super().__init__()
        self.tags, self.links, self.open, self.text = [], [], [], []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def of(self, name):
        return [attrs for tag, attrs in self.tags if tag == name]


def page_of(tmp_path, name="report.html"):
    text = (tmp_path / "state" / name).read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>\n")
    return Page(text)


def test_what_was_done_skipped_and_failed(tmp_path):
    report = report_of(
        tmp_path,
        events.RunStarted(4, 1),
        ready(1),
        ready(2, changed=False),
        events.SourceSkipped("a/cover.jpg", "a picture, no source"),
        events.ArticleFailed("gone.md", "gone.md does not exist", "check the spelling", 3),
        events.Warned("no feed was made"),
        events.MoneySpent(0.25, 1000, (events.VoiceCost("nova", 1000, 0.25),)),
        code=1,
    )
    assert report["counts"] == {
        "made": 1,
        "unchanged": 1,
        "skipped": 1,
        "failed": 1,
        "listen": 0,
        "warning": 1,
        "seconds": 61.5,
        "spoken": 3,
        "kept": 7,
    }
    assert report["done"] == [
        {
            "title": "Story 1",
            "slug": "story-1",
            "id": "id-1",
            "version": 2,
            "source": "a/1.md",
            "seconds": 61.5,
            "size": 700_000,
            "spoken": 3,
            "kept": 7,
            "link": "https://audio.example/listen/episodes/story-1/",
        }
    ]
    assert report["skipped"] == [{"source": "a/cover.jpg", "reason": "a picture, no source"}]
    assert report["failed"] == [
        {"source": "gone.md", "message": "gone.md does not exist", "hint": "check the spelling", "exit_code": 3}
    ]
    assert report["warning"] == [{"message": "no feed was made", "hint": ""}]
    assert report["spent"]["dollars"] == 0.25
    assert (report["outcome"], report["exit_code"], report["left"]) == ("finished", 1, None)
    assert (report["started"], report["ended"]) == ("2026-11-24T08:00:00+00:00", "2026-11-24T08:00:30+00:00")
    assert (report["version"], report["output"]) == ("0.1.0", "public")
    assert not list((tmp_path / "state").glob("*.notes"))


def test_an_empty_run_has_a_report_too(tmp_path):
    report = report_of(tmp_path, code=3)
    assert report["done"] == report["failed"] == report["listen"] == []
    assert page_of(tmp_path).of("table") == []


def test_a_password_in_an_address_is_not_told(tmp_path):
    report = report_of(tmp_path, events.ArticleFailed("https://me:secret@a.example/x", "no", "", 3))
    assert "secret" not in json.dumps(report)
    assert report["failed"][0]["source"] == "https://…@a.example/x"
    assert "secret" not in (tmp_path / "state/report.html").read_text()


def test_flags_say_at_which_second_they_are_heard(tmp_path):
    folder = tmp_path / "public/episodes/story-1"
    folder.mkdir(parents=True)
    segments = [{"id": "s0001", "start": 0.0}, {"id": "s0002", "start": 4.25}, {"id": "s0003", "start": 75.5}]
    (folder / "episode.json").write_text(json.dumps({"segments": segments}))
    told = (
        "s0002: “NABU” is a guess",
        "s0003, s0002 and 4 more: the end does not die away",
        "no rules for “xx”",
        "s9999: odd",
    )
    report = report_of(tmp_path, ready(1, warnings=told), ready(2, warnings=("s0001: its file is not there",)))
    page = "https://audio.example/listen/episodes/story-1/"
    assert [(one["message"], one["second"], one["link"]) for one in report["listen"][:4]] == [
        ("“NABU” is a guess", 4.25, f"{page}#t=4.25"),
        ("the end does not die away", 4.25, f"{page}#t=4.25"),
        ("no rules for “xx”", None, page),
        ("odd", None, page),
    ]
    assert report["listen"][1]["segments"] == ["s0003", "s0002"]
    assert report["listen"][4]["second"] is None
    assert f"{page}#t=4.25" in page_of(tmp_path).links


def test_without_a_base_url_links_lead_to_the_files(tmp_path):
    report = report_of(tmp_path, ready(1), base_url="")
    assert report["done"][0]["link"] == (tmp_path / "public/episodes/story-1/index.html").as_uri()


def test_the_page_is_whole_self_contained_and_escaped(tmp_path):
    report_of(
        tmp_path,
        ready(1, title=HOSTILE, warnings=(HOSTILE,)),
        events.SourceSkipped(f"odd\udcff{HOSTILE}", HOSTILE),
        events.ArticleFailed(HOSTILE, HOSTILE, HOSTILE, 3),
        events.Warned(HOSTILE),
        events.RunInterrupted("limit", 2, 7),
        events.DeliveryFinished("s3://bucket", 3, 10, 0, 1, 0),
    )
    page = page_of(tmp_path)
    assert not page.of("script")
    assert not page.of("link")
    assert not page.of("img")
    assert page.of("html") == [{"lang": "en"}]
    assert len(page.of("main")) == len(page.of("h1")) == 1
    assert len(page.of("caption")) == len(page.of("table")) == 4
    assert all("scope" in attrs for attrs in page.of("th"))
    labels = {attrs["aria-labelledby"] for attrs in page.of("div") if "aria-labelledby" in attrs}
    assert labels == {attrs["id"] for attrs in page.of("h2") if "id" in attrs}
    text = "".join(page.text)
    assert "<script>alert(1)</script>" in text
    assert not {"\x1b", "\u202e", "\udcff"} & set(text)
    assert "Sources left" in text


def test_a_report_of_very_many_stays_readable(tmp_path):
    report = report_of(tmp_path, *(events.SourceSkipped(f"{number}.xyz", "no") for number in range(1200)))
    assert len(report["skipped"]) == report["counts"]["skipped"] == 1200
    page = page_of(tmp_path)
    assert len(page.of("tr")) == 1001
    assert "and 200 more" in "".join(page.text)


@pytest.mark.parametrize(
    ("error", "outcome", "code"),
    [
        (KeyboardInterrupt(), "interrupted", 130),
        (EngineError("no voice"), "broke off", 4),
        (ValueError(), "broke off", 1),
    ],
)
def test_a_run_that_breaks_off_leaves_its_report(tmp_path, error, outcome, code):
    tell, heard = recorder(tmp_path)

    def broken():
        with tell:
            tell(ready(1))
            raise error

    with pytest.raises(type(error)):
        broken()
    report = json.loads((tmp_path / "state/report.json").read_bytes())
    assert (report["outcome"], report["exit_code"], report["counts"]["made"]) == (outcome, code, 1)
    assert "Run " + outcome in "".join(page_of(tmp_path).text)
    assert isinstance(heard[-1], events.ReportReady)


def test_a_killed_run_gets_its_report_from_the_next(tmp_path):
    tell, _ = recorder(tmp_path)
    killed = tell.__enter__()
    for number in range(3):
        tell(ready(number, changed=number != 1))
    tell(events.SourceSkipped("x", "no"))
    killed._book.close()
    with (tmp_path / "state/report.notes").open("a") as notes:
        notes.write('["done", {"title": "half')
    after, heard = recorder(tmp_path)
    with after:
        after.finish(0)
    report = json.loads((tmp_path / "state/report-of-killed-run.json").read_bytes())
    assert (report["outcome"], report["ended"], report["exit_code"]) == ("killed", None, None)
    assert [report["counts"][name] for name in ("made", "unchanged", "skipped")] == [2, 1, 1]
    assert "Run was killed" in "".join(page_of(tmp_path, "report-of-killed-run.html").text)
    assert isinstance(heard[0], events.Warned)
    assert json.loads((tmp_path / "state/report.json").read_bytes())["counts"]["made"] == 0


def test_copies_are_put_where_they_are_wanted(tmp_path):
    copies = checked_copies([tmp_path / "deep/run.HTML", tmp_path / "run.json"])
    report = report_of(tmp_path, ready(1), copies=copies)
    assert json.loads((tmp_path / "run.json").read_bytes()) == report
    assert (tmp_path / "deep/run.HTML").read_bytes() == (tmp_path / "state/report.html").read_bytes()


def test_a_copy_that_cannot_be_is_refused_before_any_work(tmp_path):
    with pytest.raises(UsageError, match="no report can be written"):
        checked_copies([tmp_path / "report.pdf"])
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        checked_copies([tmp_path / "folder.html"])
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        checked_copies([tmp_path / "file/report.html"])


def test_a_disk_that_is_full_ends_the_notes_and_not_the_run(tmp_path):
    book = Notebook(tmp_path / "notes")
    book.take(Kind.SKIPPED, {"source": "a", "reason": "b"})
    full = os.open("/dev/full", os.O_WRONLY)
    os.dup2(full, book._file.fileno())
    os.close(full)
    book.take(Kind.SKIPPED, {"source": "c", "reason": "d"})
    book.take(Kind.SKIPPED, {"source": "e", "reason": "f"})
    book.close()
    assert book.problem == "No space left on device"
    assert book.sums.skipped == 3
    assert [facts["source"] for _, facts in read_notes(tmp_path / "notes")] == ["a"]


def test_a_report_that_cannot_be_written_is_told(tmp_path):
    tell, heard = recorder(tmp_path)
    (tmp_path / "state/report.json").mkdir(parents=True)
    with tell, pytest.raises(OutputError):
        tell.finish(0)
    assert not any(isinstance(event, events.ReportReady) for event in heard)


def test_notes_keep_any_text(tmp_path):
    book = Notebook(tmp_path / "notes")
    book.take(Kind.FAILED, {"source": "odd\udcff\n", "message": HOSTILE})
    book.close()
    (found,) = read_notes(tmp_path / "notes")
    assert found == (Kind.FAILED, {"source": "odd\udcff\n", "message": HOSTILE})
