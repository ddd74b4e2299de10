"""Acronyms: letters, a word, or in full; with the article as evidence."""

from __future__ import annotations

import re

from articleaudio.script.en.data_acronyms import (
    AMBIGUOUS,
    EXPANSIONS,
    LETTERS_AMBIGUOUS,
    LOWER_LETTERS,
    MIXED,
    PLAIN,
    WORDS,
)
from articleaudio.script.line import Line
from articleaudio.script.rule import Piece, Reading, letters, said
from articleaudio.script.style import AcronymStyle
from articleaudio.script.words import words

CAPS = re.compile(r"([A-Z]{2,40}(?:&[A-Z]{1,9}){0,3}|[A-Z]&[A-Z]{1,9}(?:&[A-Z]{1,9}){0,3})('?s)?(?![\w])")
INITIALISM = re.compile(r"((?:[A-Za-z]\.){2,8}[A-Za-z]?\b\.?|(?:[A-Z]\.){2,8})('?s\b)?")
INITIAL = re.compile(r"([A-Z])\.(?=[ \u00a0-]?[\w'\"]|[,)])")
SEVERAL = re.compile(r"([A-Z])&([A-Z])(?![a-z])")
WORD = re.compile(r"([A-Za-z]+)(?![\w@]|\.\w)")
LOWER_DOTTED = words("a.m. p.m. i.e. e.g. a.k.a.")
WORD_CAPS = re.compile(r"[A-Z]{2,}")
CLIMATE = words("""
president presidency chair summit talks host hosts climate conference process negotiations agreement delegates meeting
""")
VOWELS = frozenset("AEIOUY")


def acronym(line: Line, at: int) -> Reading | None:
    """A word in capitals: "ICBM", "UAVs", "the EU's", "NATO", "AT&T"."""
    text = line.text
    found = CAPS.match(text, at)
    if not found or (at and text[at - 1] in "_@"):
        return None
    written, s = found[1], found[2] or ""
    if "&" in written:
        return _joined(at, found.end(), written, s)
    if text[found.end() : found.end() + 2] == "'s" and not s:
        s = "'s"
    known = WORDS.get(written)
    kind, confidence = _decide(line, at, found.end(), written)
    full = _full(line, at, found.end(), written, s)
    if full is not None:
        return said(at, found.end(), full)
    if kind == "plain":
        return None
    if kind == "word":
        say = known or written.capitalize()
        return said(at, found.end(), say + s, confidence)
    plural = "s" if s else ""
    return (letters(at, found.end(), written + plural, confidence),)


def _joined(at: int, end: int, written: str, s: str) -> Reading:
    """Letters around "&": "AT&T" → "A.T. and T."."""
    parts = ["".join(f"{letter}." for letter in part) for part in written.split("&")]
    return said(at, end, " and ".join(parts) + ("'s" if s else ""))


def _decide(line: Line, at: int, end: int, written: str) -> tuple[str, float]:
    """Letters, a word, or an ordinary word in capitals; and how sure that is."""
    if WORDS.get(written):
        return "word", 1.0
    if written == "COP":  # the climate conference, or Colombian pesos
        climate = line.word_after(end) in CLIMATE or line.word_before(at) in ("climate", "u.n", "annual")
        return ("word", 0.9) if climate else ("letters", 0.45)
    defined = bool(line.evidence.long_form(written)) or written in EXPANSIONS
    if not defined and _shouted(line):
        if written in PLAIN or written in AMBIGUOUS or len(written) > 4:
            return "plain", 1.0
        return ("letters", 0.6) if len(written) <= 4 and _spelled_like(written) else ("plain", 0.5)
    if written in PLAIN and not defined:
        if written not in LETTERS_AMBIGUOUS or _in_capitals(line, at, end):
            return "plain", 1.0
        return "letters", 0.8
    if written in AMBIGUOUS and not defined and _in_capitals(line, at, end):
        return "plain", 0.6
    if not defined and len(written) > 3 and _beside_capitals(line, at, end):
        return "plain", 0.6
    if defined or len(written) <= 3 or _spelled_like(written):
        return "letters", 1.0 if defined or len(written) <= 3 else 0.8
    if len(written) == 4:
        return "letters", 0.6
    return "word", 0.45 if len(written) == 5 else 0.5


def _shouted(line: Line) -> bool:
    """Whether the line is written in capitals, ordinary words included: capitals then say nothing."""
    known = line.memory.get("shouted")
    if known is None:
        found = WORD_CAPS.findall(line.text) if line.shouted else []
        ordinary = sum(word in PLAIN or (len(word) > 4 and word not in WORDS) for word in found)
        known = line.memory["shouted"] = ordinary > 0.3 * len(found)
    return known


