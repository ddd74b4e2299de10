"""A Word document → its article: which line is the headline, who wrote it, and what is left for the body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from articleaudio.model import Article, Dropped
from articleaudio.read.archive import Element, open_archive
from articleaudio.read.docx.convert import Document, convert
from articleaudio.read.furniture import furniture
from articleaudio.read.names import names
from articleaudio.read.post import Post, article_of
from articleaudio.read.rich import clean, ends_sentence, shorten
from articleaudio.read.source import Source, title_of_file

_EARLY = 4
"""A headline is among so many first lines."""
_LONGEST = 150
"""A longer line is no headline, in characters."""
_NO_TITLE = re.compile(
    r"^(?:(?:microsoft )?word\b.*|(?:document|dokument|документ) ?\d*|untitled|template|"
    r".*\.(?:docx?|dotx?|rtf|odt|tmp))$",
    re.IGNORECASE,
)
"""Titles that programs put into a document's properties."""
_NO_AUTHOR = re.compile(
    r"^(?:microsoft|user|admin|owner|windows|unknown|python|apache|word|author|home|pc)\b", re.IGNORECASE
)
"""What programs call whoever sits before them."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above the body."""

    title: str
    dek: str
    people: tuple[str, ...]
    dates: tuple[str, ...]
    dropped: tuple[Dropped, ...]


def read_document(source: Source, data: bytes) -> Article:
    """The article in a document. Raises SourceError and its kin."""
    from lxml import html  # noqa: PLC0415 - only once a document is read

    document = convert(open_archive(data, source.name))
    body = html.fragment_fromstring(document.html, create_parent="div")
    head = _head(body, document, source)
    below = furniture(_lines(body))
    for block in list(body)[: below.lines]:
        body.remove(block)
    dated = furniture(head.dates, authors=False)
    properties = () if _NO_AUTHOR.match(document.author) else names(document.author)
    return article_of(
        Post(
            title=escape(head.title, quote=False),
            html=html.tostring(body, encoding="unicode"),
            dek=escape(head.dek, quote=False),
            authors=names(*head.people) or below.authors or properties,
            published=below.published or dated.published or document.created,
            updated=document.modified,
            language=document.language,
            dropped=head.dropped + below.dropped + document.dropped,
        ),
        source,
    )


def _head(body: Element, document: Document, source: Source) -> _Head:
    """Take the headline, the standfirst and what is styled as by-line or date out of the body."""
    dropped: list[Dropped] = []
    title = _headline(body, document)
    named = title if isinstance(title, str) else _text(title)
    if not isinstance(title, str):
        dropped.append(Dropped(named, "title"))
        body.remove(title)
    found: dict[str, list[str]] = {"aadek": [], "aabyline": [], "aadate": []}
    reasons = {"aadek": "dek", "aabyline": "byline", "aadate": "date"}
    for number, block in enumerate(list(body)):
        kind = block.get("class") or ""
        if kind == "aatitle":
            block.tag = "h1"
            del block.attrib["class"]
        elif kind in found and number < 2 * _EARLY and (kind != "aadek" or not found[kind]):
            text = _text(block)
            found[kind].append(text)
            dropped.append(Dropped(shorten(text), reasons[kind]))
            body.remove(block)
        elif kind in found:
            del block.attrib["class"]
    return _Head(
        named or title_of_file(source),
        " ".join(found["aadek"]),
        tuple(found["aabyline"]),
        tuple(found["aadate"]),
        tuple(dropped),
    )


def _headline(body: Element, document: Document) -> Element | str:
    """The line that is the headline, or the title in the properties for want of one.

    The line styled as title; the first heading of the first level, if it opens the text or is the only one; the line
    that repeats the title of the properties; a short first line.
    """
    blocks = [block for block in body if _text(block)]
    early = blocks[:_EARLY]
    styled = next((block for block in blocks if block.get("class") == "aatitle"), None)
    if styled is not None:
        return styled
    first_level = [block for block in blocks if block.tag == "h1"]
    if first_level and (len(first_level) == 1 or first_level[0] in early):
        return first_level[0]
    given = "" if _NO_TITLE.match(document.title) else document.title
    repeated = next((block for block in early if given and _text(block).casefold() == given.casefold()), None)
    if repeated is not None:
        return repeated
    if len(blocks) > 1 and _is_line(blocks[0], blocks[1:]):
        return blocks[0]
    return given


def _is_line(block: Element, others: list[Element]) -> bool:
    """Whether an unstyled first line is a headline: short, no sentence, and longer text follows."""
    text = _text(block)
    longest = max(len(_text(other)) for other in others)
    return block.tag in {"p", "h2", "h3"} and len(text) <= _LONGEST and not ends_sentence(text) and longest > len(text)


def _lines(body: Element) -> list[str]:
    return [_text(block) for block in list(body)[:_EARLY]]


def _text(block: Element) -> str:
    return clean(block.text_content())
