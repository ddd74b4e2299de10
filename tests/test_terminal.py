"""What people and machines see of a run: figures that are fair, lines that cannot steer a terminal, few pictures."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
import threading
import time

import pytest

from articleaudio import events
from articleaudio.shown import in_line
from articleaudio.terminal import JsonLines, Screen
from articleaudio.terminal.tally import Tally
from articleaudio.terminal.telling import MOST, Teller, counts, figures, how_far


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self):
        return self.now


def ready(source, *, changed=True, duration=60.0, title="A story"):
    return events.EpisodeReady(source, "id", "a-story", title, duration, 500_000, 1, changed, 5, 10, ())


def made(tally, clock, source, took, duration=60.0):
    tally.take(events.ArticleStarted(source, "A story", 10))
    clock.now += took
    tally.take(ready(source, duration=duration))


# ── Figures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_speed_counts_only_what_was_made():
    clock = Clock()
    tally = Tally(clock)
    tally.take(events.RunStarted(None, 1))
    made(tally, clock, "a", 2.0)
    for number in range(1000):
        clock.now += 0.001
        tally.take(ready(f"u{number}", changed=False))
    made(tally, clock, "b", 2.0)
    assert tally.speed == pytest.approx(30)
    assert tally.pace == pytest.approx(30)
    assert (tally.made, tally.unchanged, tally.finished) == (2, 1000, 1002)
    assert how_far(tally) == "1,002 of ?"
    assert figures(tally) == "2:00 of audio, 30× real time, 30 articles/min"


def test_time_left_goes_by_how_many_had_to_be_made_of_late():
    """A thousand that were up to date say nothing of the new ones that follow."""
    clock = Clock()
    tally = Tally(clock)
    tally.take(events.RunStarted(1200, 1))
    for number in range(1000):
        clock.now += 0.001
        tally.take(ready(f"u{number}", changed=False))
    assert tally.time_left == 0
    for number in range(100):
        made(tally, clock, f"n{number}", 3.0)
    tally.take(events.SourcesFound(1100, 1200))
    assert tally.expected == 1200
    assert tally.time_left == pytest.approx(100 * 3.0, rel=0.02)


def test_a_batch_of_unchanged_is_not_expected_to_take_long():
    clock = Clock()
    tally = Tally(clock)
    tally.take(events.RunStarted(10_000, 1))
    made(tally, clock, "a", 3.0)
    for number in range(2000):
        tally.take(ready(f"u{number}", changed=False))
    tally.take(events.SourcesFound(2001, 10_000))
    assert tally.time_left == pytest.approx(0, abs=1)


def test_articles_at_work_count_for_audio_and_time_left():
    clock = Clock()
    tally = Tally(clock)
    tally.take(events.RunStarted(2, 1))
    made(tally, clock, "a", 4.0)
    tally.take(events.ArticleStarted("b", "Next", 10))
    clock.now += 2.0
    tally.take(events.SegmentReady("b", 5, 10, 30.0, spoken=True))
    tally.take(events.SourcesFound(2, 2))
    assert tally.audio == 90
    assert tally.speed == 15
    assert tally.time_left == pytest.approx(0.5 * 6.0)


def test_an_export_holds_more_articles_than_sources():
    tally = Tally(Clock())
    tally.take(events.RunStarted(1, 2))
    tally.take(events.SourcesFound(1, 1))
    for number in range(5):
        tally.take(ready(f"export.json#{number}", changed=False))
    tally.take(events.ArticleStarted("export.json#5", "Six", 3))
    assert how_far(tally) == "5 of 6"


def test_a_worker_keeps_its_line_and_a_second_try_begins_anew():
    tally = Tally(Clock())
    for source in "abc":
        tally.take(events.ArticleStarted(source, source, 5))
    tally.take(events.SegmentReady("b", 4, 5, 1.0, spoken=True))
    tally.take(ready("a"))
    tally.take(events.ArticleStarted("d", "d", 5))
    tally.take(events.ArticleStarted("b", "b", 5))
    assert {source: (work.slot, work.done) for source, work in tally.open.items()} == {
        "b": (2, 0),
        "c": (3, 0),
        "d": (1, 0),
    }
    tally.take(events.ArticleFailed("b", "no", "", 1))
    assert counts(tally) == "1 made, 0 unchanged, 1 failed"


# ── Words ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_text_of_others_cannot_steer_a_terminal():
    assert in_line("\x1b[2J\x07red\r\nNEXT\u202e\u2066 odd\udcff") == "�[2J�red� NEXT�� odd�"
    assert in_line("Ще не вмерла — “quoted” 🚢 नमस्ते") == "Ще не вмерла — “quoted” 🚢 नमस्ते"


def test_what_repeats_itself_is_said_only_so_often():
    teller = Teller()
    said = [line for number in range(500) for line in teller.told(events.SourceSkipped(f"{number}.jpg", "a picture"))]
    assert len(said) == MOST["skipped"] + 1
    assert "report" in said[-1].message
    (failed,) = teller.told(events.ArticleFailed("a.md", "a.md is empty", "write something", 3))
    assert (failed.word, failed.message, failed.hint) == ("failed", "a.md is empty", "write something")
    (failed,) = teller.told(events.ArticleFailed("a.md", "no headline", "", 3))
    assert failed.message == "a.md: no headline"


# ── A log ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_log_has_plain_lines(capsys):
    with Screen() as screen:
        screen(events.RunStarted(3, 1))
        screen(events.ArticleStarted("a", "\x1b[31mRed [bold]news[/]", 10))
        screen(ready("a", title="\x1b[31mRed [bold]news[/]"))
        screen(ready("b", changed=False))
        screen(events.ArticleFailed("c", "c is empty", "give a file with an article in it", 3))
        screen(events.ReportReady("/state/report.json", "/state/report.html"))
        screen(events.RunFinished(1, 1, 1, 120.0))
    out, err = capsys.readouterr()
    assert err.splitlines() == [
        "made  1:00 �[31mRed [bold]news[/] (a-story), 1 of 3",
        "failed  c is empty",
        "        hint: give a file with an article in it",
        "report: /state/report.html",
    ]
    assert "�[31mRed [bold]news[/]" in out
    assert out.splitlines()[-1] == "1 made, 1 unchanged, 1 failed; 2:00 of audio in all"
    assert all(sign.isprintable() or sign == "\n" for sign in out + err)


def test_a_log_sums_up_now_and_then(capsys):
    with Screen(summary_every=0.02) as screen:
        screen(events.RunStarted(3, 1))
        screen(ready("b", changed=False))
        text = ""
        while "progress" not in text:
            time.sleep(0.02)
            text += capsys.readouterr().err
    assert text.splitlines()[-1].startswith("progress  1 of 3 articles: 0 made, 1 unchanged; 0:00 of audio")


def test_the_table_names_the_newest(capsys):
    with Screen() as screen:
        for number in range(120):
            screen(ready(f"{number:03}", title=f"Story {number}"))
        screen(ready("same", title="Not this one", changed=False))
        screen(events.RunFinished(120, 1, 0, 7260.0))
    out = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in out[1:-2]] == [f"Story {number}" for number in range(70, 120)]
    assert out[-2:] == ["and 70 more", "120 made, 1 unchanged, 0 failed; 2:01:00 of audio in all"]


@pytest.mark.parametrize(
    ("unchanged", "interrupted", "said"),
    [
        (1, False, "Nothing to do: every episode is up to date."),
        (0, False, "No article was found."),
        (0, True, "0 made"),
    ],
)
def test_a_run_without_episodes_says_why(capsys, unchanged, interrupted, said):
    with Screen() as screen:
        if interrupted:
            screen(events.RunInterrupted("interrupted", 0, None))
        screen(events.RunFinished(0, unchanged, 0, 0.0))
    assert capsys.readouterr().out.startswith(said)


def test_json_lines_of_many_threads_stay_whole(capsys):
    lines = JsonLines()
    threads = [
        threading.Thread(target=lambda: [lines(events.Warned("x" * 3000)) for _ in range(200)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    out = capsys.readouterr().out.splitlines()
    assert len(out) == 800
    assert all(json.loads(line)["event"] == "Warned" for line in out)


# ── A terminal ──────────────────────────────────────────────────────────────────────────────────────────────────────

BUSY = """
import time
from articleaudio import events
from articleaudio.terminal import Screen

