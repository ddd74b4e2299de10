"""Casting: which voice speaks a segment, and each stretch of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from articleaudio.errors import VoiceError
from articleaudio.model import Role, Segment, Token, TokenKind, Voice
from articleaudio.speak.render import render, sounds

OPENING = frozenset("\"'“„‟«‹‘‚([¿¡")
"""Marks that belong to what follows them."""

CLOSING = frozenset("\"'”“»›’)],.;:!?…")
"""Marks that belong to what they follow: a voice is to be told of them."""

BREAKS = frozenset(",.;:!?…—–()[]")
"""Marks at which a speaker pauses."""

GAP = 0.06
"""Seconds between two voices within a phrase: about as long as a speaker takes to change language."""

BREAK = 0.16
"""Seconds between two voices where a mark or a dash parts them."""

_Part = tuple[int, int, Voice, str]
"""A stretch to be: start and end in the segment's `written`, who speaks it, and its language."""


class Cast:
    """The voices of a house: one for each language, and those that single profiles name."""

    def __init__(self, voices: Mapping[str, Voice], others: Mapping[str, Voice]) -> None:
        """Take the voice for each language (`*` speaks all), and the profiles that profiles name, by name."""
        self._voices = voices
        self._others = others

    def of_language(self, language: str) -> Voice:
        """Give the voice for a language. Raises VoiceError when there is none."""
        found = self._find(language)
        if found is not None:
            return found
        known = ", ".join(sorted(self._voices)) or "none"
        raise VoiceError(
            f"there is no voice for the language {language!r}",
            hint=f"choose one with --voice, or name one under [voices] in articleaudio.toml; languages: {known}",
        )

    def of(self, segment: Segment) -> Voice:
        """Give the voice for a segment: that of its role, else of its language. Raises VoiceError."""
        return self._in_role(self.of_language(segment.language), segment.role)

    def named(self, name: str, by: Voice) -> Voice:
        """Give a profile that another one names. Raises VoiceError when there is none."""
        found = self._others.get(name)
        if found is None:
            raise VoiceError(f"the voice {by.name!r} names {name!r}, which is not there", hint="mend its profile")
        return found

    def fallback(self, voice: Voice) -> Voice | None:
        """Give the profile that speaks where a voice cannot; None when there is none."""
        return self.named(voice.fallback, voice) if voice.fallback else None

    def stretches(self, segment: Segment) -> tuple[tuple[Segment, Voice], ...]:
        """Give the stretches of a segment that one voice speaks each, with that voice; mostly it is one.

        A stretch is a segment of its own, cut out of the whole; a language without a voice stays with the voice of the
        rest, as does a stretch in which nothing is said. Together the stretches' `written` are the segment's. One that
        breaks off within the sentence ends in a short pause, so that its voice does not fall as at a sentence's end.
        """
        voice = self.of(segment)
        if not segment.switches:
            return ((segment, voice),)
        parts = _joined(segment, self._parts(segment, voice))
        if len(parts) == 1:
            ((_, _, only, language),) = parts
            return ((replace(segment, language=language, switches=()), only) if only != voice else (segment, voice),)
        return tuple(
            (_cut(segment, start, end, language, open_=end < len(segment.written)), speaker)
            for start, end, speaker, language in parts
        )

    def _parts(self, segment: Segment, voice: Voice) -> Iterator[_Part]:
        """The stretches as the script names them, with their voices, each with the punctuation that belongs to it."""
        at = 0
        for switch in segment.switches:
            found = self._find(switch.language)
            other = voice if found is None else self._in_role(found, segment.role)
            if other == voice:
                continue
            start, end = _reach(segment, switch.start, switch.end)
            start = max(start, at)
            if start > at:
                yield at, start, voice, segment.language
            yield start, end, other, switch.language
            at = end
        if at < len(segment.written):
            yield at, len(segment.written), voice, segment.language

    def _in_role(self, voice: Voice, role: Role) -> Voice:
        """The voice itself, or the one that its profile names for a role."""
        name = voice.roles.get(role.value, "")
        return self.named(name, voice) if name else voice

    def _find(self, language: str) -> Voice | None:
        tag = language.lower()
        return next((self._voices[key] for key in ("*", tag, tag.partition("-")[0]) if key in self._voices), None)


def gaps(stretches: Sequence[Segment]) -> list[float]:
    """Seconds of silence before each of a segment's stretches: longer where it is written with a mark or a dash."""
    found = [0.0]
    for left, right in pairwise(stretches):
        last = max((token.end for token in left.tokens if token.kind is not TokenKind.PAUSE), default=0)
        first = min((token.start for token in right.tokens if token.kind is not TokenKind.PAUSE), default=0)
        between = left.written[last:] + right.written[:first]
        found.append(BREAK if not BREAKS.isdisjoint(between) else GAP)
    return found


def _reach(segment: Segment, start: int, end: int) -> tuple[int, int]:
    """Take opening marks right before a stretch into it, and the marks right behind it that end or pause it.

    A voice that is to pause or to ask must be told so; a quotation mark by itself is nothing to say.
    """
    written = segment.written
    tokens = segment.tokens
    before = bisect_right(tokens, start - 1, key=lambda token: token.start)
    after = bisect_left(tokens, end, key=lambda token: token.start)
    lowest = tokens[before - 1].end if before else 0
    highest = tokens[after].start if after < len(tokens) else len(written)
    while start > lowest and written[start - 1] in OPENING:
        start -= 1
    while end < highest and written[end] in CLOSING:
        end += 1
    return start, end


def _joined(segment: Segment, parts: Iterable[_Part]) -> list[_Part]:
    """Join stretches in which nothing is said to the one before (the first to the one behind), and equal voices."""
    found: list[_Part] = []
    for part in parts:
        start, end, voice, language = part
        if found and (found[-1][2] == voice or not _said(segment, start, end)):
            found[-1] = (found[-1][0], end, *found[-1][2:])
        elif found and not _said(segment, found[-1][0], found[-1][1]):
            found[-1] = (found[-1][0], end, voice, language)
        else:
            found.append(part)
    return found


def _said(segment: Segment, start: int, end: int) -> bool:
    return sounds(render(_cut(segment, start, end, segment.language)).text)


def _cut(segment: Segment, start: int, end: int, language: str, *, open_: bool = False) -> Segment:
    """The stretch of a segment from `start` to `end`, with the tokens in it; `open_` adds a pause at its end."""
    first = bisect_left(segment.tokens, start, key=lambda token: token.start)
    last = bisect_left(segment.tokens, end, first, key=lambda token: token.start)
    tokens = [replace(token, start=token.start - start, end=token.end - start) for token in segment.tokens[first:last]]
    if open_:
        tokens.append(Token(end - start, end - start, TokenKind.PAUSE, ",", "voice"))
    return replace(
        segment,
        written=segment.written[start:end],
        tokens=tuple(tokens),
        language=language,
        switches=(),
        offset=segment.offset + start,
    )
