"""Deliveries over a line that fails, to stores that refuse, and beside somebody else who writes there too."""

from __future__ import annotations

import os
import subprocess
import sys

import bucketwire
import pytest
from mirrors import EVERYTHING, episode

from articleaudio import events
from articleaudio.errors import OutputError


def once(fault, wanted):
    """A fault for the first request that is wanted, and none after it."""
    seen = []

    def spoil(asked):
        if wanted(asked) and not seen:
            seen.append(asked)
            return fault
        return None

    return spoil


def told(said):
    return {event.name: event.message for event in said if isinstance(event, events.FileNotDelivered)}


# ── what passes ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("fault", ["reset", "lost", "cut", "flip", (500, bucketwire.FAILING), (503, b""), (409, b"")])
@pytest.mark.parametrize("key", ["one.0000aaaa.mp3", "feed.xml"])
def test_a_fault_that_passes_costs_nothing(bucket, output, quick, fault, key):
    bucket.wire.spoil = once(fault, lambda asked: asked.method == "PUT" and asked.key.endswith(key))
    total, said = output.deliver()
    assert (total.failed, total.held, told(said)) == (0, 0, {})
    assert bucket.files() == EVERYTHING
    assert sum(name.endswith(f"/{key}") for name in bucket.wire.put()) >= 1
    bucket.wire.asked.clear()
    assert output.deliver()[0].files == 0
    assert bucket.wire.asked == []


@pytest.mark.parametrize("fault", ["reset", "cut", (500, b"")])
def test_a_look_that_fails_is_taken_again(bucket, output, quick, fault):
    bucket.wire.spoil = once(fault, lambda asked: asked.method == "HEAD" and asked.key.endswith("feed.xml"))
    assert output.deliver()[0].failed == 0
    assert bucket.files() == EVERYTHING


def test_every_answer_is_lost_the_first_time(bucket, output, quick):
    seen = set()

    def spoil(asked):
        fresh = (asked.method, asked.key) not in seen
        seen.add((asked.method, asked.key))
        return "lost" if fresh and asked.method == "PUT" else None

    bucket.wire.spoil = spoil
    output.deliver()
    assert bucket.files() == EVERYTHING
    output.lay({"feed.xml": b"new"})
    seen.clear()
    output.deliver()
    assert bucket.get("feed.xml") == b"new"


# ── what stays ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fault", "why"),
    [((403, bucketwire.DENIED), "refuses us (HTTP 403)"), ((500, bucketwire.FAILING), "fails (HTTP 500)")],
)
def test_one_key_that_fails_holds_back_what_leads_to_it_and_nothing_else(bucket, output, quick, fault, why):
    output.deliver()
    output.lay(
        episode("one", "1111bbbb", b"new")
        | episode("three", "3333dddd")
        | {"feed.xml": b"<rss>/episodes/one/one.1111bbbb.mp3 /episodes/three/", "feed-sport.xml": b"/episodes/three/"}
    )
    (output.mirror / "episodes/one/one.0000aaaa.mp3").unlink()
    (output.mirror / "episodes/two/two.0000aaaa.mp3").unlink()
    bucket.wire.spoil = lambda asked: fault if asked.puts and asked.key.endswith("one.1111bbbb.mp3") else None
    total, said = output.deliver()
    assert list(told(said)) == ["episodes/one/one.1111bbbb.mp3"]
    assert why in told(said)["episodes/one/one.1111bbbb.mp3"]
    assert (total.failed, total.held, total.removed) == (1, 9, 0)
    assert bucket.files() == EVERYTHING | episode("three", "3333dddd") | {"feed-sport.xml": b"/episodes/three/"}
    bucket.wire.spoil = lambda asked: None
    total, said = output.deliver()
    assert (total.failed, total.held, total.removed, told(said)) == (0, 0, 2, {})
    kept = {path.relative_to(output.mirror).as_posix(): path.read_bytes() for path in output.mirror.rglob("*.*")}
    assert bucket.files() == kept


def test_what_was_withdrawn_is_removed_although_another_key_fails(bucket, output):
    output.deliver()
    for name in episode("two"):
        (output.mirror / name).unlink()
    output.lay({"episodes/two/episode.json": b'{"status": "retracted"}'} | episode("one", "1111bbbb"))
    denied = (403, bucketwire.DENIED)
    bucket.wire.spoil = lambda asked: denied if asked.puts and asked.key.endswith("one.1111bbbb.mp3") else None
    total, _ = output.deliver()
    assert (total.failed, total.removed) == (1, len(episode("two")) - 1)
    assert [name for name in bucket.names() if "/two/" in name] == ["episodes/two/episode.json"]


