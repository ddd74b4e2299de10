"""A house's own readings: written forms and how they are said. They go before every rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from articleaudio.errors import ConfigError
from articleaudio.model import LexiconEntry, Say, TokenKind
from articleaudio.script.fold import fold
from articleaudio.script.rule import Piece

__all__ = ["Entry", "Lexicon", "Say", "spoken"]

FIRST = re.compile(r"[^\W\d_]+|[0-9]+|\S")
POSSESSIVE = re.compile(r"'s(?!\w)|s(?!\w)")
UNVOICED = ("p", "t", "k", "f", "θ")
HISSING = ("s", "z", "ʃ", "ʒ")


@dataclass(frozen=True, slots=True)
class Entry(LexiconEntry):
    """One reading, checked when it is made. Raises ConfigError when it says nothing."""

    def __post_init__(self) -> None:
        if not self.written.strip():
            raise ConfigError("A lexicon entry has no written form.", hint="Give each entry what it is about.")
        if not self.say.strip() and self.kind in (Say.RESPELLING, Say.EXPANSION, Say.IPA):
            raise ConfigError(
                f"The lexicon entry “{self.written}” says nothing.",
                hint="Give it `say`, or make it `letters` or `word`.",
            )


def spoken(entry: LexiconEntry) -> tuple[TokenKind, str]:
    """The kind of token that an entry makes, and what it says."""
    if entry.kind is Say.LETTERS:
        source = entry.say or entry.written
        return TokenKind.LETTERS, "".join(char for char in source.upper() if char.isalnum())
    if entry.kind is Say.IPA:
        return TokenKind.PHONEMES, entry.say
    if entry.kind is Say.WORD and not entry.say:
        return TokenKind.WORDS, entry.written.capitalize() if entry.written.isupper() else entry.written
    return TokenKind.WORDS, entry.say


class Lexicon:
    """Entries, found by the word they start with; of several that fit the longest wins, of equals the last given."""

    def __init__(self, entries: Iterable[LexiconEntry] = ()) -> None:
        self.entries = tuple(entries)
        self._found: dict[str, list[tuple[str, LexiconEntry]]] = {}
        for entry in reversed(self.entries):
            folded = fold(entry.written.strip())
            first = FIRST.match(folded)
            if first:
                self._found.setdefault(first[0].lower(), []).append((folded, entry))
        for rows in self._found.values():
            rows.sort(key=lambda row: -len(row[0]))

    def find(self, text: str, at: int, language: str = "") -> Piece | None:
        """The reading of the entry that starts at a place in a folded text, possessive or plural included."""
        first = FIRST.match(text, at)
        if not first or (at and text[at - 1].isalnum()):
            return None
        for folded, entry in self._found.get(first[0].lower(), ()):
            end = at + len(folded)
            written = text[at:end]
            if written != folded and (entry.cased or written.lower() != folded.lower()):
                continue
            if entry.language and entry.language != language.partition("-")[0]:
                continue
            following = POSSESSIVE.match(text, end)
            if text[end : end + 1].isalnum() and not following:
                continue
            kind, say = spoken(entry)
            if following:
                end, say = following.end(), _with_s(kind, say, following[0])
            return Piece(at, end, say, kind)
        return None


def _with_s(kind: TokenKind, say: str, written: str) -> str:
    """A reading with the s of a possessive or plural."""
    if kind is TokenKind.LETTERS:
        return say + "s"
    if kind is TokenKind.PHONEMES:
        return say + ("ᵻz" if say.endswith(HISSING) else "s" if say.endswith(UNVOICED) else "z")
    return say + written
