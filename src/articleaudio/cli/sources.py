"""Reading what a command was pointed at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

import click

from articleaudio.errors import SourceError
from articleaudio.model import Article, Failure, House
from articleaudio.plan import closed, reading
from articleaudio.read import read_articles
from articleaudio.read.discover import Skipped, discover


def articles(argument: str, house: House, url: str = "") -> Iterator[Article]:
    """Give every article of a source, those that are not public too; what is amiss with one is told on stderr.

    Raises SourceError and its kin when the source cannot be read, or nothing of it.
    """
    given = 0
    last: Failure | None = None
    for found in discover([argument], reading(house)):
        if isinstance(found, Skipped):
            continue
        if isinstance(found, Failure):
            raise SourceError(found.message, hint=found.hint)
        for item in read_articles(replace(found, url=url) if url and not found.url else found):
            if isinstance(item, Failure):
                last = item
                click.echo(f"{item.source}: {item.message}\n  {item.hint}", file=sys.stderr)
                continue
            given += 1
            _warn(item)
            yield item
    if last and not given:
        raise SourceError(last.message, hint=last.hint)


def _warn(article: Article) -> None:
    """Tell what would keep the article from being spoken."""
    for reason in (closed(article), article.cut and f"not the whole article: {article.cut}"):
        if reason:
            click.echo(f"{article.source}: {reason}; `convert` would not speak it", file=sys.stderr)
