"""A Piper voice's configuration, the .json file beside its model, looked through before anything is made of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articleaudio.errors import VoiceError
from articleaudio.model import Voice
from articleaudio.speak.neural.session import damaged

_KINDS = ("espeak", "text")  # others need more packages, and files that piper-tts would fetch by itself
_NOISE = {"length_scale": 1.0, "noise_scale": 0.667, "noise_w": 0.8}


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a voice says of itself."""

    table: Mapping[str, Any]
    """The whole, for piper-tts."""
    scales: Mapping[str, float]
    """The model's own `length_scale`, `noise_scale` and `noise_w`."""
    speakers: int
    """How many there are."""
    names: Mapping[str, int]
    """Numbers of the speakers that have names."""


def read_config(path: Path, voice: Voice) -> Configuration:
    """Read it. Raises EngineError where it cannot be right, VoiceError where it is of a kind that we cannot use."""
    try:
        table = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise damaged(voice, f"the configuration {path.name}", error) from error
    wrong = next(_wrong(table), None) if isinstance(table, dict) else "it is no table"
    if wrong:
        raise damaged(voice, f"the configuration {path.name}", ValueError(wrong))
    kind = table.get("phoneme_type", "espeak")
    if kind not in _KINDS:
        raise VoiceError(
            f"the voice {voice.name!r} wants phonemes of the kind {kind!r}, which we cannot make",
            hint=f"use a voice of another kind: {', '.join(_KINDS)}",
        )
    own = table.get("inference", {})
    scales = {name: float(own.get(name, default)) for name, default in _NOISE.items()}
    return Configuration(table, scales, table["num_speakers"], table.get("speaker_id_map", {}))


def _wrong(table: dict[str, Any]) -> Iterator[str]:
    """Tell what cannot be right."""
    for key, right in _RULES.items():
        outer, _, inner = key.partition(".")
        holder = table.get(outer, {}) if inner else table
        if not isinstance(holder, dict):
            yield f"{outer} is no table"
            return
        value = holder.get(inner or outer, _ABSENT)
        if value is _ABSENT and key in _REQUIRED:
            yield f"{key} is missing"
        elif value is not _ABSENT and not right(value):
            yield f"{key} cannot be {str(value)[:40]}"


def _whole(low: int, high: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _scale(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 10


def _clusters(value: object) -> bool:
    """Whether it lists vowels that are one, or nothing."""
    return not value or (
        isinstance(value, list)
        and all(isinstance(cluster, list) and all(isinstance(part, str) for part in cluster) for cluster in value)
    )


def _ids(value: object) -> bool:
    """Whether it gives each symbol its numbers, and has those that begin, part and end a sentence."""
    return isinstance(value, dict) and {"^", "_", "$"} <= set(value) and all(map(_numbers, value.values()))


def _numbers(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_whole(0, 1 << 20), value))


def _names(value: object) -> bool:
    return isinstance(value, dict) and all(map(_whole(0, 1 << 20), value.values()))


_ABSENT = object()
_REQUIRED = frozenset({"audio.sample_rate", "espeak.voice", "num_speakers", "num_symbols", "phoneme_id_map"})
_RULES: dict[str, Callable[[object], bool]] = {
    "audio.sample_rate": _whole(4_000, 192_000),
    "espeak.voice": lambda value: isinstance(value, str) and value.isprintable(),
    "num_speakers": _whole(1, 1 << 20),
    "num_symbols": _whole(1, 1 << 20),
    "phoneme_id_map": _ids,
    "phoneme_type": lambda value: isinstance(value, str),
    "inference.length_scale": _scale,
    "inference.noise_scale": _scale,
    "inference.noise_w": _scale,
    "speaker_id_map": _names,
    "hop_length": _whole(1, 1 << 16),
    "vowel_clusters": _clusters,
    "default_speaker_id": _whole(0, 1 << 20),
}
