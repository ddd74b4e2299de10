"""Which line tells how the audio was made: one rule for what is spoken, shown and tagged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Disclosed:
    """The disclosure line of one article."""

    text: str = ""
    """The line; empty where the house is silent."""
    language: str = ""
    """BCP 47 tag of the line, which may be another than the article's; empty with the text."""


def disclosed(lines: Mapping[str, str], language: str, show_language: str = "") -> Disclosed:
    """Choose the line for an article in `language` from `lines`, which are by language tag.

    In order: that of the language as the article names it, of its primary subtag, of the show's language (the same
    two steps), English. A line in a language that the listener may not know still tells more than silence does.
    """
    for tag in (*_steps(language), *_steps(show_language), "en"):
        if text := lines.get(tag, "").strip():
            return Disclosed(text, language if tag in _steps(language) else tag)
    return Disclosed()


def _steps(language: str) -> tuple[str, str]:
    tag = language.lower().replace("_", "-")
    return tag, tag.partition("-")[0]
