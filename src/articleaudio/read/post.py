"""A post as a CMS or a feed hands it over → an article. Systems differ in names and places, not in what they know."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from articleaudio.errors import SourceError
from articleaudio.model import Article, BlockKind, Dropped, Failure
from articleaudio.read import identity, languages, ledger
from articleaudio.read.names import names
from articleaudio.read.rich import clean
from articleaudio.read.source import Source


@dataclass(frozen=True, slots=True)
class Post:
    """What a system says of one article; every field but the title may be empty."""

    title: str
    """Headline; character references in it are resolved."""
    html: str
    """The body as HTML, without a page around it."""
    cms: str = ""
    """System and id (`ghost:64af…`), if the system gives ids that last."""
    given: str = ""
    """An id of another kind that lasts (a feed's guid)."""
    url: str = ""
    """Canonical address."""
    dek: str = ""
    """Standfirst; plain text, or HTML whose tags are left out."""
    authors: Sequence[str] = ()
    """Names or by-lines; e-mail addresses in them are left out."""
    published: datetime | None = None
    """When it was published."""
    updated: datetime | None = None
    """When it was last changed."""
    language: str = ""
    """What the system says the language is."""
    site: str = ""
    """The publication's name."""
    section: str = ""
    """The section it ran in."""
    image: str = ""
    """Address of the lead image."""
    status: str = "published"
    """As in Article."""
    visibility: str = "public"
    """As in Article."""
    slug: str = ""
    """The system's slug."""
    cut: str = ""
    """As in Article."""
    dropped: tuple[Dropped, ...] = ()
    """What the system's own reader left out before the body became HTML."""


def article_of(post: Post, source: Source, number: int | None = None) -> Article:
    """The article that a post is, its body walked and judged as any page's.

    `number` counts the posts of a source that holds many; each is then named `SOURCE#slug`. Raises TooLongError.
    """
    from articleaudio.read.html.reader import read_body  # noqa: PLC0415 - lxml only once something is read

    title = plain(post.title) or "Untitled"
    url = post.url if post.url.startswith(("http://", "https://")) else ""
    alone = number is None
    named = "" if post.cms or not alone else source.relative  # one file may be written over by post after post
    known_by = identity.aliases(cms=post.cms, url=url, given=post.given, relative=named, title=title)
    body = read_body(post.html, url or source.url, source.settings.sites)
    blocks, dropped = body.blocks, body.dropped
    if blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].text.casefold() == title.casefold():
        blocks, dropped = ledger.opened(blocks, dropped)
    return Article(
        id=identity.article_id(known_by),
        aliases=known_by,
        title=title,
        language=languages.settle(post.language, " ".join(block.text for block in blocks) or title),
        blocks=blocks,
        dropped=post.dropped + dropped,
        dek=plain(post.dek),
        authors=names(*post.authors),
        published=post.published,
        updated=post.updated,
        url=url,
        site=plain(post.site),
        section=plain(post.section),
        image=post.image,
        status=post.status,
        visibility=post.visibility,
        source=source.name if alone else item_name(source, post.slug or post.url, number or 0),
        slug=post.slug,
        cut=post.cut,
    )


def articles_of(posts: Iterable[Post], source: Source) -> Iterator[Article | Failure]:
    """The articles of a source that holds many posts; one that cannot be read is a failure, and the others go on."""
    for number, post in enumerate(posts, start=1):
        try:
            yield article_of(post, source, number)
        except SourceError as error:
            name = item_name(source, post.slug or post.url, number)
            yield Failure(name, error.message, error.hint, error.exit_code)


def item_name(source: Source, label: str, number: int) -> str:
    """What one of a source's many posts is called in messages."""
    return f"{source.name}#{label or number}"


def plain(text: str) -> str:
    """Text without tags, its character references resolved once, white space collapsed."""
    if "<" in text:
        from lxml.html import fragment_fromstring  # noqa: PLC0415 - as above

        # What opens like a page would be taken for one, and a control character for an error.
        text = fragment_fromstring("<b></b>" + clean(text), create_parent="div").text_content()
        return clean(text)
    return clean(html.unescape(text))


def paragraphs(text: str) -> str:
    """Plain text as the HTML that a post holds: blank lines part paragraphs, other line ends stay."""
    chunks = [html.escape(chunk.strip()) for chunk in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{chunk.replace(chr(10), '<br>')}</p>" for chunk in chunks if chunk)
