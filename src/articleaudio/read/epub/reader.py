"""A book → its chapters as articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from articleaudio.errors import SourceError, TooLongError
from articleaudio.model import Article, Dropped, Failure
from articleaudio.read.archive import Element, open_archive
from articleaudio.read.epub.chapters import Chapter, chapters
from articleaudio.read.epub.contents import read_contents
from articleaudio.read.epub.package import Package, read_package
from articleaudio.read.post import Post, article_of, item_name
from articleaudio.read.rich import clean
from articleaudio.read.source import Source

_MOST = 2_500_000
"""Characters of a chapter above which it is not read at all: it would be refused after minutes of work."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def read_book(source: Source, data: bytes) -> Iterator[Article | Failure]:
    """The chapters of a book, each an article. Raises SourceError when the book as a whole cannot be read."""
    archive = open_archive(data, source.name)
    package = read_package(archive)
    book = package.identifier or source.relative or package.title or source.name
    for number, chapter in enumerate(chapters(archive, package, read_contents(archive, package)), start=1):
        try:
            article = _article(chapter, package, book, source, number)
        except SourceError as error:
            yield Failure(item_name(source, "", number), error.message, error.hint, error.exit_code)
        else:
            if article is not None:
                yield article


def _article(chapter: Chapter, package: Package, book: str, source: Source, number: int) -> Article | None:
    """The article that a chapter is; None when there is nothing in it."""
    from lxml import html  # noqa: PLC0415 - only once a book is read

    if chapter.error is not None:
        raise chapter.error
    if sum(len(body.text_content()) for body in chapter.bodies) > _MOST:
        raise TooLongError(
            f"{item_name(source, '', number)} has over {_MOST:,} characters", hint="give the chapter in parts"
        )
    title, repeated = _title(chapter)
    text = "".join(html.tostring(child, encoding="unicode") for body in chapter.bodies for child in _content(body))
    post = Post(
        title=escape(title or f"{package.title} {number}".strip(), quote=False),
        html=text,
        given=f"{book}#{chapter.href}",
        authors=package.authors,
        published=package.published,
        updated=package.updated,
        language=package.language,
        site=escape(package.title, quote=False),
        dropped=repeated + tuple(chapter.dropped),
    )
    article = article_of(post, source, number)
    return article if article.blocks or article.dropped else None


def _title(chapter: Chapter) -> tuple[str, tuple[Dropped, ...]]:
    """The title in the table of contents, or the heading that says more; what repeats it leaves the text."""
    title = chapter.title
    repeated: list[Dropped] = []
    for heading in _opening(chapter):
        text = clean(heading.text_content())
        said, known = set(_words(text)), set(_words(title))
        if not title or (known and known < said and text.casefold().startswith(title.casefold())):
            title = text
        elif not said or not said <= known:
            break
        repeated.append(Dropped(text, "title"))
        heading.drop_tree()
    return title, tuple(repeated)


def _opening(chapter: Chapter) -> list[Element]:
    """The headings that a chapter opens with, before any other text."""
    found: list[Element] = []
    inside: set[Element] = set()
    for element in chapter.bodies[0].iter("*") if chapter.bodies else ():
        if element.getparent() in inside:
            inside.add(element)
            continue
        if element.tag in _HEADINGS and clean(element.text_content()):
            found.append(element)
            inside.add(element)
        elif clean(element.text or ""):
            break
        if clean(element.tail or "") and element is not chapter.bodies[0]:
            break
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _content(body: Element) -> Iterator[Element]:
    """What a body holds, its loose text as paragraphs of their own."""
    if clean(body.text or ""):
        loose = body.makeelement("p")
        loose.text = body.text
        yield loose
    yield from body
