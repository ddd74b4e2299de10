"""The picture of a sound: its waveform as SVG, with chapters, segments and findings on one clock."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articleaudio.checking.findings import Finding, Severity, clock
from articleaudio.checking.sound import Sound

_COLUMNS = 1200
_HEIGHT = 100.0


def picture(sound: Sound, episode: dict[str, Any], findings: Sequence[Finding]) -> str:
    """One SVG. `episode` is what episode.json says of chapters and segments; both may be missing."""
    length = max(sound.duration, 0.001)
    label = f"Waveform of {clock(sound.duration)}, with {len(findings)} findings"
    return "".join(
        (
            f'<svg class="wave" role="img" aria-label="{escape(label)}" width="100%" height="190">',
            *_segments(episode.get("segments", ()), length),
            '<svg x="0" y="24" width="100%" height="120" viewBox="0 0 1200 100" preserveAspectRatio="none">',
            f'<path class="peak" d="{_shape(_peaks(sound))}"/><path class="body" d="{_shape(_body(sound))}"/></svg>',
            *_chapters(episode.get("chapters", ()), length),
            *_marks(findings, length),
            *_ruler(length),
            "</svg>",
        )
    )


def _peaks(sound: Sound) -> NDArray[np.float64]:
    return _columns(sound.envelope.astype(np.float64), np.maximum)


def _body(sound: Sound) -> NDArray[np.float64]:
    """How strong the sound is, beside its peaks."""
    return np.minimum(np.sqrt(_columns(sound.energies / sound.frame, np.maximum)), 1.0)


def _columns(values: NDArray[np.float64], take: np.ufunc) -> NDArray[np.float64]:
    """Values as at most so many columns."""
    if len(values) <= _COLUMNS:
        return values
    edges = np.linspace(0, len(values), _COLUMNS, endpoint=False).astype(np.intp)
    return np.asarray(take.reduceat(values, edges), np.float64)


def _shape(values: NDArray[np.float64]) -> str:
    """A closed outline, above and below the middle."""
    if not len(values):
        return ""
    across = (np.arange(len(values)) + 0.5) * 1200 / len(values)
    half = np.maximum(values * _HEIGHT / 2, 0.3)
    upper = [f"{x:.1f} {_HEIGHT / 2 - y:.1f}" for x, y in zip(across, half, strict=True)]
    lower = [f"{x:.1f} {_HEIGHT / 2 + y:.1f}" for x, y in zip(across[::-1], half[::-1], strict=True)]
    return f"M{'L'.join((*upper, *lower))}Z"


def _segments(segments: Sequence[dict[str, Any]], length: float) -> list[str]:
    """A bar below the waveform for each segment; a pointer held on it shows the text."""
    bars = []
    for part in segments:
        left, width = 100 * part["start"] / length, 100 * (part["end"] - part["start"]) / length
        tip = escape(f"{part['id']} {clock(part['start'])}: {part['written']}")
        role = escape(str(part["role"]))
        bars.append(
            f'<rect class="segment {role}" x="{left:.3f}%" y="148" width="{width:.3f}%" height="12" rx="2">'
            f"<title>{tip}</title></rect>"
        )
    return bars


def _chapters(chapters: Sequence[dict[str, Any]], length: float) -> list[str]:
    """A line where each chapter opens; its number stands above, its title in the list."""
    lines = []
    for number, part in enumerate(chapters, 1):
        at = 100 * part["start"] / length
        tip = escape(f"{clock(part['start'])} {part['title']}")
        lines.append(
            f'<g class="chapter"><title>{tip}</title><line x1="{at:.3f}%" x2="{at:.3f}%" y1="4" y2="144"/>'
            f'<text x="{at:.3f}%" dx="4" y="16">{number}</text></g>'
        )
    return lines


def _marks(findings: Sequence[Finding], length: float) -> list[str]:
    marks = []
    for finding in findings:
        if finding.second is not None:
            at = 100 * min(finding.second / length, 1.0)
            kind = "note" if finding.severity is Severity.NOTE else "error"
            tip = escape(f"{clock(finding.second, tenths=True)} {finding.what}")
            marks.append(
                f'<g class="{kind}"><title>{tip}</title><line x1="{at:.3f}%" x2="{at:.3f}%" y1="24" y2="164"/>'
                f'<circle cx="{at:.3f}%" cy="{24 if kind == "error" else 164}" r="5"/></g>'
            )
    return marks


def _ruler(length: float) -> list[str]:
    """Times below, about ten of them at round distances."""
    step = next((size for size in (1, 5, 10, 15, 30, 60, 120, 300, 600, 900) if length / size <= 10), 1800)
    times = np.arange(0, length - step / 3, step)
    return [f'<text class="time" x="{100 * at / length:.3f}%" y="182">{clock(float(at))}</text>' for at in times]
