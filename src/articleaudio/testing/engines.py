"""What every engine keeps."""
# ruff: noqa: S101 -- these are tests: assert is how they speak

from __future__ import annotations

import pickle
import re
from dataclasses import replace
from typing import ClassVar, Protocol

from articleaudio.errors import EngineError, SpeechFailedError
from articleaudio.model import Voice
from articleaudio.speak import Engine, Prompt, Sound, engine_names, open_engine

AWKWARD = {
    "NUL": "before \0 after",
    "control characters": "before \x01\x02\x1b[31m\x7f after",
    "lone surrogate": "before \ud800 after",
    "emoji": "before 😀 👩‍👩‍👧 after",
    "right to left": "before שלום \u202eafter",
    "combining marks": "be\u0301\u0302\u0303fore after",
    "eSpeak phonemes": "before [[h@l'oU]] after",
    "SSML": '<speak><break time="9999s"/>before</speak> & after',
    "an option": "-f /etc/passwd",
    "a shell": "$(touch /tmp/x); `id` | cat",
    "line feeds": "before\n\n\tafter\r\n",
    "one long word": "a" * 2_000,
    "many full stops": "before " + "." * 2_000 + " after",
    "figures": "9" * 300,
}
"""Texts that break engines: each must give sound or SpeechFailedError, and nothing else."""


class _Captured(Protocol):
    def readouterr(self) -> tuple[str, str]: ...


