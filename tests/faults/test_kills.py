"""kill -9 of a whole run, workers and all, at random moments; `killed.py` does it two hundred times."""

from __future__ import annotations

from killed import World, kill_often, several

TIMES = 5
"""Runs that are killed here, each of two articles' worth of work by two workers."""


def test_a_run_killed_at_random_moments_loses_nothing(tmp_path):
    calm = several(tmp_path)
    result = kill_often(calm, tmp_path, TIMES, seed=8)
    assert not result.findings, result.findings
    assert result.kills >= TIMES


def test_a_world_that_is_not_whole_is_noticed(tmp_path, warm):
    """The lookers would see what they look for."""
    world: World = warm.copy(tmp_path / "world")
    folder = next(world.out.glob("episodes/*"))
    audio = next(folder.glob("*.mp3"))
    assert not world.findings()
    whole = audio.read_bytes()
    audio.write_bytes(whole[:-1])
    assert any("is not what it says" in one for one in world.findings())
    audio.unlink()
    assert any("feed.xml" in one and "not there" in one for one in world.findings())
    audio.write_bytes(whole)
    (folder / "captions.vtt").unlink()
    (folder / "index.html").write_bytes((folder / "index.html").read_bytes()[:-200])
    (folder / ".x.host-1-0123abcd.tmp").write_bytes(b"half")
    told = world.findings()
    assert any("captions.vtt is missing" in one for one in told)
    assert any("it is cut short" in one for one in told)
    assert world.leftovers()
    assert world.unlike(warm)
