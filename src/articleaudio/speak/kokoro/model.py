"""An open Kokoro model: phonemes of a text, and the sound of phonemes."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import espeakng_loader
from kokoro_onnx import Kokoro
from kokoro_onnx.config import EspeakConfig
from phonemizer.backend import EspeakBackend

from articleaudio.errors import EngineError, SpeechFailedError
from articleaudio.model import Voice
from articleaudio.speak.neural.align import Heard
from articleaudio.speak.neural.session import damaged, must_take, open_session

_RATE = 24_000


@dataclass(slots=True)
class KokoroModel:
    """A model of kokoro-onnx, in our words."""

    kokoro: Kokoro
    """The model and its voices; it has told phonemizer which library of eSpeak NG to use."""
    _readers: dict[str, Any] = field(default_factory=dict)

    @property
    def rate(self) -> int:
        """Samples a second."""
        return _RATE

    @property
    def symbols(self) -> frozenset[str]:
        """All phonemes and marks that the model knows."""
        return frozenset(self.kokoro.tokenizer.vocab)

    def phonemize(self, text: str, language: str) -> list[str]:
        """Make phonemes of a text. Raises EngineError where the language is unknown.

        Not with kokoro-onnx's own: it leaves eSpeak NG's notes on foreign words among the phonemes ("(en)"), which are
        then spoken, and drops what the model does not know without a word.
        """
        if language not in self._readers:
            try:
                self._readers[language] = EspeakBackend(
                    language, preserve_punctuation=True, with_stress=True, language_switch="remove-flags"
                )
            except RuntimeError as error:
                raise EngineError(
                    f"no phonemes can be made in {language!r}: {str(error)[:200]}",
                    hint="set language in [options] of the voice's profile to eSpeak NG's name of one",
                ) from error
        return list(self._readers[language].phonemize([text], strip=True)[0])

    def say(self, phonemes: str, style: str, speed: float) -> tuple[Any, list[Heard]]:
        """Give the samples of phonemes, and when each is heard where the model tells. Raises SpeechFailedError."""
        try:
            audio, _, times = self.kokoro.create_timed(
                phonemes, style, speed, is_phonemes=True, sentence_pause=0.0, clause_pause=0.0
            )
        except Exception as error:
            raise SpeechFailedError(f"the model failed: {str(error)[:200]}") from error
        return audio, [Heard(each.phoneme, each.start, each.end) for each in times]


def open_model(model: Path, voices: Path, voice: Voice) -> KokoroModel:
    """Open a model and its voices. Raises EngineError where they are damaged."""
    session = open_session(model, voice)
    must_take(session, voice, "Kokoro model", "style", "speed")
    try:
        kokoro: Any = Kokoro.from_session(session, str(voices), EspeakConfig(lib_path=str(_own_library())))
        with kokoro.voices as archive:  # it would unpack a voice for each text, and never close the file
            kokoro.voices = {name: archive[name] for name in archive.files}
        return KokoroModel(kokoro)
    except Exception as error:
        raise damaged(voice, f"the file of voices {voices.name}", error) from error


@functools.cache
def _own_library() -> Path:
    """Give a copy of eSpeak NG's library for this process.

    kokoro-onnx never lets go of the library; the engine pyttsx3 loads the same file afresh for every text, which it
    can only while nobody else holds it.
    """
    folder = Path(tempfile.mkdtemp(prefix="articleaudio-kokoro-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(shutil.copy(espeakng_loader.get_library_path(), folder))
