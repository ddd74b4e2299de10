"""What an engine is given, what it gives, and what it must be able to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from articleaudio.model import Voice


@dataclass(frozen=True, slots=True)
class Prompt:
    """What an engine is fed for one segment."""

    text: str
    """The text, in the words and punctuation that the engine is to speak."""
    spans: tuple[tuple[int, int], ...] = ()
    """For each token of the segment its stretch of `text` (first character, one past the last), in order."""
    phonemes: tuple[tuple[int, int, str], ...] = ()
    """Stretches of `text` (first character, one past the last) whose sound is given, in order, each with its IPA.

    An engine that takes no phonemes speaks the text, which is the written word there.
    """


@dataclass(frozen=True, slots=True)
class WordEvent:
    """When a stretch of the fed text is heard."""

    start: float
    """Seconds from the start of the sound."""
    end: float
    """Seconds, never before `start`."""
    first: int
    """First character, an index into the prompt's text."""
    last: int
    """One past the last character."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What an engine made of a prompt."""

    pcm: bytes
    """16-bit signed little-endian mono."""
    rate: int
    """Samples a second."""
    words: tuple[WordEvent, ...] = ()
    """When the words are heard, by start, as far as the engine tells; a word may be missing, or hold its neighbour."""
    warnings: tuple[str, ...] = ()
    """What the engine complained of."""

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self.pcm) / 2 / self.rate


class Engine(Protocol):
    """A speech engine. It is opened in a worker process too, where `speak` runs, so it may crash and hang."""

    @property
    def name(self) -> str:
        """What voice profiles call it."""
        ...

    def fingerprint(self, voice: Voice) -> str:
        """Everything about the engine and its data that can change this voice's sound, on one line.

        The options and the rate of the voice need not be in it, nor must the version of our own software be. Quick,
        and without speaking. Raises EngineError when the engine cannot be used.
        """
        ...

    def problems(self, voice: Voice) -> str | None:
        """Why this voice cannot be spoken here and what to do, in one or two sentences; None when it can."""
        ...

    def speak(self, prompt: Prompt, voice: Voice) -> Sound:
        """Speak. The same prompt and voice give the same bytes, whatever was spoken before, where that is possible.

        Raises EngineError when the engine cannot be used, VoiceError when it does not have the voice or an option of
        it is wrong, SpeechFailedError when this text gave no sound.
        """
        ...
