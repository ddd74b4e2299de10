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

    def _found(self, voice: Voice) -> float:
        from articleaudio.master.calibrate import RECIPE, missing_gain  # noqa: PLC0415 -- once for a voice, if at all

        spoken = [_segment(number, text, voice.language) for number, text in enumerate(sentences(voice.language), 1)]
        alone = replace(voice, fallback="", roles=EMPTY)
        with Speaker({"*": alone}, self._store) as speaker:
            told = json.dumps([RECIPE, *(speaker.key(segment) for segment in spoken)])
            key = hashlib.sha256(told.encode()).hexdigest()
            kept = self._store.get(KIND, key) if self._store else None
            if kept is not None:
                return float(kept)
            try:
                gain = missing_gain([speaker.clip(segment) for segment in spoken])
            except EngineError:
                return 0.0  # whoever asks for a segment meets the error in its turn
        if self._store:
            self._store.put(KIND, key, str(gain).encode())
        return gain


def _segment(number: int, text: str, language: str) -> Segment:
    tokens = tuple(Token(m.start(), m.end(), TokenKind.WORDS, m[0], "plain") for m in _WORD.finditer(text))
    return Segment(f"level{number}", Role.BODY, text, tokens, Boundary.SENTENCE, language)
