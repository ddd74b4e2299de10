"""Looking at what an engine gave, before it is kept: an engine that fails silently must not falsify an article.

`bounds` is what is known of right sounds, `look` measures one, `findings` judges it; `echo` is for neural engines.
"""

from __future__ import annotations

from dataclasses import replace

from articleaudio.errors import SpeechFailedError
from articleaudio.model import Voice
from articleaudio.speak.checks import bounds
from articleaudio.speak.checks.findings import CHECKS, Finding
from articleaudio.speak.checks.look import look_at
from articleaudio.speak.contract import Prompt, Sound, Traits

_FILES = {b"RIFF": "a WAV file", b"OggS": "an Ogg file", b"fLaC": "a FLAC file", b"ID3": "an MP3 file"}


def checked(sound: object, prompt: Prompt, voice: Voice, traits: Traits) -> Sound:
    """The sound, with what is doubtful among its warnings. Raises SpeechFailedError where it cannot be right."""
    if not isinstance(sound, Sound):
        raise SpeechFailedError(f"the engine gave {type(sound).__name__}, not a sound")
    if not any(sound.pcm):
        raise SpeechFailedError("the engine gave no sound")
    if len(sound.pcm) % 2 or not 4_000 <= sound.rate <= 192_000:
        raise SpeechFailedError(f"the engine gave {len(sound.pcm)} bytes at {sound.rate} samples a second")
    for magic, kind in _FILES.items():
        if sound.pcm.startswith(magic):
            raise SpeechFailedError(f"the engine gave {kind} in the place of samples")
    found = found_in(sound, prompt, voice, traits)
    for finding in found:
        if finding.severe:
            raise SpeechFailedError(finding.message)
    return replace(sound, warnings=(*sound.warnings, *(finding.message for finding in found))) if found else sound


def found_in(sound: Sound, prompt: Prompt, voice: Voice, traits: Traits) -> list[Finding]:
    """Everything that is wrong with a sound of whole samples, or may be."""
    seen = look_at(sound, prompt, voice, traits)
    found: list[Finding] = []
    for check in CHECKS:
        found += check(seen)
        if found and found[-1].severe:
            return found
    return found + _twice(sound, prompt, voice) if traits.random else found


def _twice(sound: Sound, prompt: Prompt, voice: Voice) -> list[Finding]:
    from articleaudio.speak.checks import echo  # noqa: PLC0415 -- numpy, and only for engines that speak at random

    if echo.repeats(prompt.text):
        return []
    slow = bounds.PACE / min(max(1, voice.rate), bounds.PACE)
    seconds, alike = echo.echo(sound.pcm, sound.rate, slow)
    if alike < bounds.ECHO_WARN:
        return []
    message = f"the end seems to repeat what is said {seconds:.1f} s before it: listen to the end"
    return [Finding(message, severe=alike > bounds.ECHO_FAIL)]
