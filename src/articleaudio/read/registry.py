"""Readers by name: our own and those of other packages, listed without being imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import Protocol, cast

from articleaudio.errors import ConfigError, SourceError
from articleaudio.model import Article, Failure
from articleaudio.read.source import Source

GROUP = "articleaudio.readers"
"""Entry-point group in which other packages name their readers, as `name = "module:ATTRIBUTE"`."""

BUILT_IN: Mapping[str, str] = MappingProxyType(
    {
        "feed": "articleaudio.read.feed:READER",
        "article": "articleaudio.read.article_json:READER",
        "ghost": "articleaudio.read.ghost:READER",
        "wordpress": "articleaudio.read.wordpress:READER",
        "html": "articleaudio.read.html:READER",
        "jsonfeed": "articleaudio.read.jsonfeed:READER",
        "docx": "articleaudio.read.docx:READER",
        "epub": "articleaudio.read.epub:READER",
        "markdown": "articleaudio.read.markdown:READER",
        "text": "articleaudio.read.text:READER",
    }
)
"""Our own readers, so that they work from a plain checkout too. Of readers that share an extension, the first wins."""

SNIFF = 64 * 1024
"""Bytes that a reader is shown to know its kind by."""


class Reader(Protocol):
    """Turns one kind of source into articles.

    A module of constants and functions, or an instance, both satisfy it. Importing it must be cheap: libraries that
    parse are imported when `read` is called.
    """

    @property
    def name(self) -> str:
        """What the reader is called in messages."""
        ...

    @property
    def extensions(self) -> tuple[str, ...]:
        """File extensions it reads, lower-case with the dot."""
        ...

    @property
    def binary(self) -> bool:
        """Whether its sources are no text: then `read` gets an empty text and takes `source.load()`."""
        ...

    def accepts(self, source_name: str, head: bytes) -> bool:
        """Tell by the first bytes whether a source is for this reader, when its extension does not settle it."""
        ...

    def read(self, source: Source, text: str) -> Iterator[Article | Failure]:
        """Give the source's articles, in order; a `Failure` stands for one of many that cannot be read.

        Articles that are not public are given too, with their `status` and `visibility`. Raises SourceError or
        NoArticleError when the source as a whole cannot be read.
        """
        ...


def targets() -> dict[str, str]:
    """Every reader's name and where it lives, without importing any. Other packages' readers come first."""
    return dict(_foreign()) | dict(BUILT_IN)


@cache
def _foreign() -> tuple[tuple[str, str], ...]:
    """Other packages' readers; what is installed does not change while we run."""
    found = {point.name: point.value for point in entry_points(group=GROUP)}
    return tuple((name, value) for name, value in found.items() if name not in BUILT_IN)


@cache
def reader(name: str) -> Reader:
    """The reader of that name, imported now. Raises ConfigError when it is unknown or cannot be imported."""
    target = targets().get(name)
    if target is None:
        raise ConfigError(f"no reader is called {name}", hint=f"known readers: {', '.join(targets())}")
    module, _, attribute = target.partition(":")
    try:
        return cast("Reader", getattr(import_module(module), attribute))
    except (ImportError, AttributeError) as error:
        raise ConfigError(
            f"the reader {name} cannot be loaded from {target}: {error}", hint="reinstall the package it comes from"
        ) from error


def extensions() -> dict[str, tuple[str, ...]]:
    """Known file extensions, each with the names of the readers that take it, in the order they are asked."""
    known: dict[str, tuple[str, ...]] = {}
    for name in targets():
        for extension in reader(name).extensions:
            known[extension] = (*known.get(extension, ()), name)
    return known


def pick(source: Source, head: bytes) -> Reader:
    """The reader for a source: by its extension, else by its first bytes, else plain text.

    Raises SourceError when an extension that several readers share is met, and none of them knows the content.
    """
    claimants = extensions().get(source.suffix, ())
    if len(claimants) == 1:
        return reader(claimants[0])
    for name in claimants or targets():
        if reader(name).accepts(source.name, head):
            return reader(name)
    if claimants:
        raise SourceError(
            f"{source.name} is none of the {source.suffix} files that can be read",
            hint=f"readers for {source.suffix}: {', '.join(claimants)}",
        )
    return reader("text")
