"""What is foretold: a line for each article, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What would become of an article."""

    NEW = "new"
    CHANGED = "changed"
    """It has an episode that would be made again."""
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    """It may not be spoken, or is no article."""
    FAILED = "failed"
    GONE = "gone"
    """It has an episode, and its source is no longer in the folder that was given."""


class Why(StrEnum):
    """Why an episode would be made again."""

    TEXT = "text"
    """The article was edited."""
    SETTINGS = "settings"
    """The software, the voice, a lexicon or something else of the house is another."""
    FILES = "files"
    """Files of the episode are lost or have another size."""
    FORCED = "forced"
    """Everything is wanted anew."""


@dataclass(frozen=True, slots=True)
class VoiceNeed:
    """What one voice would have to speak."""

    voice: str
    """Name of its profile."""
    segments: int = 0
    """Segments, or stretches of segments, that it speaks."""
    characters: int = 0
    """Characters that its engine is fed."""
    seconds: float = 0.0
    """About how long that sounds."""
    dollars: float = 0.0
    """US dollars, by the profile's price."""

    def plus(self, other: VoiceNeed) -> VoiceNeed:
        """Both together."""
        return VoiceNeed(
            self.voice,
            self.segments + other.segments,
            self.characters + other.characters,
            self.seconds + other.seconds,
            self.dollars + other.dollars,
        )


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of one article."""

    source: str
    """Where it comes from, as the user named it."""
    what: What
    """What would become of it."""
    why: str = ""
    """Why it would be made again, is skipped or fails."""
    hint: str = ""
    """What to do about a failure."""
    exit_code: int = 0
    """Of a failure: the code that a run of this source alone ends with."""
    id: str = ""
    """The article's id."""
    slug: str = ""
    """Folder name of its episode."""
    title: str = ""
    """The headline."""
    segments: int = 0
    """Segments in all."""
    spoken: int = 0
    """Segments that would be spoken."""
    characters: int = 0
    """Characters that engines would be fed."""
    duration: float = 0.0
    """Seconds of audio: as published, or about."""
    seconds: float = 0.0
    """Seconds of audio that would be spoken, about."""
    dollars: float = 0.0
    """What that costs, in US dollars."""
    flags: int = 0
    """Doubtful readings."""
    voices: tuple[VoiceNeed, ...] = ()
    """What would be spoken, by voice."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What a run would come to."""

    new: int = 0
    """Articles without an episode."""
    changed: int = 0
    """Articles whose episode would be made again."""
    edited: int = 0
    """Of these, those whose text is another."""
    settled_anew: int = 0
    """Of these, those that are the same, under software, voice, lexicon or house settings that are not."""
    unchanged: int = 0
    """Articles whose episode is up to date."""
    skipped: int = 0
    """What is passed over."""
    failed: int = 0
    """What cannot be made."""
    gone: int = 0
    """Episodes whose source is no longer there."""
    segments: int = 0
    """Segments of what would be made."""
    spoken: int = 0
    """Segments that would be spoken."""
    spoken_anew: int = 0
    """Of these, those of articles that did not change: an upgrade, another voice or lexicon wants them."""
    characters: int = 0
    """Characters that engines would be fed."""
    seconds: float = 0.0
    """Seconds of audio that would be spoken, about."""
    made: float = 0.0
    """Seconds of audio of what would be made, about."""
    duration: float = 0.0
    """Seconds of audio in all, with what is up to date."""
    dollars: float = 0.0
    """What the run costs, in US dollars."""
    max_cost: float = 0.0
    """What it may spend; 0 for no limit."""
    over_budget: bool = False
    """Whether it would cost more."""
    time: float = 0.0
    """Seconds that it takes, about."""
    jobs: int = 1
    """Workers that this is told for."""
    measured: bool = False
    """Whether the time is told from former runs on this machine; else from stated figures."""
    voices: tuple[VoiceNeed, ...] = ()
    """What would be spoken, by voice, the dearest first."""
    exit_code: int = 0
    """What the run would exit with, as far as that can be told; 1 also where it costs too much."""
