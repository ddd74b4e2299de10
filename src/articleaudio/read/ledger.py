"""The ledger's places: they count blocks, so they move when a block is taken out."""

from __future__ import annotations

from dataclasses import replace

from articleaudio.model import Block, Dropped


def opened(blocks: tuple[Block, ...], dropped: tuple[Dropped, ...]) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """The body and its ledger when the first block was the headline: it moves into the ledger."""
    before = sum(piece.before == 0 for piece in dropped)
    moved = tuple(replace(piece, before=max(0, piece.before - 1)) if piece.before else piece for piece in dropped)
    return blocks[1:], (*moved[:before], Dropped(blocks[0].text, "title", 0), *moved[before:])
