"""Segments to clips: the right voices, the cache, and engines that may crash, hang, fail or cost money."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType, TracebackType
from typing import Self

from articleaudio.errors import BudgetError, EngineError, SpeechFailedError, VoiceError
from articleaudio.model import WIDER, Boundary, Clip, Segment, Voice
from articleaudio.speak import clips
from articleaudio.speak.ahead import Ahead, Busy
from articleaudio.speak.booths import Booths
from articleaudio.speak.casting import Cast
from articleaudio.speak.contract import Prompt, Sound, Traits
from articleaudio.speak.parts import Part, spliced, whole_key
from articleaudio.speak.render import render, sounds
from articleaudio.speak.spending import Charge, Ledger
from articleaudio.speak.timing import word_times
from articleaudio.speak.worker import Request
from articleaudio.store import Store

PAUSES = {
    Boundary.CLAUSE: 0.12,
    Boundary.SENTENCE: 0.35,
    Boundary.PARAGRAPH: 0.7,
    Boundary.HEADING: 0.7,
    Boundary.SECTION: 1.0,
    Boundary.HEADLINE: 0.9,
    Boundary.END: 0.5,
}
"""Seconds of silence after a segment, where the voice's profile does not say."""


def stated_gain(voice: Voice) -> float:
    """The gain that a voice's profile states."""
    return voice.gain or 0.0


NOBODY: Mapping[str, Voice] = MappingProxyType({})
"""No other profiles."""

_MOST_SETTLED = 2000
"""Segments whose parts are kept at hand: more than nearly every article has."""

_SILENCE = Sound(bytes(2205 * 2), 22_050, warnings=("there is nothing in this segment that can be said",))


