"""Names that a run has come to, in little memory."""

from __future__ import annotations

import tracemalloc

import pytest

from articleaudio.seen import Seen


@pytest.fixture
def seen():
    seen = Seen()
    yield seen
    seen.close()


def test_the_first_note_stays(seen):
    assert seen.note("a") is None
    assert seen.add("a", "first.md") is None
    assert seen.add("a", "second.md") == "first.md"
    assert seen.note("a") == "first.md"
    assert seen.add("A") is None
    assert seen.add("A", "later.md") == ""


@pytest.mark.parametrize("name", ["", "Ж" * 400, "bad-\udcff.md", "\ud800", "a\0b"])
def test_any_name_and_any_note_will_do(seen, name):
    assert seen.add(name, name) is None
    assert seen.add(name, "other") is not None
    assert seen.note("something else") is None


def test_memory_does_not_grow_with_the_names(seen):
    tracemalloc.start()
    try:
        for number in range(20_000):
            assert seen.add(f"article {number}", f"/a/folder/of/articles/{number}.html") is None
        assert tracemalloc.get_traced_memory()[0] < 100_000
    finally:
        tracemalloc.stop()
    assert seen.note("article 0") == "/a/folder/of/articles/0.html"
