"""Set phrases: `phrases.md` says for each sentence why it goes, or that it stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from articleaudio.read.html import phrases

TABLE = Path(__file__).with_name("phrases.md").read_text("utf-8").partition("\n## ")[2]


def table() -> Iterator[tuple[str, float, str]]:
    for part in TABLE.split("\n## "):
        reason, _, lines = part.partition("\n")
        for line in filter(None, lines.splitlines()):
            match = re.fullmatch(r"(.*?)(?: \[(0\.\d)\])?", line)
            yield match[1], float(match[2] or 0), "" if reason == "kept" else reason


@pytest.mark.parametrize(("sentence", "link", "reason"), list(table()))
def test_phrase(sentence: str, link: float, reason: str) -> None:
    assert phrases.reason(sentence, link=link) == reason


def test_quotations_are_let_speak() -> None:
    assert phrases.reason("Support us, or we shall close.") == "plea"
    assert phrases.reason("Support us, or we shall close.", quoted=True) == ""
    assert phrases.reason("— Ida Storm (@idastorm) May 4, 2026", quoted=True) == "embed"


@pytest.mark.parametrize(
    ("heading", "opens"),
    [("Sources", "sources"), ("Read next:", "related"), ("About the author", "bio"), ("3 comments", "comments"),
     ("Support us", "plea"), ("What the sources say", ""), ("More than a game", ""), ("The discussion goes on", ""),
     ("Support for the bill", "")],
)  # fmt: skip
def test_sections(heading: str, opens: str) -> None:
    assert phrases.section(heading) == opens
