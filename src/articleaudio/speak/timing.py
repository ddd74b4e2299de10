"""From the engine's word events back to the written text: engine event → fed text → token → written span."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from articleaudio.model import Segment, TokenKind, WordTime
from articleaudio.speak.contract import Prompt, Sound, WordEvent
from articleaudio.speak.estimate import estimate
from articleaudio.speak.render import sounds


def word_times(segment: Segment, prompt: Prompt, sound: Sound) -> tuple[WordTime, ...]:
    """Give one time for each token that sounds: in order, without overlap, inside the sound.

    Engines merge function words ("of the" is one event), split figures, and leave words out. So the events are taken
    as stretches of the fed text, each up to where the next begins, and a token's time is read off by its letters. Where
    the engine tells no events at all, they are estimated.
    """
    heard = [
        (token, first, last)
        for token, (first, last) in zip(segment.tokens, prompt.spans, strict=True)
        if token.kind is not TokenKind.PAUSE and sounds(prompt.text[first:last])
    ]
    if not heard:
        return ()
    if not sound.words:
        sound = replace(sound, words=estimate(prompt.text, sound), exact=False)
    stretches = _stretches(prompt.text, sound, heard[0][1], heard[-1][2])
    times: list[WordTime] = []
    at, here = 0.0, 0
    for token, first, last in heard:
        while here + 1 < len(stretches) and stretches[here + 1].first <= first:
            here += 1
        start = max(at, stretches[here].time(first))
        while here + 1 < len(stretches) and stretches[here + 1].first < last:
            here += 1
        at = max(start, stretches[here].time(last))
        times.append(WordTime(start, at, token.start, token.end))
    return tuple(times)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of the fed text and when it is heard, evenly by its letters."""

    first: int
    last: int
    start: float
    end: float

    def time(self, position: int) -> float:
        """When a position is heard; those outside are taken as its ends."""
        share = (position - self.first) / max(1, self.last - self.first)
        return min(self.end, self.start + (self.end - self.start) * min(1.0, max(0.0, share)))


def _stretches(text: str, sound: Sound, first: int, last: int) -> list[_Stretch]:
    """Cover the text from `first` to `last` with events: each reaches to where the next one begins."""
    events = list(_in_order(sound.words, sound.duration, last))
    if not events:
        return [_Stretch(first, last, 0.0, sound.duration)]
    starts = [min(first, events[0].first), *(event.first for event in events[1:])]
    ends = [_trimmed(text, start, end) for start, end in zip(starts, [*starts[1:], last], strict=True)]
    return [
        _Stretch(start, end, event.start, event.end) for start, end, event in zip(starts, ends, events, strict=True)
    ]


def _in_order(events: Iterable[WordEvent], duration: float, last: int) -> list[WordEvent]:
    """Sort events by time; one that goes back in the text lengthens the one before it."""
    kept: list[WordEvent] = []
    for event in sorted(events, key=lambda event: (event.start, event.first)):
        start, end = max(0.0, min(event.start, duration)), max(0.0, min(event.end, duration))
        if kept and (event.first <= kept[-1].first or event.first >= last):
            before = kept[-1]
            kept[-1] = WordEvent(before.start, max(before.end, end), before.first, before.last)
        else:
            kept.append(WordEvent(start, max(start, end), max(0, event.first), event.last))
    return kept


def _trimmed(text: str, first: int, last: int) -> int:
    """Where the last letter before `last` ends: what follows it makes no sound."""
    while last > first + 1 and not sounds(text[last - 1]):
        last -= 1
    return last
