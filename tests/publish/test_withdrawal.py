"""Withdrawing: what goes, what stays, and that stopping on the way leaves nothing half done."""

from __future__ import annotations

import json
import shutil

import pytest

import newsroom
from articleaudio import files
from articleaudio.errors import UsageError
from articleaudio.files import temporary_beside
from articleaudio.publish import withdrawal
from articleaudio.publish.invariants import findings
from articleaudio.publish.lying import read_lying
from articleaudio.publish.withdrawal import find_to_withdraw, forget, is_withdrawn, withdraw


def page(language):
    return f"withdrawn, in {language}".encode()


def gone(library, episode, now=newsroom.LATER):
    return withdraw(library, read_lying(episode.folder), page, now)


def lying(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def episode(library):
    made = newsroom.publish(library, newsroom.article())
    for name in ("index.html", "embed.html", "oembed.json"):
        (made.folder / name).write_text("of the site")
    (made.folder / f"{made.slug}.0123abcd.mp3").write_bytes(b"of a former version")
    temporary_beside(made.audio).write_bytes(b"of a run that died")
    temporary_beside(made.folder / "transcript.html").write_bytes(b"of another")
    return made


def test_only_a_tombstone_and_a_page_for_frames_stay(library, episode):
    done = gone(library, episode)
    assert lying(episode.folder) == ["embed.html", "episode.json"]
    told = json.loads((episode.folder / "episode.json").read_bytes())
    assert told == {
        "schema": "articleaudio/episode/1",
        "id": episode.id,
        "slug": episode.slug,
        "status": "retracted",
        "updated": newsroom.LATER.isoformat(),
    }
    assert findings(told) == []
    assert (episode.folder / "embed.html").read_bytes() == page("en")
    assert episode.audio.name in done.removed
    assert done.foreign == ()
    receipt = library.receipt(episode.id)
    assert (receipt.status, receipt.version, receipt.files) == ("retracted", 1, ())


def test_what_somebody_else_put_there_is_left_and_named(library, episode):
    (episode.folder / "notes.txt").write_text("mine")
    (episode.folder / "interview.mp3").write_bytes(b"mine too")
    assert gone(library, episode).foreign == ("interview.mp3", "notes.txt")
    assert lying(episode.folder) == ["embed.html", "episode.json", "interview.mp3", "notes.txt"]


def test_a_second_time_changes_nothing(library, episode):
    gone(library, episode)
    before = {path: path.read_bytes() for path in library.state.rglob("*.json")}
    before |= {path: path.read_bytes() for path in episode.folder.iterdir()}
    again = gone(library, episode, newsroom.LATER.replace(year=2027))
    assert again.removed == ()
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("stop", range(12))
def test_whoever_is_stopped_anywhere_is_simply_called_again(library, episode, monkeypatch, stop):
    """Stop before the n-th change of the disk: then the receipt tells already, or all is as it was."""
    left = [stop]

    def stopping(real):
        def change(*arguments, **named):
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            return real(*arguments, **named)

        return change

    with monkeypatch.context() as patched:
        patched.setattr(withdrawal, "write", stopping(files.write))
        patched.setattr(library, "keep", stopping(library.keep))
        patched.setattr("pathlib.Path.unlink", stopping(withdrawal.Path.unlink))
        try:
            gone(library, episode)
        except KeyboardInterrupt:
            marked = library.receipt(episode.id).status == "retracted"
            assert marked == (stop > 0)
            assert marked or len(lying(episode.folder)) == 13
    gone(library, episode)
    assert lying(episode.folder) == ["embed.html", "episode.json"]
    assert (episode.folder / "embed.html").read_bytes() == page("en")
    assert library.receipt(episode.id).files == ()


def test_where_the_state_was_lost_the_article_is_known_again_by_its_address(library, episode):
    url = json.loads((episode.folder / "episode.json").read_bytes())["url"]
    shutil.rmtree(library.state)
    gone(library, episode)
    assert library.find((f"url:{url}",)).status == "retracted"


def test_a_tombstone_counts_without_any_state(library, episode):
    assert not is_withdrawn(library, episode.slug)
    gone(library, episode)
    shutil.rmtree(library.state)
    assert is_withdrawn(library, episode.slug)


def test_an_episode_that_cannot_be_read_is_withdrawn_by_its_slug(library, episode):
    (episode.folder / "episode.json").write_text("{")
    assert gone(library, episode).id == episode.id
    assert lying(episode.folder) == ["embed.html", "episode.json"]


def test_it_is_found_by_slug_id_and_address_before_and_after(library, episode):
    url = newsroom.article().url
    for _ in range(2):
        for asked in (episode.slug, episode.id, url, url + "/", url + "#top"):
            assert find_to_withdraw(library, asked).folder == episode.folder
        gone(library, episode)
    with pytest.raises(UsageError, match="no episode is called"):
        find_to_withdraw(library, "nobody-knows")


def test_what_was_said_can_be_forgotten_too(library, episode):
    forget(library, episode.id)
    assert library.receipt(episode.id).segments, "a published episode forgets nothing"
    gone(library, episode)
    forget(library, episode.id)
    receipt = library.receipt(episode.id)
    assert (receipt.title, receipt.segments, receipt.dropped) == ("", (), ())
    assert receipt.slug == episode.slug
    assert receipt.aliases
