"""The engine `kokoro` as the speak stage sees it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from articleaudio.errors import EngineError, SpeechFailedError, VoiceError
from articleaudio.model import Voice
from articleaudio.speak.contract import Prompt, Sound, Traits
from articleaudio.speak.neural.files import facts, find, installed, missing
from articleaudio.speak.neural.pace import pace
from articleaudio.speak.neural.script import is_letter, pieces, script
from articleaudio.speak.neural.session import Models, damaged
from articleaudio.speak.neural.take import Take
from articleaudio.speak.options import check_options, number

RECIPE = 1
"""Raised when the way a model is used changes its sound, or what is made of its times."""

OPTIONS = {
    "voice": "name of the voice in the file of voices: af_heart, bf_emma, …",
    "model": "the .onnx file: a path, or a name in the voice's folder; its first such file where not given",
    "voices": "the .bin or .npz file of voices, likewise",
    "language": "eSpeak NG's name of the language that phonemes are made in; by the profile's where not given",
    "natural_rate": "words a minute that the model speaks of itself, 165 where not given",
    "sentence_silence": "seconds between pieces of one segment, for those that are too long for one; 0.25",
}
"""What a profile's [options] may hold."""

# BCP 47 tags of the languages that the model was trained on and eSpeak NG makes phonemes for. Japanese and Chinese
# voices want phonemes of another kind, which kokoro-onnx does not make.
LANGUAGES = {
    "en": "en-us",
    "en-us": "en-us",
    "en-gb": "en-gb",
    "es": "es",
    "fr": "fr-fr",
    "hi": "hi",
    "it": "it",
    "pt": "pt-br",
}
"""Name of a language for eSpeak NG, by its tag, the longest that fits."""

_LIMIT = 500  # phonemes at once: the model takes 510


class KokoroEngine:
    """Kokoro voices. Not for several threads at once; one engine a process."""

    name = "kokoro"
    """What voice profiles call it."""

    def __init__(self) -> None:
        self._models = Models()

    def fingerprint(self, voice: Voice) -> str:
        """Versions of the packages that make phonemes and sound, and hashes over model and voices."""
        packages = installed(self.name, "kokoro-onnx", "phonemizer", "espeakng-loader")
        check_options(voice, OPTIONS, "Kokoro")
        model, voices = _files(voice)
        language = _language(voice)
        return f"{packages}, model {facts(model).sha256}, voices {facts(voices).sha256}, {language}, recipe {RECIPE}"

    def traits(self, voice: Voice) -> Traits:
        """It takes long; and it is random where the model draws noise."""
        return Traits(random=facts(_files(voice)[0]).draws, dear=True)

    def problems(self, voice: Voice) -> str | None:
        """Tell whether packages, files, the voice and options are all there."""
        try:
            self.fingerprint(voice)
            _settings(voice)
        except EngineError as error:
            return f"{error.message}: {error.hint}" if error.hint else error.message
        return None

    def speak(self, prompt: Prompt, voice: Voice) -> Sound:
        """Speak piece by piece, and tell when words are heard where the model tells how long its phonemes are."""
        installed(self.name, "kokoro-onnx", "phonemizer", "espeakng-loader")
        check_options(voice, OPTIONS, "Kokoro")
        model, voices = _files(voice)
        style, speed, language = _settings(voice)
        key = (facts(model).sha256, facts(voices).sha256)
        opened = self._models.get(key, lambda: _open(model, voices, voice))
        read = script(prompt, lambda text: opened.phonemize(text, language), opened.symbols, voice.language)
        if not any(map(is_letter, read.phonemes)):
            raise SpeechFailedError("there is nothing to say")
        take = Take(opened.rate, number(voice, "sentence_silence", 0.25, 0, 5))
        for piece in pieces(read.phonemes, _LIMIT):
            if any(map(is_letter, piece)):
                audio, times = opened.say("".join(piece).strip(), style, speed)
                take.add(audio, piece, times)
        return take.sound(prompt.text, read)


def _files(voice: Voice) -> tuple[Path, Path]:
    return find(voice, "model", ".onnx"), find(voice, "voices", ".bin", ".npz")


def _settings(voice: Voice) -> tuple[str, float, str]:
    """Give the voice's name, its speed and its language. Raises VoiceError for what the model does not have."""
    path = _files(voice)[1]
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(name.removesuffix(".npy") for name in archive.namelist())
    except (OSError, zipfile.BadZipFile) as error:
        raise damaged(voice, f"the file of voices {path.name}", error) from error
    told = voice.options.get("voice", "")
    if told not in names:
        raise VoiceError(
            f"Kokoro has no voice {told!r}"
            if told
            else f"the voice {voice.name!r} does not say which of Kokoro's it is",
            hint=f"set voice in [options] of its profile; there are: {', '.join(names[:80])}",
        )
    number(voice, "sentence_silence", 0.25, 0, 5)
    return told, pace(voice, 0.5, 2.0), _language(voice)


def _language(voice: Voice) -> str:
    if told := voice.options.get("language"):
        return told
    tag = voice.language.lower()
    for known in (tag, tag.partition("-")[0]):
        if known in LANGUAGES:
            return LANGUAGES[known]
    raise VoiceError(
        f"Kokoro does not speak {voice.language!r}",
        hint=f"it speaks {', '.join(LANGUAGES)}; use another engine, or set language in [options] to eSpeak NG's name",
    )


def _open(model: Path, voices: Path, voice: Voice) -> Any:  # noqa: ANN401 -- imported late, it brings numpy
    try:
        from articleaudio.speak.kokoro.model import open_model  # noqa: PLC0415 -- for those who speak
    except ImportError as error:
        raise missing("kokoro", error.name or "kokoro-onnx") from error
    return open_model(model, voices, voice)
