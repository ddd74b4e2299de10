"""Levels: the gain that brings each voice to the loudness of a finished recording, found once for a voice and kept.

A voice is nearly as loud in one text as in another: what a few sentences tell holds for long texts to a few tenths of a
decibel. So it speaks some fixed ones, these are mastered as any segment is, and the gain is what the decoded result
lacks: everywhere the same sentences, everywhere the same gain. A profile that states its gain is taken at its word; a
service that costs money is not asked.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace

from articleaudio.calibration import sentences
from articleaudio.errors import EngineError
from articleaudio.model import EMPTY, Boundary, Role, Segment, Token, TokenKind, Voice
from articleaudio.speak import Speaker
from articleaudio.store import Store

KIND = "level"
"""What the store calls these entries."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class Levels:
    """The gain of each voice, found when it is first asked for."""

    def __init__(self, store: Store | None) -> None:
        """Take the cache; None finds every gain anew."""
        self._store = store
        self._known: dict[str, tuple[Voice, float]] = {}

    def gain(self, voice: Voice) -> float:
        """Decibels for a voice. Raises as `Speaker.clip` does."""
        if voice.gain is not None:
            return voice.gain
        if voice.price:
            return 0.0  # nothing is spent on finding out; the recording's own step makes up for it
        known = self._known.get(voice.name)
        if known is None or known[0] is not voice:
            known = self._known[voice.name] = (voice, self._found(voice))
        return known[1]

    def kept(self, voice: Voice) -> float | None:
        """Decibels for a voice where they are known without speaking; None where they must be found first."""
        if voice.gain is not None or voice.price or voice.name in self._known:
            return self.gain(voice)
        with Speaker({"*": _alone(voice)}, self._store) as speaker:
            return self._read(_key(speaker, _spoken(voice)))

    def _read(self, key: str) -> float | None:
        kept = self._store.get(KIND, key) if self._store else None
        return None if kept is None else float(kept)

    def _found(self, voice: Voice) -> float:
        from articleaudio.master.calibrate import missing_gain  # noqa: PLC0415 -- once for a voice, if at all

        spoken = _spoken(voice)
        with Speaker({"*": _alone(voice)}, self._store) as speaker:
            key = _key(speaker, spoken)
            if (kept := self._read(key)) is not None:
                return kept
            try:
                gain = missing_gain([speaker.clip(segment) for segment in spoken])
            except EngineError:
                return 0.0  # whoever asks for a segment meets the error in its turn
        if self._store:
            self._store.put(KIND, key, str(gain).encode())
        return gain


def _alone(voice: Voice) -> Voice:
    """The voice without those who speak in its stead."""
    return replace(voice, fallback="", roles=EMPTY)


def _spoken(voice: Voice) -> list[Segment]:
    """What the voice speaks to be measured."""
    return [_segment(number, text, voice.language) for number, text in enumerate(sentences(voice.language), 1)]


def _key(speaker: Speaker, spoken: Sequence[Segment]) -> str:
    from articleaudio.master.calibrate import RECIPE  # noqa: PLC0415 -- once for a voice, if at all

    told = json.dumps([RECIPE, *(speaker.key(segment) for segment in spoken)])
    return hashlib.sha256(told.encode()).hexdigest()


def _segment(number: int, text: str, language: str) -> Segment:
    tokens = tuple(Token(m.start(), m.end(), TokenKind.WORDS, m[0], "plain") for m in _WORD.finditer(text))
    return Segment(f"level{number}", Role.BODY, text, tokens, Boundary.SENTENCE, language)
