"""Making segments, tokens and voices for tests."""

import re
from types import MappingProxyType

from articleaudio.model import Boundary, Role, Segment, Token, TokenKind, Voice

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def make_segment(written, tokens=None, *, language="en", boundary=Boundary.SENTENCE, id_="s0001"):
    """A segment as the script stage makes it; without tokens every word is said as written."""
    if tokens is None:
        tokens = [Token(m.start(), m.end(), TokenKind.WORDS, m[0], "plain") for m in WORD.finditer(written)]
    return Segment(id_, Role.BODY, written, tuple(tokens), boundary, language)


def make_token(written, stretch, say, kind=TokenKind.WORDS):
    """A token for the first place where a stretch is written."""
    start = written.index(stretch)
    return Token(start, start + len(stretch), kind, say, "test")


def make_voice(engine="tone", **options):
    return Voice(
        name=f"{engine}-voice",
        engine=engine,
        language="en",
        options=MappingProxyType({k: str(v) for k, v in options.items()}),
    )
