"""Rules of the whole suite: nothing of the developer's own settings leaks in, and CI tolerates no skipped test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How quickly examples are made says how busy the machine is. CI tries the same ones each time.
settings.register_profile(
    "suite",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("ARTICLEAUDIO_NO_SKIPS")),
)
settings.load_profile("suite")

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture(autouse=True)
def _own_world(tmp_path_factory, monkeypatch):
    """Give each test its own cache folder and a clock of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Where ARTICLEAUDIO_NO_SKIPS is set, a skipped test is a failed one: CI must run everything."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("ARTICLEAUDIO_NO_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"
