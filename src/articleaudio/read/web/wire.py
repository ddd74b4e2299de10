"""One request and its answer, with every way to fail turned into a FetchError."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import httpcore
import httpx

from articleaudio.errors import FetchError
from articleaudio.read.web.backend import Backend, Stream
from articleaudio.read.web.decoding import ACCEPTED, decoder

_AGAIN = "try again; if it stays so, save the page in the browser and give the file"


class BrokenAnswerError(FetchError):
    """A server was reached, but its answer is cut off or makes no sense."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; the body is still to be read."""

    url: httpx.URL
    """What was asked for."""
    status: int
    """HTTP's status code."""
    headers: Mapping[str, str]
    """By lower-case name; the first where a name comes twice."""
    body: Iterator[bytes]
    """The body as it comes, still compressed."""
    has_more: Callable[[], bool]
    """Tells, at the end of the body, whether the server sends more than it announced."""

    def read(self, limit: int, *, whole: bool = True) -> bytes:
        """The body, decompressed. Raises FetchError when it is cut off or damaged.

        Of one larger than `limit` bytes the beginning is given, or, where it must be `whole`, FetchError is raised.
        """
        expected = self.headers.get("content-length", "")
        if whole and expected.isdecimal() and int(expected) > limit:
            raise _too_large(self.url, limit)
        decode = decoder(self.headers.get("content-encoding", ""), self.url)
        data = bytearray()
        wire = 0
        for chunk in self._chunks():
            wire += len(chunk)
            data += decode.feed(chunk, limit + 1 - len(data))
            if max(wire, len(data)) > limit:
                if not whole:
                    return bytes(data[:limit])
                raise _too_large(self.url, limit)
        if not decode.finished:
            raise _cut_off(self.url)
        if whole and self.has_more():
            raise BrokenAnswerError(f"{self.url} is longer than its server says, so that its end is lost", hint=_AGAIN)
        return bytes(data)

    def _chunks(self) -> Iterator[bytes]:
        try:
            yield from self.body
        except (httpcore.ReadError, httpcore.RemoteProtocolError) as error:
            raise _cut_off(self.url) from error


@contextlib.contextmanager
def asked(url: httpx.URL, headers: Mapping[str, str], backend: Backend, tls: ssl.SSLContext) -> Iterator[Answer]:
    """Ask for an address on a connection of its own. Raises FetchError."""
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    sent = {"Host": url.netloc.decode("ascii"), "Accept-Encoding": ACCEPTED, "Connection": "close", **headers}
    connection = httpcore.HTTPConnection(target.origin, ssl_context=tls, network_backend=backend)
    with connection, contextlib.ExitStack() as stack:
        try:
            response = stack.enter_context(connection.stream("GET", target, headers=list(sent.items())))
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
            raise BrokenAnswerError(f"{url} gives no valid answer: {error}", hint=_AGAIN) from error
        found: dict[str, str] = {}
        for name, value in response.headers:
            found.setdefault(name.decode("latin-1").lower(), _text(value))
        stream: Stream = response.extensions["network_stream"]
        framed = response.status not in {204, 304} and "transfer-encoding" not in found
        length = found.get("content-length", "") if framed else ""
        stream.begin_body(int(length) if length.isdecimal() else None)
        yield Answer(url, response.status, found, response.iter_stream(), stream.has_more)


def _text(value: bytes) -> str:
    """A header's value; bytes beyond ASCII are mostly UTF-8 in the wild."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _cut_off(url: httpx.URL) -> BrokenAnswerError:
    return BrokenAnswerError(f"{url} was cut off on its way", hint=_AGAIN)


def _too_large(url: httpx.URL, limit: int) -> FetchError:
    return FetchError(
        f"{url} is larger than {limit // 1_000_000} MB", hint="fetch it with the browser and give the file"
    )
