"""List files: one path or address a line, read line by line however many there are."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from articleaudio.errors import SourceError
from articleaudio.read.source import missing

LONGEST = 16 * 1024
"""Bytes that a line may have: four times the longest path that systems take."""

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""What begins a file that Windows saved as "Unicode"."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list that says something."""

    number: int
    """From 1, as editors count."""
    text: str
    """What it says."""
    problem: str = ""
    """Why it cannot be used; empty when it can."""


def read_list(name: str) -> Iterator[Line]:
    """Give the lines of a list file, `-` for standard input, without blank ones and comments (`#`).

    A line that is no UTF-8, too long or holds a zero byte is given with its problem, and the rest goes on. Raises
    SourceError when the list cannot be read at all.
    """
    if name == "-":
        yield from _lines(name, sys.stdin.buffer)
        return
    try:
        with Path(name).open("rb") as file:
            yield from _lines(name, file)
    except FileNotFoundError as error:
        raise missing(name) from error
    except IsADirectoryError as error:
        raise SourceError(
            f"{name} is a folder, no list", hint="a folder is a source: name it without --from"
        ) from error
    except OSError as error:
        raise SourceError(
            f"cannot read the list {name}: {error.strerror or error}", hint="check that the file may be read by you"
        ) from error


def _lines(name: str, file: BinaryIO) -> Iterator[Line]:
    number = 0
    while data := file.readline(LONGEST):
        number += 1
        if number == 1:
            if data.startswith(UTF_16):
                raise SourceError(f"the list {name} is UTF-16", hint="save it as UTF-8")
            data = data.removeprefix(codecs.BOM_UTF8)
        if len(data) >= LONGEST and not data.endswith(b"\n"):
            while data and not data.endswith(b"\n"):
                data = file.readline(LONGEST)
            yield Line(number, "", f"it is longer than {LONGEST:,} bytes")
            continue
        if line := _line(number, data.strip()):
            yield line


def _line(number: int, data: bytes) -> Line | None:
    if not data or data.startswith(b"#"):
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Line(number, "", f"it is no UTF-8 (byte {data[error.start]:02X} at column {error.start + 1})")
    if "\0" in text:
        return Line(number, "", "it holds a zero byte, which no path has")
    if text == "-":
        return Line(number, text, "standard input cannot be named in a list")
    return Line(number, text)