def _beside_capitals(line: Line, at: int, end: int) -> bool:
    """Whether an unknown word stands beside another one in capitals: both are shouted."""
    for chunk in (line.before(at), line.after(end)):
        word = chunk.strip("\"'“”,.!?:;()")
        listed = (
            chunk[-1:] in (",", ";") or line.before(at)[-1:] in (",", ";") or line.text[end : end + 1] in (",", ";")
        )
        known = word in WORDS or word in EXPANSIONS or _spelled_like(word)
        if len(word) > 2 and word.isalpha() and word.isupper() and not known and not listed:
            return True
    return False


def _in_capitals(line: Line, at: int, end: int) -> bool:
    """Whether both neighbours are ordinary words in capitals: a shouted phrase."""
    before, after = line.before(at).strip("\"'“”,.!?"), line.after(end).strip("\"'“”,.!?")
    neighbours = [word for word in (before, after) if word]
    return bool(neighbours) and all(word.isupper() and word in PLAIN and len(word) > 1 for word in neighbours)


def _spelled_like(written: str) -> bool:
    """Whether a word in capitals cannot be said as a word: no vowel, or too many consonants in a row."""
    pattern = "".join("v" if char in VOWELS else "c" for char in written)
    return (
        "v" not in pattern
        or "c" not in pattern
        or "ccc" in pattern
        or (pattern.startswith(("cc", "vv")) and len(written) < 5)
        or "vvv" in pattern
    )


def _full(line: Line, at: int, end: int, written: str, s: str) -> str | None:
    """The long form, where the house wants it said; an empty string where it was just said."""
    style = line.style.acronym(written)
    if style is AcronymStyle.LETTERS:
        return None
    if WORDS.get(written) and written not in line.style.acronym_styles:
        return None  # nobody says "North Atlantic Treaty Organization" for NATO unless told to
    long = line.evidence.long_form(written) or EXPANSIONS.get(written, "")
    if not long:
        return None
    first_word, _, others = long.partition(" ")
    if at and others.islower():  # a definition at the start of a sentence lends its capital to no other place
        long = first_word.lower() + " " + others
    defined_here = (
        line.text[at - 1 : at] == "(" and line.text[end : end + 1] == ")" and line.evidence.long_form(written)
    )
    first = written not in line.evidence.met
    line.evidence.met.add(written)
    if defined_here:
        return "" if style is AcronymStyle.ALWAYS_EXPAND else None
    if style is AcronymStyle.EXPAND_FIRST and not first:
        return None
    if s.startswith("'"):
        return long + "'s"
    return long + ("s" if s and not long.endswith("s") else "")


def initialism(line: Line, at: int) -> Reading | None:
    """Letters with periods: "U.S.", "I.B.M.", "J.D.", "U.N.-backed"."""
    text = line.text
    found = INITIALISM.match(text, at)
    if not found or found[1].lower() in LOWER_DOTTED:
        return None
    body = found[1]
    end = found.end(1)
    if body[-1] == "s" and body[-2] == ".":
        return (letters(at, end, body.replace(".", "")),)
    if body[-1] != "." and not body[-1].isupper():
        return None
    say = body.replace(".", "").upper()
    if body[0].islower() and len(say) > 4:
        return None
    plural = ""
    if found[2]:
        end, plural = found.end(), "s"
    return (letters(at, line.stop(end), say + plural),)


def initial(line: Line, at: int) -> Reading | None:
    """A single initial: "Edwin A. Walker", "J. D. Tippit"."""
    text = line.text
    several = SEVERAL.match(text, at)
    if several:
        return said(at, several.end(), f"{several[1]}. and {several[2]}.")
    found = INITIAL.match(text, at)
    if not found or (at and text[at - 1] not in " \u00a0(\"'“-"):
        return None
    if found[1] == "I" and line.before(at).islower() and not line.after(found.end())[:1].isupper():
        return None
    return (letters(at, found.end(), found[1]),)


def lower_case(line: Line, at: int) -> Reading | None:
    """Acronyms in lower or mixed case: "tv", "PhD", "MoD"."""
    found = WORD.match(line.text, at)
    if not found or line.text[at - 1 : at] in (".", "/", "@"):
        return None
    word = found[1]
    say = LOWER_LETTERS.get(word, "") or MIXED.get(word, "")
    if not say:
        return None
    return (letters(at, found.end(), say),)


def pieces_of(say: str, start: int, end: int) -> Piece:
    """A piece of letters."""
    return letters(start, end, say)