class EngineContract:
    """What every engine keeps. Inherit it as `class TestMine(EngineContract)` and give `voice`."""

    voice: ClassVar[Voice]
    """A voice that can be used on the machine that runs the tests; `voice.engine` is the name to open."""

    deterministic: ClassVar[bool] = True
    """Whether the same prompt always gives the same bytes. Say no only where the voice is random by nature."""

    timed: ClassVar[bool] = True
    """Whether the engine tells when words are heard."""

    sentence: ClassVar[str] = "The committee said on Tuesday that nothing would change before the summer."
    """A plain sentence in the voice's language."""

    long_text: ClassVar[str] = "The committee said that nothing would change. " * 20
    """About the longest text that the engine should take; a neural one may want a shorter."""

    def engine(self) -> Engine:
        """Open a new engine, by name as the program does."""
        return open_engine(self.voice.engine)

    def say(self, text: str, engine: Engine | None = None) -> Sound:
        """Speak a text in the voice under test."""
        return (engine or self.engine()).speak(Prompt(text), self.voice)

    def test_is_found_by_its_name(self) -> None:
        """The registry lists it, and it knows what it is called."""
        assert self.voice.engine in engine_names()
        assert self.engine().name == self.voice.engine
        assert re.fullmatch(r"[a-z0-9][a-z0-9_.-]*", self.voice.engine)

    def test_has_no_problems_here(self) -> None:
        """The voice under test can be used; if not, this tells why."""
        assert self.engine().problems(self.voice) is None

    def test_fingerprint_is_one_line_and_lasting(self) -> None:
        """It is part of cache keys: two openings must agree, and pauses, gain and description must not matter."""
        fingerprint = self.engine().fingerprint(self.voice)
        assert fingerprint.strip()
        assert fingerprint.isprintable()
        other = replace(self.voice, description="another", gain=3.0, pauses={}, licence="another")
        assert self.engine().fingerprint(other) == fingerprint

    def test_a_sentence_gives_sound(self) -> None:
        """16-bit mono that is not silence, at a sensible rate and of a sensible length."""
        sound = self.say(self.sentence)
        assert len(sound.pcm) % 2 == 0
        assert 8_000 <= sound.rate <= 96_000
        assert sound.pcm.strip(b"\0")
        assert 0.02 < sound.duration / len(self.sentence) < 0.3

    def test_sound_travels_between_processes(self) -> None:
        """The engine speaks in a worker process."""
        sound = self.say(self.sentence)
        assert pickle.loads(pickle.dumps(sound)) == sound  # noqa: S301 -- made on the same line

    def test_more_text_is_more_sound(self) -> None:
        """Nothing is cut off."""
        engine = self.engine()
        once, twice = self.say(self.sentence, engine), self.say(f"{self.sentence} {self.sentence}", engine)
        assert 1.6 < twice.duration / once.duration < 2.6

    def test_a_long_text_is_spoken_to_its_end(self) -> None:
        """As many seconds a character as for a sentence."""
        engine = self.engine()
        one, long = self.say(self.sentence, engine), self.say(self.long_text, engine)
        pace = (long.duration / len(self.long_text)) / (one.duration / len(self.sentence))
        assert 0.6 < pace < 1.6

    def test_same_prompt_same_bytes_whatever_came_before(self) -> None:
        """So a cached segment is what speaking it again would give."""
        if not self.deterministic:
            return
        engine = self.engine()
        first = self.say(self.sentence, engine)
        self.say("Something else, quite different, was said in between.", engine)
        assert self.say(self.sentence, engine) == first
        assert self.say(self.sentence) == first

    def test_rate_is_words_a_minute(self) -> None:
        """A slower voice takes longer."""
        engine, prompt = self.engine(), Prompt(self.sentence)
        slow = engine.speak(prompt, replace(self.voice, rate=110))
        fast = engine.speak(prompt, replace(self.voice, rate=220))
        assert slow.duration > 1.3 * fast.duration

    def test_words_are_timed(self) -> None:
        """Events are in order, inside the sound and the text, and most words have one of their own."""
        if not self.timed:
            return
        sound = self.say(self.sentence)
        starts = [word.start for word in sound.words]
        assert starts == sorted(starts)
        assert all(0 <= word.start <= word.end <= sound.duration for word in sound.words)
        assert all(0 <= word.first < word.last <= len(self.sentence) for word in sound.words)
        begun = {word.first for word in sound.words}
        words = [match.start() for match in re.finditer(r"\w+", self.sentence)]
        assert len(begun.intersection(words)) >= 0.7 * len(words)

    def test_awkward_texts_are_spoken_or_refused(self) -> None:
        """No crash, no hang, no other error, and the words around the awkward part are not lost."""
        engine = self.engine()
        shortest = self.say("after", engine).duration
        for name, text in AWKWARD.items():
            try:
                sound = self.say(text, engine)
            except SpeechFailedError:
                continue
            assert sound.duration > 0.7 * shortest, name

    def test_a_text_that_looks_like_markup_is_text(self) -> None:
        """Nobody can stop, hurry or silence the voice by what an article says."""
        engine = self.engine()
        plain = self.say("one. speak. two.", engine)
        assert self.say("one. <speak>. two.", engine).duration > 0.8 * plain.duration

    def test_nothing_to_say_is_refused(self) -> None:
        """An empty text has no sound."""
        engine = self.engine()
        for text in ("", " ", "\0"):
            refusal = _refusal(engine, text, self.voice)
            assert isinstance(refusal, SpeechFailedError), repr(text)

    def test_a_wrong_option_is_told(self) -> None:
        """A misspelt option of a profile must not be ignored."""
        wrong = replace(self.voice, options={**self.voice.options, "no-such-option": "1"})
        engine = self.engine()
        assert engine.problems(wrong)
        refusal = _refusal(engine, self.sentence, wrong)
        assert refusal
        assert "no-such-option" in refusal.message
        assert refusal.hint

    def test_prints_nothing_on_standard_output(self, capfd: _Captured) -> None:
        """Standard output belongs to the program."""
        self.say(self.sentence)
        assert capfd.readouterr()[0] == ""


def _refusal(engine: Engine, text: str, voice: Voice) -> EngineError | None:
    try:
        engine.speak(Prompt(text), voice)
    except EngineError as error:
        return error
    return None
