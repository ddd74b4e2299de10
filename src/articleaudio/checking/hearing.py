"""What a listener would stumble over: the measures of a finished file as findings, each with its second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from articleaudio.checking.findings import Finding, Measures, Severity
from articleaudio.checking.sound import LONGEST_SILENCE, STEP, Sound, decibels
from articleaudio.master.level import PEAK, TARGET, tolerance
from articleaudio.model import Loudness

AGREE = 0.1
"""LU and decibels within which the receipt's figures, added up from pieces, and those measured again have to agree."""

_REST = 20
"""So many places of a kind are named one by one."""
_DIFFERS = 5.0
"""LU by which a segment may differ from the middle one; in mastered speech none differs by more than 1.5."""
_SWAYS = 8.0
"""LU by which two seconds of speech may differ from the middle; in mastered speech none differ by more than 3.6."""
_WINDOW = 20
"""Tenths of a second that are looked at together."""
_LONG_ENOUGH = 1.0
"""Seconds from which a segment's loudness says something."""
_FAINT = 10 ** (-40 / 20)
"""A segment that is never louder than this is not heard."""
_HEARD = 10 ** (-50 / 20)
"""What is louder than this between two segments is heard."""
_SOUNDING = 1e-6
"""Mean power, weighted, of a tenth of a second in which there is sound (−60 dB)."""
_FRINGE = 0.06
"""Seconds around a segment in which it may ring on."""

_AGAIN = "convert the article again with --force; if it stays, look at the voice"
_LOWER = "peaks are cut off: lower the voice's volume"
_CLICK = "listen there; then convert with --force"
_GAIN = "give that voice a `gain` of its own, or look at its volume"
_LAST_OF_MUSIC = 0.005
"""Seconds at the end of music in which a jump means that it was cut off."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A segment's place in the sound."""

    id: str
    """`s0001`, …"""
    start: float
    """Seconds."""
    end: float
    """Seconds."""


def sound_findings(
    sound: Sound, audio: str, stretches: Sequence[Stretch], music: Sequence[Stretch] | None = None
) -> Iterator[Finding]:
    """What is wrong with a sound; `stretches` say which segment lies where.

    `music` are places of sound that nobody says; None where nobody knows: then sound in a pause is a note, no error.
    """
    measures = sound.measures()
    yield from _level(measures, audio)
    for kind, places in _places(sound, music or ()).items():
        for second, what, hint in places[:_REST]:
            yield Finding(kind, what, _where(audio, stretches, second), second, hint=hint)
        if len(places) > _REST:
            yield Finding(kind, f"{len(places) - _REST} more of this kind", audio, places[_REST][0])
    yield from _segments(sound, audio, stretches)
    yield from _swaying(sound, audio, stretches)
    yield from _pauses(sound, audio, stretches, music)


def agreement_findings(measures: Measures, told: Loudness, receipt: str) -> Iterator[Finding]:
    """Where the receipt's figures and those measured again differ."""
    for name, unit, ours, theirs in (
        ("loudness", "LUFS", measures.integrated, told.integrated),
        ("true peak", "dBTP", measures.peak, told.peak),
    ):
        if ours != theirs and not abs(ours - theirs) <= AGREE + 1e-9:
            what = f"the receipt has a {name} of {theirs:.2f} {unit}, the file {ours:.2f}"
            yield Finding("receipt", what, receipt, hint="the MP3 is not the one that was made: convert again")


def _level(measures: Measures, audio: str) -> Iterator[Finding]:
    allowed, off = tolerance(measures.duration), measures.integrated - TARGET
    if measures.integrated == float("-inf"):
        yield Finding("loudness", "there is no sound in it", audio, hint=_AGAIN)
    elif abs(off) > allowed:
        what = f"{measures.integrated:.1f} LUFS, {abs(off):.1f} LU {'above' if off > 0 else 'below'} {TARGET:.0f}"
        yield Finding("loudness", f"{what} (±{allowed} allowed)", audio, hint=_AGAIN)
    if measures.channels != 1:
        yield Finding("file", f"{measures.channels} channels instead of one", audio, hint=_AGAIN)


def _places(sound: Sound, music: Sequence[Stretch]) -> dict[str, list[tuple[float, str, str]]]:
    """Kind of finding → second, what and hint; seconds in a row are one place."""
    jumps: dict[int, list[tuple[float, float]]] = {}
    for second, height in sound.clicks:
        if any(one.start <= second < one.end - _LAST_OF_MUSIC for one in music):
            continue  # a drum is a sudden jump too; only where music ends it must not
        jumps.setdefault(int(second), []).append((second, height))
    return {
        "peak": [
            (float(run[0]), f"true peak of {_highest(sound.peaks, run)} dBTP, above {PEAK:.1f}{_lasts(run)}", _AGAIN)
            for run in _runs(sound.peaks)
        ],
        "clipped": [
            (float(run[0]), f"{sum(sound.clipped[at] for at in run)} samples at full scale{_lasts(run)}", _LOWER)
            for run in _runs(sound.clipped)
        ],
        "click": [
            (jumps[run[0]][0][0], _clicks([jump for at in run for jump in jumps[at]]) + _lasts(run), _CLICK)
            for run in _runs(jumps)
        ],
        "silence": [
            (round(start, 2), f"{end - start:.1f} s of silence ({LONGEST_SILENCE} s allowed)", _AGAIN)
            for start, end in sound.silences
        ],
    }


