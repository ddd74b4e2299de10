"""IPA as eSpeak NG's phoneme mnemonics, put into the text in double brackets.

The mnemonics are those of eSpeak NG's English voices (phsource/phonemes, ph_english, ph_english_us); other languages
have tables of their own, and there the written word is spoken. A change of the table changes sounds: raise `RECIPE`.
https://github.com/espeak-ng/espeak-ng/blob/master/docs/phonemes.md
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articleaudio.speak.contract import WordEvent

_VOWELS = {
    "iː": "i:", "i": "i:", "ɪ": "I", "eɪ": "eI", "e": "E", "ɛ": "E", "æ": "a", "a": "a", "ɑː": "A:", "ɑ": "A:",
    "aː": "A:", "ɒ": "0", "ɔː": "O:", "ɔ": "O:", "oʊ": "oU", "əʊ": "oU", "o": "oU", "ʊ": "U", "uː": "u:", "u": "u:",
    "ʌ": "V", "ə": "@", "ɐ": "@", "ɨ": "I", "ᵻ": "I", "aɪ": "aI", "aʊ": "aU", "ɔɪ": "OI", "ɜː": "3:", "ɝ": "3:",
    "ɜ": "3:", "ɚ": "3", "ɝː": "3:", "oː": "oU", "eː": "eI", "ɛː": "E", "y": "u:", "yː": "u:", "ø": "3:", "œ": "3:",
}  # fmt: skip
# Vowels before an r of the same syllable.
_RHOTIC = {
    "ɑːɹ": "A@", "ɑɹ": "A@", "ɔːɹ": "O@", "ɔɹ": "O@", "ɛɹ": "e@", "ɪɹ": "i@3", "ʊɹ": "U@", "ɜːɹ": "3:", "ɜɹ": "3:",
    "əɹ": "3", "oɹ": "O@", "oːɹ": "O@", "oʊɹ": "O@", "aɹ": "A@", "eɹ": "e@", "iɹ": "i@3", "iːɹ": "i@3", "uɹ": "U@",
    "uːɹ": "U@",
}  # fmt: skip
_CONSONANTS = {
    "p": "p", "b": "b", "t": "t", "d": "d", "k": "k", "ɡ": "g", "g": "g", "f": "f", "v": "v", "θ": "T", "ð": "D",
    "s": "s", "z": "z", "ʃ": "S", "ʒ": "Z", "tʃ": "tS", "t͡ʃ": "tS", "dʒ": "dZ", "d͡ʒ": "dZ", "h": "h", "m": "m",
    "n": "n", "ŋ": "N", "l": "l", "ɫ": "l", "ɹ": "r", "ɾ": "t", "j": "j", "w": "w", "ʍ": "w", "x": "x",
    "χ": "x", "ts": "ts", "t͡s": "ts", "ɲ": "nj", "ʔ": "?", "ɣ": "g", "β": "v",
}  # fmt: skip
_STRESS = {"ˈ": "'", "ˌ": ","}
_SILENT = ".ːˑ‿\u0329\u032f"
_BRACKETS = str.maketrans("[]", "  ")
_ALL = _VOWELS | _RHOTIC | _CONSONANTS
_SYMBOL = re.compile("|".join(sorted(map(re.escape, _ALL), key=len, reverse=True)))
_BEFORE_VOWEL = re.compile(f"[ˈˌ]?(?:{'|'.join(map(re.escape, _VOWELS))})")


@dataclass(frozen=True, slots=True)
class Fed:
    """A text as it is fed, and where it differs from the prompt's."""

    text: str
    """The text, phonemes in double brackets."""
    moved: tuple[tuple[int, int, int, int], ...] = ()
    """Stretches that were replaced: first and one past the last in the fed text, and the same in the prompt's."""

    def in_prompt(self, event: WordEvent) -> WordEvent:
        """Say an event's stretch in the prompt's characters."""
        return (
            replace(event, first=self._place(event.first, 0), last=self._place(event.last, 1)) if self.moved else event
        )

    def _place(self, at: int, edge: int) -> int:
        shift = 0
        for start, end, first, last in self.moved:
            if at < start + edge:
                break
            if at < end + edge:
                return (first, last)[edge]
            shift = last - end
        return at + shift


def feed(text: str, phonemes: Sequence[tuple[int, int, str]], voice: str) -> Fed:
    """Put phonemes into a text for a voice that knows them. Brackets in the text itself never become phonemes."""
    known = [(first, last, said) for first, last, ipa in phonemes if (said := mnemonics(ipa, voice))]
    if not known:
        return Fed(text)
    made, at = "", 0
    moved: list[tuple[int, int, int, int]] = []
    for first, last, said in known:
        made += _plain(text[at:first])
        if made.endswith("-"):  # the library tells no word after a hyphen
            made = made[:-1] + " "
        start, at = len(made), last
        made += f"[[{said}]]"
        moved.append((start, len(made), first, last))
    return Fed(made + _plain(text[at:]), tuple(moved))


def mnemonics(ipa: str, voice: str) -> str:
    """Write IPA in eSpeak NG's mnemonics ("zəˈlɛnski" → "z@l'Enski"); empty where the voice has no such sound."""
    if not voice.lower().startswith("en"):
        return ""
    ipa = ipa.replace("r", "ɹ")
    made, at = "", 0
    stress = "" if "ˈ" in ipa else "'"  # a word of one syllable is often written without its stress
    while at < len(ipa):
        if ipa[at].isspace():
            made, stress = made + " ", ""
            at += 1
            continue
        if ipa[at] in _STRESS or ipa[at] in _SILENT:
            stress = _STRESS.get(ipa[at], stress)
            at += 1
            continue
        found = _SYMBOL.match(ipa, at)
        if not found:
            return ""
        symbol = found[0]
        if symbol in _RHOTIC and _BEFORE_VOWEL.match(ipa, found.end()):  # the r begins the next syllable
            symbol = symbol[:-1]
        if symbol in _CONSONANTS:
            made += _CONSONANTS[symbol]
        elif symbol == "i" and not stress:  # the last vowel of "happy"
            made += "i"
        else:
            made, stress = made + stress + _ALL[symbol], ""
        at += len(symbol)
    return made


def _plain(text: str) -> str:
    """Take out brackets, one character for one: only what we put in is phonemes."""
    return text.translate(_BRACKETS)
