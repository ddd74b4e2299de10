"""English: data in `data_*`, rules by subject, and the ordered table."""

from __future__ import annotations

from articleaudio.script.en.table import LANGUAGE

__all__ = ["LANGUAGE"]
