"""Where a service's words stand in the text that it was given."""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from articleaudio.errors import SpeechFailedError
from articleaudio.speak.contract import WordEvent

SPAN = 200
"""Letters that are looked at for the next word."""
SLACK = 0.25
"""Seconds that a word may begin after the sound has ended; more, and the sound is not whole."""

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Told:
    """A word as the service tells it."""

    text: str
    """The word; perhaps a part of one, or punctuation."""
    start: float
    """Seconds."""
    end: float
    """Seconds."""


def matched(text: str, told: Iterable[Told]) -> Iterator[WordEvent]:
    """Find the words in the text, in order; what is not there (a figure that was read out) is left out."""
    letters, places = _letters(text)
    at = 0
    for word in told:
        wanted, _ = _letters(word.text)
        found = _found(text, letters, places, wanted, at) if wanted else -1
        if found >= 0:
            at = found + len(wanted)
            yield WordEvent(word.start, word.end, places[found], places[at - 1] + 1)


def by_letters(
    text: str, characters: Sequence[str], starts: Sequence[float], ends: Sequence[float]
) -> Iterator[WordEvent]:
    """Make words of the times of single characters."""
    said = "".join(characters)
    firsts = [0]
    for character in characters:
        firsts.append(firsts[-1] + len(character))

    def times(match: re.Match[str]) -> tuple[float, float]:
        begin = bisect.bisect_right(firsts, match.start()) - 1
        end = bisect.bisect_left(firsts, match.end()) - 1
        return starts[begin], ends[end]

    words = [(match, *times(match)) for match in _WORD.finditer(said)]
    if said == text:
        return (WordEvent(start, end, match.start(), match.end()) for match, start, end in words)
    return matched(text, [Told(match[0], start, end) for match, start, end in words])


def fitted(events: Iterable[WordEvent], duration: float) -> tuple[WordEvent, ...]:
    """The words in order of time and inside the sound. Raises SpeechFailedError where the sound ends before them."""
    kept: list[WordEvent] = []
    for event in sorted((event for event in events if _numbers(event)), key=lambda event: (event.start, event.first)):
        if event.start > duration + SLACK:
            raise SpeechFailedError(
                f"the sound ends at {duration:.2f} seconds, and a word is to begin at {event.start:.2f}: it breaks off"
            )
        start = min(max(0.0, event.start), duration)
        kept.append(WordEvent(start, min(max(start, event.end), duration), event.first, event.last))
    return tuple(kept)


def are_enough(text: str, events: Sequence[WordEvent]) -> bool:
    """Whether at least half of the text's words have been found."""
    words = [match.start() for match in _WORD.finditer(text)]
    begun = {event.first for event in events}
    return bool(words) and sum(place in begun for place in words) * 2 >= len(words)


def _numbers(event: WordEvent) -> bool:
    return math.isfinite(event.start) and math.isfinite(event.end)


def _letters(text: str) -> tuple[str, list[int]]:
    """Letters and figures of a text, in small letters, with the place of each."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character.isalnum():
            small = character.casefold()
            letters += small
            places += [place] * len(small)
    return "".join(letters), places


def _found(text: str, letters: str, places: list[int], wanted: str, at: int) -> int:
    """Where a word stands: right here, or at the next word that begins with it."""
    found = letters.find(wanted, at, at + SPAN + len(wanted))
    while found > at and places[found] > 0 and text[places[found] - 1].isalnum():
        found = letters.find(wanted, found + 1, at + SPAN + len(wanted))
    return found
