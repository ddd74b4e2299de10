"""A real HTTP proxy between a program and moto's server, which notes every request and can spoil some of them."""

from __future__ import annotations

import contextlib
import http.client
import socket
import struct
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

EXPIRED = b"<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>"
DENIED = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
FAILING = b"<Error><Code>InternalError</Code><Message>We encountered an internal error.</Message></Error>"
UNKNOWN = b"<Error><Code>NotImplemented</Code><Message>A header you provided is not implemented</Message></Error>"


@dataclass
class Asked:
    """One request."""

    method: str
    key: str
    query: str
    headers: dict[str, str]

    @property
    def puts(self):
        return self.method == "PUT" or (self.method == "POST" and self.query.startswith("uploads"))


@dataclass
class Wire:
    """What went over the line, and what is to be spoilt on it: `spoil` gives a fault for a request, or None.

    Faults: (status, body) is answered at once; "reset" ends the connection before anything is passed on; "lost" passes
    the request on and ends the connection before the answer; "cut" passes it on and gives half an answer; "flip"
    changes a byte of what is sent; "hang" waits until the proxy ends.
    """

    address: str
    asked: list[Asked] = field(default_factory=list)
    spoil: object = lambda asked: None
    hung: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    def put(self):
        """Keys that were put, in the order in which the requests came."""
        return [one.key for one in self.asked if one.puts]


def start(upstream: str):
    """Start a proxy in front of a server; gives it and its wire."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.wire = Wire(f"http://127.0.0.1:{server.server_port}")
    server.upstream = urlsplit(upstream)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _serve(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path, _, query = self.path.partition("?")
        key = unquote(path).lstrip("/").partition("/")[2]
        asked = Asked(self.command, key, query, dict(self.headers))
        wire = self.server.wire
        wire.asked.append(asked)
        fault = wire.spoil(asked)
        if isinstance(fault, tuple):
            self._answer(fault[0], [("Content-Type", "application/xml")], fault[1])
        elif fault == "reset":
            self._reset()
        elif fault == "hang":
            wire.hung.set()
            wire.over.wait(300)
            self._reset()
        else:
            if fault == "flip" and body:
                body = bytes([body[0] ^ 1]) + body[1:]
            status, headers, answer = self._forward(body)
            if fault == "lost":
                self._reset()
            else:
                self._answer(status, headers, answer, half=fault == "cut")

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _serve  # noqa: N815 -- http.server calls them so

    def _forward(self, body):
        line = http.client.HTTPConnection(self.server.upstream.hostname, self.server.upstream.port, timeout=120)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            line.request(self.command, self.path, body, headers)
            answer = line.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            line.close()

    def _answer(self, status, headers, body, *, half=False):
        self.send_response_only(status)
        length = next((value for name, value in headers if name.lower() == "content-length"), str(len(body)))
        for name, value in headers:
            if name.lower() not in {"content-length", "connection", "transfer-encoding"}:
                self.send_header(name, value)
        self.send_header("Content-Length", length if self.command == "HEAD" else str(len(body) + 40 * half))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[: len(body) // 2] if half else body)
        if half:
            self._reset()

    def _reset(self):
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, *_):
        pass

    def handle(self):
        with contextlib.suppress(OSError, ValueError):
            super().handle()

    def finish(self):
        with contextlib.suppress(OSError, ValueError):
            super().finish()
