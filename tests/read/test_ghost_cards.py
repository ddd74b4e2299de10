"""Every card of Ghost's editor, as its own renderer writes it on the page, is spoken or dropped as it should be."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from articleaudio.read.html.reader import read_body

CARDS = tomllib.loads((Path(__file__).parent / "ghost-cards.toml").read_text("utf-8"))
BEFORE = "<p>The council met on Tuesday to talk about the bridge, and it voted for a new one after a long debate.</p>"
AFTER = "<p>The mayor said on Friday that work on the road to the river would begin as soon as the snow has gone.</p>"
TWEET = """<figure class="kg-card kg-embed-card"><blockquote class="twitter-tweet"><p lang="en" dir="ltr">The bridge is
closed until further notice, and we are sorry.</p>&mdash; Port (@port) <a href="https://example.org/1">July 1, 2026</a>
</blockquote><script async src="x"></script></figure>"""


@pytest.mark.parametrize("card", CARDS["spoken"], ids=lambda card: card["name"])
def test_is_spoken(card: dict[str, Any]) -> None:
    body = read_body(BEFORE + card["html"] + AFTER)
    assert [block.text for block in body.blocks[1:-1]] == card["texts"]
    assert {piece.reason for piece in body.dropped} <= {"ornament"}


@pytest.mark.parametrize("card", CARDS["dropped"], ids=lambda card: card["name"])
def test_is_dropped_with_a_reason(card: dict[str, Any]) -> None:
    body = read_body(BEFORE + card["html"] + AFTER)
    ledger = {piece.text: piece.reason for piece in body.dropped}
    assert card["reasons"].items() <= ledger.items()
    assert not [block.text for block in body.blocks if block.text in card["reasons"]]
    assert (body.blocks[0].text[:11], body.blocks[-1].text[:9]) == ("The council", "The mayor")


def test_an_embedded_post_is_quoted_without_its_frame() -> None:
    body = read_body(BEFORE + TWEET + AFTER)
    texts = [block.text for block in body.blocks[1:-1]]
    assert texts == ["The bridge is closed until further notice, and we are sorry."]
    assert [(piece.text, piece.reason) for piece in body.dropped] == [("— Port (@port) July 1, 2026", "embed")]
