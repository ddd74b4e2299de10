"""Planning: which episode a source is, and whether anything is to be done for it.

Planning runs in one place, in the order of the sources, so that the same run always gives the same ids and slugs.
What comes out, a Job, is all that a worker needs besides the house; it may be made anywhere.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from articleaudio import config
from articleaudio.catalogue import Catalogue, Held
from articleaudio.catalogue.sources import name_of
from articleaudio.config.plugins import plug_in_versions
from articleaudio.errors import CutShortError, SourceError, UsageError
from articleaudio.files import write
from articleaudio.knowing import digest_of, file_of, known_again, told_apart
from articleaudio.model import Article, Episode, Failure, House, Sounds
from articleaudio.plain import dump
from articleaudio.publish.glance import Glance
from articleaudio.publish.library import Library
from articleaudio.publish.pruning import prune_superseded
from articleaudio.publish.withdrawal import RETRACTED, is_withdrawn
from articleaudio.read import checked, read_articles
from articleaudio.read.source import Settings, Source
from articleaudio.read.web import open_web
from articleaudio.seen import Seen
from articleaudio.signing import settled as settled_signature


@dataclass(frozen=True, slots=True)
class Job:
    """One article to be made; all that a worker needs besides the house."""

    article: Article
    """The article, with the id and slug that its episode keeps."""
    source: str
    """Where it came from, as the user named it."""
    source_hash: str
    """SHA-256 over the article as it was read, hex."""
    inputs: str
    """Fingerprint of everything else that settles the result."""
    file: str = ""
    """The file that the article is known by, from the house's folder or in full; empty where it is known by none."""


@dataclass(frozen=True, slots=True)
class NotSpoken:
    """An article that must not be published."""

    source: str
    """Where it came from."""
    reason: str
    """Why: draft, members only, withdrawn, …"""
    id: str = ""
    """Id of the episode that was withdrawn, where that is why."""
    stays: bool = False
    """Whether an episode of it, made when it was public, is still published."""


WITHDRAWN = "its episode {} was withdrawn; --revive publishes it again"
"""Why an article is passed over whose episode was retracted."""

MIRROR = "mirror"
"""Name of the folder, beside its receipts, in which an output is made that goes to an object store."""

Planned = Job | Episode | NotSpoken | Failure
"""What becomes of a source's article before anything is made."""


class SameArticleError(SourceError):
    """Two sources of one run are one article."""


def state_folder(house: House, out: Path) -> Path:
    """Give the folder for the receipts of one output: readable, and different for each output of the house."""
    out = out.resolve()
    if out.name == MIRROR and out.parent.parent == house.state.resolve():
        return house.state / out.parent.name  # what goes to an object store is made beside its receipts
    inside = out.is_relative_to(house.root.resolve())
    name = out.relative_to(house.root.resolve()).as_posix() if inside else out.as_posix()
    return house.state / f"{out.name or 'out'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def prune(house: House, out: Path, catalogue: Catalogue) -> None:
    """Remove MP3s that were superseded more than `keep_days` ago: until then a player may still be at them."""
    library = Library(out, state_folder(house, out))
    receipts = filter(None, map(library.receipt, catalogue.superseded()))
    prune_superseded(library, house.keep_days, config.now(), receipts)


def fingerprint(house: House) -> str:
    """Hash everything of the house that can change an episode, the software's version included."""
    show = [house.show.title, house.show.author, house.show.link, house.show.copyright]
    cover = hashlib.sha256(house.show.image.read_bytes()).hexdigest() if house.show.image else ""
    version = importlib.metadata.version("articleaudio")
    settled: list[object] = [version, show, cover, house.voices, house.cast, house.disclosure, house.chapters]
    settled += [house.acronyms, house.acronym_styles, house.rules_off, house.lexicon, house.sites, plug_in_versions()]
    settled += [house.spoken]
    settled += [house.profile, house.alternates]
    settled += [house.section_voices] if house.section_voices else []
    settled += settled_signature(house.signing)  # nothing where nothing is signed
    settled += _checked_sounds(house.sounds)
    return hashlib.sha256(dump(settled).encode()).hexdigest()


