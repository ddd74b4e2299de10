"""Every engine of a service keeps the contract, against a server that speaks its protocol."""

from typing import ClassVar

import pytest

from articleaudio.model import Voice
from articleaudio.testing import EngineContract
from speak.services.conftest import elevenlabs_voice, openai_voice, polly_voice


class Asking(EngineContract):
    make = staticmethod(openai_voice)
    options: ClassVar = {}

    @pytest.fixture(autouse=True)
    def _asks_here(self, service, keys):
        self.voice = self.make(service, **self.options)
        self.opened = []
        yield
        for engine in self.opened:
            engine.close()

    def engine(self):
        self.opened.append(super().engine())
        return self.opened[-1]


class TestOpenAI(Asking):
    voice = Voice("unset", "openai", "en")
    timed = False


class TestKokoroFastAPI(Asking):
    voice = Voice("unset", "openai", "en")
    options: ClassVar = {"captions": "kokoro-fastapi", "key": ""}


class TestElevenLabs(Asking):
    voice = Voice("unset", "elevenlabs", "en")
    make = staticmethod(elevenlabs_voice)


class TestPolly(Asking):
    voice = Voice("unset", "polly", "en")
    make = staticmethod(polly_voice)
