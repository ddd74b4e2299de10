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

from articleaudio import config
from articleaudio.config.plugins import plug_in_versions
from articleaudio.errors import SourceError
from articleaudio.model import Article, Episode, House
from articleaudio.plain import dump
from articleaudio.publish.library import Library
from articleaudio.publish.pruning import prune_superseded
from articleaudio.read import read_articles
from articleaudio.read.source import Source


@dataclass(frozen=True, slots=True)
class Job:
    """One article to be made; all that a worker needs besides the house."""

    article: Article
    """The article, with the id and slug that its episode keeps."""
    source: str
    """Where it came from, as the user named it."""
    source_hash: str
    """SHA-256 of the source's bytes, hex."""
    inputs: str
    """Fingerprint of everything else that settles the result."""


@dataclass(frozen=True, slots=True)
class NotSpoken:
    """An article that must not be published."""

    source: str
    """Where it came from."""
    reason: str
    """Why: draft, members only, …"""


class SameArticleError(SourceError):
    """Two sources of one run are one article."""


def state_folder(house: House, out: Path) -> Path:
    """Give the folder for the receipts of one output: readable, and different for each output of the house."""
    out = out.resolve()
    inside = out.is_relative_to(house.root.resolve())
    name = out.relative_to(house.root.resolve()).as_posix() if inside else out.as_posix()
    return house.state / f"{out.name or 'out'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def prune(house: House, out: Path) -> None:
    """Remove MP3s that were superseded more than `keep_days` ago: until then a player may still be at them."""
    prune_superseded(Library(out, state_folder(house, out)), house.keep_days, config.now())


def fingerprint(house: House) -> str:
    """Hash everything of the house that can change an episode, the software's version included."""
    show = replace(house.show, image=None)
    cover = hashlib.sha256(house.show.image.read_bytes()).hexdigest() if house.show.image else ""
    version = importlib.metadata.version("articleaudio")
    settled = [version, show, cover, house.voices, house.disclosure, house.chapters]
    settled += [house.acronyms, house.acronym_styles, house.rules_off, house.lexicon, plug_in_versions()]
    return hashlib.sha256(dump(settled).encode()).hexdigest()


class Planner:
    """Turns sources into jobs, in order; knows what is up to date and which slug is whose."""

    def __init__(self, house: House, out: Path, *, force: bool = False) -> None:
        self.library = Library(out, state_folder(house, out))
        self.inputs = fingerprint(house)
        self.force = force
        self._seen: dict[str, str] = {}

    def plan(self, source: Source) -> Iterator[Job | Episode | NotSpoken]:
        """Read a source unless nothing changed. Raises SourceError and its kin."""
        source_hash = hashlib.sha256(source.load()).hexdigest()
        receipt = self.library.find((f"path:{source.relative}",))
        if receipt and not self.force and self.library.up_to_date(receipt, self.inputs, source_hash):
            self._claim(receipt.id, source.name)
            yield replace(self.library.episode(receipt), source=source.name)
            return
        for article in read_articles(source):
            yield from self.plan_article(article, source.name, source_hash)

    def plan_article(self, article: Article, source: str, source_hash: str) -> Iterator[Job | NotSpoken]:
        """Settle the id and slug of one article; refuse what is not public."""
        if article.status != "published" or article.visibility != "public":
            reason = article.status if article.status != "published" else f"{article.visibility} only"
            yield NotSpoken(source, f"not public: {reason}")
            return
        known = self.library.find(article.aliases)
        settled = replace(article, id=known.id) if known else article
        self._claim(settled.id, source)
        slug = known.slug if known else self.library.reserve_slug(settled)
        yield Job(replace(settled, slug=slug), source, source_hash, self.inputs)

    def _claim(self, id_: str, source: str) -> None:
        """Refuse a second source for one episode: the two would overwrite each other on every run."""
        first = self._seen.setdefault(id_, source)
        if first != source:
            raise SameArticleError(
                f"{source} is the same article as {first}; nothing was made of it",
                hint="they share an address, id or path: remove one, or give each its own `id` or canonical link",
            )
