"""The shelf cut into pages: the newest episodes on the index, the older ones in an archive that hardly ever changes.

The archive is counted from the oldest episode, so that a new one changes the index and the last page of the archive,
however many thousand there are.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articleaudio.files import unwritable
from articleaudio.site.cards import Card, Shelf
from articleaudio.site.shelved import Shelved

NEWEST = 50
"""How many episodes the index holds."""

CHUNK = 100
"""How many episodes a full page of the archive holds."""

PLAYLIST = 20
"""How many episodes a playlist offers to players."""

EVERYTHING = "playlist.json"
"""The playlist of the newest episodes in all languages."""

LANGUAGE_LENGTH = 8
"""Letters of the longest language that BCP 47 knows: what is longer stands in no file name."""

FOLDER = "archive"
"""Where the archive's pages lie, below the output folder."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One page of the archive."""

    number: int
    """1 for the page with the oldest episodes."""
    last: int
    """Number of the page with the newest ones."""
    episodes: Shelf
    """Newest first."""

    @property
    def name(self) -> str:
        """File name below the archive's folder, without suffix; for good."""
        return chunk_name(self.number)

    @property
    def older(self) -> str:
        """Link to the page of older episodes; empty on the first page."""
        return f"{chunk_name(self.number - 1)}.html" if self.number > 1 else ""

    @property
    def newer(self) -> str:
        """Link to the page of newer episodes: that of the index on the last page."""
        return f"{chunk_name(self.number + 1)}.html" if self.number < self.last else "../index.html"


def chunk_name(number: int) -> str:
    """Name of a page of the archive: `0001` and so on."""
    return f"{number:04}"


def chunk_count(total: int) -> int:
    """How many pages the archive of so many episodes has."""
    return -(-max(0, total - NEWEST) // CHUNK)


def chunks(episodes: Shelf) -> Iterator[Chunk]:
    """The archive, oldest page first; of `episodes`, newest first, only what is asked for is touched."""
    total, last = len(episodes), chunk_count(len(episodes))
    for number in range(1, last + 1):
        newest = max(NEWEST, total - CHUNK * number)
        yield Chunk(number, last, episodes[newest : total - CHUNK * (number - 1)])


def chunk_bytes(chunk: Chunk) -> bytes:
    """What the search knows of the episodes of a page."""
    return _json(
        [
            {"title": episode.title, "slug": episode.slug, "published": _day(episode), "section": episode.section}
            | {"language": episode.language, "duration": round(episode.duration)}
            for episode in chunk.episodes
        ]
    )


def playlists_of(shelf: Shelf) -> Mapping[str, Shelf]:
    """The playlists of a shelf, by file name: of everything, and by language where there are several."""
    languages: dict[str, list[Card]] = {}
    for card in shelf.cards:
        if len(card.language) <= LANGUAGE_LENGTH and card.language.isascii() and card.language.isalnum():
            languages.setdefault(card.language, []).append(card)
    by_language = {_playlist_name(language): shelf.of(cards[:PLAYLIST]) for language, cards in languages.items()}
    return {EVERYTHING: shelf[:PLAYLIST]} | (by_language if len(languages) > 1 else {})


def playlist_for(language: str, playlists: Mapping[str, Shelf]) -> str:
    """What follows an episode in a language: the playlist of that language; empty where there is nothing else in it."""
    name = _playlist_name(language) if len(playlists) > 1 else EVERYTHING
    return name if len(playlists.get(name, ())) > 1 else ""


def _playlist_name(language: str) -> str:
    return f"playlist.{language}.json"


def playlist_bytes(episodes: Sequence[Shelved]) -> bytes:
    """Episodes for players that offer more to listen to; addresses are relative to the file."""
    return _json(
        [
            {
                "title": episode.title,
                "src": f"{episode.path}episode.json",
                "page": f"{episode.path}index.html",
                "duration": round(episode.duration, 3),
                "published": episode.published.isoformat() if episode.published else None,
                "language": episode.language,
                "section": episode.section,
            }
            for episode in episodes
        ]
    )


def remove_stale(out: Path, last: int, playlists: Collection[str]) -> None:
    """Remove what there is when many episodes were withdrawn: the archive's pages behind the last, other playlists.

    Raises OutputError.
    """
    pages = [path for path in (out / FOLDER).glob("[0-9][0-9][0-9][0-9]*") if path.suffix in {".html", ".json"}]
    stale = [path for path in pages if path.stem.isdigit() and int(path.stem) > last]
    stale += [path for path in out.glob("playlist.*.json") if path.name not in playlists]
    for path in sorted(stale):
        try:
            path.unlink()
        except OSError as error:
            raise unwritable(path, error) from error


def _day(episode: Shelved) -> str | None:
    return f"{episode.published:%Y-%m-%d}" if episode.published else None


def _json(episodes: list[dict[str, Any]]) -> bytes:
    return (json.dumps({"episodes": episodes}, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
