"""The player: `article-audio.js`, one file without dependencies, put together from the parts in this folder.

The parts share one scope and stand in the order of `PARTS`. Putting together drops lines that are nothing but a
comment, and spaces that nobody needs; names and lines stay, so that what a browser runs can be read beside its source.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

PARTS = (
    "base",
    "labels",
    "style",
    "episode",
    "controls",
    "panel",
    "keep",
    "session",
    "mini",
    "playlist",
    "readalong",
    "frame",
    "element",
)
"""The parts, in order: each may use what the earlier ones declare, functions of all once the page runs."""

LICENCE = "/*! article-audio, Apache-2.0. No tracking: nothing is fetched but the episode's own files. */"
"""First line of the file."""

_SPACES = re.compile(
    r"""
    (?P<kept> "[^"\n]*" | '[^'\n]*' | `[^`]*` )          # texts stay as they are
    | [ ]* (?P<sign> [{}()\[\],;:?=<>&|*!] | =>) [ ]*    # around signs, where a space never tells anything
    """,
    re.VERBOSE,
)
_STYLE = re.compile(r" *([{};,>]|:(?= )) *")


@functools.cache
def player_bytes() -> bytes:
    """The finished file."""
    lines = [LICENCE, "(() => {", '"use strict";']
    lines += ['if (customElements.get("article-audio")) return;']
    for part in PARTS:
        text = (Path(__file__).parent / f"{part}.js").read_text("utf-8")
        kept = [line for raw in text.splitlines() if (line := raw.strip()) and not line.startswith("//")]
        lines += [_closer(line, style=part == "style") for line in kept]
    return "\n".join((*lines, "})();", "")).encode()


def _closer(line: str, *, style: bool) -> str:
    """A line without the spaces that nobody needs."""
    if style:
        return _STYLE.sub(r"\1", line)
    return _SPACES.sub(lambda found: found["kept"] or found["sign"], line)