def test_an_asset_that_fails_holds_back_what_uses_it(bucket, output):
    output.lay({"index.html": b'<link href="article-audio.css?1">'})
    denied = (403, bucketwire.DENIED)
    bucket.wire.spoil = lambda asked: denied if asked.puts and asked.key.endswith(".css") else None
    total, _ = output.deliver()
    assert (total.failed, total.held) == (1, 1)
    assert set(EVERYTHING) - set(bucket.names()) == {"article-audio.css", "index.html"}


def test_a_key_that_may_not_be_deleted_does_not_keep_the_others(bucket, output):
    output.deliver()
    for name in ("one", "two"):
        (output.mirror / f"episodes/{name}/{name}.0000aaaa.mp3").unlink()

    def spoil(asked):
        several = asked.method == "POST" and len(asked.headers) and int(asked.headers["content-length"]) > 200
        return (403, bucketwire.DENIED) if several else None

    bucket.wire.spoil = spoil
    total, said = output.deliver()
    assert (total.removed, total.failed, told(said)) == (2, 0, {})
    assert not [name for name in bucket.names() if name.endswith(("one.0000aaaa.mp3", "two.0000aaaa.mp3"))]


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ((403, bucketwire.DENIED), "refuses us"),
        ((400, bucketwire.EXPIRED), "have expired"),
        ((403, bucketwire.EXPIRED), "have expired"),
        ("reset", "nobody answers"),
        ((500, bucketwire.FAILING), "fails"),
    ],
)
def test_a_store_that_refuses_everything_is_left_alone_soon(bucket, output, quick, fault, why):
    more = episode("four") | episode("five") | episode("six")
    output.lay(more)
    bucket.wire.spoil = lambda asked: fault if asked.puts else None
    with pytest.raises(OutputError) as caught:
        output.deliver()
    assert why in caught.value.message
    assert "a-secret" not in caught.value.message + caught.value.hint
    assert len(set(bucket.wire.put())) <= 24
    bucket.wire.spoil = lambda asked: None
    output.deliver()
    assert bucket.files() == EVERYTHING | more


def test_bytes_that_are_always_altered_on_the_way_are_no_delivery(bucket, output, quick):
    spoilt = "episodes/one/one.0000aaaa.mp3"
    bucket.wire.spoil = lambda asked: "flip" if asked.puts and asked.key.endswith(spoilt) else None
    total, said = output.deliver()
    assert total.failed == 1
    assert "does not hold what was sent" in told(said)[spoilt]
    assert not {"episodes/one/episode.json", "feed.xml", "index.html"} & set(bucket.names())


def test_altered_bytes_are_found_in_parts_too(bucket, output, quick):
    spoilt = "episodes/one/one.2222cccc.mp3"
    output.lay({spoilt: bytes(17 * 2**20)})
    bucket.wire.spoil = once("flip", lambda asked: "partNumber=2" in asked.query)
    assert output.deliver()[0].failed == 0
    assert bucket.get(spoilt) == bytes(17 * 2**20)


# ── somebody else ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["index.html", "episodes/one/one.1111bbbb.mp3"])
def test_what_somebody_else_put_there_is_left_alone_unless_we_are_told(bucket, output, name):
    output.deliver()
    bucket.put(name, b"somebody else's")
    output.lay({name: b"ours, and new"})
    total, said = output.deliver()
    assert (total.failed, bucket.get(name)) == (1, b"somebody else's")
    assert "somebody else" in told(said)[name]
    assert "--overwrite" in said[0].hint
    total, _ = output.deliver(overwrite=True)
    assert (total.failed, bucket.get(name)) == (0, b"ours, and new")
    output.lay({name: b"and newer"})
    assert output.deliver()[0].failed == 0


