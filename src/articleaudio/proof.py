"""Proving lexicons: every entry is read, spoken, and compared with what would be said without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from articleaudio.errors import EngineError, SpeechFailedError
from articleaudio.model import Article, Block, BlockKind, House, LexiconEntry, Say, Segment
from articleaudio.script import Lexicon, Style, write_script
from articleaudio.speak import Speaker
from articleaudio.speak.espeak.binding import transcribe
from articleaudio.speak.espeak.installation import find_installation
from articleaudio.speak.espeak.phonemes import mnemonics


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found about one entry."""

    written: str
    """The entry's written form."""
    language: str
    """The language it was spoken in."""
    findings: tuple[str, ...] = ()
    """What is wrong with it; none for a good entry."""
    guess: bool = False
    """Whether the voice cannot be told its sound, and reads the written form."""
    needless: bool = False
    """Whether the voice says the same without the entry."""


def prove(
    entries: Sequence[LexiconEntry], house: House, on_proof: Callable[[Proof], None] = lambda _: None
) -> list[Proof]:
    """Speak every entry in the voice of its language, in order; entries for all languages in the show's.

    Raises EngineError when there is no engine to speak with.
    """
    again = Counter((entry.written, entry.language) for entry in entries)
    proofs: list[Proof] = []
    with Speaker(house.voices, None) as speaker:
        for entry in entries:
            proof = _prove(entry, house.show.language, speaker, times=again[entry.written, entry.language])
            proofs.append(proof)
            on_proof(proof)
    return proofs


def sounds_like(words: Sequence[str], language: str, house: House) -> list[str]:
    """What each word sounds like in the voice of a language, in IPA; empty where its engine cannot tell."""
    with Speaker(house.voices, None) as speaker:
        try:
            voice = speaker.voice(language)
            if voice.engine != "pyttsx3":
                return [""] * len(words)
            found = find_installation()
            return transcribe(found, found.voice(voice.options.get("voice", voice.language)), words)
        except EngineError:
            return [""] * len(words)


def _prove(entry: LexiconEntry, default: str, speaker: Speaker, *, times: int) -> Proof:
    language = entry.language or default
    findings = [f"it is there {times} times; the last one holds"] if times > 1 else []
    segment, plain = _segment(entry, language, with_it=True), _segment(entry, language, with_it=False)
    if segment is None or not any(token.rule == "lexicon" for token in segment.tokens):
        return Proof(entry.written, language, (*findings, "no text ever matches it"))
    guess = False
    try:
        voice = speaker.voice(language)
    except EngineError:
        return Proof(entry.written, language, (*findings, f"there is no voice for “{language}” to try it with"))
    if (
        entry.kind is Say.IPA
        and voice.engine == "pyttsx3"
        and not mnemonics(entry.say, voice.options.get("voice", voice.language))
    ):
        guess = True
        if language.startswith("en"):
            findings.append(f"“{entry.say}” holds a sign that is no sound of the voice; the written form is spoken")
    needless = False
    try:
        sound = speaker.clip(segment).pcm
        needless = plain is not None and not guess and speaker.clip(plain).pcm == sound
    except SpeechFailedError as error:
        findings.append(error.message)
    return Proof(entry.written, language, tuple(findings), guess, needless)


def _segment(entry: LexiconEntry, language: str, *, with_it: bool) -> Segment | None:
    """The entry's written form as a whole text."""
    article = Article("", (), "", language, (Block(BlockKind.PARAGRAPH, entry.written),))
    lexicon = Lexicon([entry]) if with_it else None
    segments = write_script(article, Style(byline=False, lexicon=lexicon)).segments
    return segments[-1] if segments else None
