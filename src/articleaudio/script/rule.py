"""What a reading rule is. A rule is asked at a place in a line and answers with a reading, or with None."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from articleaudio.model import TokenKind

if TYPE_CHECKING:
    from articleaudio.script.line import Line


class Piece(NamedTuple):
    """One token of a reading, before it is given the rule's name."""

    start: int
    """First character in the line."""
    end: int
    """One past the last."""
    say: str
    """What is said."""
    kind: TokenKind = TokenKind.WORDS
    """How it is to be taken."""
    confidence: float = 1.0
    """1.0 certain … 0.0 a guess."""


MANY = 512
"""Characters whose rules are remembered."""

Reading = tuple[Piece, ...]
"""What a rule makes of a stretch: pieces in order; the scan goes on after the last one."""

Reader = Callable[["Line", int], Reading | None]
"""Asked with the line and the place of the trigger."""


def said(start: int, end: int, say: str, confidence: float = 1.0) -> Reading:
    """A reading of one piece: words."""
    return (Piece(start, end, say, TokenKind.WORDS, confidence),)


def letters(start: int, end: int, say: str, confidence: float = 1.0) -> Piece:
    """A piece that is named letter by letter."""
    return Piece(start, end, say, TokenKind.LETTERS, confidence)


def pause(start: int, end: int, say: str = ",") -> Reading:
    """A reading that is a short break; an empty `say` is silence without a break."""
    return (Piece(start, end, say, TokenKind.PAUSE),)


class Trigger(StrEnum):
    """Classes of places at which rules are asked."""

    DIGIT = "digit"
    """A digit that no other reading took."""
    CAPS = "caps"
    """A word in capitals, a single capital included."""
    JOINED = "joined"
    """A word with more right behind it: a digit, or one of . @ / & - : _ and a letter or digit."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table."""

    name: str
    """Its name, unique in a language; what tokens and `off` call it."""
    read: Reader
    """What it does."""
    about: str
    """One line for people."""
    example: tuple[str, str]
    """Written and said."""
    on: tuple[Trigger, ...] = ()
    """The classes of places it is asked at."""
    words: frozenset[str] = frozenset()
    """Words (lower case) it is asked at."""
    signs: str = ""
    """Characters it is asked at."""
    behind: str = ""
    """At a digit, the rule is asked only if one of these stands right behind the digits; empty: any character."""


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """A rule, as it is listed."""

    name: str
    """Its name, as tokens and `off` call it."""
    language: str
    """Primary subtag of its language; empty for a rule of every language."""
    about: str
    """What it reads."""
    written: str
    """An example, written."""
    said: str
    """The example, said."""


@dataclass(frozen=True)
class Table:
    """The ordered rules of a language, indexed by trigger. Order decides: the first rule that answers wins."""

    rules: tuple[Rule, ...]
    """In the order they are asked."""
    words: dict[str, list[int]] = field(default_factory=dict)
    """Places in `rules` by word."""
    signs: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    """Rules by character."""
    digits: list[Rule] = field(default_factory=list)
    """Rules to ask at a digit."""
    numbers: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    """Rules to ask at a digit by the character behind the digits, for characters seen before."""
    classes: dict[Trigger, tuple[int, ...]] = field(default_factory=dict)
    """Places in `rules` by class."""
    memory: dict[tuple[bool, bool, str], tuple[Rule, ...]] = field(default_factory=dict)
    """Merged rules of combinations seen before."""

    def for_digit(self, behind: str) -> tuple[Rule, ...]:
        """The rules to ask at a digit, in order, by the character behind the digits (empty at the end)."""
        rules = self.numbers.get(behind)
        if rules is None:
            rules = tuple(rule for rule in self.digits if not rule.behind or (behind and behind in rule.behind))
            if len(self.numbers) < MANY:
                self.numbers[behind] = rules
        return rules

    def for_word(self, word: str, *, caps: bool, joined: bool) -> tuple[Rule, ...]:
        """The rules to ask at a word, in order."""
        known = self.words.get(word)
        key = (caps, joined, word if known else "")
        rules = self.memory.get(key)
        if rules is None:
            places = set(known or ())
            places.update(self.classes[Trigger.CAPS] if caps else ())
            places.update(self.classes[Trigger.JOINED] if joined else ())
            rules = self.memory[key] = tuple(self.rules[place] for place in sorted(places))
        return rules


def table(rules: Iterable[Rule]) -> Table:
    """The table of these rules."""
    made = Table(tuple(rules))
    signs: dict[str, list[Rule]] = {}
    for place, rule in enumerate(made.rules):
        for word in rule.words:
            made.words.setdefault(word, []).append(place)
        for sign in rule.signs:
            signs.setdefault(sign, []).append(rule)
    made.signs.update({sign: tuple(found) for sign, found in signs.items()})
    made.digits.extend(rule for rule in made.rules if Trigger.DIGIT in rule.on)
    for trigger in (Trigger.CAPS, Trigger.JOINED):
        made.classes[trigger] = tuple(place for place, rule in enumerate(made.rules) if trigger in rule.on)
    return made
