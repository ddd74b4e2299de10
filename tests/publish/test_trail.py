from __future__ import annotations

from articleaudio.publish.trail import Trail

FIRST = {("clip", "aa"), ("piece", "bb")}


def test_entries_of_all_versions_are_known_until_they_are_forgotten(tmp_path):
    trail = Trail(tmp_path)
    assert trail.of("one") == []
    trail.add("one", FIRST)
    trail.add("one", {("piece", "bb"), ("piece", "cc")})
    trail.add("two", {("piece", "dd")})
    assert sorted(trail.of("one")) == [("clip", "aa"), ("piece", "bb"), ("piece", "cc")]
    trail.forget("one")
    assert trail.of("one") == []
    assert trail.of("two") == [("piece", "dd")]


def test_what_belongs_to_nobody_is_not_noted(tmp_path):
    trail = Trail(tmp_path)
    trail.add("one", {("level", "aa"), ("web", "bb")})
    assert trail.of("one") == []
    assert not list(tmp_path.iterdir())


def test_a_broken_or_unwritable_trail_stops_nobody(tmp_path):
    trail = Trail(tmp_path)
    trail.add("one", FIRST)
    (tmp_path / "cached" / "one").write_bytes(b"clip aa\n\xff\n")
    assert trail.of("one") == []
    (tmp_path / "file").write_bytes(b"")
    Trail(tmp_path / "file").add("one", FIRST)


def test_ids_stay_in_their_folder(tmp_path):
    Trail(tmp_path).add("../../one", FIRST)
    assert [path.parent for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / "cached"]
