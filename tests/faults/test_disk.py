"""A disk that is full or read-only: a clear error, nothing lost, nothing left, and the next run completes."""

from __future__ import annotations

import contextlib
import shutil
import subprocess

import pytest
from world import World


@contextlib.contextmanager
def mounted(folder, *how):
    """Mount something on a folder while the test lasts; gives whether that is allowed here."""
    folder.mkdir(parents=True, exist_ok=True)
    done = shutil.which("mount") and subprocess.run(["mount", *how, folder], capture_output=True, check=False)
    allowed = bool(done) and done.returncode == 0
    try:
        yield allowed
    finally:
        if allowed:
            subprocess.run(["umount", "-l", folder], check=True)


def refused(ran, what):
    assert ran.code == 5, ran.talk
    assert "Traceback" not in ran.talk
    assert what in ran.talk
    assert "hint" in ran.talk


@pytest.mark.parametrize("where", ["out", "state"])
@pytest.mark.parametrize("limit", ["size=100k", "nr_inodes=5"])
def test_a_small_disk(horses, warm, fresh, where, limit):
    """Where nothing may be mounted, a limit on the size of files has to do."""
    with mounted(fresh.root / where, "-t", "tmpfs", "-o", limit, "tmpfs") as small:
        if small:
            ran = horses.run(fresh.arguments(), fresh.root)
        else:
            ran = fresh.convert(before=("prlimit", "--fsize=100000"))
        refused(ran, "cannot write")
        assert str(fresh.root / "out") in ran.talk or str(fresh.root / "state") in ran.talk
        assert not fresh.findings()
        assert not fresh.leftovers()
    assert horses.run(fresh.arguments(), fresh.root).code == 0
    assert not fresh.unlike(warm)


def test_files_that_may_not_grow(horses, warm, fresh):
    refused(fresh.convert(before=("prlimit", "--fsize=100000")), "cannot write")
    assert not fresh.findings()
    assert not fresh.leftovers()
    assert horses.run(fresh.arguments(), fresh.root).code == 0
    assert not fresh.unlike(warm)


def test_the_cache_is_full(horses, warm, fresh, tmp_path):
    """Speech costs money at some services: what is in the cache stays, and the run says where the room is wanted."""
    world = World(fresh.root, tmp_path / "small")
    with mounted(world.cache, "-t", "tmpfs", "-o", "size=40k", "tmpfs") as small:
        limit = () if small else ("prlimit", "--fsize=20000")
        refused(world.convert(before=limit), "cannot write the cache")
        assert not world.findings()
    assert horses.run(world.arguments(), world.root).code == 0
    assert not world.unlike(warm)


@pytest.mark.parametrize("where", ["out", "state"])
def test_read_only(horses, warm, published, where):
    """Refused before anything is spoken; what is there stays as it is."""
    published.write("new.md", "# Something new\n\nNobody has spoken this sentence before.\n")
    folder = published.root / where
    with mounted(folder, "--bind", folder) as allowed:
        if allowed:
            subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
            ran = horses.run(published.arguments(), published.root)
        else:  # a folder in which nobody may write, root neither
            world = World(published.root, published.cache)
            told = [f"/proc/{where}" if one == where else one for one in world.arguments()]
            ran = horses.run(told, world.root)
        refused(ran, "cannot write")
        assert not published.findings()
    (published.articles / "new.md").unlink()
    assert horses.run(published.arguments(), published.root).code == 0
    assert not published.unlike(warm)
