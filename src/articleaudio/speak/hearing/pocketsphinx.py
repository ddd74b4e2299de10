"""pocketsphinx: small, offline, US English; its model comes with its package. Good at recorded voices only."""

from __future__ import annotations

from typing import Any

from articleaudio.speak.hearing.contract import Heard, at_16_khz

_FRAME = 0.01
"""Seconds of a frame of the decoder at its default of 100 a second."""


class PocketsphinxRecogniser:
    """Implements `Recogniser`. Not for several threads at once."""

    name = "pocketsphinx en-us"
    """What it is called, with its model."""

    def __init__(self) -> None:
        """Load the model, about half a second."""
        from pocketsphinx import Decoder  # noqa: PLC0415 -- only to hear

        self._decoder: Any = Decoder(samprate=16_000.0, loglevel="FATAL")

    def understands(self, language: str) -> bool:
        """Whether it is English."""
        return language.lower().partition("-")[0] == "en"

    def hear(self, pcm: bytes, rate: int, language: str) -> tuple[Heard, ...]:
        """Give the words of 16-bit mono samples, in order."""
        del language
        decoder = self._decoder
        decoder.reinit_feat()  # forgets the speaker before, so that a sound is heard the same whatever came first
        decoder.start_utt()
        decoder.process_raw(at_16_khz(pcm, rate), full_utt=True)
        decoder.end_utt()
        if decoder.hyp() is None:
            return ()
        return tuple(
            Heard(part.word.partition("(")[0], part.start_frame * _FRAME, (part.end_frame + 1) * _FRAME, _sure(part))
            for part in decoder.seg()
            if part.word[:1].isalnum() or part.word[:1] == "'"
        )


def _sure(part: Any) -> float:  # noqa: ANN401 -- pocketsphinx has no types
    return min(1.0, max(0.0, float(part.prob)))
