"""Markdown, with or without front matter."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from articleaudio.errors import SourceError
from articleaudio.model import Article, Block, BlockKind, Dropped, SiteRule
from articleaudio.read import identity, languages, ledger
from articleaudio.read.dates import parse_date
from articleaudio.read.names import names
from articleaudio.read.rich import clean
from articleaudio.read.source import Source, title_of_file

_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\r?\n(.*?)^(?:\1|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL | re.MULTILINE)
_FOOTNOTE = re.compile(r"^\[\^[^\]\n]+\]:[ \t]*(?:.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]+\S)))*)\n?", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\n]+\]")
_ANCHOR = re.compile(r"^(#{1,6}[ \t].*?)[ \t]*\{#([\w:.-]+)\}[ \t]*#*[ \t]*$", re.MULTILINE)


class MarkdownReader:
    """Reads Markdown files; front matter gives title, author(s), date, updated, lang, url, id, slug, image and more."""

    name = "markdown"
    extensions = (".md", ".markdown", ".mdown")
    binary = False

    def accepts(self, source_name: str, head: bytes) -> bool:
        """Take what opens with front matter or a Markdown heading."""
        del source_name
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        return bool(re.match(rb"---[ \t]*\r?\n[\w-]+[ \t]*:|\+\+\+[ \t]*\r?\n|#{1,6} \S", start))

    def read(self, source: Source, text: str) -> Iterator[Article]:
        """Give the one article in the file."""
        matter, markdown = _front_matter(source.name, text)
        address = source.url or _text(matter, "url", "canonical", "canonical_url", "link")
        url = address if "://" in address else ""
        blocks, dropped = _body(markdown, url, source.settings.sites)
        title, opens = _title(matter, blocks, source)
        if opens:
            blocks, dropped = ledger.opened(blocks, dropped)
        given = _text(matter, "id", "guid", "uuid")
        known_by = identity.aliases(url=url, given=given, relative=source.relative, title=title)
        language = _text(matter, "lang", "language", "locale")
        yield Article(
            id=identity.article_id(known_by),
            aliases=known_by,
            title=title,
            language=languages.settle(language, " ".join(block.text for block in blocks)),
            blocks=blocks,
            dropped=dropped,
            dek=_text(matter, "dek", "description", "subtitle", "standfirst", "summary", "excerpt"),
            authors=_authors(matter),
            published=parse_date(_value(matter, "date", "published", "published_at", "pubdate")),
            updated=parse_date(_value(matter, "updated", "modified", "lastmod", "last_modified", "updated_at")),
            url=url,
            site=_text(matter, "site", "publication", "publisher"),
            section=_text(matter, "section", "category", "categories"),
            image=_text(matter, "image", "cover", "feature_image", "thumbnail"),
            status=_status(matter),
            visibility=_text(matter, "visibility") or "public",
            slug=_text(matter, "slug"),
        )


READER = MarkdownReader()
"""The reader for Markdown."""


def _front_matter(name: str, text: str) -> tuple[Mapping[str, Any], str]:
    """Front matter, its keys in lower case, and the text below it. Raises SourceError when it is broken."""
    text = text.lstrip("\ufeff\r\n")
    match = _MATTER.match(text)
    if match is None:
        return {}, text
    from frontmatter.default_handlers import YAMLHandler  # noqa: PLC0415 - brings a YAML parser along

    try:
        matter = tomllib.loads(match[2]) if match[1] == "+++" else YAMLHandler().load(match[2])
    except Exception as error:
        raise SourceError(
            f"the front matter of {name} cannot be read: {' '.join(str(error).split())[:200]}",
            hint="check the lines between the two `---`; a value with a colon in it needs quotes",
        ) from error
    if matter is not None and not isinstance(matter, Mapping):
        raise SourceError(
            f"the front matter of {name} is no list of `key: value` lines", hint="check the lines between the two `---`"
        )
    return {str(key).lower(): value for key, value in (matter or {}).items()}, text[match.end() :]


def _body(markdown: str, base: str, sites: tuple[SiteRule, ...]) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """Blocks and ledger of the Markdown text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - as lxml, only once something is read

    from articleaudio.read.html.reader import read_body  # noqa: PLC0415 - as above

    notes = [clean(note) for note in _FOOTNOTE.findall(markdown)]
    markdown = _FOOTNOTE_MARK.sub("", _FOOTNOTE.sub("", markdown))
    markdown = _ANCHOR.sub(r'\1<a id="\2"></a>', markdown)
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)
    body = read_body(html, base, sites)
    return body.blocks, body.dropped + tuple(Dropped(note, "footnote") for note in notes)


def _title(matter: Mapping[str, Any], blocks: tuple[Block, ...], source: Source) -> tuple[str, bool]:
    """The title from front matter, else from the heading the text opens with, else from the file's name.

    And whether the first block says it.
    """
    given = _text(matter, "title", "headline")
    first = blocks[0] if blocks else None
    opens = first is not None and first.kind is BlockKind.HEADING and first.level == 1
    if first and opens and (not given or clean(given).casefold() == first.text.casefold()):
        return first.text, True
    return given or title_of_file(source), False


def _value(matter: Mapping[str, Any], *keys: str) -> object:
    return next((matter[key] for key in keys if matter.get(key) not in (None, "", [])), None)


def _text(matter: Mapping[str, Any], *keys: str) -> str:
    value = _value(matter, *keys)
    if isinstance(value, list):
        value = value[0]
    if isinstance(value, Mapping):
        value = value.get("src") or value.get("url") or value.get("name")
    return clean(str(value)) if value is not None else ""


def _authors(matter: Mapping[str, Any]) -> tuple[str, ...]:
    value = _value(matter, "authors", "author", "by", "byline")
    items = value if isinstance(value, list) else [value]
    lines = [str(item.get("name") or "") if isinstance(item, Mapping) else str(item or "") for item in items]
    return names(*lines)


def _status(matter: Mapping[str, Any]) -> str:
    """`draft: true` and `published: false` are other ways to say `status: draft`."""
    status = _text(matter, "status").lower()
    if matter.get("draft") is True or matter.get("published") is False:
        return "draft"
    return status or "published"