def _checked_sounds(sounds: Sounds) -> list[object]:
    """What the sounds of the house settle, nothing where it has none. Raises ConfigError for what cannot be used."""
    if not (sounds.intro or sounds.jingle or sounds.outro or sounds.bed):
        return []
    from articleaudio.master.sounds import check_sounds, settled_sounds  # noqa: PLC0415 -- brings numpy along

    check_sounds(sounds)
    return settled_sounds(sounds)


def reading(house: House) -> Settings:
    """What the house settles about reading: the way to the web, and its rules for single hosts."""
    return Settings(web=open_web(house.fetch, config.local_cache(house.cache)), sites=house.sites)


class Planner:
    """Turns sources into jobs, in order; knows what is up to date and which slug is whose."""

    def __init__(
        self,
        house: House,
        out: Path,
        *,
        force: bool = False,
        members: bool = False,
        revive: bool = False,
        dry: bool = False,
    ) -> None:
        """Take the house and the output; `members` lets articles in that only members may read.

        With `force` everything is planned anew; with `revive` also what was withdrawn.
        A `dry` planner settles the same and keeps it to itself: state and output stay as they are.
        """
        state = state_folder(house, out)
        self.library = Glance(out, state) if dry else Library(out, state)
        self.inputs = fingerprint(house)
        self._root = house.root
        self.force = force
        self.members = members
        self.revive = revive
        self.catalogue = Catalogue(out, state, copy=dry)
        self.catalogue.sync()
        self._seen = Seen()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.catalogue.close()
        self._seen.close()

    def plan(self, source: Source) -> Iterator[Planned]:
        """Read a source unless nothing changed. Raises SourceError and its kin."""
        source = source.opened()
        digest = hashlib.sha256(source.load()).hexdigest()
        known = None if self.force else self._unchanged(source, digest)
        if known is not None:
            yield from known
            return
        articles: list[tuple[str, str]] = []
        skipped: list[tuple[str, str]] = []
        whole = True
        for item in read_articles(source):
            planned = item if isinstance(item, Failure) else self._plan_one(item, file_of(source, item, self._root))
            if isinstance(planned, Failure):
                whole = False
            elif isinstance(planned, NotSpoken) and planned.id and isinstance(item, Article):
                articles.append((planned.id, digest_of(item)))  # whether it still is withdrawn is asked each time
            elif isinstance(planned, NotSpoken):
                skipped.append((planned.source, planned.reason))
                # Its day comes, or its episode is withdrawn, without a change in the source: such a one is read anew.
                whole = whole and not planned.stays
                whole = whole and not (isinstance(item, Article) and item.status == "scheduled")
            elif isinstance(item, Article):
                id_ = planned.article.id if isinstance(planned, Job) else planned.id
                articles.append((id_, digest_of(item)))
            yield planned
        if whole:
            self.catalogue.keep(name_of(source), Held(digest, self._settled, tuple(articles), tuple(skipped)))

    def still_published(self, source: Source) -> list[str]:
        """Slugs of the published episodes of what a source held when it was last read."""
        held = self.catalogue.recall(name_of(source))
        entries = [self.catalogue.entry(id_) for id_, _ in held.articles] if held else []
        return [entry.slug for entry in entries if entry and entry.status != RETRACTED]

    def plan_article(self, article: Article, file: str = "") -> Job | Episode | NotSpoken:
        """Settle the id and slug of one article; refuse what must not be spoken. Raises SourceError and its kin.

        `file` is the file that it is known by, if it is, as `file_of` tells it.
        """
        reason = closed(article, members=self.members)
        if reason:
            return self._not_public(article, reason, file)
        if article.cut:
            raise CutShortError(
                f"{article.source} is not the whole article: {article.cut}",
                hint="give the whole text: the CMS's export or interface, or the page as a subscriber saves it",
            )
        checked(article)
        known = known_again(self.library, self.catalogue, article, file, self._root)
        if known and known.status == RETRACTED and not self.revive:
            return NotSpoken(article.source, WITHDRAWN.format(known.slug), known.id)
        settled = replace(article, id=known.id) if known else told_apart(self.library, article, file, self._root)
        self._claim(settled.id, article.source)
        digest = digest_of(article)
        if known and not self.force and self.library.up_to_date(known, self.inputs, digest):
            return replace(self.library.episode(known), source=article.source)
        slug = known.slug if known else self.library.reserve_slug(settled)
        if not self.revive and is_withdrawn(self.library, slug):  # a tombstone counts, whatever became of the state
            return NotSpoken(article.source, WITHDRAWN.format(slug))
        return Job(replace(settled, slug=slug), article.source, digest, self.inputs, file)

    def _not_public(self, article: Article, reason: str, file: str) -> NotSpoken:
        """A reason with the warning that an episode of the article, made when it was public, is still there."""
        known = known_again(self.library, self.catalogue, article, file, self._root)
        if known is None or known.status == RETRACTED or is_withdrawn(self.library, known.slug):
            return NotSpoken(article.source, reason)
        return NotSpoken(article.source, f"{reason}; its episode {known.slug} is still published", stays=True)

    @property
    def _settled(self) -> str:
        return f"{self.inputs} members" if self.members else self.inputs

    def _plan_one(self, article: Article, file: str) -> Job | Episode | NotSpoken | Failure:
        try:
            return self.plan_article(article, file)
        except SourceError as error:
            return Failure(article.source, error.message, error.hint, error.exit_code)

    def _unchanged(self, source: Source, digest: str) -> list[Planned] | None:
        """What a source gives that is as it was when it was last read; None when anything of it must be made."""
        held = self.catalogue.recall(name_of(source))
        if held is None or (held.digest, held.inputs) != (digest, self._settled):
            return None
        planned: list[Planned] = [NotSpoken(name, reason) for name, reason in held.skipped]
        episodes = f"{self.library.out}/episodes"
        for id_, article in held.articles:
            entry = self.catalogue.entry(id_)
            if entry is not None and entry.status == RETRACTED and not self.revive:
                planned.append(NotSpoken(entry.source or source.name, WITHDRAWN.format(entry.slug), id_))
                continue
            if entry is None or not entry.up_to_date(f"{episodes}/{entry.slug}", self.inputs, article):
                return None
            planned.append(entry.episode(self.library.folder(entry.slug)))
        for item in planned:
            if isinstance(item, Episode):
                self._claim(item.id, item.source)
        return planned

    def _claim(self, id_: str, source: str) -> None:
        """Refuse a second source for one episode: the two would overwrite each other on every run."""
        first = self._seen.add(id_, source)
        if first is not None:
            raise SameArticleError(
                f"{source} is the same article as {first}; nothing was made of it",
                hint="they share an address, id or path: remove one, or give each its own `id` or canonical link",
            )


def keep_apart(house: House, out: Path, *, members: bool, dry: bool = False) -> None:
    """Refuse to put what only members may read into an output that was begun for everybody. Raises UsageError.

    Else the output is marked as theirs, unless it is a `dry` run.
    """
    state = state_folder(house, out)
    mark = state / "for-members"
    if not members or mark.exists():
        return
    if any((state / "receipts").glob("*.json")):
        raise UsageError(
            f"{out} holds episodes for everybody; articles for members want a folder of their own",
            hint="give another --out, and serve it behind your log-in",
        )
    if not dry:
        write(mark, b"Episodes in this output are for members only.\n")


def closed(article: Article, *, members: bool = False) -> str:
    """Why an article must not be published; empty when it may be. `members` asks for those of members too."""
    if article.status != "published":
        return f"not public: {article.status}"
    if article.visibility == "public" or (members and article.visibility in {"members", "paid"}):
        return ""
    hint = "" if article.visibility == "password" else "; --include-members speaks it, into an --out of its own"
    return f"not public: {article.visibility} only{hint}"
