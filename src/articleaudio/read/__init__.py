"""The read stage: a source → articles, each with a ledger of everything that is not spoken and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from articleaudio.errors import NoArticleError, SourceError, TooLongError
from articleaudio.model import Article, BlockKind, Failure
from articleaudio.read import registry
from articleaudio.read.registry import Reader
from articleaudio.read.source import Settings, Source
from articleaudio.read.view import text_view

__all__ = ["MAX_CHARACTERS", "Reader", "Settings", "Source", "checked", "read_articles", "read_one", "text_view"]

MAX_CHARACTERS = 1_000_000
"""Longest body, in characters: about eighteen hours of speech, more than any player or podcast client takes well."""


def read_articles(source: Source) -> Iterator[Article | Failure]:
    """Pick the reader for a source and give its articles, in order; a failure stands for one of many.

    An article that is not public is given as it is, even without a body: whoever makes audio looks at `status`,
    `visibility` and `cut` first. Raises SourceError when the source cannot be read, NoArticleError when it holds
    nothing to speak, TooLongError when an article is longer than one recording may be.
    """
    from articleaudio.read.decode import decode  # noqa: PLC0415 - only needed once something is read

    opened = source.opened()
    data = opened.load()
    chosen = registry.pick(opened, data[: registry.SNIFF])
    text = "" if chosen.binary else decode(data, opened.name, opened.charset)
    found = False
    for item in chosen.read(opened, text):
        found = True
        if isinstance(item, Failure):
            yield item
            continue
        article = item if item.source else replace(item, source=source.name)
        closed = article.status != "published" or article.visibility != "public" or article.cut
        yield article if closed else _checked_item(article, alone=article.source == source.name)
    if not found:
        raise no_article(source.name)


def read_one(source: Source) -> Article:
    """The only article of a source. Raises as `read_articles` does, and NoArticleError when it holds several."""
    first, *others = read_articles(source)
    if isinstance(first, Failure) or others:
        raise NoArticleError(f"{source.name} does not hold just one article", hint="give a page or a file of one")
    return first


def _checked_item(article: Article, *, alone: bool) -> Article | Failure:
    """One of many articles must not take the others along."""
    try:
        return checked(article)
    except SourceError as error:
        if alone:
            raise
        return Failure(article.source, error.message, error.hint, error.exit_code)


def checked(article: Article) -> Article:
    """The article, if it can be spoken. Raises NoArticleError or TooLongError, naming the source."""
    name = article.source
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
