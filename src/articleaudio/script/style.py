"""How a house wants its articles said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from articleaudio.model import EMPTY, Spoken
from articleaudio.script.lexicon import Lexicon
from articleaudio.script.rule import Rule


class AcronymStyle(StrEnum):
    """What is said for an acronym whose long form is known."""

    LETTERS = "letters"
    """Letters (or the word it is said as); a definition in parentheses is said between pauses."""
    EXPAND_FIRST = "expand-first"
    """The long form at the first mention that does not follow it anyway, letters afterwards."""
    ALWAYS_EXPAND = "always-expand"
    """The long form at every mention; a definition in parentheses is not said again."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a house settles about its scripts."""

    disclosure: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    """The line that says how the sound was made, by language tag; none at all keeps it silent."""
    show_language: str = ""
    """The show's language, whose line stands in where the article's has none."""
    byline: bool = True
    """Whether "By …" is said at all."""
    spoken: Spoken = field(default_factory=Spoken)
    """What is said around the body, in which order and words."""
    acronyms: AcronymStyle = AcronymStyle.LETTERS
    """What is said for acronyms."""
    acronym_styles: Mapping[str, AcronymStyle] = field(default_factory=dict)
    """Exceptions to it, by acronym."""
    rules: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    """Rules of others, by primary language subtag; they are asked before our own."""
    off: frozenset[str] = frozenset()
    """Names of rules that are switched off."""
    limit: int = 400
    """Longest segment, in characters."""
    lexicon: Lexicon | None = None
    """Readings that go before every rule; None for none."""
    languages: frozenset[str] | None = None
    """Languages that have a voice, by primary subtag: a stretch in another one is read as the rest of its sentence.

    None where nobody knows; empty where one voice is to speak everything.
    """

    def acronym(self, written: str) -> AcronymStyle:
        """The style for one acronym."""
        return self.acronym_styles.get(written, self.acronyms)
