"""Asking carefully: what is tried again, what stops at once, what never shows."""

import email.utils
import pickle
import socket
import threading
from dataclasses import replace

import pytest

from articleaudio.errors import EngineError, SpeechFailedError, VoiceError
from articleaudio.speak import Prompt
from articleaudio.speak.services.client import Client, Request
from articleaudio.speak.services.gate import IN_A_ROW, LONG_REST, REST, STEADY, Gate
from articleaudio.speak.services.openai import OpenAIEngine
from articleaudio.speak.services.refusals import Kind, read_refusal
from articleaudio.speak.services.settings import Account
from speak.services.conftest import openai_voice
from speak.services.server import ENVIRON, KEY, KEYS, cuts, drips, encoded, resets, says, sends

TEXT = "The committee said nothing."
BUSY = says(429, {"error": {"message": "slow down", "code": "rate_limit_exceeded"}})


@pytest.fixture
def say(service, client):
    engine = OpenAIEngine(client)
    return lambda text=TEXT, **options: engine.speak(Prompt(text), openai_voice(service, **options))


def failure(say, **options):
    with pytest.raises(EngineError) as told:
        say(**options)
    shown = f"{told.value!r} {told.value} {told.value.hint} {told.value.__cause__!r}"
    assert not [key for key in KEYS if key in shown]
    assert pickle.loads(pickle.dumps(told.value)).message == told.value.message
    return told.value


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "7"}, 7.0),
        ({"retry_after": "1.5"}, 1.5),
        ({"retry_after_ms": "250"}, 0.25),
        ({"retry_after": email.utils.formatdate(1_800_000_009, usegmt=True)}, 9.0),
        ({"retry_after": email.utils.formatdate(1_700_000_000, usegmt=True)}, 0.0),
        ({"retry_after": "soon"}, 0.5),
        ({}, 0.5),
    ],
)
def test_it_waits_as_it_is_told(service, say, clock, headers, seconds):
    service.will(says(429, b"{}", **headers))
    assert say().duration > 1
    assert clock.slept == [seconds]
    assert service.texts() == [TEXT, TEXT]


def test_it_does_not_wait_for_ever(service, say, clock):
    service.will(says(429, b"{}", retry_after="3600"))
    assert "3600 seconds" in failure(say).message
    assert clock.slept == []
    assert len(service.requests) == 1


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 529])
def test_what_passes_is_tried_again(service, say, status):
    service.will(says(status), says(status), says(status))
    assert say().duration > 1
    assert len(service.requests) == 4


def test_pauses_grow_and_tries_end(service, say, clock):
    service.will(*[says(500, b"<h1>Internal error</h1>")] * 9)
    error = failure(say)
    assert not isinstance(error, SpeechFailedError | VoiceError)
    assert "500: Internal error (after 5 tries)" in error.message
    assert clock.slept == [0.5, 1.0, 2.0, 4.0]


def test_a_deadline_ends_the_tries(service, say, clock):
    service.will(*[says(500)] * 9)
    failure(say, deadline="3", attempts="9")
    assert clock.slept == [0.5, 1.0]


def test_a_reset_connection_is_made_again(service, say):
    service.will(resets, resets)
    assert say().duration > 1


def test_a_service_that_is_not_there(service, say):
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        assert "did not answer: no connection" in failure(say, base=base).message
    assert service.requests == []


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n", b"HTTP/1.1 200 OK\r\nx-slow: "])
def test_drops_do_not_keep_it_for_ever(service, say, head):
    service.will(drips(head))
    assert "takes too long" in failure(say, timeout="1", attempts="1").message


def test_a_body_that_is_shorter_than_promised(service, say):
    service.will(cuts)
    error = failure(say)
    assert isinstance(error, SpeechFailedError)
    assert "breaks off" in error.message
    assert say().duration > 1


