"""Gathering the sound of a prompt, piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from articleaudio.errors import SpeechFailedError
from articleaudio.speak.contract import Sound
from articleaudio.speak.estimate import estimate
from articleaudio.speak.neural.align import Heard, word_events
from articleaudio.speak.neural.script import CLAUSE_ENDS, SENTENCE_ENDS, Script


@dataclass(slots=True)
class Take:
    """What a model has given so far."""

    rate: int
    """Samples a second."""
    silence: float
    """Seconds between sentences; half of it between pieces of one."""
    _parts: list[Any] = field(default_factory=list)
    _heard: list[Heard] = field(default_factory=list)
    _samples: int = 0
    _told: bool = True
    _loud: bool = False

    def add(self, audio: Any, phonemes: Sequence[str], times: Sequence[Heard]) -> None:  # noqa: ANN401 -- an array
        """Take a piece: samples from −1 to 1, its phonemes, and when they are heard in it, if that is told.

        Raises SpeechFailedError where the samples are none.
        """
        import numpy as np  # noqa: PLC0415 -- for those who speak

        samples = np.asarray(audio, dtype=np.float32).reshape(-1)
        if not samples.size or not np.isfinite(samples).all():
            raise SpeechFailedError("the model gave no sound, or figures that are none")
        if self._parts:
            self._pause()
        offset = self._samples / self.rate
        length = samples.size / self.rate
        if not times:
            self._told = False
            times = [Heard(phoneme, 0.0, length) for phoneme in phonemes]
        self._heard += [
            Heard(each.phoneme, offset + min(each.start, length), offset + min(each.end, length)) for each in times
        ]
        self._loud = self._loud or bool(np.abs(samples).max() > 1.0)
        self._parts.append((np.clip(samples, -1.0, 1.0) * 32767).round().astype("<i2").tobytes())
        self._samples += samples.size

    def sound(self, text: str, script: Script) -> Sound:
        """Give the whole: what was made of the text. Raises SpeechFailedError where there is nothing."""
        pcm = b"".join(self._parts)
        if not pcm:
            raise SpeechFailedError("there is nothing to say")
        loud = ("the sound is louder than full scale: its peaks are cut",) if self._loud else ()
        sound = Sound(pcm, self.rate, (), (*script.warnings, *loud), exact=False)
        if not self._told:
            return replace(sound, words=estimate(text, sound))
        words, sure = word_events(self._heard, script.words)
        return replace(sound, words=words, exact=sure)

    def _pause(self) -> None:
        last = next((each.phoneme for each in reversed(self._heard) if each.phoneme != " "), "")
        share = 1.0 if last in SENTENCE_ENDS else 0.5 if last in CLAUSE_ENDS else 0.0
        silent = round(self.silence * share * self.rate)
        self._heard.append(Heard(" ", self._samples / self.rate, (self._samples + silent) / self.rate))
        self._parts.append(bytes(2 * silent))
        self._samples += silent
