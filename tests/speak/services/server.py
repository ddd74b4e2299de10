"""A speech service on this machine: real HTTP, real sound (a tone for each word), and misdeeds as a test wants them."""

from __future__ import annotations

import base64
import contextlib
import io
import json
import re
import socket
import struct
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree as ET

import numpy as np
import soundfile
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from articleaudio.speak import Sound, WordEvent

RATE, GAP = 8_000, 400
KEY = "sk-test-0123456789abcdefghij"
AWS_ID, AWS_SECRET, AWS_TOKEN = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "a-session-token-of-tests"
KEYS = (KEY, AWS_ID, AWS_SECRET, AWS_TOKEN)
ENVIRON = {
    "OPENAI_API_KEY": KEY, "ELEVENLABS_API_KEY": KEY, "AWS_ACCESS_KEY_ID": AWS_ID, "AWS_SECRET_ACCESS_KEY": AWS_SECRET,
    "AWS_SESSION_TOKEN": AWS_TOKEN, "AWS_REGION": "eu-central-1",
}  # fmt: skip


class Service:
    """The server: `requests` is what it was asked, `misdeeds` what it does instead of answering, one each."""

    def __init__(self):
        self.requests = []
        self.misdeeds = deque()
        self.slow = 0.0
        self.inside = self.most_inside = 0
        self.guard = threading.Lock()
        outer = self

        class Handler(_Handler):
            service = outer

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.thread = threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"

    def will(self, *misdeeds):
        self.misdeeds.extend(misdeeds)

    def texts(self):
        return [request.get("input") or request.get("text") or request.get("Text") for request in self.requests]

    def close(self):
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_POST(self):
        service = self.service
        body = self.rfile.read(int(self.headers["content-length"]))
        with service.guard:
            service.inside += 1
            service.most_inside = max(service.most_inside, service.inside)
            service.requests.append(json.loads(body))
            misdeed = service.misdeeds.popleft() if service.misdeeds else None
        try:
            with contextlib.suppress(OSError):  # nobody may be listening any more
                time.sleep(service.slow)
                if misdeed is None or misdeed(self, body):
                    self.answer(body)
        finally:
            with service.guard:
                service.inside -= 1

    def answer(self, body):
        asked = json.loads(body)
        if self.path == "/v1/audio/speech":
            self.send(200, *openai(asked))
        elif self.path == "/dev/captioned_speech":
            self.send(200, "application/json", kokoro(asked))
        elif self.path.startswith("/v1/text-to-speech/"):
            self.send(200, "application/json", elevenlabs(asked, self.path))
        elif self.path == "/v1/speech":
            self.send(*polly(asked, self, body))
        else:
            self.send(404, "text/html", b"<html><h1>Not found</h1></html>")

    def send(self, status, kind, body, **headers):
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


def spoken(text, speed=1.0) -> Sound:
    """A tone for each word, as high as its letters and as long as it is."""
    samples, words, at = [], [], 0
    for match in re.finditer(r"[^\W_]+", text):
        length = round(RATE * 60 / 165 / speed * len(match[0]) / 6)
        pitch = 200 + sum(match[0].encode()) % 1_000
        samples += [8_000 * np.sin(2 * np.pi * pitch * np.arange(1, length + 1) / RATE), np.zeros(GAP)]
        words.append(WordEvent(at / RATE, (at + length) / RATE, match.start(), match.end()))
        at += length + GAP
    pcm = np.concatenate(samples or [np.zeros(GAP)]).astype("<i2").tobytes()
    return Sound(pcm, RATE, tuple(words))


