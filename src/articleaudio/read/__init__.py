"""The read stage: a source → articles, each with a ledger of everything that is not spoken and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from articleaudio.errors import NoArticleError, TooLongError
from articleaudio.model import Article, BlockKind
from articleaudio.read import registry
from articleaudio.read.registry import Reader
from articleaudio.read.source import Source
from articleaudio.read.view import text_view

__all__ = ["MAX_CHARACTERS", "Reader", "Source", "read_articles", "text_view"]

MAX_CHARACTERS = 1_000_000
"""Longest body, in characters: about eighteen hours of speech, more than any player or podcast client takes well."""

_HEAD = 4096


def read_articles(source: Source) -> Iterator[Article]:
    """Pick the reader for a source and give its articles, in order.

    Raises SourceError when the source cannot be read, NoArticleError when it holds nothing to speak, TooLongError when
    an article is longer than one recording may be.
    """
    from articleaudio.read.decode import decode  # noqa: PLC0415 - only needed once something is read

    data = source.load()
    chosen = registry.pick(source, data[:_HEAD])
    text = "" if chosen.binary else decode(data, source.name)
    found = False
    for article in chosen.read(source, text):
        found = True
        yield checked(replace(article, source=source.name), source.name)
    if not found:
        raise no_article(source.name)


def checked(article: Article, name: str) -> Article:
    """The article, if it can be spoken. Raises NoArticleError or TooLongError, naming the source."""
    if all(block.kind is BlockKind.HEADING for block in article.blocks):
        raise no_article(name)
    length = sum(len(block.text) for block in article.blocks)
    if length > MAX_CHARACTERS:
        raise TooLongError(
            f"{name} has {length:,} characters; one recording holds up to {MAX_CHARACTERS:,}",
            hint="split it into parts, one file each",
        )
    return article


def no_article(name: str) -> NoArticleError:
    """The error for a source without anything to speak."""
    return NoArticleError(
        f"there is no article in {name}", hint="give a page or file with at least one paragraph of running text"
    )
