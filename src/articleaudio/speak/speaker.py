"""Segments to clips: the right voice, the cache, and a worker process that may crash or hang."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from articleaudio.errors import SpeechFailedError, VoiceError
from articleaudio.model import Boundary, Clip, Segment, Voice
from articleaudio.speak import clips
from articleaudio.speak.ahead import Ahead
from articleaudio.speak.booth import Booth
from articleaudio.speak.contract import Engine, Prompt, Sound
from articleaudio.speak.registry import open_engine
from articleaudio.speak.render import render, sounds
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

_SILENCE = clips.pack(
    Sound(pcm=bytes(2205 * 2), rate=22_050, warnings=("there is nothing in this segment that can be said",))
)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """All that a segment's sound depends on."""

    segment: Segment
    voice: Voice
    prompt: Prompt
    key: str


class Speaker:
    """Speaks segments, each once: implements `model.ClipSource`. Close it, or use it in a `with` statement.

    Everything it raises is an ArticleAudioError: VoiceError and EngineError when the voice cannot be had,
    SpeechFailedError when a segment cannot be spoken, OutputError when the cache cannot be written.
    """

    def __init__(
        self,
        voices: Mapping[str, Voice],
        store: Store | None,
        *,
        attempts: int = 3,
        deadline: float = 30.0,
        deadline_per_character: float = 0.05,
    ) -> None:
        """Take the voice for each language (`*` for every language) and the cache, if there is to be one.

        A segment may take `deadline` seconds, and `deadline_per_character` more for each character fed; then its
        worker is killed. A segment that crashes or hangs its worker, or gives no sound, is tried `attempts` times in
        all. A worker that somebody kills, or that dies before it could begin, says nothing about the segment: it is
        replaced, up to ten times.
        """
        self._voices = voices
        self._store = store
        self._booth = Booth(attempts, deadline, deadline_per_character)
        self._speaking = threading.Lock()
        self._ahead: Ahead | None = None
        self._spoken_ahead: set[str] = set()
        self._last: _Prepared | None = None
        self._engines: dict[str, Engine] = {}
        self._fingerprints: dict[str, str] = {}

    def voice(self, language: str) -> Voice:
        """Give the voice for a language. Raises VoiceError when there is none."""
        tag = language.lower()
        for key in ("*", tag, tag.partition("-")[0]):
            if key in self._voices:
                return self._voices[key]
        known = ", ".join(sorted(self._voices)) or "none"
        raise VoiceError(
            f"there is no voice for the language {language!r}",
            hint=f"choose one with --voice, or name one under [voices] in articleaudio.toml; languages: {known}",
        )

    def key(self, segment: Segment) -> str:
        """Give the clip's key, without speaking."""
        return self._prepared(segment).key

    def clip(self, segment: Segment) -> Clip:
        """Give the sound: from the cache, or spoken now."""
        ready = self._prepared(segment)
        if self._ahead:
            self._ahead.asked(segment)
        sound, cached = self._sound(ready)
        words = word_times(segment, ready.prompt, sound)
        return Clip(ready.key, sound.rate, sound.pcm, words, cached=cached, warnings=sound.warnings)

    def prefetch(self, segments: Sequence[Segment]) -> None:
        """Speak segments that are not in the cache before they are asked for, a few at a time, in order.

        Only an offer: `clip` gives the same without it. Does nothing without a cache. Ends what was being prefetched.
        """
        if self._ahead:
            self._ahead.stop()
        self._ahead = Ahead(segments, self._speak_ahead) if self._store else None

    def pause(self, segment: Segment) -> float:
        """Give the seconds of silence that the segment's voice wants after it."""
        return self.voice(segment.language).pauses.get(segment.boundary, PAUSES[segment.boundary])

    def close(self) -> None:
        """End the worker process; it does not start again."""
        if self._ahead:
            self._ahead.stop()
        self._booth.close()
        if self._ahead:
            self._ahead.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _prepared(self, segment: Segment) -> _Prepared:
        """Settle what a segment's sound depends on; whoever masters it asks several times in a row."""
        ready = self._last
        if ready is None or ready.segment is not segment:
            voice, prompt = self.voice(segment.language), render(segment)
            ready = self._last = _Prepared(segment, voice, prompt, self._key(prompt, voice))
        return ready

    def _key(self, prompt: Prompt, voice: Voice) -> str:
        """Hash everything that can change the sound, and nothing else: not the profile's name, pauses or gain."""
        identity = {
            "engine": voice.engine,
            "fingerprint": self.fingerprint(voice),
            "options": dict(voice.options),
            "rate": voice.rate,
            "text": prompt.text,
        }
        if prompt.phonemes:
            identity["phonemes"] = prompt.phonemes
        canonical = json.dumps(identity, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()

    def fingerprint(self, voice: Voice) -> str:
        """Give the engine's name for everything about it that can change the sound, its version included."""
        if voice.name not in self._fingerprints:
            if voice.engine not in self._engines:
                self._engines[voice.engine] = open_engine(voice.engine)
            self._fingerprints[voice.name] = self._engines[voice.engine].fingerprint(voice)
        return self._fingerprints[voice.name]

    def _sound(self, ready: _Prepared) -> tuple[Sound, bool]:
        """Give a sound and whether it was in the cache before this Speaker spoke it."""
        sound = self._kept(ready.key)
        if sound is None:
            with self._speaking:  # it may be being spoken ahead at this moment
                sound = self._kept(ready.key) if self._ahead else None
                if sound is None:
                    return self._made(ready), False
        cached = ready.key not in self._spoken_ahead
        self._spoken_ahead.discard(ready.key)
        return sound, cached

    def _kept(self, key: str) -> Sound | None:
        entry = self._store.get(clips.KIND, key) if self._store else None
        return clips.unpack(entry) if entry is not None else None

    def _made(self, ready: _Prepared) -> Sound:
        entry = self._speak(ready) if sounds(ready.prompt.text) else _SILENCE
        if self._store:
            self._store.put(clips.KIND, ready.key, entry)
        sound = clips.unpack(entry)
        assert sound  # noqa: S101 -- this very program has packed it
        return sound

    def _speak_ahead(self, segment: Segment) -> None:
        voice, prompt = self.voice(segment.language), render(segment)
        ready = _Prepared(segment, voice, prompt, self._key(prompt, voice))
        with self._speaking:
            if self._store and not self._store.has(clips.KIND, ready.key):
                self._made(ready)
                self._spoken_ahead.add(ready.key)

    def _speak(self, ready: _Prepared) -> bytes:
        segment, voice = ready.segment, ready.voice
        try:
            return self._booth.speak(Request(voice.engine, ready.prompt, voice))
        except SpeechFailedError as error:
            start = segment.written if len(segment.written) <= 60 else segment.written[:59] + "…"
            raise SpeechFailedError(
                f"segment {segment.id} could not be spoken by {voice.name!r} ({error.message}): “{start}”",
                hint="reword or remove the sentence, or choose another voice with --voice",
            ) from error
