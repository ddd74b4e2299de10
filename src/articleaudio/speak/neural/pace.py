"""How fast a model is to speak."""

from __future__ import annotations

import math

from articleaudio.errors import VoiceError
from articleaudio.model import Voice
from articleaudio.speak.options import number


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
