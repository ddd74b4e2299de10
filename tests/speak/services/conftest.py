"""A service for each test, and engines and profiles that ask it."""

from types import MappingProxyType

import pytest

from articleaudio.model import Voice
from articleaudio.speak.services.client import Client
from speak.services.server import ENVIRON, Service


@pytest.fixture
def service():
    service = Service()
    yield service
    service.close()


@pytest.fixture
def keys(monkeypatch):
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self):
        self.now = 1_000.0
        self.slept = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def client(clock):
    client = Client(clock=clock, sleep=clock.sleep, date=lambda: 1_800_000_000.0, jitter=lambda: 0.0, environ=ENVIRON)
    yield client
    client.close()


def openai_voice(service, **options):
    options = {"base": f"{service.url}/v1", "key": "OPENAI_API_KEY", "model": "tts-1", "voice": "alloy", **options}
    return Voice("spoken", "openai", "en", options=MappingProxyType(options), price=15.0)


def elevenlabs_voice(service, **options):
    options = {"base": f"{service.url}/v1", "model": "eleven_v3", "voice": "a voice/id", **options}
    return Voice("spoken", "elevenlabs", "en", options=MappingProxyType(options), price=180.0)


def polly_voice(service, **options):
    options = {"base": service.url, "voice": "Joanna", **options}
    return Voice("spoken", "polly", "en", options=MappingProxyType(options), price=32.0)
