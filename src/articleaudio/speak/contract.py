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
    before: str = ""
    """What is said before it, for engines that speak in context (`Traits.context`); else empty."""
    after: str = ""
    """What is said after it, likewise."""


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
    exact: bool = True
    """Whether `words` were told by the engine; False where they, or some of them, are estimated."""

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self.pcm) / 2 / self.rate


@dataclass(frozen=True, slots=True)
class Traits:
    """What the program must know of an engine to use it well. The defaults fit an engine of this machine."""

    remote: bool = False
    """It asks a service: it waits more than it works, cannot crash the process, and keeps its own deadlines."""
    at_once: int = 1
    """How many prompts it may be given at the same time, where it is remote."""
    random: bool = False
    """It may say the same prompt differently each time, and may say too much or too little: its sound is looked at more
    closely, and a failed check is worth another try."""
    context: bool = False
    """It is given what is said before and after, and that changes the sound."""
    dear: bool = False
    """Speaking takes long or costs money: clips are kept (compressed without loss) even where pieces are."""
    soundless: frozenset[str] = frozenset()
    """Names of options that cannot change the sound (limits, deadlines): changing them makes nobody speak anew."""


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


def traits_of(engine: Engine, voice: Voice) -> Traits:
    """What an engine says of itself by a method `traits(voice)`, which it need not have."""
    tell = getattr(engine, "traits", None)
    return tell(voice) if tell is not None else Traits()
