"""Connections: encrypted ones, who is trusted, and deadlines that hold there too."""

import ssl

import pytest
import trustme

from articleaudio.errors import EngineError
from articleaudio.speak import Prompt
from articleaudio.speak.services.client import Client
from articleaudio.speak.services.openai import OpenAIEngine
from articleaudio.speak.services.settings import is_near
from speak.services.conftest import openai_voice
from speak.services.server import ENVIRON, Service, drips, spoken

TEXT = "The committee said nothing."


@pytest.fixture
def encrypted(tmp_path, monkeypatch):
    """A service behind TLS, whose certificates the environment trusts."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    service = Service()
    service.http.socket = context.wrap_socket(service.http.socket, server_side=True)
    service.url = service.url.replace("http://127.0.0.1", "https://localhost")
    authority.cert_pem.write_to_path(str(tmp_path / "trusted.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    yield service
    service.close()


@pytest.fixture
def client(clock):
    client = Client(clock=clock, sleep=clock.sleep, environ=ENVIRON)
    yield client
    client.close()


def test_encrypted_and_kept_open(encrypted, client):
    peers = set()
    encrypted.will(*[lambda handler, _: peers.add(handler.client_address) or True] * 3)
    engine = OpenAIEngine(client)
    for _ in range(3):
        assert engine.speak(Prompt(TEXT), openai_voice(encrypted)).pcm == spoken(TEXT).pcm
    assert len(peers) == 1


def test_a_stranger_is_not_trusted(encrypted, client, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(EngineError, match="CERTIFICATE_VERIFY_FAILED"):
        OpenAIEngine(client).speak(Prompt(TEXT), openai_voice(encrypted, attempts="1"))
    assert encrypted.requests == []


def test_the_deadline_holds_on_a_connection_that_is_used_again(encrypted, client):
    engine = OpenAIEngine(client)
    engine.speak(Prompt(TEXT), openai_voice(encrypted))
    encrypted.will(drips(b"HTTP/1.1 200 OK\r\nx-slow: "))
    with pytest.raises(EngineError, match="takes too long"):
        engine.speak(Prompt(TEXT), openai_voice(encrypted, timeout="1", attempts="1"))


@pytest.mark.parametrize("host", ["localhost", "tts.localhost", "127.0.0.1", "::1", "10.1.2.3", "kokoro", "box.lan"])
def test_near(host):
    assert is_near(host)


@pytest.mark.parametrize(
    "host", ["api.openai.com", "8.8.8.8", "2606:4700::1111", "localhost.example.com", "127.0.0.1.nip.io"]
)
def test_far(host):
    assert not is_near(host)
