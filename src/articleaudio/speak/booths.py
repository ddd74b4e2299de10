"""Where speaking happens: a worker process for the engines of this machine, a line to each service."""

from __future__ import annotations

import threading

from articleaudio.model import Voice
from articleaudio.speak.booth import Booth
from articleaudio.speak.contract import Engine, Traits, traits_of
from articleaudio.speak.registry import open_engine
from articleaudio.speak.remote import Line
from articleaudio.speak.spending import FREE, Charge
from articleaudio.speak.worker import Request

_PATIENCE = 4.0
"""How many times longer an engine may take that is known to take long: a small machine's neural model, first opened."""


class Booths:
    """Every engine in its place, opened when first asked for. For several threads."""

    def __init__(self, attempts: int, deadline: float, deadline_per_character: float) -> None:
        """Take how often a text is tried and how many seconds it may take, as `Booth` does."""
        self.local = Booth(attempts, deadline, deadline_per_character)
        """The worker process for the engines of this machine."""
        self._attempts = attempts
        self._one_at_a_time = threading.Lock()
        self._opening = threading.Lock()
        self._engines: dict[str, Engine] = {}
        self._lines: dict[str, Line] = {}
        self._known: dict[str, tuple[Voice, str, Traits]] = {}

    def fingerprint(self, voice: Voice) -> str:
        """What the engine calls everything about it that can change the voice's sound. Raises EngineError."""
        return self._facts(voice)[0]

    def traits(self, voice: Voice) -> Traits:
        """What must be known of the voice's engine to use it well. Raises EngineError."""
        return self._facts(voice)[1]

    def speak(self, request: Request, charge: Charge = FREE) -> bytes:
        """Give the sound as a cache entry; `charge` is made for each try. Raises as `Booth.speak` does."""
        traits = self.traits(request.voice)
        if not traits.remote:
            with self._one_at_a_time:
                return self.local.speak(request, _PATIENCE if traits.dear else 1.0, charge)
        with self._opening:
            name = request.voice.name
            if name not in self._lines:
                self._lines[name] = Line(self._engine(request.engine), traits.at_once, self._attempts)
        return self._lines[name].speak(request, charge)

    def close(self) -> None:
        """End worker and connections; they do not start again."""
        self.local.close()
        for line in self._lines.values():
            line.close()

    def _facts(self, voice: Voice) -> tuple[str, Traits]:
        with self._opening:
            known = self._known.get(voice.name)
            if known is None or known[0] is not voice:
                engine = self._engine(voice.engine)
                known = self._known[voice.name] = (voice, engine.fingerprint(voice), traits_of(engine, voice))
            return known[1], known[2]

    def _engine(self, name: str) -> Engine:
        if name not in self._engines:
            self._engines[name] = open_engine(name)
        return self._engines[name]