class Speaker:
    """Speaks segments, each once: implements `model.ClipSource`. Close it, or use it in a `with` statement.

    Everything it raises is an ArticleAudioError: VoiceError and EngineError when the voice cannot be had,
    SpeechFailedError when a segment cannot be spoken, BudgetError when it would cost too much, OutputError when the
    cache cannot be written.
    """

    def __init__(
        self,
        voices: Mapping[str, Voice],
        store: Store | None,
        *,
        cast: Mapping[str, Voice] = NOBODY,
        ledger: Ledger | None = None,
        keep_clips: bool = True,
        level: Callable[[Voice], float] = stated_gain,
        attempts: int = 3,
        deadline: float = 30.0,
        deadline_per_character: float = 0.05,
    ) -> None:
        """Take the voice for each language (`*` for every language) and the cache, if there is to be one.

        `cast` are the profiles that profiles name, by name; `ledger` counts what is spent; without `keep_clips` only
        sound that is dear to make is kept, for whoever keeps what is made of the other; `level` gives the decibels
        that bring a voice to the common level. A segment may take
        `deadline` seconds, and `deadline_per_character` more for each character fed; then its worker is killed. A
        segment that crashes or hangs its worker, or whose sound cannot be right, is tried `attempts` times in all. A
        worker that somebody kills, or that dies before it could begin, says nothing about the segment: it is replaced,
        up to ten times.
        """
        self._voices, self._others = voices, cast
        self._cast = Cast(voices, cast)
        self._store = store
        self._ledger = ledger
        self._level = level
        self._booths = Booths(attempts, deadline, deadline_per_character)
        self._busy = Busy()
        self._ahead: Ahead | None = None
        self._spoken_ahead: set[str] = set()
        self._keep_clips = keep_clips
        self._held: dict[str, Sound] = {}  # spoken ahead, and not to be kept
        self._wanted: set[str] = set()  # no longer to be spoken ahead
        self._around: dict[str, tuple[str, str]] = {}
        self._settled: dict[int, tuple[Segment, tuple[Part, ...]]] = {}

    def use(self, voices: Mapping[str, Voice]) -> None:
        """Speak with these voices from now on, by language; ends what was being prefetched with others."""
        if voices == self._voices:
            return
        if self._ahead:
            self._ahead.stop()
        self._voices, self._cast, self._last = voices, Cast(voices, self._others), None

    def voice(self, language: str) -> Voice:
        """Give the voice for a language. Raises VoiceError when there is none."""
        return self._cast.of_language(language)

    def key(self, segment: Segment) -> str:
        """Give the clip's key, without speaking."""
        return whole_key(self._lines(segment), self.gain(segment))

    def parts(self, segment: Segment) -> tuple[Part, ...]:
        """Give what each voice is to say of a segment, without speaking."""
        return self._lines(segment)

    def clip(self, segment: Segment) -> Clip:
        """Give the sound: from the cache, or spoken now, by the fallback voice where the segment's own fails."""
        lines = self._lines(segment)
        if self._ahead:
            self._ahead.asked(segment)
        heard = [self._heard(line) for line in lines]
        own = self.gain(segment)
        key = whole_key([line for line, _, _ in heard], own)
        cached = all(kept for _, _, kept in heard)
        spoken_by = " + ".join(dict.fromkeys(line.voice.name for line, _, _ in heard))
        if len(heard) == 1:
            line, sound, _ = heard[0]
            words = word_times(line.segment, line.prompt, sound)
        else:
            sound, words = spliced(segment, [(part, sound) for part, sound, _ in heard], own)
        instead = tuple(
            got.warnings[0] for asked, (line, got, _) in zip(lines, heard, strict=True) if line is not asked
        )
        gain = heard[0][0].gain if len(heard) == 1 else own
        return Clip(key, sound.rate, sound.pcm, words, cached, sound.warnings, sound.exact, spoken_by, instead, gain)

    def attend(self, segments: Sequence[Segment]) -> None:
        """Take note of an article's segments, in order: some engines want to know what is said before and after."""
        self._settled.clear()
        spoken = ["", *(segment.spoken for segment in segments), ""]
        self._around = {
            segment.id: (before, after) for segment, before, after in zip(segments, spoken, spoken[2:], strict=False)
        }

    def prefetch(self, segments: Sequence[Segment]) -> None:
        """Speak segments that are not in the cache before they are asked for, a few at a time, in order.

        Only an offer: `clip` gives the same without it. Does nothing without a cache. Ends what was being prefetched.
        """
        if self._ahead:
            self._ahead.stop()
        self._held.clear()
        self._wanted.clear()
        if self._store is None or not segments:
            self._ahead = None
            return
        at_once = max(line.traits.at_once for segment in segments[:1] for line in self._lines(segment))
        self._ahead = Ahead(segments, self._speak_ahead, at_once)

    def spoken_by(self, segment: Segment) -> str:
        """Give the name of the profile that is to speak a segment, or of those that are, joined with plus signs."""
        return " + ".join(dict.fromkeys(voice.name for _, voice in self._cast.stretches(segment)))

    def pause(self, segment: Segment) -> float:
        """Give the seconds of silence that the segment's voice wants after it."""
        stated, wider = self._cast.of(segment).pauses, WIDER.get(segment.boundary, segment.boundary)
        return stated.get(segment.boundary, stated.get(wider, PAUSES[wider]))

    def gain(self, segment: Segment) -> float:
        """Give the decibels that bring the segment's voice to the common level."""
        return self._level(self._cast.of(segment))

    def fingerprint(self, voice: Voice) -> str:
        """Give the engine's name for everything about it that can change the sound, its version included."""
        return self._booths.fingerprint(voice)

    def close(self) -> None:
        """End the worker processes; they do not start again."""
        if self._ahead:
            self._ahead.stop()
        self._booths.close()
        if self._ahead:
            self._ahead.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _lines(self, segment: Segment) -> tuple[Part, ...]:
        """Settle what a segment's sound depends on; whoever masters it asks several times in a row."""
        known = self._settled.get(id(segment))
        if known is None or known[0] is not segment:
            if len(self._settled) >= _MOST_SETTLED:
                self._settled.clear()
            found = tuple(self._line(stretch, voice) for stretch, voice in self._cast.stretches(segment))
            known = self._settled[id(segment)] = (segment, found)
        return known[1]

    def _line(self, segment: Segment, voice: Voice) -> Part:
        prompt, traits = render(segment), self._booths.traits(voice)
        if traits.context and segment.id in self._around:
            before, after = self._around[segment.id]
            prompt = replace(prompt, before=before, after=after)
        return Part(segment, voice, prompt, self._key(prompt, voice, traits), traits, self._level(voice))

    def _key(self, prompt: Prompt, voice: Voice, traits: Traits) -> str:
        """Hash everything that can change the sound, and nothing else: not the profile's name, pauses or gain."""
        identity = {
            "engine": voice.engine,
            "fingerprint": self.fingerprint(voice),
            "options": {key: told for key, told in voice.options.items() if key not in traits.soundless},
            "rate": voice.rate,
            "text": prompt.text,
        }
        if prompt.phonemes:
            identity["phonemes"] = prompt.phonemes
        if prompt.before or prompt.after:
            identity["context"] = [prompt.before, prompt.after]
        canonical = json.dumps(identity, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()

    def _heard(self, line: Part) -> tuple[Part, Sound, bool]:
        """Give who spoke a line at last, the sound, and whether it was in the cache before this Speaker spoke it."""
        try:
            return (line, *self._sound(line))
        except (BudgetError, VoiceError):
            raise
        except EngineError as error:
            other = self._cast.fallback(line.voice)
            if other is None:
                raise
            instead = self._line(line.segment, other)
            sound, cached = self._sound(instead)
            why = f"spoken by {other.name!r} instead of {line.voice.name!r}: {error.message}"
            return instead, replace(sound, warnings=(why, *sound.warnings)), cached

    def _sound(self, line: Part) -> tuple[Sound, bool]:
        """Give a sound and whether it was in the cache before this Speaker spoke it."""
        sound = self._kept(line.key)
        if sound is None:
            self._wanted.add(line.key)
            with self._busy.at(line.key):  # it may be being spoken ahead at this moment
                sound = self._kept(line.key) if self._ahead else None
                if sound is None:
                    self._spoken_ahead.discard(line.key)
                    return self._made(line), False
        cached = line.key not in self._spoken_ahead
        self._spoken_ahead.discard(line.key)
        return sound, cached

    def _kept(self, key: str) -> Sound | None:
        if (held := self._held.pop(key, None)) is not None:
            return held
        entry = self._store.get(clips.KIND, key) if self._store else None
        return clips.unpack(entry) if entry is not None else None

    def _made(self, line: Part) -> Sound:
        if not sounds(line.prompt.text):
            return _SILENCE
        entry = self._speak(line)
        if self._store and self._keeps(line):
            self._store.put(clips.KIND, line.key, entry)
        sound = clips.unpack(entry)
        assert sound  # noqa: S101 -- this very program has packed it
        return sound

    def _speak_ahead(self, segment: Segment) -> None:
        for stretch, voice in self._cast.stretches(segment):
            line = self._line(stretch, voice)
            with self._busy.at(line.key):
                known = line.key in self._held or line.key in self._wanted
                if self._store and not known and not self._store.has(clips.KIND, line.key):
                    self._spoken_ahead.add(line.key)  # first: whoever finds it kept must not take it for an old one
                    sound = self._made(line)
                    if not self._keeps(line):
                        self._held[line.key] = sound

    def _keeps(self, line: Part) -> bool:
        return self._keep_clips or line.traits.dear or line.voice.price > 0

    def _speak(self, line: Part) -> bytes:
        segment, voice = line.segment, line.voice
        charge = Charge(self._ledger, line.prompt.text, voice)
        try:
            return self._booths.speak(Request(voice.engine, line.prompt, voice), charge)
        except SpeechFailedError as error:
            start = segment.written if len(segment.written) <= 60 else segment.written[:59] + "…"
            raise SpeechFailedError(
                f"segment {segment.id} could not be spoken by {voice.name!r} ({error.message}): “{start}”",
                hint="reword or remove the sentence, or choose another voice with --voice",
            ) from error
