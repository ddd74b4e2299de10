"""Casting: which voice speaks a segment, and each stretch of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from articleaudio.errors import VoiceError
from articleaudio.model import Segment, Token, Voice


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
        voice = self.of_language(segment.language)
        name = voice.roles.get(segment.role.value, "")
        return self.named(name, voice) if name else voice

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
        rest. Together the stretches' `written` are the segment's.
        """
        voice = self.of(segment)
        switches = [switch for switch in segment.switches if self._other(switch.language, segment.language)]
        if not switches:
            return ((segment, voice),)
        found: list[tuple[Segment, Voice]] = []
        at = 0
        for switch in switches:
            if switch.start > at:
                found.append((_cut(segment, at, switch.start, segment.language), voice))
            found.append((_cut(segment, switch.start, switch.end, switch.language), self.of_language(switch.language)))
            at = switch.end
        if at < len(segment.written):
            found.append((_cut(segment, at, len(segment.written), segment.language), voice))
        return tuple(found)

    def _other(self, language: str, than: str) -> bool:
        """Whether a language is spoken by another voice than a segment's."""
        found = self._find(language)
        return found is not None and found is not self._find(than)

    def _find(self, language: str) -> Voice | None:
        tag = language.lower()
        return next((self._voices[key] for key in ("*", tag, tag.partition("-")[0]) if key in self._voices), None)


def _cut(segment: Segment, start: int, end: int, language: str) -> Segment:
    """The stretch of a segment from `start` to `end`, with the tokens that lie in it."""
    tokens = tuple(
        Token(token.start - start, token.end - start, token.kind, token.say, token.rule, token.confidence)
        for token in segment.tokens
        if start <= token.start and token.end <= end
    )
    return replace(
        segment,
        written=segment.written[start:end],
        tokens=tokens,
        language=language,
        switches=(),
        offset=segment.offset + start,
    )
