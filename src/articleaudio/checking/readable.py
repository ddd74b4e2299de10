"""The captions as SRT and the transcript as a page: what is there to be read must be what episode.json says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from typing import Any

from articleaudio.checking.findings import Finding

_TIMES = re.compile(r"(\d{2,}:[0-5]\d:[0-5]\d)[.,](\d{3}) --> (\d{2,}:[0-5]\d:[0-5]\d)[.,](\d{3})")
_TAGS = re.compile(r"<[^>]*>")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNSEEN = re.compile(f"[\u2060\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd\ufdd0-\ufdef{_NO_CHARACTERS}]")
"""What one kind of file drops, replaces or needs, and nobody sees."""
_AGAIN = "convert the article again: lost and changed files are put back"


def subtitle_findings(path: Path, captions: Path) -> Iterator[Finding]:
    """Where an SRT file is not well-formed, or differs from the WebVTT captions."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
        theirs = captions.read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        what = "it is missing" if isinstance(error, FileNotFoundError) else f"it cannot be read: {error}"
        yield Finding("captions", what, path.name, hint=_AGAIN)
        return
    if data.startswith(b"\xef\xbb\xbf"):
        yield Finding("captions", "it begins with a byte order mark", path.name, hint=_AGAIN)
    blocks = [block.split("\n") for block in text.strip("\n").split("\n\n")]
    shown = [tuple(_cue(block[1:])) for block in blocks]
    wanted = [tuple(_cue(_plain(block).split("\n")[1:])) for block in theirs.strip("\n").split("\n\n")[1:]]
    for number, (block, ours, other) in enumerate(zip_longest(blocks, shown, wanted), 1):
        what = ""
        if ours != other:
            what = f"cue {number} differs from {captions.name}"
        elif block[0] != str(number):
            what = f"cue {number} is numbered {block[0]!r}"
        elif not 3 <= len(block) <= 4:
            what = f"cue {number} has {len(block) - 2} lines"
        if what:
            yield Finding("captions", what, path.name, hint=_AGAIN)


def page_findings(path: Path, episode: dict[str, Any]) -> Iterator[Finding]:
    """Which segments a transcript page lacks, and whether it tells how the audio was made."""
    reader = _Reader()
    try:
        reader.feed(path.read_text("utf-8"))
        reader.close()
    except (OSError, ValueError) as error:
        what = "it is missing" if isinstance(error, FileNotFoundError) else f"it cannot be read: {error}"
        yield Finding("transcript", what, path.name, hint=_AGAIN)
        return
    page = _seen("".join(reader.text))
    at = 0
    for segment in episode["segments"]:
        found = page.find(_seen(segment["written"]), at)
        if found < 0:
            yield Finding("transcript", f"{segment['id']} is missing", path.name, segment["start"], hint=_AGAIN)
        at = max(at, found)
    if _seen(episode["disclosure"]) not in page:
        yield Finding("transcript", "it does not show the disclosure", path.name, hint=_AGAIN)
    if reader.scripts:
        yield Finding("transcript", "it runs a script", path.name, hint=_AGAIN)


class _Reader(HTMLParser):
    """Keeps what a reader of a page sees, and whether it runs scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.scripts = False
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts |= tag == "script" or any(name.startswith("on") for name, _ in attrs)
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 -- so it is called
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in {"title", "style", "time"}:
            self.text.append(data)


def _cue(lines: list[str]) -> Iterator[str]:
    """A cue's times and words, in a form that both kinds of file have."""
    times = _TIMES.fullmatch(lines[0]) if lines else None
    yield from times.groups() if times else ()
    yield _UNSEEN.sub("", "\n".join(lines[1:]))


def _plain(block: str) -> str:
    """A WebVTT cue without tags and entities."""
    head, arrow, rest = block.partition("-->")
    text = _TAGS.sub("", rest)
    return head + arrow + re.sub("|".join(_ENTITIES), lambda match: _ENTITIES[match[0]], text)


def _seen(text: str) -> str:
    """Text as it can be seen on a page: without what HTML cannot hold, single spaces."""
    return " ".join(_UNSEEN.sub("", " ".join(text.split())).split())
