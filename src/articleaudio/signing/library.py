"""The way to c2pa-python, which comes with the extra `articleaudio[c2pa]` and is imported only where it is used."""

from __future__ import annotations

import importlib
import sys
from typing import Any

from articleaudio.errors import ConfigError

MEDIA_TYPE = "audio/mpeg"
"""What is signed."""


def library() -> Any:  # noqa: ANN401 -- the library has no types, and its own do not leave this package
    """Give the library. Raises ConfigError with what installs it where it is missing or does not load."""
    try:
        importlib.import_module("cryptography")
        return importlib.import_module("c2pa")
    except (ImportError, OSError, RuntimeError) as error:  # a native library that does not fit is no ImportError
        raise ConfigError(
            f"signatures need c2pa-python, which does not load here: {error}",
            hint=f"{sys.executable} -m pip install 'articleaudio[c2pa]'; without [signing] nothing is signed",
        ) from error
