"""The player: `article-audio.js`, one file without dependencies, put together from the parts in this folder.

The parts share one scope and stand in the order of `PARTS`. What readers get is `article-audio.js` beside them: the
parts with short names and no spaces, made by `make player`, because every reader waits for every byte. Its first line
names the parts that it was made from; when these have changed since, the parts themselves are given, longer.
"""

from __future__ import annotations

import functools
import hashlib
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

BUILT = Path(__file__).parent / "article-audio.js"
"""The finished file."""


def source() -> str:
    """The parts in one scope, without indentation and lines that are nothing but a comment."""
    lines = ["(() => {", '"use strict";', 'if (customElements.get("article-audio")) return;']
    for part in PARTS:
        text = (Path(__file__).parent / f"{part}.js").read_text("utf-8")
        lines += (line for raw in text.splitlines() if (line := raw.strip()) and not line.startswith("//"))
    return "\n".join((*lines, "})();", ""))


def first_line(text: str) -> bytes:
    """What stands above a file made from some source: what it is, and from which source."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"/*! article-audio {digest}, Apache-2.0 */\n".encode()


@functools.cache
def player_bytes() -> bytes:
    """The finished file."""
    text = source()
    built = BUILT.read_bytes() if BUILT.is_file() else b""
    return built if built.startswith(first_line(text)) else first_line(text) + text.encode()
