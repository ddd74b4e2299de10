"""kill -9, a full disk and a failing disk at system calls of a run; `everywhere.py` does it at all of them."""

from __future__ import annotations

import pytest
import stable
from disturbed import Missed, disturb, faults, scenes
from stable import Stable
from world import EPOCH, FERRY, World

EVERY = 240
"""One fault in so many is tried here; each costs a second."""

pytestmark = pytest.mark.skipif(not stable.works(), reason="strace is not here, or may not trace")


def test_no_fault_at_any_system_call_is_seen_or_lasts(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    warm = World(tmp_path / "warm", tmp_path / "cache")
    warm.write("ferry.md", FERRY)
    horses = Stable(warm.arguments(), warm.root)
    tried = missed = 0
    try:
        for scene in scenes(horses, tmp_path, tmp_path / "cache"):
            for kind, point in faults(scene)[len(scene.name) :: EVERY]:
                try:
                    wrong = disturb(horses, scene, kind, point, tmp_path / "case")
                except Missed:
                    missed += 1
                    continue
                tried += 1
                assert not wrong, (scene.name, kind, point.line, wrong)
    finally:
        horses.close()
    assert tried >= 8
    assert missed <= tried / 4
