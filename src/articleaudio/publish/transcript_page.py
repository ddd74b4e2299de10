"""transcript.html: what is said, to be read without a player, and as podcast apps take it from a feed.

Standard: the HTML transcript of the podcast namespace, a `time` before each `p`. There is no `cite`, which names who
speaks: nobody does. The page needs no other file and runs no script.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import urlsplit

from articleaudio.disclosure import Disclosed
from articleaudio.model import Article, Role, TimedSegment
from articleaudio.publish.document import ms, web_address

RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"))
"""Languages written from right to left."""

OPENING = frozenset((Role.DISCLOSURE, Role.SECTION, Role.HEADLINE, Role.DEK, Role.BYLINE, Role.DATE, Role.UPDATED))
"""What is said before the article begins: the page's header."""

_WRAPPED = {Role.QUOTE: "blockquote", Role.LIST_ITEM: "ul", Role.TABLE_ROW: "ul"}
_NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NO_CHARACTERS}]")
_NO_ADDRESS = re.compile(r'[\s"<>\\^`{|}]')
_STYLE = (
    ":root{color-scheme:light dark;background:Canvas;color:CanvasText}"
    "body{max-width:40rem;margin:0 auto;padding:1rem;font:1.125rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere}"
    "time{display:block;font-size:.8rem;opacity:.75}p,h1,h2,h3,h4,h5,h6{margin:0 0 1rem}"
    "ul{padding-inline-start:1.2rem}blockquote{margin-inline:1.2rem}"
)

Said = Sequence[TimedSegment]
"""What is said of one block of the article."""


def transcript_page(article: Article, segments: Sequence[TimedSegment], disclosed: Disclosed) -> bytes:
    """The page, as UTF-8. Same facts, same bytes; nothing in it depends on the bytes of the audio."""
    opening = [timed for timed in segments if timed.segment.role in OPENING]
    rest = [timed for timed in segments if timed.segment.role not in OPENING]
    title, address = _text(article.title), _attribute(_address(article))
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{_attribute(article.language)}" dir="{_direction(article.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        *([f'<link rel="canonical" href="{address}">'] if address else ()),
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<header>",
        *_header(article, opening, disclosed),
        "</header>",
        "<main>",
        *_body(article, rest),
        "</main>",
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _header(article: Article, opening: Said, disclosed: Disclosed) -> Iterator[str]:
    """The headline, how the audio was made, and what else is said first; what is said has its time."""
    roles = {timed.segment.role for timed in opening}
    if Role.HEADLINE not in roles:
        yield f"<h1>{_text(article.title)}</h1>"
    for role, run in groupby(opening, lambda timed: timed.segment.role):
        yield from _timed("h1" if role is Role.HEADLINE else "p", tuple(run), article.language)
    if disclosed.text and Role.DISCLOSURE not in roles:
        yield f"<p{_other(disclosed.language, article.language)}>{_text(disclosed.text)}</p>"
    if address := _address(article):
        name = _text(article.site) or _text(urlsplit(address).hostname or address)
        yield f'<p><a href="{_attribute(address)}">{name}</a></p>'


def _body(article: Article, segments: Said) -> Iterator[str]:
    """The blocks of the article; neighbours of a kind that belong together (a list, a quotation) are put together."""
    blocks = [tuple(run) for _, run in groupby(segments, _place)]
    above = 1
    for role, group in groupby(blocks, lambda block: block[0].segment.role):
        wrap = _WRAPPED.get(role)
        if wrap:
            yield f"<{wrap}>"
        for said in group:
            if wrap == "ul":
                yield "<li>"
            element = "p"
            if role is Role.HEADING:
                above = _level(article, said, above)
                element = f"h{above}"
            yield from _timed(element, said, article.language)
            if wrap == "ul":
                yield "</li>"
        if wrap:
            yield f"</{wrap}>"


def _place(timed: TimedSegment) -> object:
    """What keeps segments together: their block; what no block says stands alone."""
    segment = timed.segment
    return segment.id if segment.block is None else segment.block


def _level(article: Article, said: Said, above: int) -> int:
    """The level of a heading: the article's, below the headline's and without leaving one out, as readers want it."""
    block = said[0].segment.block
    own = article.blocks[block].level if block is not None and block < len(article.blocks) else 2
    return min(max(own, 2), above + 1, 6)


def _timed(element: str, said: Said, language: str) -> Iterator[str]:
    """A time and what is said from there on, in an element of its own."""
    first = said[0]
    text = ""
    at = 0
    for timed in said:
        segment = timed.segment
        gap = segment.block is None or segment.offset != at  # Chinese sentences follow each other without a space
        text += (" " if text and gap else "") + _marked(timed)
        at = segment.offset + len(segment.written)
    yield f'<time datetime="PT{ms(first.start):.3f}S">{_clock(first.start)}</time>'
    yield f"<{element}{_other(first.segment.language, language)}>{text}</{element}>"


def _marked(timed: TimedSegment) -> str:
    """The words of a segment; stretches in other languages say which."""
    segment = timed.segment
    text = ""
    at = 0
    for switch in segment.switches:
        text += _text(segment.written[at : switch.start])
        stretch = _text(segment.written[switch.start : switch.end])
        text += f'<span lang="{_attribute(switch.language)}">{stretch}</span>'
        at = switch.end
    return text + _text(segment.written[at:])


def _clock(seconds: float) -> str:
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def _other(language: str, page: str) -> str:
    """The attributes of an element that is in another language than the page."""
    if not language or language == page:
        return ""
    turned = f' dir="{_direction(language)}"' if _direction(language) != _direction(page) else ""
    return f' lang="{_attribute(language)}"{turned}'


def _address(article: Article) -> str:
    """The article's address as HTML wants it: what an address cannot hold is written as browsers would send it."""
    address = web_address(article.url)
    return _NO_ADDRESS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address)


def _direction(language: str) -> str:
    return "rtl" if language.lower().partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def _text(text: str) -> str:
    return html.escape(_FORBIDDEN.sub("", text), quote=False)


def _attribute(text: str) -> str:
    return html.escape(_FORBIDDEN.sub("", text))
