"""Every fault at every system call: a run is made to fail at one of them, looked at, run again, and compared."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stable import Ran, Stable
from wholeness import findings
from world import BASE, EDITED, FERRY, World

WRITING = re.compile(r"O_CREAT|^(write|pwrite64|fsync|fdatasync|rename|link|mkdir|ftruncate|fallocate|sync|sendfile)")
"""Calls that can find the disk full."""

KINDS = {"kill": "signal=KILL", "ENOSPC": "error=ENOSPC", "EIO": "error=EIO"}
"""Faults by name, as strace is told of them."""


class Missed(Exception):  # noqa: N818 -- no error: the next one hits
    """The fault came about somewhere else than it should."""


@dataclass(frozen=True, slots=True)
class Point:
    """A system call of a run that touches the output or the state."""

    call: str
    """Which."""
    number: int
    """The how-manieth of its kind."""
    line: str
    """As strace wrote it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a run is to do: the world before it, and after it when nothing disturbs it."""

    name: str
    """What it is called."""
    before: World
    """Where it begins."""
    after: World
    """What it should come to."""
    points: tuple[Point, ...]
    """Where it can be disturbed."""


def scenes(stable: Stable, root: Path, cache: Path) -> Iterator[Scene]:
    """A first run; one after an edit; and one of which the cache has forgotten the pieces."""
    first = World(root / "first", cache)
    first.write("ferry.md", FERRY)
    first.out.mkdir()
    yield _scene(stable, "first", first)
    edited = World(root / "first-calm", cache).copy(root / "edited")
    edited.write("ferry.md", EDITED)
    yield _scene(stable, "edited", edited)


def _scene(stable: Stable, name: str, before: World) -> Scene:
    after = before.copy(before.root.with_name(f"{name}-calm"))
    warm = before.copy(before.root.with_name(f"{name}-warm"))
    assert warm.convert().code == 0
    ran = stable.run(after.arguments(), after.root, trace=True)
    assert ran.code == 0, ran.talk
    assert not after.findings(), after.findings()
    assert not after.leftovers(), after.leftovers()
    assert not after.unlike(warm), after.unlike(warm)
    return Scene(name, before, after, tuple(points(ran.calls, after.root)))


def points(calls: tuple[str, ...], root: Path) -> Iterator[Point]:
    """The calls that touch what a run is to write."""
    counted: Counter[str] = Counter()
    ours = inside(root)
    for line in calls:
        call = line.partition("(")[0]
        if not call.isalnum():
            continue
        counted[call] += 1
        if ours.search(line):
            yield Point(call, counted[call], line)


def inside(root: Path) -> re.Pattern[str]:
    """What a system call names that touches what a run of a world writes."""
    return re.compile(rf"{re.escape(str(root))}/(out|state)")


def faults(scene: Scene) -> list[tuple[str, Point]]:
    """Every fault at every point that can have it."""
    return [
        (kind, point)
        for point in scene.points
        for kind in KINDS
        if kind != "ENOSPC" or WRITING.search(f"{point.call} {point.line}")
    ]


def disturb(stable: Stable, scene: Scene, kind: str, point: Point, root: Path) -> list[str]:
    """Run with one fault, look, run again, look again; give what is not as it should be.

    Raises Missed when another file was hit than one of the output or the state.
    """
    world = scene.before.copy(root)
    try:
        ran = stable.run(world.arguments(), world.root, inject=f"{point.call}:{KINDS[kind]}:when={point.number}")
        hit = next((call for call in ran.calls if "INJECTED" in call), ran.calls[-2] if ran.code == -9 else "")
        if not inside(world.root).search(hit):
            raise Missed(hit)
        found = list(_wrong(world, scene, kind, ran))
        again = stable.run(world.arguments(), world.root)
        if again.code:
            found.append(f"the next run gave {again.code}: {again.talk}")
        found += (f"after the next run: {one}" for one in world.findings())
        found += (f"the next run left {one}" for one in world.leftovers())
        found += (f"{name} differs after the next run" for name in world.unlike(scene.after))
        return found
    finally:
        shutil.rmtree(root)


def _wrong(world: World, scene: Scene, kind: str, ran: Ran) -> Iterator[str]:
    """What is wrong with a disturbed run itself."""
    yield from findings(world.out, BASE)
    if kind == "kill":
        if ran.code != -9:
            yield f"it was not killed: {ran.code} {ran.talk}"
        return
    if ran.code not in {0, 1, 3, 5} or "Traceback" in ran.talk or "fault of the program" in ran.talk:
        yield f"it ended with {ran.code}: {ran.talk[-1500:]}"
    if ran.code == 0 and "warning" not in ran.talk:
        yield from (f"it said all was well, but {name} differs" for name in world.unlike(scene.after))
    hit = next(call for call in ran.calls if "INJECTED" in call)
    yield from (f"it left {one}" for one in world.leftovers() if not hit.startswith(("unlink", "rmdir", "getdents")))
