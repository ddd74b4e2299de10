"""One file over the network: with progress, going on where an earlier try broke off."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from ipaddress import ip_address
from pathlib import Path
from typing import IO, Final

import httpcore
import httpx

from articleaudio.errors import FetchError, OutputError
from articleaudio.model import VoiceFile
from articleaudio.read.web import statuses, urls
from articleaudio.read.web.addresses import Addresses, closed
from articleaudio.read.web.backend import Resolve, resolve
from articleaudio.read.web.deadline import Deadline
from articleaudio.read.web.decoding import decoder
from articleaudio.read.web.visit import Limits, Means, Visit
from articleaudio.read.web.wire import Answer, BrokenAnswerError
from articleaudio.voicebox.parts import Origin, Part

LARGEST = 20_000_000_000
"""Bytes of a file whose size no profile tells."""

AGAIN: Final = "run the same command again: it goes on where it stopped"

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_WHOLE = re.compile(r"bytes \*/(\d+)")
_PAGE = re.compile(rb"\s*(<!doctype html|<html)", re.IGNORECASE)

Told = Callable[[int, int], None]
"""Told of bytes there and bytes in all, 0 where nobody says."""


class Patience(Deadline):
    """A clock that each step of a download starts anew: a large file may take long, a silent server may not."""

    def left(self) -> float:
        """Seconds that a server may be silent."""
        return self._seconds

    def over(self) -> FetchError:
        """The error for a server that has fallen silent."""
        return BrokenAnswerError(f"{self._what} was silent for {self._seconds:g} seconds", hint=AGAIN)


@dataclass(frozen=True, slots=True)
class NearbyAddresses(Addresses):
    """The rule for what is not encrypted: only this machine and private networks may be asked."""

    def refusal(self, address: str, port: int) -> str:  # noqa: ARG002 -- any port will do
        """What keeps this address and port from being asked; empty where nothing does."""
        return "" if closed(ip_address(address)) else f"{address} is public, and would be asked without encryption"


@dataclass(frozen=True, slots=True)
class Downloader:
    """How files are fetched."""

    allow_private: bool = False
    """Whether this machine and private networks may be asked, and without encryption."""
    silence: float = 60.0
    """Seconds that a server may be silent."""
    tries: int = 4
    """Tries in a row that bring nothing new."""
    resolve: Resolve = resolve
    """How hosts are found."""
    sleep: Callable[[float], None] = time.sleep
    """How to wait between tries."""

    def fetch(self, file: VoiceFile, part: Part, told: Told) -> None:
        """Bring a file's bytes into `part`. Raises FetchError, OutputError; what came stays for the next time."""
        url = urls.parse(file.url)
        means = self._means(url)
        best, failed = part.size, 0
        while True:
            try:
                return self._once(url, means, _Taking(file, part, told))
            except BrokenAnswerError as error:
                failed = 0 if part.size > best else failed + 1
                best = max(best, part.size)
                if failed >= self.tries:
                    raise FetchError(error.message, hint=AGAIN) from error
                self.sleep(min(2.0**failed, 30))

    def _once(self, url: httpx.URL, means: Means, taking: _Taking) -> None:
        visit = Visit(means, Patience(self.silence, url.host, self.sleep))
        visit.follow(url, lambda _: taking.headers(), taking.take)

    def _means(self, url: httpx.URL) -> Means:
        if url.scheme == "http" and not self.allow_private:
            raise FetchError(
                f"{url} is not encrypted; voices are fetched over https",
                hint="if you mean a server of your own network, allow it with --allow-private",
            )
        addresses = NearbyAddresses() if url.scheme == "http" else Addresses(self.allow_private)
        try:
            trust = httpx.create_ssl_context()
        except OSError as error:
            raise FetchError(
                f"the certificates of trusted authorities cannot be read: {error.strerror or error}",
                hint="correct the environment variable SSL_CERT_FILE or SSL_CERT_DIR, or unset it",
            ) from error
        limits = Limits(seconds=self.silence)
        return Means(limits, addresses, trust, self.resolve, f"articleaudio/{version('articleaudio')}")


