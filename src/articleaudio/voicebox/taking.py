"""What is done with an answer to the question for a file: go on, begin anew, or refuse it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Final

import httpcore

from articleaudio.errors import FetchError, OutputError
from articleaudio.model import VoiceFile
from articleaudio.read.web import statuses
from articleaudio.read.web.decoding import decoder
from articleaudio.read.web.wire import Answer, BrokenAnswerError
from articleaudio.voicebox.parts import Origin, Part

LARGEST = 20_000_000_000
"""Bytes of a file whose size no profile tells."""

SLOWEST = 1_000
"""Bytes a second that must come in the mean; less is no download."""

AGAIN: Final = "run the same command again: it goes on where it stopped"

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_WHOLE = re.compile(r"bytes \*/(\d+)")
_PAGE = re.compile(rb"\s*(<!doctype html|<html)", re.IGNORECASE)

Told = Callable[[int, int], None]
"""Told of bytes there and bytes in all, 0 where nobody says."""


class Taking:
    """One try at a file."""

    def __init__(self, file: VoiceFile, part: Part, told: Told) -> None:
        """Take the file, what is there of it, and whom to tell."""
        self._file = file
        self._part = part
        self._told = told
        self._had = 0
        self._grace = 0.0

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

    def take(self, answer: Answer, grace: float) -> None:
        """Take what an answer brings; after `grace` seconds it must come at a pace."""
        self._grace = grace
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
        done, begun = self._had, time.monotonic()
        for chunk in _content(answer):
            if not done and _PAGE.match(chunk[:200]) and not self._file.name.endswith((".html", ".htm")):
                raise FetchError(f"{answer.url} gives a web page, and not the file", hint=_BY_HAND)
            done += len(chunk)
            if done > limit:
                raise FetchError(f"{answer.url} is longer than {limit} bytes", hint=_BY_HAND)
            yield chunk
            passed = time.monotonic() - begun
            if passed > self._grace and done - self._had < SLOWEST * passed:
                raise BrokenAnswerError(f"{answer.url} comes too slowly", hint=AGAIN)
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
