"""Connections to checked addresses, for httpcore: the name is resolved once, and what was checked is connected to."""

from __future__ import annotations

import contextlib
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from articleaudio.errors import FetchError
from articleaudio.read.web.addresses import Addresses
from articleaudio.read.web.deadline import Deadline

_TRIES = 4
"""Addresses of one host that are tried."""

_PARTING = 0.2
"""Seconds in which a server that sends more than it announced is caught at it."""

Resolve = Callable[[str, int], tuple[str, ...]]
"""Gives the addresses of a host, best first; raises OSError or UnicodeError where there are none."""


def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses that the system knows for a host, best first."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Backend(httpcore.NetworkBackend):
    """Opens connections for one fetch."""

    def __init__(self, addresses: Addresses, deadline: Deadline, connect_seconds: float, resolve: Resolve) -> None:
        """Take the rule for addresses, the fetch's deadline and the limit for one connection."""
        self._addresses = addresses
        self._deadline = deadline
        self._connect_seconds = connect_seconds
        self._resolve = resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 -- httpcore's signature; the deadline knows better
        local_address: str | None = None,  # noqa: ARG002 -- httpcore's signature
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 -- httpcore's signature
    ) -> httpcore.NetworkStream:
        """Connect to the first of a host's addresses that answers. Raises FetchError; refused if any is not public."""
        found = self._found(host, port)[:_TRIES]
        seconds = min(self._connect_seconds, self._deadline.left()) / len(found)
        trouble = "it has no address"
        for address in found:
            try:
                sock = socket.create_connection((address, port), timeout=seconds)
            except TimeoutError:
                trouble = "it does not answer"
            except OSError as error:
                trouble = error.strerror or str(error)
            else:
                return Stream(sock, self._deadline)
        raise FetchError(f"cannot connect to {host}: {trouble}", hint="check the address, or try again later")

    def _found(self, host: str, port: int) -> tuple[str, ...]:
        """The checked addresses of a host."""
        found = self._within_time(host, port)
        for address in found:
            refusal = self._addresses.refusal(address, port)
            if refusal:
                where = refusal if address == host else f"{host} is not visited: {refusal}"
                raise FetchError(
                    f"{where}; only public web addresses are fetched",
                    hint="if you mean a server of your own, allow it with --allow-private",
                )
        return found

    def _within_time(self, host: str, port: int) -> tuple[str, ...]:
        """Resolve a host in a thread of its own, as the system's resolver knows no time limit."""
        answers: queue.SimpleQueue[tuple[str, ...] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(host, port))
            except Exception as error:  # noqa: BLE001 -- carried to the thread that waits
                answers.put(error)

        threading.Thread(target=ask, name="resolve", daemon=True).start()
        try:
            found = answers.get(timeout=min(self._connect_seconds, self._deadline.left()))
        except queue.Empty:
            raise FetchError(
                f"the name {host} cannot be looked up in time", hint="check your connection, or try again later"
            ) from None
        if found and not isinstance(found, Exception):
            return found
        cause = found if isinstance(found, Exception) else None
        raise FetchError(f"there is no host called {host}", hint="check the spelling and your connection") from cause


class Stream(httpcore.NetworkStream):
    """A connection whose every step ends with the fetch's deadline.

    httpcore is handed the head of an answer line by line and then no more of the body than was announced, so that it
    can be told whether a server sends more.
    """

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        """Take a connected socket."""
        self._sock = sock
        self._deadline = deadline
        self._come = b""
        self._in_head = True
        self._announced: int | None = None

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 -- httpcore's signature
        """Give what has come; empty at the end. Raises FetchError."""
        if not self._come:
            self._come = self._receive(max_bytes, self._deadline.left())
        most = len(self._come) if self._announced is None else min(len(self._come), self._announced)
        if self._in_head:
            most = self._come.find(b"\n") + 1 or most
        given, self._come = self._come[:most], self._come[most:]
        if self._announced is not None:
            self._announced -= len(given)
        return given

    def begin_body(self, announced: int | None) -> None:
        """Say that the head has been read, and how long the body is to be, where that is known."""
        self._in_head = False
        self._announced = announced

    def has_more(self) -> bool:
        """Whether more than white space follows a body whose length was announced."""
        if self._announced is None:
            return False
        if not self._come:
            with contextlib.suppress(FetchError, httpcore.ReadError):
                self._come = self._receive(1024, min(_PARTING, self._deadline.left()))
        return bool(self._come.strip())

    def _receive(self, max_bytes: int, seconds: float) -> bytes:
        self._sock.settimeout(seconds)
        try:
            return self._sock.recv(max_bytes)
        except TimeoutError:
            raise self._deadline.over() from None
        except OSError as error:  # reset by peer, or TLS closed without saying so
            raise httpcore.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 -- httpcore's signature
        """Send all of it. Raises FetchError."""
        try:
            self._sock.settimeout(self._deadline.left())
            self._sock.sendall(buffer)
        except TimeoutError:
            raise self._deadline.over() from None
        except OSError as error:  # httpcore goes on to read: a server may answer before it has heard all
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        """Close the connection."""
        self._sock.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 -- httpcore's signature
    ) -> httpcore.NetworkStream:
        """Speak TLS from here on; the certificate must be for the host's name. Raises FetchError."""
        try:
            self._sock.settimeout(self._deadline.left())
            # A connection that ends without TLS's own good-bye may have been cut: RFC 9112, section 9.8.
            # Some builds of Python take a connection that breaks off for one that ends.
            ssl_context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF
            secure = ssl_context.wrap_socket(
                self._sock, server_hostname=(server_hostname or "").rstrip("."), suppress_ragged_eofs=False
            )
        except ssl.SSLCertVerificationError as error:
            raise FetchError(
                f"the certificate of {server_hostname} is not trusted: {error.verify_message}",
                hint="a certificate authority of your own is named in the environment variable SSL_CERT_FILE",
            ) from error
        except TimeoutError:
            raise self._deadline.over() from None
        except (OSError, ValueError) as error:
            raise FetchError(
                f"{server_hostname} cannot be spoken to securely: {getattr(error, 'reason', None) or error}",
                hint="try again later, or save the page and give the file",
            ) from error
        finally:
            if self._sock.fileno() != -1:
                self._sock.close()
        return Stream(secure, self._deadline)
