"""One article: its script, and which of its sound would have to be spoken. Nothing is spoken, nobody is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from articleaudio import config, events
from articleaudio.forecast.outlook import Outlook, What
from articleaudio.levels import Levels
from articleaudio.master.alternates import shaping_of
from articleaudio.master.pieces import PieceMaker
from articleaudio.master.settings import PROFILES, SHAPING
from articleaudio.master.sounds import row, unspoken
from articleaudio.model import Failure, Script, Segment, Voice
from articleaudio.pace import Pace, read_pace
from articleaudio.pipeline import scripted
from articleaudio.plan import Job
from articleaudio.speak import Speaker
from articleaudio.speak.clips import KIND
from articleaudio.speak.parts import Part
from articleaudio.speak.render import sounds
from articleaudio.speak.spending import cost
from articleaudio.store import Store
from articleaudio.task import Setting, failure


@dataclass(frozen=True, slots=True)
class Need:
    """A sound that is not in the cache."""

    key: bytes
    """The clip's key: what one article has had spoken, the next one finds."""
    voice: str
    """Name of the profile that speaks it."""
    characters: int
    """Characters that its engine is fed."""
    seconds: float
    """About how long it sounds."""
    dollars: float
    """US dollars."""


@dataclass(frozen=True, slots=True)
class Study:
    """What an article would take."""

    segments: int
    """How many."""
    flags: int
    """Doubtful readings."""
    duration: float
    """Seconds of the whole recording, about."""
    needs: tuple[tuple[Need, ...], ...]
    """For each segment that is not ready: those of its sounds that are not in the cache."""


@dataclass(frozen=True, slots=True)
class Ask:
    """An article that would be made."""

    job: Job
    """The article."""
    known: dict[str, float]
    """Seconds of the segments that its episode has, by the keys of their clips."""
    what: What
    """New, or changed."""
    why: str = ""
    """Why it would be made again."""


@dataclass(frozen=True, slots=True)
class Studied:
    """An article that was looked at; its text stays behind."""

    line: Outlook
    """What is known of it, but for what is to be spoken."""
    needs: tuple[tuple[Need, ...], ...] = ()
    """As in `Study`."""


class Studier:
    """Looks at articles as the Studio would make them."""

    def __init__(self, setting: Setting) -> None:
        """Take what every worker of the run is given."""
        house = setting.house
        self._strict = setting.strict
        self._house = house
        self._style = config.house_style(house)
        self._store = Store(house.cache, anew=setting.force)
        self._levels = Levels(self._store)
        self._gains: dict[str, float] = {}
        self._speaker = Speaker(house.voices, self._store, cast=house.cast, level=self._gain)
        profiles = [PROFILES[name] for name in (house.profile, *house.alternates)]
        shapings = [SHAPING, *(shaping_of(profile, SHAPING) for profile in profiles[1:])]
        self._forms = tuple(zip(profiles, shapings, strict=True))
        self._pace: Pace = read_pace(config.local_cache(house.cache))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._speaker.close()

    def study(self, job: Job, known: dict[str, float]) -> Study:
        """Script an article and look for its sound; `known` are seconds of segments it has already, by clip key.

        Raises as `Studio.make` does before it speaks.
        """
        script = scripted(job, self._style, strict=self._strict)
        self._speaker.use(self._house.voices_for(job.article.section))
        self._speaker.attend(script.segments)
        missing = self._missing(script)
        parts = [self._speaker.parts(segment) for segment in missing]
        gone = self._store.missing(KIND, list(dict.fromkeys(part.key for row in parts for part in row)))
        needs = tuple(tuple(self._need(part) for part in row if part.key in gone) for row in parts)
        duration = sum(self._seconds(segment, known) + self._speaker.pause(segment) for segment in script.segments)
        return Study(len(script.segments), len(script.flags), duration, tuple(filter(None, needs)))

    def _missing(self, script: Script) -> list[Segment]:
        """The segments that are not ready in one of the forms that are wanted, in order."""
        laid = row(script.segments, self._house.sounds)
        gone: set[str] = set()
        for profile, shaping in self._forms:
            maker = PieceMaker(self._speaker, profile, shaping, self._store)
            gone |= {one.id for one in unspoken(laid, maker, script.segments, self._house.sounds)}
        return [segment for segment in script.segments if segment.id in gone]

    def _need(self, part: Part) -> Need:
        text = part.prompt.text if sounds(part.prompt.text) else ""
        seconds = self._pace.speech(part.voice, len(text))
        return Need(bytes.fromhex(part.key)[:16], part.voice.name, len(text), seconds, cost(text, part.voice))

    def _seconds(self, segment: Segment, known: dict[str, float]) -> float:
        told = known.get(self._speaker.key(segment)) if known else None
        return told if told is not None else self._estimate(self._speaker.parts(segment))

    def _estimate(self, parts: Sequence[Part]) -> float:
        return sum(self._pace.speech(part.voice, len(part.prompt.text)) for part in parts)

    def _gain(self, voice: Voice) -> float:
        """The gain of a voice where it is known; one that never spoke here has no pieces either."""
        if voice.name not in self._gains:
            self._gains[voice.name] = self._levels.kept(voice) or 0.0
        return self._gains[voice.name]


def studied(studier: Studier, ask: Ask) -> Studied:
    """Look at one article; what goes wrong is a line of its own."""
    job = ask.job
    try:
        study = studier.study(job, ask.known)
    except Exception as error:  # noqa: BLE001 -- one bad article must not take the others along
        return failed(failure(job.source, error))
    line = Outlook(
        source=job.source,
        what=ask.what,
        why=ask.why,
        id=job.article.id,
        slug=job.article.slug,
        title=job.article.title,
        segments=study.segments,
        duration=study.duration,
        flags=study.flags,
    )
    return Studied(line, study.needs)


def failed(of: Failure) -> Studied:
    """What is told of a failure."""
    return Studied(Outlook(of.source, What.FAILED, of.message, of.hint, of.exit_code))


def studying_worker() -> Callable[[object, events.Listener], object]:
    """Give the handler of a worker process: the first request is the Setting, each other one an Ask."""
    begun: list[Studier] = []

    def handle(request: object, emit: events.Listener) -> object:  # noqa: ARG001 -- nothing is told on the way
        if isinstance(request, Setting):
            begun[:] = [Studier(request)]
            return None
        assert isinstance(request, Ask)  # noqa: S101 -- the protocol of this module alone
        return studied(begun[0], request)

    return handle
