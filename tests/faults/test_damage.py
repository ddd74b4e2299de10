"""Files that were damaged, lost, or brought back from another day: the next run mends them, and nothing is mixed up."""

from __future__ import annotations

import random
import shutil

import pytest
from world import EDITED, World

PUBLIC = ("*.mp3", "episode.json", "captions.vtt", "captions.srt", "chapters.json", "transcript.json", "index.html")


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path):
    path.write_bytes(b"")


def garbage(path):
    path.write_bytes(random.Random(path.name).randbytes(2000))


def lose(path):
    path.unlink()


def other_form(path):
    path.write_text('{"format": "articleaudio/receipt/99"}')


def deep(path):
    path.write_text("[" * 100_000)


DAMAGES = (cut, empty, garbage, lose)


def mended(horses, world: World, calm: World) -> str:
    """Run, and see that all is as it was; gives what was said."""
    ran = horses.run(world.arguments(), world.root)
    assert ran.code == 0, ran.talk
    assert not world.findings()
    assert not world.unlike(calm)
    assert not world.leftovers()
    return ran.talk


@pytest.mark.parametrize("damage", [*DAMAGES, other_form, deep])
def test_receipts(horses, warm, published, damage):
    for path in published.state.glob("receipts/*.json"):
        damage(path)
    talk = mended(horses, published, warm)
    assert ("is treated as missing" in talk) == (damage is not lose)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kind", ["slugs", "ids", "aliases"])
def test_names_that_were_given(horses, warm, published, kind, damage):
    for path in list(published.state.glob(f"{kind}/*")):
        damage(path)
    next(published.state.glob("receipts/*")).unlink()  # else nothing asks for them
    mended(horses, published, warm)


@pytest.mark.parametrize("damage", [*DAMAGES, None])
def test_the_index(horses, warm, published, damage):
    path = published.state / "catalogue.sqlite"
    if damage:
        damage(path)
    else:  # in the middle, where opening it does not look
        data = bytearray(path.read_bytes())
        for at in range(4096, len(data), 16):
            data[at] ^= 0xFF
        path.write_bytes(data)
        ran = horses.run(published.arguments(), published.root)
        assert ran.code in {0, 5}, ran.talk
        assert "Traceback" not in ran.talk
    mended(horses, published, warm)


@pytest.mark.parametrize("damage", [cut, empty, lose])
@pytest.mark.parametrize("name", PUBLIC)
def test_public_files(horses, warm, published, name, damage):
    found = list(published.out.glob(f"episodes/*/{name}"))
    assert found
    for path in found:
        damage(path)
    mended(horses, published, warm)


@pytest.mark.parametrize("damage", DAMAGES)
def test_files_of_the_site(horses, warm, published, damage):
    for path in published.out.glob("*"):
        if path.is_file():
            damage(path)
    mended(horses, published, warm)


@pytest.mark.parametrize("damage", [*DAMAGES, other_form, "flip"])
def test_the_cache(horses, warm, fresh, tmp_path, damage):
    world = World(fresh.root, tmp_path / "cache")
    shutil.copytree(warm.cache, world.cache)
    kinds = set()
    for path in [path for path in world.cache.rglob("*") if path.is_file()]:
        kinds.add(path.relative_to(world.cache).parts[0])
        if damage == "flip":
            data = bytearray(path.read_bytes())
            data[len(data) * 2 // 3] ^= 1
            path.write_bytes(data)
        else:
            damage(path)
    assert "piece" in kinds
    mended(horses, world, warm)


def test_the_state_folder_is_lost(horses, warm, published):
    shutil.rmtree(published.state)
    mended(horses, published, warm)


def test_the_output_is_lost(horses, warm, published):
    shutil.rmtree(published.out)
    mended(horses, published, warm)


def test_both_are_lost(horses, warm, published):
    shutil.rmtree(published.out)
    shutil.rmtree(published.state)
    mended(horses, published, warm)


@pytest.mark.parametrize("older", ["out", "state"])
def test_one_of_them_comes_from_an_older_backup(horses, warm, published, tmp_path, older):
    backup = tmp_path / "backup"
    shutil.copytree(published.root / older, backup)
    published.write("ferry.md", EDITED)
    assert horses.run(published.arguments(), published.root).code == 0
    newest = published.copy(tmp_path / "newest")
    assert newest.unlike(warm)
    shutil.rmtree(published.root / older)
    shutil.copytree(backup, published.root / older)
    ran = horses.run(published.arguments(), published.root)
    assert ran.code == 0, ran.talk
    assert not published.findings()
    # Only audio of before is there besides, until its days are over.
    other = {name for name in published.unlike(newest) if name.startswith("out/")}
    assert all(name.endswith(".mp3") for name in other), other


def test_an_older_backup_of_both_goes_on_counting(horses, published, tmp_path):
    """Both are of one day: the edit is made again, with the same version and id."""
    before = published.copy(tmp_path / "before")
    for world in (published, before):
        world.write("ferry.md", EDITED)
        assert horses.run(world.arguments(), world.root).code == 0
    assert not published.unlike(before)
