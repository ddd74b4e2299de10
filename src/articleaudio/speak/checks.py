"""Looking at what an engine gave, before it is kept: an engine that fails silently must not falsify an article."""

from __future__ import annotations

from articleaudio.errors import SpeechFailedError
from articleaudio.model import Voice
from articleaudio.speak.contract import Prompt, Sound, Traits


def checked(sound: object, prompt: Prompt, voice: Voice, traits: Traits) -> Sound:
    """The sound, with what is doubtful among its warnings. Raises SpeechFailedError where it cannot be right."""
    del prompt, voice, traits
    if not isinstance(sound, Sound):
        raise SpeechFailedError(f"the engine gave {type(sound).__name__}, not a sound")
    if not any(sound.pcm):
        raise SpeechFailedError("the engine gave no sound")
    if len(sound.pcm) % 2 or not 4_000 <= sound.rate <= 192_000:
        raise SpeechFailedError(f"the engine gave {len(sound.pcm)} bytes at {sound.rate} samples a second")
    return sound
