"""Where in a recording a flag is heard, and the address that plays it from there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

_SEGMENT = re.compile(r"\bs\d{4,}\b")


class Shelf:
    """The episodes of an output, as a report points to them."""

    def __init__(self, out: Path, base_url: str) -> None:
        """Take the output folder and where it is served; without that, links lead to the files."""
        self._out = out
        self._base = base_url.rstrip("/")

    def page(self, slug: str) -> str:
        """Address of an episode's page."""
        if self._base:
            return f"{self._base}/episodes/{quote(slug)}/"
        return (self._out / "episodes" / slug / "index.html").as_uri()

    def flags(self, slug: str, warnings: tuple[str, ...]) -> list[dict[str, Any]]:
        """Give the flags of an episode, each with the segments it names and the second where it is heard first."""
        starts = self._starts(slug) if any(_named(warning)[0] for warning in warnings) else {}
        return [self._flag(slug, warning, starts) for warning in warnings]

    def _flag(self, slug: str, warning: str, starts: dict[str, float]) -> dict[str, Any]:
        segments, message = _named(warning)
        heard = [starts[segment] for segment in segments if segment in starts]
        second = round(min(heard), 2) if heard else None
        page = self.page(slug)
        link = page if second is None else f"{page}#t={second:g}"
        return {"slug": slug, "segments": segments, "message": message, "second": second, "link": link}

    def _starts(self, slug: str) -> dict[str, float]:
        try:
            document = json.loads((self._out / "episodes" / slug / "episode.json").read_bytes())
            return {segment["id"]: float(segment["start"]) for segment in document["segments"]}
        except (OSError, ValueError, LookupError, TypeError):
            return {}  # then the flag is listed without a second


def _named(warning: str) -> tuple[list[str], str]:
    """The segments that a flag names before its first colon, and what it says of them."""
    before, colon, rest = warning.partition(":")
    segments = _SEGMENT.findall(before)
    if not colon or not segments:
        return [], warning
    return segments, rest.strip()
