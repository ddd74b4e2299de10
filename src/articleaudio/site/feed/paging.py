"""A feed in documents, after RFC 5005: the newest episodes in the feed, older ones in archives that stay as they are.

Of the models of that standard this is the archived feed (section 4): archives are counted from the oldest episode, each
holds the same number of them, and a new episode changes the feed and nothing else, until there are enough for one more
archive. Podcast apps know only the `next` of paged feeds (section 3); it leads along the same documents.
"""

from __future__ import annotations

from dataclasses import dataclass

from articleaudio.site.cards import Shelf


@dataclass(frozen=True, slots=True)
class Page:
    """One document of a feed."""

    name: str
    """Its file name."""
    episodes: Shelf
    """What it holds, newest first."""
    links: tuple[tuple[str, str], ...]
    """Relation and file name of the documents around it."""
    archive: bool
    """Whether it is an archive, not the feed itself."""


def archive_name(feed: str, number: int) -> str:
    """File name of an archive; the first holds the oldest episodes."""
    return f"{feed.removesuffix('.xml')}-archive-{number:04}.xml"


def pages_of(feed: str, episodes: Shelf, size: int) -> list[Page]:
    """The documents of the feed with that file name, archives first: what is linked is there before the link is.

    `size` is how many episodes an archive holds; the feed itself holds as many at least, and fewer than twice as many.
    """
    count = len(episodes)
    archives = max(0, count // size - 1)
    pages = []
    for number in range(1, archives + 1):
        start, end = count - number * size, count - (number - 1) * size
        pages.append(
            Page(archive_name(feed, number), episodes[start:end], _around(feed, number, archives), archive=True)
        )
    ahead = _from_feed(feed, archives) if archives else ()
    return [*pages, Page(feed, episodes[: count - archives * size], ahead, archive=False)]


def _from_feed(feed: str, archives: int) -> tuple[tuple[str, str], ...]:
    newest = archive_name(feed, archives)
    return (("prev-archive", newest), ("first", feed), ("next", newest), ("last", archive_name(feed, 1)))


def _around(feed: str, number: int, archives: int) -> tuple[tuple[str, str], ...]:
    """What an archive links to. Only its follower ever changes that, once, when it appears."""
    newer = archive_name(feed, number + 1) if number < archives else ""
    older = archive_name(feed, number - 1) if number > 1 else ""
    links = (
        ("current", feed),
        ("prev-archive", older),
        ("next-archive", newer),
        ("first", feed),
        ("previous", newer or feed),
        ("next", older),
        ("last", archive_name(feed, 1)),
    )
    return tuple((relation, name) for relation, name in links if name)