began = time.monotonic()
with Screen() as screen:
    screen(events.RunStarted(3400, 2))
    screen(events.SourcesFound(40, 3400))
    screen(events.ArticleStarted("a", "Ferry sails again after 41 days, and nobody who waited was surprised", 30000))
    screen(events.ArticleStarted("b", "\\x1b[2JHarbour", 12))
    for number in range(30000):
        screen(events.SegmentReady("a", number + 1, 30000, 0.01, True))
        if number % 100 == 0:
            screen(events.ArticleFailed(f"f{number}", f"f{number} is empty", "", 3))
        if number % 3000 == 0:
            time.sleep(0.2)
    screen(events.EpisodeReady("a", "id", "ferry", "Ferry", 300.0, 1000, 1, True, 5, 10, ()))
    took = time.monotonic() - began
    screen(events.RunFinished(1, 0, 300, 300.0))
print("took", took)
"""


def on_a_terminal(code, columns, term="xterm-256color"):
    """Run Python code with a terminal of so many columns for all its streams; gives what it wrote."""
    fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")
    above, below = os.openpty()
    fcntl.ioctl(below, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
    env = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR"}}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=below, stdout=below, stderr=below, env=env | {"TERM": term}
    ) as process:
        os.close(below)
        written = bytearray()
        while True:
            try:
                data = os.read(above, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not data:
                break
            written += data
        os.close(above)
    assert process.returncode == 0, written
    return written.decode()


ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.mark.parametrize("columns", [100, 40])
def test_a_terminal_is_drawn_a_few_times_a_second_whatever_happens(columns):
    text = on_a_terminal(BUSY, columns)
    took = float(text.rpartition("took")[2])
    pictures = text.count("of 3,400")
    assert 2 <= pictures <= 10 * took + 2
    assert text.count("is empty") == 300
    assert "\x1b[2JH" not in text
    shown = ANSI.sub("", text).replace("\r", "\n").splitlines()
    assert any(line.startswith("━") and "Ferry" in line for line in shown)
    assert any("�[2JHarbour" in line and "0/12" in line for line in shown)
    assert all(len(line) <= columns for line in shown if "━" in line or "real time" in line)
    assert "1 made, 0 unchanged, 300 failed; 5:00 of audio in all" in shown
    assert text.rindex("\x1b[?25h") < text.rindex("Ferry")


def test_a_terminal_that_cannot_move_gets_a_log():
    text = on_a_terminal(BUSY, 80, term="dumb")
    assert "made  5:00 Ferry (ferry), 301 of 3,400" in text
    assert "\x1b" not in text


def test_a_log_holds_no_control_characters_even_where_colours_are_forced(tmp_path):
    env = {**os.environ, "FORCE_COLOR": "1", "TERM": "xterm"}
    done = subprocess.run([sys.executable, "-c", BUSY], capture_output=True, env=env, cwd=tmp_path, check=True)
    assert b"\x1b" not in done.stderr
    assert done.stderr.count(b"failed  f") == 300