def killed_while_sending(bucket, output, key):
    """A run that ends after an object arrived, and before it is noted that it did."""
    bucket.wire.spoil = lambda asked: "hang" if asked.method == "HEAD" and asked.key.endswith(key) else None
    script = f"""
import sys
from pathlib import Path
from mirrors import Output
Output(Path({str(output.state)!r}), {output.address!r}).deliver()
"""
    paths = os.pathsep.join(sys.path)
    going = subprocess.Popen([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": paths})
    assert bucket.wire.hung.wait(300)
    going.kill()
    going.wait()
    bucket.wire.hung.clear()
    bucket.wire.spoil = lambda asked: None


def test_what_a_killed_run_of_ours_put_there_is_not_somebody_elses(bucket, output):
    output.deliver()
    for text in (b"second", b"third"):
        output.lay({"episodes/one/episode.json": text})
        killed_while_sending(bucket, output, "one/episode.json")
        assert bucket.get("episodes/one/episode.json") == b"second"  # the other run ends before it sends anything
    output.lay({"episodes/one/episode.json": EVERYTHING["episodes/one/episode.json"]})  # as the ledger knows it
    assert output.deliver()[0].failed == 0
    assert bucket.files() == EVERYTHING


def test_what_a_killed_run_put_there_for_nothing_is_removed(bucket, output):
    output.deliver()
    output.lay({"episodes/one/one.1111bbbb.mp3": b"replaced before it was noted"})
    killed_while_sending(bucket, output, "one.1111bbbb.mp3")
    assert "episodes/one/one.1111bbbb.mp3" in bucket.names()
    (output.mirror / "episodes/one/one.1111bbbb.mp3").unlink()
    assert output.deliver()[0].removed == 1
    assert bucket.files() == EVERYTHING


def test_what_somebody_else_removed_is_put_again_when_it_changes(bucket, output):
    output.deliver()
    bucket.delete("feed.xml")
    output.lay({"feed.xml": b"new"})
    assert output.deliver()[0].failed == 0
    assert bucket.get("feed.xml") == b"new"


def test_a_store_without_conditions_is_asked_first(bucket, output):
    unknown = (501, bucketwire.UNKNOWN)
    bucket.wire.spoil = lambda asked: unknown if "if-match" in {name.lower() for name in asked.headers} else None
    output.deliver()
    output.lay({"feed.xml": b"new", "index.html": b"new"})
    bucket.put("index.html", b"somebody else's")
    total, said = output.deliver()
    assert (total.files, list(told(said))) == (1, ["index.html"])
    assert (bucket.get("feed.xml"), bucket.get("index.html")) == (b"new", b"somebody else's")


# ── a lost ledger ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"no ledger" * 999)])
def test_a_lost_ledger_is_made_anew_from_what_is_there(bucket, output, damage):
    output.deliver()
    bucket.put("somebody/elses.txt", b"x")
    bucket.put("robots.txt", b"x")
    bucket.put("episodes/one/notes.txt", b"x")
    for end in ("-wal", "-shm"):
        (output.state / f"delivered.sqlite{end}").unlink(missing_ok=True)
    damage(output.state / "delivered.sqlite")
    (output.mirror / "episodes/one/one.0000aaaa.mp3").unlink()
    output.lay({"feed.xml": b"new"})
    bucket.put("index.html", b"somebody else's")
    bucket.wire.asked.clear()
    total, said = output.deliver()
    assert bucket.wire.put() == ["some/prefix/feed.xml"]
    assert (total.files, total.removed, list(told(said))) == (1, 0, ["index.html"])
    total, _ = output.deliver(overwrite=True)
    assert total.removed == 1
    there = {name: data for name, data in EVERYTHING.items() if not name.endswith("one.0000aaaa.mp3")}
    there |= {"feed.xml": b"new", "somebody/elses.txt": b"x", "robots.txt": b"x", "episodes/one/notes.txt": b"x"}
    assert bucket.files() == there
    bucket.wire.asked.clear()
    assert output.deliver()[0].files == 0
    assert bucket.wire.asked == []


def test_a_listing_that_fails_is_not_half_believed(bucket, output, quick):
    output.deliver()
    (output.state / "delivered.sqlite").unlink()
    bucket.wire.spoil = lambda asked: (403, bucketwire.DENIED) if asked.query.startswith("list-type") else None
    with pytest.raises(OutputError, match="refuses us"):
        output.deliver()
    bucket.wire.spoil = lambda asked: None
    bucket.wire.asked.clear()
    assert output.deliver()[0].files == 0
    assert bucket.wire.put() == []
