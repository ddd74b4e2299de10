"""What a check says: findings, measures, and a report for each episode."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from articleaudio.model import Loudness
from articleaudio.plain import plain


class Severity(StrEnum):
    """What a finding asks for."""

    ERROR = "error"
    """Something is wrong: the check fails."""
    NOTE = "note"
    """Something to look at or to listen to: the check does not fail for it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found."""

    kind: str
    """What sort it is of: `loudness`, `peak`, `silence`, `clipped`, `click`, `file`, `tag`, `captions`, …"""
    what: str
    """What is wrong, with figures."""
    where: str
    """The file, and the segment where it is one."""
    second: float | None = None
    """Where to listen; None for what concerns the whole."""
    severity: Severity = Severity.ERROR
    """Whether the check fails for it."""
    hint: str = ""
    """What to do."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What a finished MP3 measures, decoded whole."""

    duration: float
    """Seconds."""
    rate: int
    """Samples a second."""
    channels: int
    """1 for what articleaudio makes."""
    integrated: float
    """LUFS as heard from two speakers; minus infinity for silence."""
    peak: float
    """True peak, dBTP."""
    silence: float
    """Longest silence between two sounds, seconds."""
    silence_at: float
    """Where it begins, seconds."""
    clipped: int
    """Samples at full scale."""
    clicks: int
    """Sudden jumps."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found about one episode, or about what stands around the episodes."""

    slug: str
    """Folder name; empty for what stands around the episodes."""
    id: str = ""
    """The article's id, where it is known."""
    title: str = ""
    """The headline, where it is known."""
    audio: str = ""
    """File name of the MP3, where it is known."""
    findings: tuple[Finding, ...] = ()
    """By second, those on the whole first."""
    measures: Measures | None = None
    """None where there was nothing to decode."""
    receipt: Loudness | None = None
    """What the receipt says it measured when it was made; None where nobody remembers."""

    @property
    def errors(self) -> int:
        """How many findings fail the check."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def notes(self) -> int:
        """How many findings are worth a look."""
        return len(self.findings) - self.errors


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors before notes; each by second, those on the whole first; none twice."""
    return tuple(
        sorted(
            dict.fromkeys(findings),
            key=lambda one: (one.severity is Severity.NOTE, -1.0 if one.second is None else one.second),
        )
    )


def some(found: Iterable[Finding], most: int = 20) -> Iterator[Finding]:
    """The first findings of many."""
    for number, finding in enumerate(found):
        if number >= most:
            yield Finding(finding.kind, "there are more of these", finding.where, finding.second, hint=finding.hint)
            return
        yield finding


def short_place(finding: Finding, audio: str) -> str:
    """Where a finding is, for people: the MP3 is called that, for its name is long."""
    return finding.where.replace(audio, "MP3") if audio else finding.where


def clock(seconds: float, *, tenths: bool = False) -> str:
    """Seconds as a player shows them: 3:05, 1:02:03, and 3:05.4 with tenths."""
    units = round(seconds * 10) if tenths else int(seconds) * 10
    whole, rest = divmod(units, 10)
    minutes = f"{whole // 3600}:{whole // 60 % 60:02}" if whole >= 3600 else f"{whole // 60}"
    return f"{minutes}:{whole % 60:02}{f'.{rest}' if tenths else ''}"


def report_object(report: Report) -> object:
    """A report as JSON holds it: null where a figure is infinite."""
    value = plain(report)
    return _finite({"ok": not report.errors, **value} if isinstance(value, dict) else value)


def _finite(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, list) else value
