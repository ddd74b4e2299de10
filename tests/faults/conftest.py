"""What the tests of faults share: a world with a warm cache, made once for each worker of the test run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from stable import Stable
from world import EPOCH, FERRY, World


@pytest.fixture(scope="session")
def warm(tmp_path_factory) -> World:
    """A world whose article is published, and whose cache therefore holds all that it needs."""
    root = tmp_path_factory.mktemp("faults")
    world = World(root / "calm", root / "cache")
    world.write("ferry.md", FERRY)
    ran = world.convert()
    assert ran.code == 0, ran.talk
    return world


@pytest.fixture(scope="session")
def horses(warm) -> Iterator[Stable]:
    """Warm processes for runs that nothing disturbs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        stable = Stable(warm.arguments(), warm.root)
    yield stable
    stable.close()


@pytest.fixture
def fresh(warm, tmp_path) -> World:
    """The same article, not published yet."""
    world = World(tmp_path / "world", warm.cache)
    world.write("ferry.md", FERRY)
    return world


@pytest.fixture
def published(warm, tmp_path) -> World:
    """The same world, published, to be damaged."""
    return warm.copy(tmp_path / "world")


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
