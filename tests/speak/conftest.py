"""A package that brings engines, installed beside the tests: it is found by its entry points."""

import importlib

import pytest


@pytest.fixture
def brought(tmp_path, monkeypatch):
    """Engines `tone`, `bad` and `broken`, brought by a package of their own."""
    site = tmp_path / "site-packages"
    info = site / "tone_engine-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tone-engine\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[articleaudio.engines]\n"
        "tone = speak.tone:open_engine\n"
        "bad = speak.tone:open_bad\n"
        "dies = speak.tone:open_and_die\n"
        "broken = no_such_module:open\n"
    )
    monkeypatch.syspath_prepend(str(site))
    importlib.invalidate_caches()