@pytest.mark.parametrize(
    ("misdeed", "says_"),
    [
        (says(200, b"<html><title>Log in</title><p>Please log in", "text/html"), "Please log in"),
        (says(200, {"error": "not today"}), "not today"),
        (says(200, b"", "audio/wav"), "empty"),
        (sends(lambda sound: encoded(sound, "flac")[:-700]), "FLAC"),
        (sends(lambda sound: encoded(sound, "mp3")[:-100]), "MP3"),
        (sends(lambda sound: encoded(sound, "wav")[:-100]), "WAV"),
        (sends(lambda sound: sound.pcm), "no sound we know"),
        (says(200, KEY.encode(), "text/plain"), "…"),
    ],
)
def test_what_is_no_whole_sound_is_refused(service, say, misdeed, says_):
    service.will(misdeed)
    error = failure(say)
    assert isinstance(error, SpeechFailedError)
    assert says_ in error.message


@pytest.mark.parametrize("kind", ["mp3", "flac", "opus", "ogg_vorbis"])
def test_another_format_than_was_asked_for_is_heard(service, say, kind):
    service.will(sends(lambda sound: encoded(sound, kind), "audio/wav"))
    assert abs(say().duration - say().duration) < 0.2


def test_a_wav_of_four_gigabytes_by_its_header(service, say):
    def unfilled(sound):
        whole = encoded(sound, "wav")
        return whole[:4] + b"\xff\xff\xff\xff" + whole[8:40] + b"\xff\xff\xff\xff" + whole[44:]

    service.will(sends(unfilled))
    assert say() == say()


def test_an_answer_without_end_is_not_read(service, say, monkeypatch):
    monkeypatch.setattr("articleaudio.speak.services.client.LARGEST", 1_000)
    assert "more than" in failure(say).message


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (401, {"error": {"message": f"Incorrect API key provided: {KEY}", "code": "invalid_api_key"}}),
        (403, {"detail": {"status": "missing_permissions", "message": "no"}}),
        (402, b"pay"),
        (429, {"error": {"message": "You exceeded your quota", "code": "insufficient_quota"}}),
        (400, {"detail": {"status": "quota_exceeded", "message": "0 credits left"}}),
        (301, b"moved"),
    ],
)
def test_what_will_not_pass_stops_at_once(service, say, clock, status, body):
    service.will(says(status, body))
    first = failure(say)
    assert not isinstance(first, SpeechFailedError)
    assert "OPENAI_API_KEY" in first.hint
    again = failure(say)
    assert again.message.startswith(first.message)
    assert len(service.requests) == 1
    clock.now += LONG_REST + 1
    assert say().duration > 1


@pytest.mark.parametrize(
    ("status", "body"), [(404, b"{}"), (400, {"error": {"message": "no", "code": "model_not_found"}})]
)
def test_a_wrong_profile_is_told(service, say, status, body):
    service.will(says(status, body))
    error = failure(say)
    assert isinstance(error, VoiceError)
    assert "profile" in error.hint


def test_a_text_that_is_refused(service, say):
    service.will(says(422, {"detail": [{"loc": ["body", "input"], "msg": "not a good text"}]}))
    error = failure(say)
    assert isinstance(error, SpeechFailedError)
    assert "not a good text" in error.message
    assert len(service.requests) == 1


def test_a_service_that_fails_in_a_row_is_left_alone(service, say, clock):
    service.will(*[says(500)] * (IN_A_ROW + 1))
    for _ in range(IN_A_ROW):
        failure(say, attempts="1")
    error = failure(say)
    assert "5 requests in a row failed" in error.message
    assert "60 more seconds" in error.message
    assert len(service.requests) == IN_A_ROW
    clock.now += REST + 1
    failure(say, attempts="1")
    failure(say)
    assert len(service.requests) == IN_A_ROW + 1
    clock.now += REST + 1
    assert say().duration > 1
    assert say().duration > 1


