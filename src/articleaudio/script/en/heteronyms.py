"""Heteronyms: the sound that the words around decide."""

from __future__ import annotations

import re

from articleaudio.model import TokenKind
from articleaudio.script.en.data_heteronyms import HETERONYMS, Sound
from articleaudio.script.line import Line
from articleaudio.script.rule import Piece, Reading

WORD = re.compile(r"[A-Za-z]+(?![\w'.@/-])|[A-Za-z]+(?=\.(?!\w))")


def heteronym(line: Line, at: int) -> Reading | None:
    """A word with two sounds, where its neighbours tell which."""
    found = WORD.match(line.text, at)
    if not found or (at and line.text[at - 1] in "-@./'"):
        return None
    before = line.word_before(at) if line.text[at - 1 : at] == " " else ""
    if line.before(at)[-1:] in (",", ";", ":"):
        before = ""
    after = line.word_after(found.end())
    for sound in HETERONYMS[found[0].lower()]:
        if _fits(sound, before, after):
            return (Piece(at, found.end(), sound.ipa, TokenKind.PHONEMES, 0.8),)
    return None


def _fits(sound: Sound, before: str, after: str) -> bool:
    """Whether a sound's conditions hold between two words."""
    if before in sound.not_before or after in sound.not_after:
        return False
    return before in sound.before or after in sound.after
