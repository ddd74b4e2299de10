"""A language's knowledge, behind one seam; read when it is first needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import import_module

from articleaudio.script.rule import Rule, Table, table

LANGUAGES = {"en": "articleaudio.script.en", "uk": "articleaudio.script.uk"}
"""Languages that can be read, by primary subtag, and where their knowledge lies."""


@dataclass(frozen=True)
class Stops:
    """What the splitter has to know of a language's abbreviations: in lower case, without the last period."""

    never: frozenset[str] = frozenset()
    """Abbreviations after which a sentence does not end, whatever follows."""
    soft: frozenset[str] = frozenset()
    """Abbreviations that end a sentence only when a typical first word follows."""
    numbered: frozenset[str] = frozenset()
    """Abbreviations after which a sentence does not end when a number follows."""
    clock: frozenset[str] = frozenset()
    """Of the soft ones, those of clock times: they end a sentence unless one of `after_clock` follows."""
    after_clock: frozenset[str] = frozenset()
    """Words that go on a clock time ("5 p.m. Tuesday")."""
    starters: frozenset[str] = frozenset()
    """Typical first words, as written at the start of a sentence."""


@dataclass(frozen=True)
class Language:
    """What the engine asks a language for."""

    tag: str
    """Primary subtag."""
    rules: tuple[Rule, ...] = ()
    """The ordered table."""
    stops: Stops = field(default_factory=Stops)
    """For the splitter."""
    known: bool = True
    """False for a language without knowledge: its text passes through as it is."""


@cache
def language(tag: str) -> Language:
    """The knowledge of a language by its BCP 47 tag; a language without any reads text as it is written."""
    primary = tag.lower().replace("_", "-").split("-")[0]
    module = LANGUAGES.get(primary)
    if module is None:
        return Language(tag=primary, known=False)
    found: Language = import_module(module).LANGUAGE
    return found


@lru_cache(maxsize=64)
def rule_table(tag: str, off: frozenset[str], extra: tuple[Rule, ...]) -> Table:
    """The table of a language: `extra` rules first, then its own, without those that are switched off."""
    return table(rule for rule in (*extra, *language(tag).rules) if rule.name not in off)
