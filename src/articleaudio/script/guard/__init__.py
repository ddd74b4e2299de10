"""The fact guard: trusts no rule, reads the values of what is written and of what is said by itself, and compares."""

from __future__ import annotations

from articleaudio.script.guard.compare import differences

__all__ = ["differences"]