def test_codes_say_more_than_the_status():
    assert read_refusal(400, {}, b'{"__type": "com.amazon#ThrottlingException"}').kind is Kind.LATER
    assert read_refusal(400, {"x-amzn-errortype": "ThrottlingException:http://x"}, b"").kind is Kind.LATER
    assert read_refusal(429, {}, b'{"detail": {"status": "too_many_concurrent_requests"}}').kind is Kind.CROWDED
    assert read_refusal(429, {}, b'{"detail": {"status": "system_busy"}}').kind is Kind.LATER
    assert read_refusal(400, {}, b'{"detail": {"status": "voice_not_found"}}').kind is Kind.VOICE
    assert read_refusal(418, {}, b"[" * 5_000).kind is Kind.STOP


def test_too_many_at_once_makes_room_smaller_until_it_works(clock):
    gate = Gate(3, 0, clock, clock.sleep)
    gate.crowded()
    gate.crowded()
    gate.crowded()
    gate.enter()
    waiting = threading.Thread(target=gate.enter, daemon=True)
    waiting.start()
    waiting.join(0.1)
    assert waiting.is_alive()
    for _ in range(STEADY):
        gate.answered()
    waiting.join(5)
    assert not waiting.is_alive()


def test_requests_in_a_minute_are_limited(service, say, clock):
    for _ in range(5):
        say(requests_per_minute="2")
    assert clock.slept == [60.0, 60.0]
    assert clock.now == 1_120.0


def test_never_more_at_once_than_allowed(service, client):
    engine, voice = OpenAIEngine(client), openai_voice(service, at_once="3")
    service.slow = 0.05
    threads = [threading.Thread(target=engine.speak, args=(Prompt(f"Number {n}"), voice)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(service.requests) == 12
    assert service.most_inside == 3


def test_keys_go_only_where_they_are_meant_to(service, keys):
    engine = OpenAIEngine()
    voice = openai_voice(service)
    elsewhere = replace(voice, options={name: told for name, told in voice.options.items() if name != "key"})
    seen = []
    service.will(*[lambda handler, _: seen.append(handler.headers["authorization"]) or True] * 2)
    engine.speak(Prompt(TEXT), elsewhere)
    engine.speak(Prompt(TEXT), voice)
    engine.close()
    assert seen == [None, f"Bearer {KEY}"]


@pytest.mark.parametrize("told", ["", " ", "sk-with\nline-feed", "sk-“quoted”"])
def test_a_key_that_cannot_be_one(service, told):
    engine = OpenAIEngine(Client(environ={**ENVIRON, "OPENAI_API_KEY": told}))
    problem = engine.problems(openai_voice(service))
    assert "OPENAI_API_KEY" in problem
    with pytest.raises(EngineError) as error:
        engine.speak(Prompt(TEXT), openai_voice(service))
    assert not told.strip() or told not in f"{problem} {error.value} {error.value.hint}"
    assert service.requests == []


@pytest.mark.parametrize(
    "base",
    [
        *("http://api.example.com/v1", "ftp://x/y", "https://", "https://user:word@x.org/v1"),
        *("https://x.org/v1?key=1", "x", "http://[::1"),
    ],
)
def test_addresses_that_are_not_asked(service, client, base):
    engine = OpenAIEngine(client)
    assert engine.problems(openai_voice(service, base=base))
    with pytest.raises(VoiceError) as told:
        engine.speak(Prompt(TEXT), openai_voice(service, base=base))
    assert "word" not in told.value.message.replace("password", "")


def test_a_proxy_is_asked_for_hosts_elsewhere(service, client, monkeypatch):
    seen = []

    def answers(handler, body):
        seen.append((handler.path, handler.headers["host"]))
        says(200, b"by proxy")(handler, body)

    service.will(answers)
    for name in ("no_proxy", "NO_PROXY", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", service.url)
    account = Account("Test", "http://speech.test/v1", "", 1, 0, 1, 5, 5)
    request = Request("http://speech.test/v1/x", b"{}", dict)
    assert client.post(account, request, lambda answer: answer.body) == b"by proxy"
    assert seen == [("http://speech.test/v1/x", "speech.test")]
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:1")
    with pytest.raises(EngineError, match="socks5 proxy"):
        client.post(account, request, lambda answer: answer.body)
