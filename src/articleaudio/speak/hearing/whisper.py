"""faster-whisper with any model that lies in a folder (converted for CTranslate2). It never downloads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from articleaudio.errors import EngineError
from articleaudio.speak.hearing.contract import Heard, at_16_khz

_FILES = ("model.bin", "config.json", "tokenizer.json")
"""What a model's folder must hold: without a tokenizer faster-whisper would fetch one."""


class WhisperRecogniser:
    """Implements `Recogniser`."""

    def __init__(self, folder: Path) -> None:
        """Load a model on the processor. Raises EngineError where the folder holds none, or one that does not load."""
        missing = [name for name in _FILES if not (folder / name).is_file()]
        if missing:
            raise EngineError(
                f"{folder} holds no model for faster-whisper: {', '.join(missing)} missing",
                hint="give the folder of a model converted for CTranslate2, with its tokenizer",
            )
        from faster_whisper import WhisperModel  # noqa: PLC0415 -- only to hear

        try:
            self._model: Any = WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)
        except (RuntimeError, ValueError, OSError) as error:
            raise EngineError(f"the model in {folder} does not load: {error}", hint="fetch it anew") from error
        self.name = f"faster-whisper {folder.name}"

    def understands(self, language: str) -> bool:
        """Whether the model was trained on a language."""
        return _primary(language) in self._model.supported_languages

    def hear(self, pcm: bytes, rate: int, language: str) -> tuple[Heard, ...]:
        """Give the words of 16-bit mono samples, in order.

        What it heard before is kept from it, and so is what it should hear: a recogniser that is told believes it.
        """
        import numpy as np  # noqa: PLC0415 -- only to hear

        samples = np.frombuffer(at_16_khz(pcm, rate), "<i2").astype(np.float32) / 32_768
        stretches, _ = self._model.transcribe(
            samples,
            language=_primary(language),
            word_timestamps=True,
            condition_on_previous_text=False,
            temperature=0.0,
            vad_filter=False,
        )
        return tuple(
            Heard(
                word.word.strip(), float(word.start), max(float(word.start), float(word.end)), float(word.probability)
            )
            for stretch in stretches
            for word in stretch.words or ()
        )


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]
