"""From the times of phonemes to the times of words.

What is spoken is not the sum of its words: eSpeak NG joins some ("of the" becomes ʌvðə), weakens others, and expands
figures. So the phonemes as spoken are laid beside those of the words spoken alone, with as few differences as can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articleaudio.speak.contract import WordEvent
from articleaudio.speak.neural.script import Word, is_letter

_STRESS = frozenset("ˈˌ'")
_REACH = 48  # how far from the straight line the two may drift; keeps long texts quick
_SURE = 0.5  # share of phonemes that must agree
_BOTH, _SPOKEN, _ALONE = range(3)


@dataclass(frozen=True, slots=True)
class Heard:
    """A phoneme, and when it is heard."""

    phoneme: str
    """A letter, or a mark or space."""
    start: float
    """Seconds from the start of the sound."""
    end: float
    """Seconds."""


@dataclass(slots=True)
class _Unit:
    """A sound, with the marks that colour it."""

    symbol: str
    start: float
    end: float
    group: int
    word: int = -1


def word_events(heard: Sequence[Heard], words: Sequence[Word]) -> tuple[tuple[WordEvent, ...], bool]:
    """Give when words are heard, in order, and whether that is sure."""
    units = _units(heard)
    alone = [(symbol, index) for index, word in enumerate(words) for symbol in word.phonemes if is_letter(symbol)]
    if not units or not alone:
        return (), False
    agreed = 0
    for unit, place in zip(units, _laid([u.symbol for u in units], [symbol for symbol, _ in alone]), strict=True):
        if place >= 0:
            unit.word = alone[place][1]
            agreed += unit.symbol == alone[place][0]
    _settle(units)
    events: list[WordEvent] = []
    for unit in units:
        word = words[unit.word]
        if events and events[-1].first == word.first:
            events[-1] = WordEvent(events[-1].start, max(events[-1].end, unit.end), word.first, word.last)
        else:
            events.append(WordEvent(unit.start, max(unit.start, unit.end), word.first, word.last))
    return tuple(events), agreed >= _SURE * len(units)


def _units(heard: Sequence[Heard]) -> list[_Unit]:
    """Join each letter with its stress before it and its marks after it; spaces and pauses part groups."""
    units: list[_Unit] = []
    begun: float | None = None
    group = 0
    for sound in heard:
        if sound.phoneme in _STRESS:
            begun = sound.start if begun is None else begun
        elif is_letter(sound.phoneme):
            units.append(_Unit(sound.phoneme, sound.start if begun is None else begun, sound.end, group))
            begun = None
        elif sound.phoneme.isalpha() or not sound.phoneme.isascii():
            if units and units[-1].group == group and begun is None:
                units[-1].end = sound.end
        else:
            group, begun = group + 1, None
    return units


def _settle(units: list[_Unit]) -> None:
    """Give sounds that no word has told of to the word beside them, in the same group where there is one."""
    known = [unit for unit in units if unit.word >= 0]
    if not known:
        for unit in units:
            unit.word = 0
        return
    after: list[_Unit] = []
    following = known[-1]
    for unit in reversed(units):
        following = unit if unit.word >= 0 else following
        after.append(following)
    before: _Unit | None = None
    for unit, following in zip(units, reversed(after), strict=True):
        if unit.word < 0:
            mine = before if before and (before.group == unit.group or following.group != unit.group) else following
            unit.word = mine.word
        before = unit


def _laid(spoken: Sequence[str], alone: Sequence[str]) -> list[int]:
    """For each symbol of the first the place in the second that it stands for, or -1: as few differences as can be."""
    count, wide = len(spoken), len(alone)
    reach = _REACH + abs(count - wide) // 4
    moves: list[tuple[int, bytearray]] = []
    low, costs = 0, list(range(min(wide, reach) + 1))
    for row, symbol in enumerate(spoken, 1):
        middle = row * wide // count
        left, right = max(0, middle - reach), min(wide, middle + reach)
        fresh: list[int] = []
        taken = bytearray()
        for column in range(left, right + 1):
            at = column - low
            both = costs[at - 1] + (symbol != alone[column - 1]) if 0 < at <= len(costs) else count + wide
            only = costs[at] + 1 if at < len(costs) else count + wide
            skip = fresh[-1] + 1 if fresh else count + wide
            best = min(both, only, skip)
            fresh.append(best)
            taken.append(_BOTH if best == both else _SPOKEN if best == only else _ALONE)
        moves.append((left, taken))
        low, costs = left, fresh
    return _walked(moves, wide)


def _walked(moves: Sequence[tuple[int, bytearray]], wide: int) -> list[int]:
    places = [-1] * len(moves)
    row, column = len(moves), wide
    while row > 0:
        left, taken = moves[row - 1]
        move = taken[column - left]
        if move == _ALONE:
            column -= 1
            continue
        if move == _BOTH:
            column -= 1
            places[row - 1] = column
        row -= 1
    return places
