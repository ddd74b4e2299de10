"""The player: `article-audio.js`, one file without dependencies, put together from the parts in this folder.

The parts share one scope and stand in the order of `PARTS`. Putting together only drops indentation and lines that are
nothing but a comment, so that what a browser runs can be read beside its source.
"""

from __future__ import annotations

import functools
from pathlib import Path

PARTS = ("base", "labels", "style", "readalong", "frame", "element")
"""The parts, in order: each may use what the earlier ones declare, functions of all once the page runs."""

LICENCE = (
    "/*! article-audio: read-along player for news articles. No dependencies, no tracking, no calls but for the "
    "episode's own files. Apache-2.0 */"
)
"""First line of the file."""


@functools.cache
def player_bytes() -> bytes:
    """The finished file."""
    lines = [LICENCE, "(() => {", '"use strict";']
    lines += ['if (!globalThis.customElements || customElements.get("article-audio")) return;']
    for part in PARTS:
        text = (Path(__file__).parent / f"{part}.js").read_text("utf-8")
        lines += (line for raw in text.splitlines() if (line := raw.strip()) and not line.startswith("//"))
    return "\n".join((*lines, "})();", "")).encode()
