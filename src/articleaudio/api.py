"""The Python interface: two verbs for programs that do not want a command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from articleaudio import batch, config, events
from articleaudio.errors import NoArticleError, SourceError
from articleaudio.holding import holding
from articleaudio.model import Article, Episode, Failure, House
from articleaudio.pipeline import Studio
from articleaudio.plan import Job, Planner, reading, state_folder
from articleaudio.read.discover import Skipped, discover
from articleaudio.read.source import Source
from articleaudio.task import Setting
from articleaudio.upkeep import settle


def convert(
    article_or_source: Article | Source | str | Path,
    house: House | None = None,
    *,
    out: str | Path = "public",
    emit: events.Listener = events.ignore,
) -> Episode:
    """Make one article into a published episode and bring feed and pages up to date.

    A source is a path, a web address, or a `Source` holding bytes. `house` is what `articleaudio.config.load_house`
    gives; by default the house file of the working directory. Raises an ArticleAudioError (SourceError, EngineError,
    OutputError, …).

    Another run over the same output is waited for.
    """
    house = house or config.load_house()
    folder = Path(out).absolute()
    with holding(state_folder(house, folder), emit, out=folder):
        return _convert(article_or_source, house, folder, emit)


def convert_many(
    sources: Iterable[str | Path],
    house: House | None = None,
    *,
    out: str | Path = "public",
    jobs: int = 1,
    emit: events.Listener = events.ignore,
) -> Iterator[Episode | Failure]:
    """Make many sources into episodes, giving each result as it comes; feed and pages follow at the end.

    `sources` are files, folders, globs and web addresses, and taken as they are needed: there may be a million. A
    failure is a value, and the run goes on. Another run over the same output is waited for.
    """
    house = house or config.load_house()
    folder = Path(out).absolute()
    found = discover((str(source) for source in sources), reading(house))
    setting = Setting(house, folder)
    with holding(state_folder(house, folder), emit, out=folder):
        yield from batch.convert_many(found, setting, jobs=jobs, emit=emit)
        batch.finish(setting, emit)


def _convert(asked: Article | Source | str | Path, house: House, folder: Path, emit: events.Listener) -> Episode:
    with Planner(house, folder) as planner:
        if isinstance(asked, Article):
            planned: list[object] = [planner.plan_article(asked)]
        else:
            planned = list(planner.plan(_source(asked, house)))
    episode = None
    studio = Studio(house, folder)
    try:
        with studio:
            for item in planned:
                if isinstance(item, Job):
                    episode = studio.make(item, emit)
                elif isinstance(item, Episode):
                    episode = item
                elif isinstance(item, Failure):
                    raise SourceError(item.message, hint=item.hint)
    finally:
        settle(house, folder, studio.work, emit)
    if episode is None:
        raise NoArticleError(f"{asked} holds no article that may be published")
    batch.finish(Setting(house, folder), emit)
    return episode


def _source(named: Source | str | Path, house: House) -> Source:
    if isinstance(named, Source):
        return named
    for found in discover([str(named)], reading(house)):
        if isinstance(found, Source):
            return found
        if isinstance(found, Skipped):
            raise NoArticleError(f"{named}: {found.reason}")
        raise NoArticleError(found.message, hint=found.hint)
    raise NoArticleError(f"{named} holds no source")
