"""The report of a run: what was done, skipped and failed, and what to listen to.

Notes are taken of events as they come, into a file; at the end they become `report.json` and `report.html` in the
state folder of the output.
"""

from __future__ import annotations

from articleaudio.report.heard import Shelf
from articleaudio.report.recorder import Recorder, Start, checked_copies

__all__ = ["Recorder", "Shelf", "Start", "checked_copies"]