def encoded(sound, kind):
    if kind == "pcm":
        return np.repeat(np.frombuffer(sound.pcm, "<i2"), 24_000 // sound.rate).tobytes()
    file = io.BytesIO()
    formats = {"wav": ("WAV", "PCM_16"), "flac": ("FLAC", "PCM_16"), "mp3": ("MP3", "MPEG_LAYER_III")}
    formats |= {"opus": ("OGG", "OPUS"), "ogg_vorbis": ("OGG", "VORBIS"), "aiff": ("AIFF", "PCM_16")}
    name, subtype = formats[kind]
    soundfile.write(file, np.frombuffer(sound.pcm, "<i2"), sound.rate, format=name, subtype=subtype)
    return file.getvalue()


def openai(asked):
    kind = asked.get("response_format", "mp3")
    return f"audio/{kind}", encoded(spoken(asked["input"], asked.get("speed", 1)), kind)


def kokoro(asked):
    sound = spoken(asked["input"], asked.get("speed", 1))
    stamps = [
        {"word": asked["input"][word.first : word.last], "start_time": word.start, "end_time": word.end}
        for word in sound.words
    ]
    stamps.append({"word": ".", "start_time": sound.duration, "end_time": sound.duration})
    return json.dumps(
        {"audio": base64.b64encode(encoded(sound, asked["response_format"])).decode(), "timestamps": stamps}
    ).encode()


def elevenlabs(asked, path):
    sound = spoken(asked["text"], asked.get("voice_settings", {}).get("speed", 1))
    kind = re.search(r"output_format=([a-z0-9]+)", path)[1]
    characters = list(asked["text"])
    starts, ends, at = [], [], 0.0
    for place in range(len(characters)):
        word = next((word for word in sound.words if word.first <= place < word.last), None)
        size = (word.end - word.start) / (word.last - word.first) if word else 0.0
        begin = word.start + size * (place - word.first) if word else at
        starts.append(begin)
        ends.append(at := begin + size)
    alignment = {
        "characters": characters, "character_start_times_seconds": starts, "character_end_times_seconds": ends,
    }  # fmt: skip
    return json.dumps(
        {"audio_base64": base64.b64encode(encoded(sound, kind)).decode(), "alignment": alignment,
         "normalized_alignment": None}
    ).encode()  # fmt: skip


def polly(asked, handler, body):
    if not is_signed(handler, body):
        return 403, "application/json", b'{"__type": "InvalidSignatureException", "message": "it does not match"}'
    text, speed = asked["Text"], 1.0
    if asked["TextType"] == "ssml":
        try:
            ET.fromstring(text)
        except ET.ParseError:
            return 400, "application/json", b'{"__type": "InvalidSsmlException", "message": "Invalid SSML request"}'
        speed = float((re.search(r'rate="(\d+)%"', text) or ["", "100"])[1]) / 100
        text = re.sub(r"<[^>]*>|&\w+;", lambda match: " " * len(match[0]), text)
    if len(text) > 6_000:
        return 400, "application/json", b'{"__type": "TextLengthExceededException"}'
    sound = spoken(text, speed)
    if asked["OutputFormat"] == "json":
        marks = [
            {"time": round(word.start * 1000), "type": "word", "start": len(text[: word.first].encode()),
             "end": len(text[: word.last].encode()), "value": text[word.first : word.last]}
            for word in sound.words
        ]  # fmt: skip
        return 200, "application/x-json-stream", b"".join(json.dumps(mark).encode() + b"\n" for mark in marks)
    return 200, "audio/ogg", encoded(sound, asked["OutputFormat"])


def is_signed(handler, body):
    """Whether botocore signs the same request in the same way."""
    given = handler.headers["authorization"]
    names = re.search(r"SignedHeaders=([^,]+)", given)[1].split(";")
    request = AWSRequest("POST", f"http://{handler.headers['host']}{handler.path}", data=body)
    for name in names:
        request.headers[name] = handler.headers[name]
    request.context["timestamp"] = handler.headers["x-amz-date"]
    signer = SigV4Auth(Credentials(AWS_ID, AWS_SECRET, AWS_TOKEN), "polly", "eu-central-1")
    canonical = signer.canonical_request(request)
    return given.endswith(signer.signature(signer.string_to_sign(request, canonical), request))


# ── Misdeeds: each does something to one request; where it gives True, the request is answered all the same ─────────


def says(status, body=b"", kind="application/json", **headers):
    """Answer with a status; what is no bytes is sent as JSON."""
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda handler, _: handler.send(status, kind, sent, **headers)


def resets(handler, _):
    """Reset the connection before anything is sent."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def cuts(handler, body):
    """Promise the whole sound, send half."""
    kind, whole = openai(json.loads(body))
    handler.send_response(200)
    handler.send_header("content-type", kind)
    handler.send_header("content-length", str(len(whole)))
    handler.end_headers()
    handler.wfile.write(whole[: len(whole) // 2])
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def drips(head=b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n", drop=b"x"):
    """Send a byte now and then, for as long as anybody listens."""

    def misdeed(handler, _):
        handler.close_connection = True
        handler.wfile.write(head)
        for _ in range(600):
            handler.wfile.write(drop)
            handler.wfile.flush()
            time.sleep(0.05)

    return misdeed


def sends(make, kind="audio/mpeg"):
    """Send something else than was asked for: `make` gets the right sound."""
    return lambda handler, body: handler.send(200, kind, make(spoken(json.loads(body)["input"])))
