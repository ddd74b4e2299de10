"""Reading what a command was pointed at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from articleaudio.errors import SourceError
from articleaudio.model import Article, Failure
from articleaudio.read import read_articles
from articleaudio.read.discover import Skipped, discover


def articles(argument: str, url: str = "") -> Iterator[Article]:
    """Give every article of a source. Raises SourceError and its kin."""
    for found in discover([argument]):
        if isinstance(found, Failure):
            raise SourceError(found.message, hint=found.hint)
        if not isinstance(found, Skipped):
            yield from read_articles(replace(found, url=url) if url else found)
