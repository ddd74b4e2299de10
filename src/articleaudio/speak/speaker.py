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
from articleaudio.speak.worker import READY, TARGET, Request
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

_MOST_LOST = 10
"""How many workers may be lost for one segment, whosever fault it was."""

_SILENCE = clips.pack(
    Sound(pcm=bytes(2205 * 2), rate=22_050, warnings=("there is nothing in this segment that can be said",))
)


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
        self._attempts = attempts
        self._deadline = deadline
        self._deadline_per_character = deadline_per_character
        self._child = Child(TARGET)
        self._ready = False
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
            entry = self._speak(segment, prompt, voice) if sounds(prompt.text) else _SILENCE
            if self._store:
                self._store.put(clips.KIND, key, entry)
            sound = clips.unpack(entry)
        assert sound  # noqa: S101 -- this very program has packed it
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

    def _speak(self, segment: Segment, prompt: Prompt, voice: Voice) -> bytes:
        """Ask the worker, and if it is lost or fails, ask again; a lost one is started afresh."""
        request = Request(voice.engine, prompt, voice)
        deadline = self._deadline + self._deadline_per_character * len(prompt.text)
        failure: Exception | None = None
        tries = lost = 0
        while tries < self._attempts and lost < _MOST_LOST:
            try:
                return self._ask(request, deadline)
            except WorkerDied as error:
                failure, lost, tries = error, lost + 1, tries + (self._ready and not _killed(error))
            except (WorkerHung, SpeechFailedError) as error:
                failure, tries = error, tries + 1
            except ArticleAudioError:
                raise
            except Exception as error:  # noqa: BLE001 -- a fault of the engine, whoever wrote it
                failure, tries = error, tries + 1
        start = segment.written if len(segment.written) <= 60 else segment.written[:59] + "…"
        raise SpeechFailedError(
            f"segment {segment.id} could not be spoken by {voice.name!r}, tried {max(tries, lost)} times "
            f"({failure}): “{start}”",
            hint="reword or remove the sentence, or choose another voice with --voice",
        ) from failure

    def _ask(self, request: Request, deadline: float) -> bytes:
        with self._lock:
            self._ready = self._ready and self._child.alive
            entry = self._child.call(request, deadline=deadline, on_message=self._note)
        assert isinstance(entry, bytes)  # noqa: S101 -- as above
        return entry

    def _note(self, message: object) -> None:
        self._ready = self._ready or message == READY


def _killed(error: WorkerDied) -> bool:
    """Whether a worker was ended by a signal that only others send: an operator, or a system out of memory."""
    return error.returncode in {-number for number in (9, 15, 1, 2)}  # KILL, TERM, HUP, INT
