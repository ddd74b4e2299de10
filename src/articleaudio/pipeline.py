"""The stages in a row: script, speak, master and publish one article."""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from articleaudio import config, events
from articleaudio.disclosure import disclosed
from articleaudio.errors import ArticleAudioError
from articleaudio.files import unwritable
from articleaudio.levels import Levels
from articleaudio.marking import Marking
from articleaudio.master import PROFILES, OnSegment, TagFacts, make_alternates, make_part, make_recording
from articleaudio.model import Article, Episode, House, Recording, Script, Span, TimedSegment
from articleaudio.plan import Job, state_folder
from articleaudio.publish.episode import publish_episode
from articleaudio.publish.library import Library
from articleaudio.publish.trail import Trail
from articleaudio.sameness import with_published_audio
from articleaudio.script import Style, write_script
from articleaudio.sealing import Sealing
from articleaudio.speak import Speaker
from articleaudio.speak.spending import Ledger
from articleaudio.splitting import Part, Spoken, UnevenLevelError
from articleaudio.store import Store
from articleaudio.upkeep import spending_file, work_folder


class StrictError(ArticleAudioError):
    """`--strict` was asked for, and a reading is doubtful."""


class Studio:
    """Makes articles into published episodes. Holds what is dear to start: a speaker and a cache."""

    def __init__(
        self,
        house: House,
        out: Path,
        *,
        work: Path | None = None,
        strict: bool = False,
        force: bool = False,
        retag: bool = False,
    ) -> None:
        """Take the house and the output folder; recordings grow in `work`, a private folder, until they are whole.

        With `force` everything is spoken anew; with `retag` files that sound as they did get the tags of today.
        """
        self.house = house
        self.style = config.house_style(house)
        self.out = out
        self.work = work or work_folder(house, out)
        self.strict = strict
        self.retag = retag or force
        self.store = Store(house.cache, limit=house.cache_limit, anew=force)
        ledger = Ledger(spending_file(self.work), house.max_cost)
        self.speaker = Speaker(
            house.voices,
            self.store,
            cast=house.cast,
            ledger=ledger,
            keep_clips=house.keep_clips,
            level=Levels(self.store).gain,
        )
        self.library = Library(out, state_folder(house, out))
        self.trail = Trail(state_folder(house, out))
        self.marking = Marking(house)
        self.sealing = Sealing(house, self.library)
        self.cover = house.show.image.read_bytes() if house.show.image else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.speaker.close()
        shutil.rmtree(self.work, ignore_errors=True)

    def make(self, job: Job, emit: events.Listener = events.ignore, *, parts_at: Collection[float] = ()) -> Episode:
        """Script, speak, master and publish one article.

        Where others have made its parts, `parts_at` are the steps of the level at which they did: UnevenLevelError
        tells that they are wanted at another one.
        """
        script = scripted(job, self.style, strict=self.strict)
        self.speaker.use(self.house.voices_for(job.article.section))
        emit(events.ArticleStarted(job.source, job.article.title, len(script.segments)))
        temporary = self.work / f"{secrets.token_hex(8)}.mp3"
        try:
            self.work.mkdir(parents=True, exist_ok=True)
            self.store.touched.clear()
            recording = self._record(job, script, temporary, emit, parts_at)
            episode = publish_episode(
                job.article,
                script,
                recording,
                library=self.library,
                show=self.house.show,
                voice=self.speaker.voice(script.language),
                marks=self.marking.marks(recording, script.language),
                inputs=job.inputs,
                source_hash=job.source_hash,
                now=config.now(),
                engine=self._engine(script.language),
                file=job.file,
            )
            self.trail.add(job.article.id, self.store.touched)
            return replace(episode, source=job.source)
        except OSError as error:
            raise unwritable(self.work, error) from error
        finally:
            with contextlib.suppress(OSError):  # the run removes the whole folder at its end
                for left in self.work.glob(f"{temporary.stem}.*"):
                    left.unlink(missing_ok=True)

    def make_part(self, part: Part, emit: events.Listener = events.ignore) -> Spoken:
        """Speak some segments of a very long article into the cache, for whoever makes the whole."""
        script = scripted(part.job, self.style, strict=self.strict)
        self.speaker.use(self.house.voices_for(part.job.article.section))
        emit(events.ArticleStarted(part.job.source, part.job.article.title, len(script.segments)))
        self.speaker.attend(script.segments)
        self.store.touched.clear()
        spoken = make_part(
            script,
            part.of_segments(len(script.segments)),
            self.speaker,
            self.store,
            profile=PROFILES[self.house.profile],
            step=part.step,
            on_segment=self._on_segment(part.job, script, emit),
            prefetch=self.speaker.prefetch,
            sounds=self.house.sounds,
        )
        self.trail.add(part.job.article.id, self.store.touched)
        return Spoken(spoken)

    def _engine(self, language: str) -> str:
        """Name the engine with its version, for the receipt."""
        voice = self.speaker.voice(language)
        return f"{voice.engine}: {self.speaker.fingerprint(voice)}"

    def _on_segment(self, job: Job, script: Script, emit: events.Listener) -> OnSegment:
        total = len(script.segments)

        def on_segment(index: int, seconds: float, spoken: bool) -> None:  # noqa: FBT001 -- mastering calls it so
            ready = events.SegmentReady(job.source, index + 1, total, seconds, spoken)
            if spoken:
                parts = self.speaker.parts(script.segments[index])
                voice, characters = parts[0].voice.name, sum(len(part.prompt.text) for part in parts)
                ready = replace(ready, voice=voice, characters=characters)
            emit(ready)

        return on_segment

    def _record(
        self, job: Job, script: Script, path: Path, emit: events.Listener, parts_at: Collection[float]
    ) -> Recording:
        def on_step(step: float) -> None:
            if parts_at and step not in parts_at:
                raise UnevenLevelError(step)

        self.speaker.attend(script.segments)
        tags = tag_facts(job.article, self.house, self.cover)

        def source_type(segments: Sequence[TimedSegment], spans: Sequence[Span]) -> str:
            return self.marking.source_type([self._attributed(timed) for timed in segments], spans)

        made = make_recording(
            script,
            self.speaker,
            path,
            tags=tags,
            profile=PROFILES[self.house.profile],
            chapters=self.house.chapters,
            article_url=job.article.url,
            store=self.store,
            on_segment=self._on_segment(job, script, emit),
            prefetch=self.speaker.prefetch,
            sounds=self.house.sounds,
            compact_chapters=self.sealing.wanted,
            source_type=source_type,
            on_step=on_step,
        )
        segments = tuple(self._attributed(timed) for timed in made.segments)
        made = replace(made, segments=segments)
        others = make_alternates(
            script,
            self.speaker,
            made,
            self.house.alternates,
            tags=replace(tags, digital_source_type=self.marking.source_type(segments, made.timeline)),
            chapters=self.house.chapters,
            article_url=job.article.url,
            store=self.store,
            prefetch=self.speaker.prefetch,
            sounds=self.house.sounds,
            compact_chapters=self.sealing.wanted,
        )
        made = replace(made, alternates=others)
        if not (self.retag or self.sealing.wanted):
            marks = self.marking.marks(made, script.language)
            made = with_published_audio(made, self.library, job.article.id, marks)
        return self.sealing.sealed(made, job.article.id, job.article.title)

    def _attributed(self, timed: TimedSegment) -> TimedSegment:
        """Say whose voice a kept piece is in: that which would have spoken it now."""
        return timed if timed.voice else replace(timed, voice=self.speaker.spoken_by(timed.segment))


def scripted(job: Job, style: Style, *, strict: bool = False) -> Script:
    """Script an article. Raises StrictError for a doubtful reading where those are not wanted."""
    script = write_script(job.article, style)
    if strict and script.flags:
        doubts = "; ".join(flag.message for flag in script.flags[:5])
        raise StrictError(f"{len(script.flags)} doubtful readings: {doubts}", hint="look at `articleaudio script`")
    return script


def tag_facts(article: Article, house: House, cover: bytes | None) -> TagFacts:
    """Gather what the MP3's tags say of the article and the house."""
    line = disclosed(house.disclosure, article.language, house.show.language)
    publisher = article.site or house.show.author or house.show.title
    return TagFacts(
        title=article.title,
        artist=", ".join(article.authors) or publisher,
        publisher=publisher,
        album=house.show.title,
        date=article.published,
        language=article.language,
        url=article.url,
        cover=cover,
        disclosure=line.text,
        disclosure_language=line.language,
        subtitle=article.dek,
        copyright=house.show.copyright,
        publisher_url=house.show.link,
    )
