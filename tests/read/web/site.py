"""A web server of plain sockets that answers exactly what a test tells it to, byte by byte if need be."""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    address: str
    """The address of ours that was connected to."""


class Site:
    """Answers each connection once. A route is the raw answer, or a function of connection, request and `gone`."""

    def __init__(self, routes, host="127.0.0.1", port=0, tls=None):
        self.routes = {"/robots.txt": answer("", status="404 Not Found")} | routes
        self.asked: list[Asked] = []
        self.gone = threading.Event()
        self._tls = tls
        self._threads: list[threading.Thread] = []
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, port), family=family)
        self.port = self._listener.getsockname()[1]

    def __enter__(self):
        self._start(self._listen)
        return self

    def __exit__(self, *_):
        self.gone.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()

    @property
    def paths(self):
        return [asked.path for asked in self.asked]

    def url(self, path, host="127.0.0.1"):
        return f"http{'s' if self._tls else ''}://{host}:{self.port}{path}"

    def _start(self, work, *arguments):
        self._threads.append(threading.Thread(target=work, args=arguments, daemon=True))
        self._threads[-1].start()

    def _listen(self):
        while not self.gone.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._start(self._serve, connection)

    def _serve(self, connection):
        connection.settimeout(10)
        with contextlib.suppress(OSError, ValueError):  # either side may go at any moment
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection:
                asked = self._read(connection)
                if asked is None:
                    return
                self.asked.append(asked)
                route = self.routes.get(asked.path, answer("", status="404 Not Found"))
                if isinstance(route, list):
                    route = route.pop(0) if len(route) > 1 else route[0]
                if callable(route):
                    route(connection, asked, self.gone)
                else:
                    connection.sendall(route)
                if self._tls:
                    connection.unwrap()
        connection.close()

    @staticmethod
    def _read(connection):
        data = b""
        while b"\r\n\r\n" not in data:
            more = connection.recv(65536)
            if not more:
                return None
            data += more
        first, *lines = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return Asked(first.split(" ")[1], headers, connection.getsockname()[0])


def answer(body, status="200 OK", kind="text/html; charset=utf-8", **headers):
    """A whole, honest answer; underscores in names of headers stand for hyphens."""
    data = body.encode() if isinstance(body, str) else body
    fields = {"Content-Type": kind, "Content-Length": str(len(data))}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value is not None)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + data


def to(location, status="302 Found"):
    """A redirect."""
    return answer("", status=status, Location=location)


def dripping(data, whole=b""):
    """A route that sends `whole` at once and `data` after it for ever, a byte at a time."""

    def drip(connection, _asked, gone):
        connection.sendall(whole)
        at = 0
        while not gone.wait(0.02):
            connection.sendall(data[at : at + 1])
            at = (at + 1) % len(data)

    return drip
