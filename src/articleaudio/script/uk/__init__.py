"""Ukrainian: number words declined, rules by subject, and the ordered table."""

from __future__ import annotations

from articleaudio.script.uk.table import LANGUAGE

__all__ = ["LANGUAGE"]
