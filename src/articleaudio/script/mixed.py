"""Reading a sentence of several languages: each stretch by the rules of its own language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from unicodedata import combining

from articleaudio.model import Switch, Token
from articleaudio.script.alphabets import ALPHABETS, alphabet_of

ReadOwn = Callable[[str], list[Token]]
"""Gives the tokens of the sentence by the article's rules; is given what they are to see of it."""

ReadOther = Callable[[Switch], list[Token]]
"""Gives the tokens of a stretch by its own language's rules, counted from its start."""


def mixed(
    written: str, switches: Sequence[Switch], tag: str, own: ReadOwn, other: ReadOther
) -> tuple[list[Token], tuple[Switch, ...]]:
    """The tokens of a sentence, and the switches that hold: one that a reading reaches across does not."""
    held = tuple(switches)
    for _ in range(2):
        around = own(_masked(written, held, tag))
        crossed = _crossed(around, held)
        if not crossed:
            break
        held = tuple(switch for at, switch in enumerate(held) if at not in crossed)
    else:
        held, around = (), own(written)
    tokens: list[Token] = []
    at = 0
    for switch in held:
        while at < len(around) and around[at].start < switch.start:
            tokens.append(around[at])
            at += 1
        while at < len(around) and around[at].start < switch.end:
            at += 1
        move = switch.start
        tokens += (replace(token, start=token.start + move, end=token.end + move) for token in other(switch))
    return [*tokens, *around[at:]], held


def _masked(written: str, switches: Sequence[Switch], tag: str) -> str:
    """The sentence with letters that mean nothing in place of what is in another language."""
    mask = ALPHABETS[alphabet_of(tag)].mask
    capital, small = mask[0], mask[1]
    parts: list[str] = []
    at = 0
    for switch in switches:
        parts.append(written[at : switch.start])
        for character in written[switch.start : switch.end]:
            word = character.isalnum() or combining(character)
            parts.append((capital if character.isupper() else small) if word else character)
        at = switch.end
    return "".join([*parts, written[at:]])


def _crossed(tokens: Sequence[Token], switches: Sequence[Switch]) -> set[int]:
    """Places of the switches that a token lies across an edge of."""
    found: set[int] = set()
    first = 0
    for place, switch in enumerate(switches):
        while first < len(tokens) and tokens[first].end <= switch.start:
            first += 1
        look = first
        while look < len(tokens) and tokens[look].start < switch.end:
            token = tokens[look]
            if token.start < switch.start or token.end > switch.end:
                found.add(place)
            look += 1
    return found
