"""A house's own readings: written forms and how they are said. They go before every rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from articleaudio.errors import ConfigError
from articleaudio.model import TokenKind
from articleaudio.script.fold import fold
from articleaudio.script.rule import Piece

FIRST = re.compile(r"[^\W\d_]+|[0-9]+|\S")
POSSESSIVE = re.compile(r"'s(?!\w)|s(?!\w)")
UNVOICED = ("p", "t", "k", "f", "θ")
HISSING = ("s", "z", "ʃ", "ʒ")


class Say(StrEnum):
    """What an entry's `say` is."""

    RESPELLING = "respelling"
    """Words that an engine reads as it should ("Zelenskyy" → "Zelensky")."""
    LETTERS = "letters"
    """Letters, one by one; an empty `say` takes those of the written form."""
    WORD = "word"
    """The written form is a word, whatever it looks like ("NABU")."""
    IPA = "ipa"
    """A transcription in the International Phonetic Alphabet."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading."""

    written: str
    """A word or a phrase, as it is written."""
    say: str = ""
    """How it is said; may be empty for letters and words."""
    kind: Say = Say.RESPELLING
    """What `say` is."""
    cased: bool = True
    """Whether capitals must agree."""
    language: str = ""
    """Primary subtag of the language it holds for; empty for all."""
    note: str = ""
    """Why, or who says so."""

    def __post_init__(self) -> None:
        if not self.written.strip():
            raise ConfigError("A lexicon entry has no written form.", hint="Give each entry what it is about.")
        if not self.say.strip() and self.kind in (Say.RESPELLING, Say.IPA):
            raise ConfigError(
                f"The lexicon entry “{self.written}” says nothing.",
                hint="Give it `say`, or make it `letters` or `word`.",
            )

    def spoken(self) -> tuple[TokenKind, str]:
        """The token's kind and what it says."""
        if self.kind is Say.LETTERS:
            source = self.say or self.written
            return TokenKind.LETTERS, "".join(char for char in source.upper() if char.isalnum())
        if self.kind is Say.IPA:
            return TokenKind.PHONEMES, self.say
        if self.kind is Say.WORD and not self.say:
            return TokenKind.WORDS, self.written.capitalize() if self.written.isupper() else self.written
        return TokenKind.WORDS, self.say


class Lexicon:
    """Entries, found by the word they start with; of several that fit the longest wins, of equals the last given."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = tuple(entries)
        self._found: dict[str, list[tuple[str, Entry]]] = {}
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
            if entry.language and entry.language != language:
                continue
            following = POSSESSIVE.match(text, end)
            if text[end : end + 1].isalnum() and not following:
                continue
            kind, say = entry.spoken()
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
