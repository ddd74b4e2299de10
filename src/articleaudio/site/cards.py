"""The shelf as a sequence that reads an episode only when it is printed: of most, pages and feeds need only a card."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from articleaudio.site.shelf import read_episode, what_is_wrong
from articleaudio.site.shelved import Shelved
from articleaudio.site.words import primary

AT_HAND = 512
"""Episodes that are kept once they were read; a small output is read once."""


@dataclass(frozen=True, slots=True)
class Card:
    """What must be known of an episode that is not printed."""

    slug: str
    """Folder name."""
    language: str
    """Primary language."""
    section: str
    """May be empty."""
    shown: float
    """Seconds since 1970: when it counts as published."""
    key: str
    """SHA-256 of its episode.json, hex: changes whenever anything that is shown of it does."""

    @property
    def order(self) -> tuple[float, str]:
        """Sorts newest first, and always the same way."""
        return (-self.shown, self.slug)


class Shelf(Sequence[Shelved]):
    """The published episodes of an output, newest first; slices of it read nothing either.

    One that cannot be read when its turn comes is reported and left out.
    """

    def __init__(self, cards: Sequence[Card], read: Callable[[str], Shelved | None]) -> None:
        """Take cards in order, and what reads an episode by its slug."""
        self.cards = cards
        """In order."""
        self._read = read

    def __len__(self) -> int:
        return len(self.cards)

    @overload
    def __getitem__(self, index: int) -> Shelved: ...
    @overload
    def __getitem__(self, index: slice) -> Shelf: ...
    def __getitem__(self, index: int | slice) -> Shelved | Shelf:
        """Give an episode, or a shelf of some. Raises LookupError for an episode that cannot be read."""
        if isinstance(index, slice):
            return self.of(self.cards[index])
        episode = self._read(self.cards[index].slug)
        if episode is None:
            raise LookupError(f"episode {self.cards[index].slug} cannot be read")
        return episode

    def __iter__(self) -> Iterator[Shelved]:
        for card in self.cards:
            if (episode := self._read(card.slug)) is not None:
                yield episode

    def of(self, cards: Sequence[Card]) -> Shelf:
        """A shelf of some of its cards, which are in order."""
        return Shelf(cards, self._read)


def shelf_of(out: Path, cards: Iterable[Card], on_warning: Callable[[str], None]) -> Shelf:
    """The shelf of an output folder whose cards are known; `on_warning` is told of episodes that cannot be read."""
    return Shelf(sorted(cards, key=lambda card: card.order), _Reader(out, on_warning).read)


def gather(out: Path, on_warning: Callable[[str], None]) -> Shelf:
    """The shelf of an output folder by what lies in it; `on_warning` is told of episodes that are left out."""
    cards = (read_card(path, on_warning) for path in sorted(out.glob("episodes/*/episode.json")))
    return shelf_of(out, (card for card in cards if card is not None), on_warning)


def read_card(path: Path, on_warning: Callable[[str], None]) -> Card | None:
    """The card of an episode.json; None, with a warning, for one that cannot be used, and for one that is retracted."""
    try:
        key = hashlib.sha256(path.read_bytes()).hexdigest()
        episode = read_episode(path)
    except Exception as error:  # noqa: BLE001 -- it may hold anything
        on_warning(f"{path} is left out: {what_is_wrong(error)}")
        return None
    return card_of(episode, key) if episode is not None else None


def card_of(episode: Shelved, key: str) -> Card:
    """The card of an episode; `key` is the SHA-256 of its episode.json."""
    return Card(episode.slug, primary(episode.language), episode.section, episode.when.timestamp(), key)


class _Reader:
    """Reads episodes, and keeps the last ones at hand."""

    def __init__(self, out: Path, on_warning: Callable[[str], None]) -> None:
        self._out = out
        self._on_warning = on_warning
        self._at_hand: OrderedDict[str, Shelved | None] = OrderedDict()

    def read(self, slug: str) -> Shelved | None:
        if slug in self._at_hand:
            self._at_hand.move_to_end(slug)
            return self._at_hand[slug]
        path = self._out / "episodes" / slug / "episode.json"
        episode = None
        try:
            episode = read_episode(path)
        except Exception as error:  # noqa: BLE001 -- it may hold anything
            self._on_warning(f"{path} is left out: {what_is_wrong(error)}")
        self._at_hand[slug] = episode
        if len(self._at_hand) > AT_HAND:
            self._at_hand.popitem(last=False)
        return episode
