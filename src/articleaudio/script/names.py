"""What no lexicon settles: names, acronyms and foreign words of an archive, the most frequent first."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from articleaudio.model import Article, Role, Segment, Token, TokenKind, dotted
from articleaudio.script.style import Style
from articleaudio.script.words import words
from articleaudio.script.writer import write_script

ACRONYM_RULE = "acronym"
SURE = 0.9
"""Acronyms that are at least so sure of their reading are settled."""
SENTENCE_START = re.compile(r"[\"'“”‘’«»(\[—–\s]*\Z")
FOREIGN_LETTER = re.compile(r"[^\W\d_]")
APOSTROPHES = "'’ʼ"

CALENDAR_AND_TITLES = words("""
i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december mr mrs ms dr sir lord lady president minister prime secretary general senator governor king
queen prince princess pope bishop judge justice mayor chancellor ambassador foreign defense defence interior finance
captain colonel major lieutenant sergeant admiral representative congressman congresswoman chairman chairwoman north
south east west northern southern eastern western central new united state states republic city county street avenue
road river lake mount island islands sea ocean bay church university college school hospital court supreme house
parliament congress senate council committee commission department ministry agency office bank group company union
party army navy air force police republican republicans democrat democrats democratic internet christmas easter god
""")
"""Capitalised words that every voice knows."""


class Kind(StrEnum):
    """What an unsettled word is."""

    NAME = "name"
    """A capitalised word inside a sentence that is never written small."""
    ACRONYM = "acronym"
    """A word in capitals whose reading is a guess."""
    FOREIGN = "foreign"
    """A word with letters that the language does not have."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """One word that a lexicon may want to settle."""

    written: str
    """As it is written."""
    kind: Kind
    """What it is."""
    count: int
    """How often it is said."""
    articles: int
    """In how many articles."""
    guess: str
    """What would be said now: dotted letters, or a word that the voice reads by its own rules."""
    language: str
    """Language of the articles it stands in."""
    example: str
    """The first sentence it was met in."""


def unsettled(articles: Iterable[Article], style: Style = Style()) -> list[Unsettled]:  # noqa: B008 - a frozen value
    """Rank what the style's lexicon does not settle: by count, then articles, then spelling."""
    counts: Counter[tuple[str, str]] = Counter()
    spread: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], tuple[Kind, str, str]] = {}
    small: set[str] = set()
    for article in articles:
        here: set[tuple[str, str]] = set()
        for segment in write_script(article, style).segments:
            for token in segment.tokens:
                if token.rule == "plain" and token.say[:1].islower():
                    small.add(token.say)
            for written, kind, guess in _candidates(segment):
                key = (written, segment.language.partition("-")[0])
                counts[key] += 1
                here.add(key)
                first.setdefault(key, (kind, guess, segment.written.strip()))
        spread.update(here)
    found = [
        Unsettled(written, kind, counts[written, tag], spread[written, tag], guess, tag, example)
        for (written, tag), (kind, guess, example) in first.items()
        if kind is not Kind.NAME or written.lower() not in small
    ]
    return sorted(found, key=lambda row: (-row.count, -row.articles, row.written))


def _candidates(segment: Segment) -> Iterator[tuple[str, Kind, str]]:
    """Words of a segment that nothing settles: written form without a possessive, kind, guess."""
    inside = segment.role not in (Role.HEADLINE, Role.HEADING)  # headings may write every word with a capital
    for token in segment.tokens:
        written = segment.written[token.start : token.end]
        if token.rule == ACRONYM_RULE and token.confidence < SURE:
            yield _bare(written), Kind.ACRONYM, _guess(token)
        elif token.rule == "plain" and len(written) > 1:
            word = _bare(written)
            if _is_foreign(word, segment.language):
                yield word, Kind.FOREIGN, _bare(token.say)
            elif _is_name(word) and not SENTENCE_START.match(segment.written[: token.start]) and inside:
                yield word, Kind.NAME, _bare(token.say)


def _is_name(word: str) -> bool:
    return word[:1].isupper() and not word.isupper() and word.lower() not in CALENDAR_AND_TITLES


def _guess(token: Token) -> str:
    """What would be said, without the s of a possessive or plural."""
    if token.kind is TokenKind.LETTERS:
        return dotted(token).removesuffix("'s")
    return _bare(token.say)


def _bare(written: str) -> str:
    """A word without the s of a possessive, or of an acronym's plural."""
    if len(written) > 3 and written.endswith("s"):
        if written[-2] in APOSTROPHES:
            return written[:-2]
        if written[:-1].isupper():
            return written[:-1]
    return written.rstrip(APOSTROPHES)


def _is_foreign(word: str, language: str) -> bool:
    """Whether a word has letters that English, or a Cyrillic language, does not have."""
    scripts = {_script(char) for char in FOREIGN_LETTER.findall(word)}
    home = "CYRILLIC" if language.partition("-")[0] in {"uk", "ru", "be", "bg", "mk", "sr"} else "LATIN"
    if scripts - {home}:
        return True
    return language.partition("-")[0] == "en" and not word.replace("’", "'").replace("ʼ", "'").isascii()


def _script(char: str) -> str:
    """The first word of a letter's Unicode name: its script."""
    return unicodedata.name(char, "UNKNOWN").partition(" ")[0]
