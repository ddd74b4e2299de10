from __future__ import annotations

import json
from pathlib import Path

import pytest

from articleaudio.publish.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "out", tmp_path / "state")


@pytest.fixture
def read_json():
    def read(path: Path) -> dict:
        return json.loads(path.read_text("utf-8"))

    return read
