"""The engine `piper` as the speak stage sees it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from articleaudio.errors import EngineError, SpeechFailedError, VoiceError
from articleaudio.model import Voice
from articleaudio.speak.contract import Prompt, Sound, Traits
from articleaudio.speak.neural.files import facts, find, has, installed, missing, there
from articleaudio.speak.neural.pace import pace
from articleaudio.speak.neural.script import is_letter, pieces, script
from articleaudio.speak.neural.session import Models
from articleaudio.speak.neural.take import Take
from articleaudio.speak.options import check_options, number
from articleaudio.speak.piper.config import Configuration, read_config

RECIPE = 1
"""Raised when the way a model is used changes its sound, or what is made of its times."""

OPTIONS = {
    "model": "the voice's .onnx file: a path, or a name in the voice's folder; its first such file where not given",
    "config": "the .json file that goes with it; the model's name with .json behind it where not given",
    "speaker": "name or number of the speaker, for models of several",
    "length_scale": "how slow: 1 is natural, the model's own where not given; the profile's rate comes on top",
    "noise_scale": "how lively, 0 to 2; the model's own where not given",
    "noise_w": "how uneven in time, 0 to 2; the model's own where not given",
    "natural_rate": "words a minute that the model speaks of itself, 165 where not given",
    "sentence_silence": "seconds between sentences of one segment, 0.2 where not given",
    "volume": "1 is the model's own",
}
"""What a profile's [options] may hold."""

_LIMIT = 400  # phonemes at once: a model takes memory by the square of it


class PiperEngine:
    """Piper voices. Not for several threads at once; one engine a process."""

    name = "piper"
    """What voice profiles call it."""

    def __init__(self) -> None:
        self._models = Models()

    def fingerprint(self, voice: Voice) -> str:
        """Versions of the packages, and hashes over the model and its configuration."""
        packages = installed(self.name, "piper-tts")
        check_options(voice, OPTIONS, "Piper")
        model, config = _files(voice)
        read_config(config, voice)
        timed = "timed" if has("onnx") else "untimed"
        return f"{packages}, model {facts(model).sha256}, config {facts(config).sha256}, {timed}, recipe {RECIPE}"

    def traits(self, voice: Voice) -> Traits:
        """It takes long; and it is random, where the model draws noise and the voice does not set that to nothing."""
        model, path = _files(voice)
        own = read_config(path, voice).scales
        noise = [number(voice, option, own[option], 0, 2) for option in ("noise_scale", "noise_w")]
        return Traits(random=facts(model).draws and any(noise), dear=True)

    def problems(self, voice: Voice) -> str | None:
        """Tell whether packages, files and options are all there."""
        try:
            self.fingerprint(voice)
            self.traits(voice)
            _settings(voice, read_config(_files(voice)[1], voice))
        except EngineError as error:
            return f"{error.message}: {error.hint}" if error.hint else error.message
        return None

    def speak(self, prompt: Prompt, voice: Voice) -> Sound:
        """Speak sentence by sentence, and tell from the model's own durations when words are heard."""
        installed(self.name, "piper-tts")
        check_options(voice, OPTIONS, "Piper")
        model, config = _files(voice)
        told = read_config(config, voice)
        settings = _settings(voice, told)
        key = (facts(model).sha256, facts(config).sha256)
        opened = self._models.get(key, lambda: _open(model, told, voice))
        read = script(prompt, opened.phonemize, opened.symbols, voice.language)
        if not any(map(is_letter, read.phonemes)):
            raise SpeechFailedError("there is nothing to say")
        take = Take(opened.rate, number(voice, "sentence_silence", 0.2, 0, 5))
        for sentence in opened.sentences(read.phonemes):
            for piece in pieces(sentence, _LIMIT):
                if any(map(is_letter, piece)):
                    audio, times = opened.say(piece, settings)
                    take.add(audio * settings["volume"], piece, times)
        return take.sound(prompt.text, read)


def _files(voice: Voice) -> tuple[Path, Path]:
    model = find(voice, "model", ".onnx")
    told = voice.options.get("model") or next(file.name for file in voice.files if file.name.endswith(".onnx"))
    return model, there(voice, voice.options.get("config") or f"{told}.json")


def _settings(voice: Voice, config: Configuration) -> dict[str, Any]:
    """Give what the model is told beside its phonemes. Raises VoiceError for options that it cannot follow."""
    own = config.scales
    return {
        "speaker_id": _speaker(voice, config),
        "length_scale": number(voice, "length_scale", own["length_scale"], 0.1, 10) / pace(voice, 0.2, 5),
        "noise_scale": number(voice, "noise_scale", own["noise_scale"], 0, 2),
        "noise_w_scale": number(voice, "noise_w", own["noise_w"], 0, 2),
        "volume": number(voice, "volume", 1.0, 0, 10),
    }


def _speaker(voice: Voice, config: Configuration) -> int | None:
    told = voice.options.get("speaker")
    if told is None:
        return None
    if told in config.names:
        return config.names[told]
    if told.isdecimal() and int(told) < config.speakers:
        return int(told)
    known = ", ".join(list(config.names)[:20]) or f"0 to {config.speakers - 1}"
    raise VoiceError(f"the voice {voice.name!r} has no speaker {told!r}", hint=f"its speakers: {known}")


def _open(model: Path, config: Configuration, voice: Voice) -> Any:  # noqa: ANN401 -- imported late, it brings numpy
    try:
        from articleaudio.speak.piper.model import open_model  # noqa: PLC0415 -- for those who speak
    except ImportError as error:
        raise missing("piper", error.name or "piper-tts") from error
    return open_model(model, config, voice)
