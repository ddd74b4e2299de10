"""Delivering a mirror to a bucket over HTTP: what goes up, in what order, with what headers, and what does not."""

from __future__ import annotations

import os

import pytest
from mirrors import EVERYTHING, SITE, Output, episode

from articleaudio import events
from articleaudio.delivery.order import HEARD, LAST, LISTED, READ, SHOWN, TOLD, rank
from articleaudio.errors import ConfigError
from articleaudio.site.headers import cache_control, content_type


def test_every_object_has_its_bytes_and_its_headers(bucket, output):
    total, said = output.deliver()
    assert bucket.files() == EVERYTHING
    assert {name: bucket.headers(name) for name in EVERYTHING} == {
        name: (content_type(name), cache_control(name)) for name in EVERYTHING
    }
    assert (total.files, total.size) == (len(EVERYTHING), sum(map(len, EVERYTHING.values())))
    assert sorted(event.name for event in said if isinstance(event, events.FileDelivered)) == sorted(EVERYTHING)


def test_what_is_linked_is_there_before_what_links_to_it(bucket, output):
    output.deliver()
    put = bucket.wire.put()
    assert len(put) == len(EVERYTHING)
    ranks = [rank(name.removeprefix("some/prefix/")) for name in put]
    assert ranks == sorted(ranks)
    assert set(ranks) == {HEARD, READ, TOLD, SHOWN, LISTED, LAST}
    at = {name.removeprefix("some/prefix/"): number for number, name in enumerate(put)}
    assert at["episodes/one/one.0000aaaa.mp3"] < at["episodes/one/captions.vtt"] < at["episodes/one/episode.json"]
    assert at["episodes/two/episode.json"] < at["episodes/one/index.html"] < at["archive/0001.html"]
    assert at["archive/0001.json"] < at["index.html"]
    assert at["feed-archive-0001.xml"] < at["feed.xml"]


def test_a_finished_episode_goes_up_before_its_pages_and_lists(bucket, output):
    output.deliver(early=["two"])
    put = [name.removeprefix("some/prefix/") for name in bucket.wire.put()]
    early = {name for name in episode("two") if rank(name) <= TOLD}
    assert set(put[: len(early)]) == early
    assert len(put) == len(set(put)) == len(EVERYTHING)


def test_nothing_hidden_and_nothing_from_elsewhere_goes_up(bucket, output, tmp_path):
    (tmp_path / "receipt.json").write_bytes(b"private")
    for name in (".htpasswd", "episodes/one/.half.mp3.12.0011aabb.tmp", ".git/config", "episodes/.work/a.mp3"):
        (output.mirror / name).parent.mkdir(exist_ok=True)
        (output.mirror / name).write_bytes(b"private")
    (output.mirror / "link.json").symlink_to(tmp_path / "receipt.json")
    (output.mirror / "linked").symlink_to(tmp_path)
    output.deliver()
    assert bucket.files() == EVERYTHING


def test_delivering_again_asks_for_nothing(bucket, output):
    output.deliver()
    bucket.wire.asked.clear()
    total, _ = output.deliver()
    assert total.files == 0
    assert bucket.wire.asked == []


def test_a_file_that_was_only_touched_is_not_sent(bucket, output):
    output.deliver()
    bucket.wire.asked.clear()
    output.lay({"index.html": SITE["index.html"]})
    assert output.deliver()[0].files == 0
    assert bucket.wire.asked == []


