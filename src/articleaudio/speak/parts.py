"""The parts of a segment: what one voice each is to say of it, and the whole that they make."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from articleaudio.model import Segment, Voice, WordTime
from articleaudio.speak.casting import gaps
from articleaudio.speak.contract import Prompt, Sound, Traits
from articleaudio.speak.splice import Stretch, splice
from articleaudio.speak.timing import word_times


@dataclass(frozen=True, slots=True)
class Part:
    """What one voice is to say, and all that its sound depends on."""

    segment: Segment
    """The stretch of the segment; mostly all of it."""
    voice: Voice
    """Who says it."""
    prompt: Prompt
    """What the engine is fed."""
    key: str
    """SHA-256 over everything that can change the sound."""
    traits: Traits
    """What must be known of the engine."""
    gain: float
    """Decibels that bring the voice to the common level."""


def whole_key(parts: Sequence[Part], own: float) -> str:
    """The key of a segment: its only part's, or one over all, their levels against the segment's voice and the gaps."""
    if len(parts) == 1:
        return parts[0].key
    silences = gaps([part.segment for part in parts])
    told = [(part.key, round(part.gain - own, 3), gap) for part, gap in zip(parts, silences, strict=True)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def spliced(segment: Segment, heard: Sequence[tuple[Part, Sound]], own: float) -> tuple[Sound, tuple[WordTime, ...]]:
    """The sounds of a segment's parts as one, and the times of its words; `own` is the gain of the segment's voice."""
    silences = gaps([part.segment for part, _ in heard])
    return splice(
        [
            Stretch(
                sound,
                word_times(part.segment, part.prompt, sound),
                part.segment.offset - segment.offset,
                part.gain - own,
                gap,
            )
            for (part, sound), gap in zip(heard, silences, strict=True)
        ]
    )