class _Taking:
    """One try at a file."""

    def __init__(self, file: VoiceFile, part: Part, told: Told) -> None:
        self._file = file
        self._part = part
        self._told = told
        self._had = 0

    def headers(self) -> dict[str, str]:
        """What to ask for: the rest, where something is there that it will fit to."""
        asked = {"Accept": "*/*", "Accept-Encoding": "identity"}
        self._had = self._part.size
        origin = self._part.origin()
        if not self._had or origin.url != self._file.url or not (origin.validator or self._file.sha256):
            self._had = 0
            return asked
        asked["Range"] = f"bytes={self._had}-"
        if origin.validator:
            asked["If-Range"] = origin.validator
        return asked

    def take(self, answer: Answer) -> None:
        """Take what an answer brings."""
        if answer.status == 206:
            self._go_on(answer)
        elif answer.status in statuses.GOOD:
            self._begin(answer)
        elif answer.status == 416 and self._had:
            self._at_its_end(answer)
        else:
            raise _refused(answer)

    def _go_on(self, answer: Answer) -> None:
        """The server sends the rest."""
        found = _RANGE.fullmatch(answer.headers.get("content-range", ""))
        total = self._part.origin().total
        if not found or int(found[1]) != self._had or (total and total != int(found[3])):
            self._part.drop()
            raise BrokenAnswerError(f"{answer.url} has changed on its server, or is sent in wrong pieces", hint=AGAIN)
        self._write(answer, "ab", int(found[3]))

    def _begin(self, answer: Answer) -> None:
        """The server sends all of it."""
        self._had = 0
        headers = answer.headers
        encoded = headers.get("content-encoding", "").strip().lower() not in {"", "identity"}
        length = headers.get("content-length", "")
        total = int(length) if length.isdecimal() and not encoded else 0
        if not total and "transfer-encoding" not in headers and not (self._file.size or self._file.sha256):
            raise FetchError(f"{answer.url} may come cut off: its server does not say how long it is", hint=_BY_HAND)
        tag = headers.get("etag", "")
        validator = tag if tag.startswith('"') else headers.get("last-modified", "")  # weak tags are no use in If-Range
        self._part.drop()
        self._part.comes_from(Origin(self._file.url, "" if encoded else validator, total))
        self._write(answer, "wb", total)

    def _at_its_end(self, answer: Answer) -> None:
        """There is nothing beyond what we have: then it is whole, or it is another file."""
        found = _WHOLE.fullmatch(answer.headers.get("content-range", ""))
        if not found or int(found[1]) != self._had:
            self._part.drop()
            raise BrokenAnswerError(f"{answer.url} has changed on its server", hint=AGAIN)

    def _write(self, answer: Answer, mode: str, total: int) -> None:
        limit = self._file.size or LARGEST
        if total > limit or (self._file.size and total and total != limit):
            self._part.drop()
            raise FetchError(f"{answer.url} is {total} bytes long, and {limit} are expected", hint=_BY_HAND)
        _must_fit(self._part.path.parent, total - self._had)
        done = self._had
        self._told(done, total or self._file.size)
        try:
            with self._part.path.open(mode) as out:
                for chunk in self._sound(answer, limit):
                    out.write(chunk)
                    done += len(chunk)
                    self._told(done, total or self._file.size)
                _settle(out)
        except BrokenAnswerError:
            raise
        except FetchError:
            self._part.drop()
            raise

    def _sound(self, answer: Answer, limit: int) -> Iterator[bytes]:
        """The body as it comes, as long as it may be what is wanted. Raises FetchError."""
        done = self._had
        for chunk in _content(answer):
            if not done and _PAGE.match(chunk[:200]) and not self._file.name.endswith((".html", ".htm")):
                raise FetchError(f"{answer.url} gives a web page, and not the file", hint=_BY_HAND)
            done += len(chunk)
            if done > limit:
                raise FetchError(f"{answer.url} is longer than {limit} bytes", hint=_BY_HAND)
            yield chunk
        if answer.has_more():
            raise FetchError(f"{answer.url} is longer than its server says", hint=_BY_HAND)


_BY_HAND = "look at the address in a browser; `articleaudio voices show` tells where the file belongs"


def _content(answer: Answer) -> Iterator[bytes]:
    """The body as it comes. Raises FetchError when it is cut off."""
    decode = decoder(answer.headers.get("content-encoding", ""), answer.url)
    cut_off = partial(BrokenAnswerError, f"{answer.url} was cut off on its way", hint=AGAIN)
    try:
        for chunk in answer.body:
            if content := decode.feed(chunk, LARGEST):
                yield content
    except (httpcore.ReadError, httpcore.RemoteProtocolError) as error:
        raise cut_off() from error
    if not decode.finished:
        raise cut_off()


def _settle(out: IO[bytes]) -> None:
    out.flush()
    os.fsync(out.fileno())


def _must_fit(folder: Path, size: int) -> None:
    free = size
    with contextlib.suppress(OSError):
        free = shutil.disk_usage(folder).free
    if size > free:
        raise OutputError(
            f"there is no room in {folder}: {size / 1e6:.0f} MB are to come, and {free / 1e6:.0f} MB are free",
            hint="make room, or set XDG_DATA_HOME to a folder on another disk",
        )


def _refused(answer: Answer) -> FetchError:
    """The error for an answer that holds no file."""
    message = f"{answer.url} cannot be fetched: its server answers {answer.status}"
    if answer.status >= 500:
        return BrokenAnswerError(message, hint=AGAIN)
    if answer.status in {404, 410}:
        return FetchError(f"{message}, there is no such file", hint="mend `url` in the voice's profile")
    return FetchError(message, hint=_BY_HAND)
