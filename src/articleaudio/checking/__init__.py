"""The proof on finished files: decode every episode of an output folder again, and name each second that is wrong.

Nothing that mastering or publishing remembers is believed: what is public is measured anew, and the private receipt,
where it is there, has to agree.
"""

from __future__ import annotations

from articleaudio.checking.episode import check_output
from articleaudio.checking.findings import Finding, Measures, Report, Severity, clock, report_object, short_place

__all__ = ["Finding", "Measures", "Report", "Severity", "check_output", "clock", "report_object", "short_place"]
