"""Reading a profile's options. Whatever cannot be followed is told: nothing in a profile is ignored."""

from __future__ import annotations

import math
from collections.abc import Mapping

from articleaudio.errors import VoiceError
from articleaudio.model import Voice


def check_options(voice: Voice, known: Mapping[str, str], engine: str) -> None:
    """Raise VoiceError for an option that the engine does not have: a misspelt one must not be ignored."""
    for option in voice.options:
        if option not in known:
            raise VoiceError(
                f"the voice {voice.name!r} has an option {option!r} that {engine} does not know",
                hint=f"mend its profile; options: {', '.join(known)}",
            )


def needed(voice: Voice, option: str, what: str) -> str:
    """Give an option that must be there. Raises VoiceError."""
    told = voice.options.get(option, "").strip()
    if not told or not told.isprintable():
        raise VoiceError(f"the voice {voice.name!r} does not say its {option}", hint=f"{option} in [options] is {what}")
    return told


def choice(voice: Voice, option: str, default: str, known: tuple[str, ...]) -> str:
    """Give an option that is one of a few words. Raises VoiceError."""
    told = voice.options.get(option, default)
    if told not in known:
        raise VoiceError(
            f"the voice {voice.name!r} has {option} = {told!r}", hint=f"{option} is one of {', '.join(known)}"
        )
    return told


def flag(voice: Voice, option: str, *, default: bool) -> bool:
    """Give an option that is `true` or `false`. Raises VoiceError."""
    return choice(voice, option, "true" if default else "false", ("true", "false")) == "true"


def number(voice: Voice, option: str, default: float, low: float, high: float) -> float:
    """Give an option that is a number from `low` to `high`. Raises VoiceError."""
    told = voice.options.get(option)
    try:
        value = default if told is None else float(told)
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise VoiceError(
            f"the voice {voice.name!r} has {option} = {told!r}, which is no number from {low:g} to {high:g}",
            hint="mend its profile",
        )
    return value
