from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

import newsroom
from articleaudio.errors import OutputError
from articleaudio.publish.pruning import prune_superseded


def two_versions(library):
    item = newsroom.article()
    first = newsroom.publish(library, item)
    second = newsroom.publish(library, replace(item, title="Aurora is back"), now=newsroom.LATER)
    assert first.audio != second.audio
    return first.audio, second.audio


def test_superseded_sound_goes_after_its_days_and_not_before(library):
    old, new = two_versions(library)
    assert prune_superseded(library, 7, newsroom.LATER + timedelta(days=6, hours=23)) == ()
    assert old.is_file()
    assert prune_superseded(library, 7, newsroom.LATER + timedelta(days=7)) == (old,)
    assert not old.exists()
    assert new.is_file()
    assert library.receipts()[0].superseded == ()
    assert prune_superseded(library, 0, newsroom.LATER + timedelta(days=99)) == ()


def test_sound_that_no_receipt_remembers_counts_from_the_last_version(library):
    _, new = two_versions(library)
    stray = new.with_name(f"{new.name.partition('.')[0]}.00000000.mp3")
    stray.write_bytes(b"old")
    assert stray not in prune_superseded(library, 7, newsroom.LATER + timedelta(days=6))
    assert stray in prune_superseded(library, 7, newsroom.LATER + timedelta(days=7))


def test_other_files_are_left_alone(library):
    _, new = two_versions(library)
    for name in ("notes.mp3", "other-slug.12345678.mp3"):
        (new.parent / name).write_bytes(b"mine")
    prune_superseded(library, 0, newsroom.LATER + timedelta(days=1))
    assert (new.parent / "notes.mp3").is_file()
    assert (new.parent / "other-slug.12345678.mp3").is_file()


def test_sound_that_cannot_be_removed_is_one_clear_error(library):
    old, _ = two_versions(library)
    old.unlink()
    old.mkdir()
    with pytest.raises(OutputError, match=old.name):
        prune_superseded(library, 0, newsroom.LATER + timedelta(days=1))
