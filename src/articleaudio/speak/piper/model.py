"""An open Piper voice: phonemes of a text, and the sound of phonemes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from piper import PiperConfig, PiperVoice, SynthesisConfig

from articleaudio.errors import EngineError, SpeechFailedError
from articleaudio.model import Voice
from articleaudio.speak.neural.align import Heard
from articleaudio.speak.neural.script import SENTENCE_ENDS
from articleaudio.speak.neural.session import must_take, open_session
from articleaudio.speak.piper.config import Configuration

_BEGIN, _PAD, _END = "^", "_", "$"
_NEVER_SAID = frozenset({_BEGIN, _PAD, _END})


@dataclass(slots=True)
class PiperModel:
    """A voice of piper-tts, in our words."""

    voice: PiperVoice
    """The voice."""

    @property
    def rate(self) -> int:
        """Samples a second."""
        return self.voice.config.sample_rate

    @property
    def symbols(self) -> frozenset[str]:
        """All phonemes and marks that the model knows."""
        return frozenset(self.voice.config.phoneme_id_map) - _NEVER_SAID

    def phonemize(self, text: str) -> list[str]:
        """Make phonemes of a text that holds no `[[ ]]`, sentences behind one another. Raises EngineError."""
        said: list[str] = []
        try:
            sentences = self.voice.phonemize(text)
        except RuntimeError as error:  # eSpeak NG does not have the voice
            raise EngineError(
                f"no phonemes can be made in {self.voice.config.espeak_voice!r}: {str(error)[:200]}",
                hint="mend espeak.voice in the configuration beside the voice's model, or update piper-tts",
            ) from error
        for sentence in sentences:
            said += [" ", *sentence] if said and sentence else sentence
        if self.voice.config.phoneme_type == "text":  # letters: some models know the small ones alone
            known = self.voice.config.phoneme_id_map
            said = [each if each in known or each.lower() not in known else each.lower() for each in said]
        return said

    def sentences(self, phonemes: list[str]) -> Iterator[list[str]]:
        """Part phonemes after each mark that ends a sentence, as the models were trained."""
        sentence: list[str] = []
        for at, symbol in enumerate(phonemes):
            if sentence or symbol != " ":
                sentence.append(symbol)
            if symbol in SENTENCE_ENDS and phonemes[at + 1 : at + 2] == [" "]:
                yield sentence
                sentence = []
        yield sentence

    def say(self, phonemes: list[str], settings: Mapping[str, Any]) -> tuple[Any, list[Heard]]:
        """Give the samples of phonemes, and when each is heard where the model tells. Raises SpeechFailedError."""
        config = SynthesisConfig(**{key: value for key, value in settings.items() if key != "volume"})
        ids = self.voice.phonemes_to_ids(phonemes)
        try:
            given = self.voice.phoneme_ids_to_audio(ids, config, include_alignments=True)
        except Exception as error:
            raise SpeechFailedError(f"the model failed: {str(error)[:200]}") from error
        audio, lengths = given if isinstance(given, tuple) else (given, None)
        return audio, self._times(phonemes, len(ids), lengths, audio.size)

    def _times(self, phonemes: list[str], count: int, lengths: Any, samples: int) -> list[Heard]:  # noqa: ANN401 -- array
        """Add up the lengths of each phoneme's ids; nothing where they do not add up to the whole."""
        if lengths is None or lengths.size != count or abs(int(lengths.sum()) - samples) > 2 * self._hop:
            return []
        known = self.voice.config.phoneme_id_map
        pad = len(known[_PAD])
        at = len(known[_BEGIN]) + pad
        sample = int(lengths[:at].sum())
        heard: list[Heard] = []
        for phoneme in phonemes:
            after = at + len(known[phoneme]) + pad
            end = sample + int(lengths[at:after].sum())
            heard.append(Heard(phoneme, sample / self.rate, end / self.rate))
            at, sample = after, end
        return heard

    @property
    def _hop(self) -> int:
        return self.voice.config.hop_length


def open_model(model: Path, config: Configuration, voice: Voice) -> PiperModel:
    """Open a voice's files. Raises EngineError where they are damaged."""
    session = open_session(_with_lengths(model), voice)
    must_take(session, voice, "Piper voice", "input", "input_lengths", "scales")
    return PiperModel(PiperVoice(session=session, config=PiperConfig.from_dict(dict(config.table))))


def _with_lengths(model: Path) -> Path | bytes:
    """Make a model tell how long each phoneme is: an inner value of it becomes an output.

    Without the package onnx, or where the value cannot be found, the model is used as it is.
    """
    try:
        import onnx  # noqa: PLC0415 -- it is not needed to speak

        opened = onnx.load(str(model))
        outputs = {output.name for output in opened.graph.output}
        lengths = {name for node in opened.graph.node if node.op_type == "Ceil" for name in node.output}
        if len(lengths) != 1 or lengths & outputs:
            return model
        opened.graph.output.append(onnx.ValueInfoProto(name=lengths.pop()))
        return bytes(opened.SerializeToString())
    except Exception:  # noqa: BLE001 -- a file that is no model is told of when it is opened, by what it is
        return model
