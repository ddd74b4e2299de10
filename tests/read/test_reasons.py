"""Every reason is told in words."""

from __future__ import annotations

import re
from pathlib import Path

import articleaudio.read
from articleaudio.read.html.data import table
from articleaudio.read.reasons import REASONS

from .golden import PAGES, read


def test_the_data_give_known_reasons() -> None:
    given = {group["reason"] for group in table("phrases")["group"]} | set(table("phrases")["sections"])
    given |= set(table("boxes")["strong"]) | set(table("boxes")["weak"])
    given |= set(table("elements")["tags"].values()) | set(table("elements")["roles"].values())
    assert given <= set(REASONS)


def test_the_code_gives_known_reasons() -> None:
    root = Path(articleaudio.read.__file__).parent
    code = "\n".join(path.read_text("utf-8") for path in root.rglob("*.py"))
    given = re.findall(r"""reason = "([\w-]+)\"""", code) + re.findall(r"""Dropped\([^()\n]+, "([\w-]+)"\)""", code)
    assert {"title", "byline", "footnote"} <= set(given) <= set(REASONS)


def test_the_ledgers_give_known_reasons() -> None:
    given = {piece.reason for page in PAGES.glob("*.html") for piece in read(page).dropped}
    assert given <= set(REASONS)
    assert len(given) > 25
