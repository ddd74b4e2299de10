"""What an engine is fed: a segment's tokens as text, and what lies between them without anything that reads oddly."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from articleaudio.model import Segment, Token, TokenKind
from articleaudio.speak.contract import Prompt

# What a gap between tokens says, strongest first: of several marks the strongest is spoken, written as on the right.
_MARKS = {
    "?": "?", "!": "!", ".": ".", "…": "…", ":": ":", ";": ";", "—": " —", "–": " —",
    ",": ",", "(": ",", ")": ",", "[": ",", "]": ",",
}  # fmt: skip
_STRENGTH = {mark: rank for rank, mark in enumerate(_MARKS)}

# Marks of other scripts that mean the same.
_ALIASES = str.maketrans(
    {"‽": "?", "؟": "?", "‐": "-", "‑": "-", "―": "—", "−": "-", "،": ",", "؛": ";", "、": ",", "。": "."}
)

# Quotes, brackets and what is left of markup: engines read some of them out, or pause at them. Apostrophes are apart.
_SILENT = frozenset('"“”„‟«»‹›<>[](){}|\\`*_~^¿¡•·†‡¶¦␣')
_APOSTROPHES = frozenset("'’‘ʼ‛‚")
# Joiners change the letters and emoji around them; all other invisible characters only spoil words.
_JOINERS = frozenset("\u200c\u200d")

# A lone letter that is also a word: English engines read "A" as the article unless a hyphen follows.
_HYPHENATED = {"en": "A"}
# An initial in words to be said ("K. and T."): its full stop would end the sentence.
_INITIAL = re.compile(r"\b([^\W\d_])\.(?=\s|$)")
# Words that no engine says whole: eSpeak NG, which neural voices take their phonemes from, silently drops what is
# beyond 160 bytes or 200 phonemes of one. No language has such words; the parts are those of a number, a code or an
# address. Only in scripts that part words: Thai, Lao, Burmese, Khmer, Chinese and Japanese write sentences in one.
_WRITTEN = r"[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\uffef\U00020000-\U0003ffff]"
_ENDLESS = re.compile(rf"{_WRITTEN}{{76,}}|[0-9]{{26,}}|(?:(?![AEIOUaeiou])[A-Za-z]){{26,}}")
_PART = re.compile(r"\S{25}(?=\S)")
# Languages of other scripts: dotted Latin letters are not read as letters there, spaced ones are.
_SPACED = frozenset({"uk", "ru", "be", "bg", "mk", "sr", "el", "ka", "hy"})


def render(segment: Segment) -> Prompt:
    """Make what an engine is fed for a segment; the spans say where in it each token is said."""
    text = ""
    spans: list[tuple[int, int]] = []
    phonemes: list[tuple[int, int, str]] = []
    gap, at = "", 0
    for token in segment.tokens:
        gap += segment.written[at : token.start]
        at = token.end
        if token.kind is TokenKind.PAUSE:
            gap += f"{token.say} "
            spans.append((len(text), len(text)))
            continue
        said = _say(token, segment)
        if not said:
            spans.append((len(text), len(text)))
            continue
        text = _join(text, gap + _space(token.say[:1]), said)
        gap = _space(token.say[-1:])
        spans.append((len(text) - len(said), len(text)))
        if token.kind is TokenKind.PHONEMES and token.say.strip():
            phonemes.append((*spans[-1], token.say.strip()))
    text = _join(text, gap + segment.written[at:], "")
    return Prompt(text, tuple(spans), tuple(phonemes))


def sounds(text: str) -> bool:
    """Whether any character of a text is said, and not only paused at."""
    if any(map(str.isalnum, text)):
        return True
    return any(unicodedata.category(character)[0] in "LN" or _is_symbol(character) for character in text)


def parted(text: str) -> str:
    """Part endless words, so that all of them is said."""
    return _ENDLESS.sub(lambda word: _PART.sub(r"\g<0>, ", word[0]), text) if len(text) > 25 else text


def _space(edge: str) -> str:
    return " " if edge.isspace() else ""


def _say(token: Token, segment: Segment) -> str:
    """Give the sound of one token as text, clean, without space at its ends."""
    language = segment.language.partition("-")[0]
    if token.kind is TokenKind.LETTERS:
        return _letters(_clean(token.say), language)
    if token.kind is TokenKind.PHONEMES:  # the prompt tells its sound; the written word is the nearest text
        return _clean(segment.written[token.start : token.end])
    return parted(_INITIAL.sub(lambda initial: _letters(initial[1], language), _clean(token.say)))


def _letters(say: str, language: str) -> str:
    """Separate letters so that they are named: dots between them, none at the end, where it would end the sentence."""
    letters = say.removesuffix("s")
    plural = letters != say
    if len(letters) == 1:
        return f"{letters}'s" if plural else f"{letters}-" if letters in _HYPHENATED.get(language, "") else letters
    if not letters.isalpha():
        return " ".join(say)
    if language in _SPACED and letters.isascii():
        return " ".join(letters)
    return ".".join(letters) + (".'s" if plural else "")


def _join(text: str, gap: str, said: str) -> str:
    """Put what lies between two tokens, or at either end, in its place. `said` is empty at the end."""
    between = _between(gap, bool(text and said), not text)
    if text.endswith("-") and between.startswith("-"):
        between = between[1:]
    if not text:
        between = between.lstrip()
    return text + between + said if said else (text + between).rstrip()


@lru_cache(maxsize=1024)
def _between(gap: str, inner: bool, leading: bool) -> str:  # noqa: FBT001 -- a cache tells keywords in another order apart
    """What lies between two tokens, as it is fed: mostly one and the same space."""
    return _rest(gap) if sounds(gap) else _pause(gap, inner=inner, leading=leading)


def _pause(gap: str, *, inner: bool, leading: bool) -> str:
    """Turn a gap in which nothing is said into its strongest mark, or a space."""
    gap = _unpack(gap)
    if leading or not gap:
        return ""
    spaced = gap.strip() != gap
    if inner and gap.strip() in {"-", "–"} and not spaced:
        return "-"
    gap = gap.replace(" - ", " — ").replace("--", "—")
    marks = sorted((character for character in gap if character in _STRENGTH), key=_STRENGTH.__getitem__)
    return _MARKS[marks[0]] + " " if marks else " "


def _rest(gap: str) -> str:
    """Clean a gap in which something is said that no token covers; it is said as it is written."""
    cleaned = parted(_clean(gap))
    before = " " if gap[:1].isspace() or gap[0] in _SILENT else ""
    after = " " if gap[-1].isspace() or gap[-1] in _SILENT else ""
    return before + cleaned + after


def _clean(text: str) -> str:
    """Remove what engines read oddly; words, figures, symbols and punctuation stay."""
    if text.isalnum():
        return text
    text = _unpack(text)
    kept: list[str] = []
    for at, character in enumerate(text):
        if character in _APOSTROPHES:
            joined = (at > 0 and text[at - 1].isalnum()) or (at + 1 < len(text) and text[at + 1].isalnum())
            kept.append("'" if joined else " ")
        elif character in _SILENT:
            kept.append(" ")
        else:
            kept.append(character)
    return " ".join("".join(kept).split())


def _unpack(text: str) -> str:
    """Drop invisible characters; turn controls and what is no character into spaces; one form for each mark."""
    kept: list[str] = []
    for character in text.translate(_ALIASES).replace("...", "…"):
        category = unicodedata.category(character)
        if category == "Cf":
            kept.append(character if character in _JOINERS else "")
        else:
            kept.append(" " if category[0] in "CZ" else character)
    return "".join(kept)


def _is_symbol(character: str) -> bool:
    """Whether a character is said by its name: currency, arithmetic, percent, ampersand, emoji."""
    return character not in _SILENT and (unicodedata.category(character) in {"Sc", "Sm", "So"} or character in "%‰&@#§")
