"""Reading a profile's options."""

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


def pace(voice: Voice, slowest: float, fastest: float) -> float:
    """How many times faster than its natural rate the voice is to speak. Raises VoiceError where it cannot."""
    natural = number(voice, "natural_rate", 165, 40, 600)
    found = voice.rate / natural
    if not slowest <= found <= fastest:
        raise VoiceError(
            f"the voice {voice.name!r} cannot speak {voice.rate} words a minute",
            hint=f"set its rate between {math.ceil(natural * slowest)} and {math.floor(natural * fastest)}",
        )
    return found
