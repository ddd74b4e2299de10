"""A Markdown file → its article."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from articleaudio.errors import NoArticleError
from articleaudio.model import Article, Block, BlockKind, Dropped, SiteRule
from articleaudio.read import identity, languages, ledger
from articleaudio.read.dates import parse_date
from articleaudio.read.markdown.extras import plain_markdown
from articleaudio.read.markdown.matter import front_matter
from articleaudio.read.names import names
from articleaudio.read.rich import clean, shorten
from articleaudio.read.source import Source, title_of_file


def read_markdown(source: Source, text: str) -> Article:
    """The article in a file. Raises SourceError when its front matter is broken."""
    matter, markdown = front_matter(source.name, text)
    address = source.url or _text(matter, "url", "canonical", "canonical_url", "link")
    url = address if "://" in address else ""
    blocks, dropped = _body(markdown, url, source.settings.sites)
    title, repeated = _title(matter, blocks, source)
    if repeated:
        blocks, dropped = ledger.opened(blocks, dropped)
    given = _text(matter, "id", "guid", "uuid")
    known_by = identity.aliases(url=url, given=given, relative=source.relative, title=title)
    language = _text(matter, "lang", "language", "locale")
    published = parse_date(_value(matter, "date", "published", "published_at", "publishdate", "pubdate"))
    return Article(
        id=identity.article_id(known_by),
        aliases=known_by,
        title=title,
        language=languages.settle(language, " ".join(block.text for block in blocks)),
        blocks=blocks,
        dropped=dropped,
        dek=_text(matter, "dek", "description", "subtitle", "standfirst", "summary", "excerpt"),
        authors=_authors(matter),
        published=published,
        updated=parse_date(_value(matter, "updated", "modified", "lastmod", "last_modified", "updated_at")),
        url=url,
        site=_text(matter, "site", "publication", "publisher"),
        section=_text(matter, "section", "category", "categories"),
        image=_text(matter, "image", "cover", "feature_image", "thumbnail"),
        status=_status(matter, published),
        visibility=_text(matter, "visibility") or "public",
        slug=_text(matter, "slug"),
    )


def _body(markdown: str, base: str, sites: tuple[SiteRule, ...]) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """Blocks and ledger of the Markdown text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - as lxml, only once something is read

    from articleaudio.read.html.reader import read_body  # noqa: PLC0415 - as above

    markdown, dropped = plain_markdown(markdown)
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)
    try:
        body = read_body(html, base, sites)
    except NoArticleError:  # nothing but a comment that is never closed
        words = clean(html)
        return (), (*dropped, *([Dropped(shorten(words), "hidden")] if words else []))
    return body.blocks, body.dropped + dropped


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


def _status(matter: Mapping[str, Any], published: datetime | None) -> str:
    """`draft: true` and `published: false` are other ways to say `status: draft`; a date to come is `scheduled`."""
    status = _text(matter, "status").lower()
    if matter.get("draft") is True or matter.get("published") is False:
        return "draft"
    if status in {"", "publish", "public", "published"}:
        moment = published if published is None or published.tzinfo else published.replace(tzinfo=UTC)
        return "scheduled" if moment and moment > datetime.now(UTC) else "published"
    return status
