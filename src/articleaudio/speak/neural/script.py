"""From a prompt to phonemes: its stretches, its words, and what each word sounds like alone."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass

from articleaudio.speak.contract import Prompt
from articleaudio.speak.render import parted, sounds

Phonemize = Callable[[str], list[str]]
"""What makes phonemes of a text."""

SENTENCE_ENDS = frozenset(".!?…")
"""Marks after which a voice makes a longer pause."""
CLAUSE_ENDS = frozenset(",;:—")
"""Marks after which it makes a shorter one."""

# Controls and what is no character would end or spoil a text, double brackets would be taken for phonemes.
_SPACED = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), *map(ord, "[]")], " ")
_LETTERS = frozenset({"Ll", "Lu", "Lt", "Lo", "Nd", "Nl", "No"})
_JOINTS = dict.fromkeys(map(ord, ".‿\u0361\u035c"))  # between syllables, words and the letters of one sound


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a prompt, and what it sounds like."""

    first: int
    """First character, an index into the prompt's text."""
    last: int
    """One past the last."""
    phonemes: Sequence[str]
    """Its phonemes, spoken alone: between others it may sound a little different."""


@dataclass(frozen=True, slots=True)
class Script:
    """What a model is to say."""

    phonemes: list[str]
    """Letters, marks and spaces, in order."""
    words: list[Word]
    """The words, in order."""
    warnings: tuple[str, ...] = ()
    """What could not be made phonemes of."""


def script(prompt: Prompt, phonemize: Phonemize, known: Container[str], language: str) -> Script:
    """Make phonemes of a prompt: of its text, and of what it gives as IPA where the model knows all of that.

    `known` are the symbols of the model; others are left out, with a warning.
    """
    text = prompt.text.translate(_SPACED)
    phonemize = _whole(phonemize)
    said: list[str] = []
    words: list[Word] = []
    warnings: list[str] = []
    for first, last, ipa in _stretches(text, prompt.phonemes):
        given = _given(ipa, known, language)
        if ipa and not given:
            warnings.append(f"the voice cannot say the phonemes {ipa!r}: it reads {text[first:last]!r} instead")
        if said and text[first - 1 : first + 1] != text[first - 1 : first + 1].strip():
            said.append(" ")
        said += given or _of_text(text[first:last], phonemize)
        words += [Word(first, last, given)] if given else _words(text, first, last, phonemize)
    unknown = sorted({symbol for symbol in said if symbol not in known and is_letter(symbol)})
    if unknown:
        warnings.append(f"the voice has no sound for {' '.join(unknown[:20])}")
    return Script([symbol for symbol in said if symbol in known], words, tuple(warnings))


def _whole(phonemize: Phonemize) -> Phonemize:
    """Part endless words here too: several tokens may make one."""
    return lambda text: phonemize(parted(text))


def is_letter(symbol: str) -> bool:
    """Whether a phoneme is a sound of its own, and neither a mark of pause nor one that colours its neighbour."""
    return any(unicodedata.category(character) in _LETTERS for character in symbol)


def pieces(phonemes: list[str], limit: int) -> Iterator[list[str]]:
    """Cut what is too long for a model into pieces of about the same length: where it hurts least."""
    while len(phonemes) > limit:
        target = len(phonemes) / math.ceil(len(phonemes) / limit)
        cut = _cut(phonemes, int(target), limit)
        yield phonemes[:cut]
        phonemes = phonemes[cut:]
    if phonemes:
        yield phonemes


def _cut(phonemes: list[str], target: int, limit: int) -> int:
    """Where to cut: after a sentence, else a clause, else a word, as near to the target as can be."""
    places = sorted(range(max(1, target // 2), limit + 1), key=lambda at: abs(at - target))
    for ends in (SENTENCE_ENDS, CLAUSE_ENDS, {" "}):
        found = next((at for at in places if phonemes[at - 1] in ends), None)
        if found is not None:
            return found
    return target


def _stretches(text: str, phonemes: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Give text and what is given as IPA in turn: first character, one past the last, the IPA or nothing."""
    at = 0
    for first, last, ipa in phonemes:
        if at < first:
            yield at, first, ""
        yield first, last, ipa
        at = last
    if at < len(text):
        yield at, len(text), ""


def _given(ipa: str, known: Container[str], language: str) -> list[str]:
    """Write IPA in a model's symbols; nothing where it does not know all of them."""
    ipa = unicodedata.normalize("NFD", ipa.translate(_JOINTS))
    if language.startswith("en"):
        ipa = ipa.replace("r", "ɹ")
    symbols = ["ɡ" if symbol == "g" and symbol not in known else symbol for symbol in " ".join(ipa.split())]
    return symbols if all(symbol in known for symbol in symbols) and any(map(is_letter, symbols)) else []


def _of_text(text: str, phonemize: Phonemize) -> list[str]:
    """Make phonemes of a stretch of text; marks that it begins with are kept, which eSpeak NG would drop."""
    spoken = text.lstrip()
    while spoken and not sounds(spoken[0]) and not spoken[0].isspace():
        spoken = spoken[1:]
    marks = [mark for mark in text[: len(text) - len(spoken)] if mark in SENTENCE_ENDS or mark in CLAUSE_ENDS]
    made = phonemize(" ".join(spoken.split())) if sounds(spoken) else []
    return [*marks, " ", *made] if marks and made else marks + made


def _words(text: str, first: int, last: int, phonemize: Phonemize) -> list[Word]:
    """Find the words of a stretch of text, and make phonemes of each alone."""
    found: list[tuple[int, int]] = []
    at = first
    for part in text[first:last].split():
        start = text.index(part, at)
        at = end = start + len(part)
        while start < end and not sounds(text[start]):
            start += 1
        while end > start and not sounds(text[end - 1]):
            end -= 1
        if start < end:
            found.append((start, end))
    said = _separately([text[start:end].replace(";", " ") for start, end in found], phonemize)
    return [Word(start, end, alone) for (start, end), alone in zip(found, said, strict=True)]


def _separately(words: list[str], phonemize: Phonemize) -> list[list[str]]:
    """Make phonemes of each word: of all in one call, unless what comes back cannot be told apart."""
    if not words:
        return []
    said: list[list[str]] = [[]]
    for symbol in phonemize("; ".join(words)):
        if symbol == ";":
            said.append([])
        else:
            said[-1].append(symbol)
    return said if len(said) == len(words) else [phonemize(word) for word in words]
