"""What stands between a headline and the text of a manuscript: who wrote it, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from articleaudio.model import Dropped
from articleaudio.read.dates import parse_date
from articleaudio.read.names import is_byline, names
from articleaudio.read.rich import ends_sentence

_LONGEST = 100
"""A longer line is no by-line, in characters."""
_LONGEST_DATE = 40
"""A longer line with a date in it says more than the date."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What the lines below a headline say."""

    authors: tuple[str, ...] = ()
    """Who wrote it."""
    published: datetime | None = None
    """When, if a line says so."""
    dropped: tuple[Dropped, ...] = ()
    """The lines, with reasons."""

    @property
    def lines(self) -> int:
        """How many lines are furniture."""
        return len(self.dropped)


def furniture(lines: Iterable[str], *, authors: bool = True) -> Furniture:
    """Read by-line and date off the lines below a headline, as far as they go. `authors` False: only a date."""
    found: tuple[str, ...] = ()
    published: datetime | None = None
    dropped: list[Dropped] = []
    for text in lines:
        if len(text) > _LONGEST or ends_sentence(text):
            break
        people = names(text) if is_byline(text) and authors else ()
        moment = parse_date(text) if any(character.isdigit() for character in text) else None
        if people and not found:
            found = people
            dropped.append(Dropped(text, "byline", 0))
            published = published or moment
        elif moment and not published and len(text) <= _LONGEST_DATE:
            published = moment
            dropped.append(Dropped(text, "date", 0))
        else:
            break
    return Furniture(found, published, tuple(dropped))
