"""Following a feed's item to its page, where the feed holds no more than an excerpt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from articleaudio.errors import SourceError
from articleaudio.model import Article, Failure
from articleaudio.read import identity
from articleaudio.read.names import names
from articleaudio.read.post import Post, item_name, plain
from articleaudio.read.source import Source, title_of_file

_PAGES = frozenset({"", ".html", ".htm", ".xhtml"})
"""Forms of what a link may lead to."""
_STANDFIRST = 60
"""Words that a description may have and still be no article."""
_TEASER = 150
"""Words of a text that ends in bare dots and is taken to be cut there; a longer one ends so of its own accord."""
_SIGNED = re.compile(
    r"(?:the post .{1,300}? (?:appeared first|first appeared) on|der beitrag .{1,300}? erschien zuerst auf|"
    r"l[’']article .{1,300}? est apparu en premier sur|la entrada .{1,300}? (?:apareció|se publicó) primero en|"
    r"l[’']articolo .{1,300}? proviene da|artykuł .{1,300}? pochodzi z serwisu|"
    r"запис .{1,300}? (?:спершу|вперше) з.явився на|сообщение .{1,300}? появились сначала на) .{1,200}$",
    re.IGNORECASE,
)
"""What blogs put below every text of their feed, whole or not."""
_MORE = (
    r"(?:read|view|see|show|learn) (?:more|on)|read (?:the )?(?:full|whole|entire|rest)\b.{0,80}",
    r"(?:continue|keep) reading\b.{0,200}|(?:the )?full (?:story|article)(?: here)?|click here (?:to|for)\b.{0,80}",
    r"weiterlesen|mehr lesen|lire (?:la suite|plus)|en savoir plus|leer más|seguir leyendo|leia mais|continue lendo",
    r"leggi (?:tutto|di più)|continua a leggere|lees (?:meer|verder)|läs (?:mer|vidare)|czytaj (?:więcej|dalej)",
    r"číst (?:dál|dále|více)|читати (?:далі|більше)|читайте далі|докладніше|читать (?:далее|полностью)|подробнее",
)
"""Words of a link to the rest, in the languages of feeds."""
_ENDS_IN_MORE = re.compile(
    rf"(?:(?:^|¶)[\W_]*|[.!?…][\])>»”\"']*\s+)(?:{'|'.join(_MORE)})[\s.…:»›>→¶\])]*$", re.IGNORECASE
)
"""They are the last line, the last link or the last sentence."""
_SEAM = re.compile(r"</?(?:a|p|div|br|li|h[1-6])\b[^<>]*>", re.IGNORECASE)
_ENDS_IN_BRACKETS = re.compile(r"[\[(]\s*(?:…|\.\.\.)\s*[\])]\W{0,3}$")
_ENDS_IN_DOTS = re.compile(r"(?:…|\.\.\.)\s*$")


def is_excerpt(html: str, summary: str = "", *, described: bool = False) -> bool:
    """Whether a feed's text is only the beginning of an article, or what it is about.

    `summary` is what the feed gives as one, beside the text. `described`: the text stands where feeds give excerpts as
    well as whole texts (a `description`), so a few words are none.
    """
    text = _SIGNED.sub("", plain(html)).strip()
    words = len(text.split())
    if not words or (described and words < _STANDFIRST):
        return True
    if _ENDS_IN_BRACKETS.search(text) or _ENDS_IN_MORE.search(plain(_SEAM.sub("¶", html))[-300:]):
        return True
    if _ENDS_IN_DOTS.search(text) and words < _TEASER:
        return True
    short = plain(summary)
    return len(short) > len(text) and words < _TEASER and short.startswith(text[: len(text) * 3 // 4])


def follow(source: Source, post: Post, number: int) -> Article | Failure:
    """The article on the page that an item of a feed leads to; what the page does not say is taken from the item.

    It is known by what the item is known by, then by what the page says. Without a way to the web, or when the page
    cannot be read, a failure that says so.
    """
    name = item_name(source, post.slug or post.url, number)
    if source.settings.web is None or not post.url:
        return Failure(
            name,
            f"{source.name} holds only an excerpt of “{plain(post.title) or post.url}”, "
            + ("and its link cannot be fetched here" if post.url else "and no link to the rest"),
            "give the page, or a feed or export with the whole text",
            SourceError.exit_code,
        )
    try:
        page = source.settings.web.get(post.url)
        found = replace(
            source,
            name=name,
            path=None,
            data=page.data,
            relative="",
            url=page.url,
            kind=page.kind,
            charset=page.charset,
        )
        return _completed(_read(found), post, found)
    except SourceError as error:
        return Failure(name, error.message, error.hint, error.exit_code)


def _read(page: Source) -> Article:
    from articleaudio.read.decode import decode  # noqa: PLC0415 -- only needed once something is fetched
    from articleaudio.read.html.reader import read_page  # noqa: PLC0415 -- lxml only once something is fetched

    if page.kind not in _PAGES:
        raise SourceError(f"{page.url} is a {page.kind} file, no page", hint="give the article's page")
    return read_page(page, decode(page.load(), page.name, page.charset))


def _completed(article: Article, post: Post, page: Source) -> Article:
    """The page's article with what the item knows besides."""
    title = plain(post.title)
    own = identity.aliases(cms=post.cms, url=post.url, given=post.given, title=title)
    known_by = _once((*own, *(alias for alias in article.aliases if alias.startswith("url:"))))
    return replace(
        article,
        id=identity.article_id(known_by),
        aliases=known_by,
        title=title if title and article.title == title_of_file(page) else article.title,
        dek=article.dek or plain(post.dek),
        authors=article.authors or names(*post.authors),
        published=article.published or post.published,
        updated=article.updated or post.updated,
        url=article.url or page.url,
        site=article.site or plain(post.site),
        section=article.section or plain(post.section),
        image=article.image or post.image,
        status=post.status,
        visibility=post.visibility if post.visibility != "public" else article.visibility,
        source=page.name,
        slug=article.slug or post.slug,
        cut=article.cut or post.cut,
    )


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
