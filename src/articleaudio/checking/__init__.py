"""The proof on finished files: decode every episode of an output folder again, and name each second that is wrong.

Nothing that mastering or publishing remembers is believed: what is public is measured anew, and the private receipt,
where it is there, has to agree.
"""

from __future__ import annotations

from articleaudio.checking.crew import Checked
from articleaudio.checking.findings import Finding, Measures, Report, Severity, clock, report_object, short_place
from articleaudio.checking.run import Asked, check_each, check_output

__all__ = [
    "Asked",
    "Checked",
    "Finding",
    "Measures",
    "Report",
    "Severity",
    "check_each",
    "check_output",
    "clock",
    "report_object",
    "short_place",
]