def _runs(seconds: Iterable[int]) -> list[list[int]]:
    """Seconds in a row."""
    runs: list[list[int]] = []
    for second in sorted(seconds):
        if runs and second == runs[-1][-1] + 1:
            runs[-1].append(second)
        else:
            runs.append([second])
    return runs


def _lasts(run: Sequence[int]) -> str:
    return f", for {len(run)} seconds" if len(run) > 1 else ""


def _highest(peaks: Mapping[int, float], run: Sequence[int]) -> str:
    return f"{decibels(max(peaks[at] for at in run)):.2f}"


def _clicks(jumps: Sequence[tuple[float, float]]) -> str:
    height = f"a sudden jump by {max(height for _, height in jumps):.0%} of full scale: a click"
    return height if len(jumps) == 1 else f"{height}, and {len(jumps) - 1} more"


def _where(audio: str, stretches: Sequence[Stretch], second: float) -> str:
    """The file, and the segment that is heard at a second."""
    found = next((one.id for one in stretches if one.start <= second < one.end), "")
    return f"{audio}, {found}" if found else audio


def _segments(sound: Sound, audio: str, stretches: Sequence[Stretch]) -> Iterator[Finding]:
    """Segments that are not heard, or stand out."""
    levels = {one: _loudness_of(sound, one) for one in stretches if one.end - one.start >= _LONG_ENOUGH}
    known = [level for level in levels.values() if level is not None]
    middle = float(np.median(known)) if known else 0.0
    hint = "listen there; what is said and when do not fit together: convert with --force"
    lost = [one for one in stretches if _height(sound, one.start, one.end) < _FAINT]
    for one in lost[:_REST]:
        yield Finding("silence", f"{one.id} is not heard", f"{audio}, {one.id}", one.start, hint=hint)
    for one, level in levels.items():
        if level is not None and one not in lost and abs(level - middle) > _DIFFERS:
            what = f"{abs(level - middle):.0f} LU {'louder' if level > middle else 'quieter'} than the rest"
            yield Finding("loudness", what, f"{audio}, {one.id}", one.start, hint=_GAIN)


def _swaying(sound: Sound, audio: str, stretches: Sequence[Stretch]) -> Iterator[Finding]:
    """Seconds of speech that are much louder or quieter than the rest."""
    inside = np.zeros(len(sound.energies), np.bool_)
    for one in stretches:
        inside[int(one.start * 10) : int(np.ceil(one.end * 10))] = True
    said = np.flatnonzero(inside & (sound.energies > sound.frame * _SOUNDING))
    if len(said) < 3 * _WINDOW:
        return
    powers = np.convolve(sound.energies[said], np.ones(_WINDOW) / _WINDOW, "valid")
    off = 10 * np.log10(powers / np.median(powers))
    wrong = np.flatnonzero(np.abs(off) > _SWAYS)
    starts = wrong[np.flatnonzero(np.diff(wrong, prepend=-_WINDOW) > _WINDOW)].tolist()
    for start in starts[:_REST]:
        second = float(said[start]) / 10
        what = f"{abs(off[start]):.0f} LU {'louder' if off[start] > 0 else 'quieter'} than the rest from here"
        yield Finding("loudness", what, _where(audio, stretches, second), second, hint=_GAIN)


def _pauses(
    sound: Sound, audio: str, stretches: Sequence[Stretch], music: Sequence[Stretch] | None
) -> Iterator[Finding]:
    """Sound where nothing is said and nothing else is planned."""
    taken = sorted([*stretches, *(music or ())], key=lambda one: one.start)
    heard: list[tuple[float, float]] = []
    clock = 0.0
    for one in (*taken, Stretch("", sound.duration, sound.duration)) if stretches else ():
        if one.start - clock > 2 * _FRINGE + 2 * STEP:
            height = _height(sound, clock + _FRINGE, one.start - _FRINGE)
            heard += [(clock + _FRINGE, height)] if height > _HEARD else []
        clock = max(clock, one.end)
    severity = Severity.NOTE if music is None else Severity.ERROR
    for start, height in heard[:_REST]:
        what = f"sound of {decibels(height):.0f} dB in a pause"
        hint = "listen there: nothing is said at that time"
        yield Finding("pause", what, audio, round(start, 2), severity, hint)


def _height(sound: Sound, start: float, end: float) -> float:
    """The highest sample of a stretch."""
    part = sound.envelope[max(0, int(start / STEP)) : max(1, int(np.ceil(end / STEP)))]
    return float(part.max(initial=0.0))


def _loudness_of(sound: Sound, one: Stretch) -> float | None:
    """Loudness of a segment as a whole, ungated; None where the sound does not reach."""
    part = sound.energies[max(0, int(one.start * 10)) : int(np.ceil(one.end * 10))]
    power = float(part.mean()) / sound.frame if part.size else 0.0
    return 10 * float(np.log10(power)) if power > 0 else None
