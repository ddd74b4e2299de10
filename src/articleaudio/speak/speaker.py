"""Segments to clips: the right voice, the cache, and a worker process that may crash or hang."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from articleaudio.errors import ArticleAudioError, SpeechFailedError, VoiceError
from articleaudio.model import Boundary, Clip, Segment, Voice
from articleaudio.speak import clips
from articleaudio.speak.contract import Engine, Prompt, Sound
from articleaudio.speak.registry import open_engine
from articleaudio.speak.render import render, sounds
from articleaudio.speak.timing import word_times
from articleaudio.speak.worker import TARGET, Request
from articleaudio.store import Store
from articleaudio.workers import Child, WorkerDied, WorkerHung

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

_SILENCE = Sound(pcm=bytes(2205 * 2), rate=22_050, warnings=("there is nothing in this segment that can be said",))


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
        attempts: int = 2,
        deadline: float = 30.0,
        deadline_per_character: float = 0.05,
    ) -> None:
        """Take the voice for each language (`*` for every language) and the cache, if there is to be one.

        A segment may take `deadline` seconds, and `deadline_per_character` more for each character fed; then its
        worker is killed. One that crashes or hangs is tried `attempts` times in all.
        """
        self._voices = voices
        self._store = store
        self._attempts = attempts
        self._deadline = deadline
        self._deadline_per_character = deadline_per_character
        self._child = Child(TARGET)
        self._lock = threading.Lock()
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
        return self._key(render(segment), self.voice(segment.language))

    def clip(self, segment: Segment) -> Clip:
        """Give the sound: from the cache, or spoken now."""
        voice, prompt = self.voice(segment.language), render(segment)
        key = self._key(prompt, voice)
        sound = self._kept(key)
        cached = sound is not None
        if sound is None:
            sound = self._speak(segment, prompt, voice) if sounds(prompt.text) else _SILENCE
            if self._store:
                self._store.put(clips.KIND, key, clips.pack(sound))
        words = word_times(segment, prompt, sound)
        return Clip(key, sound.rate, sound.pcm, words, cached=cached, warnings=sound.warnings)

    def pause(self, segment: Segment) -> float:
        """Give the seconds of silence that the segment's voice wants after it."""
        return self.voice(segment.language).pauses.get(segment.boundary, PAUSES[segment.boundary])

    def close(self) -> None:
        """End the worker process; it does not start again."""
        self._child.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _key(self, prompt: Prompt, voice: Voice) -> str:
        """Hash everything that can change the sound, and nothing else: not the profile's name, pauses or gain."""
        identity = {
            "engine": voice.engine,
            "fingerprint": self._fingerprint(voice),
            "options": dict(voice.options),
            "rate": voice.rate,
            "text": prompt.text,
        }
        canonical = json.dumps(identity, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()

    def _fingerprint(self, voice: Voice) -> str:
        if voice.name not in self._fingerprints:
            if voice.engine not in self._engines:
                self._engines[voice.engine] = open_engine(voice.engine)
            self._fingerprints[voice.name] = self._engines[voice.engine].fingerprint(voice)
        return self._fingerprints[voice.name]

    def _kept(self, key: str) -> Sound | None:
        entry = self._store.get(clips.KIND, key) if self._store else None
        return clips.unpack(entry) if entry is not None else None

    def _speak(self, segment: Segment, prompt: Prompt, voice: Voice) -> Sound:
        """Ask the worker, in a fresh one again if it was lost or gave nothing."""
        request = Request(voice.engine, prompt, voice)
        deadline = self._deadline + self._deadline_per_character * len(prompt.text)
        failure: Exception | None = None
        for _ in range(self._attempts):
            try:
                with self._lock:
                    sound = self._child.call(request, deadline=deadline)
                return _checked(sound)
            except (WorkerDied, WorkerHung, SpeechFailedError) as error:
                failure = error
            except ArticleAudioError:
                raise
            except Exception as error:  # noqa: BLE001 -- a fault of the engine, whoever wrote it
                failure = error
        start = segment.written if len(segment.written) <= 60 else segment.written[:59] + "…"
        raise SpeechFailedError(
            f"segment {segment.id} could not be spoken by {voice.name!r} in {self._attempts} attempts "
            f"({failure}): “{start}”",
            hint="reword or remove the sentence, or choose another voice with --voice",
        ) from failure


def _checked(sound: object) -> Sound:
    """Refuse what cannot be a sentence's sound, whoever made it."""
    if not isinstance(sound, Sound):
        raise SpeechFailedError(f"the engine gave {type(sound).__name__}, not a sound")
    if not sound.pcm.strip(b"\0"):
        raise SpeechFailedError("the engine gave no sound")
    if len(sound.pcm) % 2 or not 4_000 <= sound.rate <= 192_000:
        raise SpeechFailedError(f"the engine gave {len(sound.pcm)} bytes at {sound.rate} samples a second")
    return sound