def test_only_what_changed_is_sent_and_what_is_gone_is_removed_last(bucket, output):
    output.deliver()
    bucket.wire.asked.clear()
    fresh = episode("one", "1111bbbb", b"new") | {"feed.xml": b"<rss>episodes/one/one.1111bbbb.mp3</rss>"}
    output.lay(fresh)
    (output.mirror / "episodes/one/one.0000aaaa.mp3").unlink()
    (output.mirror / "article-audio.1234abcd.js").unlink()
    (output.mirror / "archive/0001.json").unlink()
    (output.mirror / "archive/0001.html").unlink()
    (output.mirror / "archive").rmdir()
    total, _ = output.deliver()
    changed = {name for name, data in fresh.items() if EVERYTHING.get(name) != data}
    assert sorted(bucket.wire.put()) == sorted(f"some/prefix/{name}" for name in changed)
    assert (total.files, total.removed) == (len(changed), 4)
    asked = [one.method for one in bucket.wire.asked]
    assert asked.index("POST") > max(number for number, method in enumerate(asked) if method == "PUT")
    gone = {name for name in EVERYTHING if name.startswith("archive/")}
    gone |= {"episodes/one/one.0000aaaa.mp3", "article-audio.1234abcd.js"}
    assert bucket.files() == {name: data for name, data in (EVERYTHING | fresh).items() if name not in gone}


def test_a_withdrawn_episode_is_gone_but_for_its_tombstone(bucket, output):
    output.deliver()
    for name in episode("two"):
        (output.mirror / name).unlink()
    stone = {"episodes/two/episode.json": b'{"status": "retracted"}', "episodes/two/embed.html": b"gone"}
    rest = {"feed.xml": b"<rss>episodes/one/</rss>", "index.html": b"episodes/one/"}
    output.lay(stone | rest)
    output.deliver()
    left = {name: data for name, data in EVERYTHING.items() if not name.startswith("episodes/two/")}
    assert bucket.files() == left | stone | rest


def test_an_episode_missing_in_the_mirror_is_fetched_and_not_forgotten(bucket, output):
    output.deliver()
    for name in episode("two"):
        (output.mirror / name).unlink()
    (output.mirror / "episodes/two").rmdir()
    bucket.wire.asked.clear()
    total, _ = output.deliver()
    assert {name: (output.mirror / name).read_bytes() for name in episode("two")} == episode("two")
    assert (total.files, total.removed, bucket.wire.put()) == (0, 0, [])
    assert bucket.files() == EVERYTHING


def test_large_files_go_in_parts_and_are_looked_at(bucket, output):
    data = os.urandom(17 * 2**20)
    output.lay({"episodes/one/one.2222cccc.mp3": data})
    output.deliver()
    assert bucket.get("episodes/one/one.2222cccc.mp3") == data
    assert bucket.headers("episodes/one/one.2222cccc.mp3") == ("audio/mpeg", cache_control("a.2222cccc.mp3"))
    parts = [one for one in bucket.wire.asked if "partNumber" in one.query]
    assert len(parts) == 4
    assert not [one for one in bucket.wire.asked if one.method == "GET" and one.key.endswith(".mp3")]
    bucket.wire.asked.clear()
    assert output.deliver()[0].files == 0


@pytest.mark.parametrize("kind", ["file", "memory"])
def test_other_stores_that_the_library_speaks_to(bucket, tmp_path, kind):
    output = Output(tmp_path / "state", f"file://{tmp_path}/far/away" if kind == "file" else "memory:///")
    output.lay(EVERYTHING)
    assert output.deliver()[0].files == len(EVERYTHING)
    assert bucket.wire.asked == []
    if kind == "memory":
        return  # it is gone with whoever opened it
    far = tmp_path / "far/away"
    assert {name: (far / name).read_bytes() for name in EVERYTHING} == EVERYTHING
    output.lay({"index.html": b"new"})
    assert output.deliver()[0].files == 1
    assert (far / "index.html").read_bytes() == b"new"
    (far / "index.html").write_bytes(b"somebody else's")
    output.lay({"index.html": b"newer"})
    total, said = output.deliver()
    assert (total.failed, (far / "index.html").read_bytes()) == (1, b"somebody else's")
    assert "changed by somebody else" in said[0].message


@pytest.mark.parametrize("address", ["foo://bucket/prefix", "s3://"])
def test_an_address_of_nothing_is_a_wrong_setting(bucket, tmp_path, address):
    with pytest.raises(ConfigError, match="as an output"):
        Output(tmp_path / "state", address).deliver()
