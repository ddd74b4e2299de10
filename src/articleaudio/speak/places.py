"""Where what a voice needs lies on this machine."""

from __future__ import annotations

import os
from pathlib import Path


def voice_folder(name: str) -> Path:
    """Give the folder for the files of the voice profile `name`: `$XDG_DATA_HOME/articleaudio/voices/NAME`.

    It need not exist. By default, and where the variable holds no absolute path, that is under `~/.local/share`.
    """
    told = Path(os.environ.get("XDG_DATA_HOME", ""))
    data = told if told.is_absolute() else Path.home() / ".local" / "share"
    return data / "articleaudio" / "voices" / name
