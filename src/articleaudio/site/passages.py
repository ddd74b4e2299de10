"""Segments back in the shape of the article: headings, paragraphs, quotes and lists, as a reader knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from articleaudio.site.shelved import Passage

OPENING = frozenset(("disclosure", "section", "headline", "dek", "byline", "date", "updated"))
"""Roles that are said before the article begins; pages show them together."""


@dataclass(frozen=True, slots=True)
class Group:
    """One block of the page: what is said of one block of the article."""

    kind: str
    """`opening`, or the role of its passages: `body`, `heading`, `quote`, `list_item`, …"""
    passages: tuple[Passage, ...]
    """In order, never empty."""

    @property
    def start(self) -> float:
        """Seconds: where it begins."""
        return self.passages[0].start


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring groups of one kind: a list with its items, a table with its rows, or a run of paragraphs."""

    kind: str
    """Kind of its groups."""
    groups: tuple[Group, ...]
    """In order, never empty."""


def stretches(passages: Sequence[Passage]) -> list[Stretch]:
    """Put passages into groups and stretches, in order and without losing any."""
    return [Stretch(kind, tuple(groups)) for kind, groups in groupby(_groups(passages), lambda group: group.kind)]


def _groups(passages: Sequence[Passage]) -> Iterator[Group]:
    for (kind, _), said in groupby(passages, _place):
        yield Group(kind, tuple(said))


def _place(passage: Passage) -> tuple[str, object]:
    """What keeps passages together: the article's block, or being part of the opening."""
    if passage.role in OPENING:
        return "opening", None
    return passage.role, passage.id if passage.block is None else passage.block
