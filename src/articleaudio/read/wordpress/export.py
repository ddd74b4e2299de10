"""The export of a WordPress site (WXR): read in one go from front to back, however long it is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from articleaudio.errors import NoArticleError, SourceError
from articleaudio.model import Article, Failure
from articleaudio.read.dates import parse_date
from articleaudio.read.feed.prolog import guard, utf8
from articleaudio.read.post import Post, articles_of
from articleaudio.read.source import Source
from articleaudio.read.wordpress.access import access_of_meta, status_of, stricter
from articleaudio.read.wordpress.content import content_of
from articleaudio.read.wordpress.facts import cms_id, is_section, moment

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TYPES = (
    "post article articles news story stories opinion column columns analysis interview interviews review reviews "
    "longread feature features essay report reports investigation podcast-transcript"
)
_SPOKEN = frozenset(_TYPES.split())
"""Types of content that are articles; pages, pictures, menus, forms and what visitors sent are none."""
_TOLD = ("item", "author", "category", "title", "language", "base_blog_url", "base_site_url")
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(slots=True)
class _Site:
    """What the export tells beside its posts."""

    title: str = ""
    language: str = ""
    base: str = ""
    authors: dict[str, str] = field(default_factory=dict)
    """Display name by log-in."""
    pictures: dict[str, str] = field(default_factory=dict)
    """Address of a picture by its id."""
    categories: dict[str, str] = field(default_factory=dict)
    """Name of a category by its id."""
    types: dict[str, int] = field(default_factory=dict)
    """How many there are of each type of content."""


@dataclass(slots=True)
class _Item:
    """One item of the export, its fields by their plain names."""

    fields: dict[str, str] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    terms: list[tuple[str, str, str]] = field(default_factory=list)
    """Taxonomy, short name and name of what it is filed under."""

    def get(self, *names: str) -> str:
        """The first field of these names that says something."""
        return next((self.fields[name] for name in names if self.fields.get(name, "").strip()), "")


def articles(source: Source, data: bytes) -> Iterator[Article | Failure]:
    """The posts of an export, in its order. Raises SourceError, also when the export turns out to be cut off."""
    data = utf8(data, source.name)
    guard(data, source.name)
    if _CONTROLS.search(data):  # WordPress writes them out, though XML has no place for them
        data = data.translate(None, _CONTROL)
    site = _survey(data)
    if site.types and not _SPOKEN & site.types.keys():
        found = ", ".join(f"{count} {name}" for name, count in sorted(site.types.items()))
        raise NoArticleError(
            f"the export {source.name} holds no posts, only: {found[:300]}",
            hint="choose “All content” or “Posts” when exporting (Tools, Export)",
        )
    yield from articles_of(_posts(data, site, source), source)


def _survey(data: bytes) -> _Site:
    """What must be known before the first post: pictures and guest authors may come after those who have them."""
    site = _Site()
    try:
        for element in _elements(data, _TOLD):
            _learn(site, element)
    except SourceError:  # told when the posts before it are read
        pass
    return site


def _learn(site: _Site, element: Element) -> None:
    name, text = _name(element), (element.text or "").strip()
    if name == "item":
        kind = _type(element)
        site.types[kind] = site.types.get(kind, 0) + 1
        if kind not in {"attachment", "guest-author"}:
            return
        item = _item(element)
        if kind == "attachment":
            site.pictures[item.get("post_id")] = item.get("attachment_url")
        else:
            shown = item.meta.get("cap-display_name", "") or item.get("title")
            site.authors.setdefault(item.meta.get("cap-user_login", ""), shown)
    elif name == "author":
        fields = {_name(child): (child.text or "").strip() for child in element}
        full = f"{fields.get('author_first_name', '')} {fields.get('author_last_name', '')}".strip()
        shown = fields.get("author_display_name", "")
        login = fields.get("author_login", "")
        site.authors[login] = full if full and shown in {"", login} else shown
    elif name == "category" and len(element):
        fields = {_name(child): (child.text or "").strip() for child in element}
        site.categories[fields.get("term_id", "")] = fields.get("cat_name", "")
    elif name == "title":
        site.title = site.title or text
    elif name == "language":
        site.language = site.language or text
    elif name in {"base_blog_url", "base_site_url"}:
        site.base = text if name == "base_blog_url" else site.base or text


def _posts(data: bytes, site: _Site, source: Source) -> Iterator[Post]:
    count = 0
    try:
        for element in _elements(data, ("item",)):
            if _type(element) in _SPOKEN:
                count += 1
                yield _post(_item(element), site)
    except SourceError as error:
        raise SourceError(
            f"the export {source.name} breaks off or is damaged after {count} posts: {error.message}",
            hint="export again, one year or category at a time; WordPress stops where its time runs out",
        ) from error


def _post(item: _Item, site: _Site) -> Post:
    content = content_of(item.get("encoded"))
    link = item.get("link")
    published = moment(item.get("post_date_gmt"), item.get("post_date")) or parse_date(item.get("pubDate"))
    meta = access_of_meta(item.meta.get("_jetpack_newsletter_access", ""))
    return Post(
        title=item.get("title"),
        html=content.html,
        cms=cms_id(link, site.base, item.get("post_id")),
        url=link,
        dek=item.get("excerpt:encoded"),
        authors=_authors(item, site),
        published=published,
        updated=moment(item.get("post_modified_gmt"), item.get("post_modified")),
        language=site.language,
        site=site.title,
        section=_section(item, site),
        image=site.pictures.get(item.meta.get("_thumbnail_id", ""), ""),
        status=status_of(item.get("status")),
        visibility="password" if item.get("post_password") else stricter(content.visibility, meta),
        slug=item.get("post_name"),
        dropped=content.dropped,
    )


def _authors(item: _Item, site: _Site) -> tuple[str, ...]:
    """Names of those who signed: co-authors are filed as terms, one author stands in a field."""
    signed = [name.removeprefix("cap-") for domain, _, name in item.terms if domain == "author"]
    names = [site.authors[login] for login in signed if login in site.authors]
    creator = item.get("creator")
    return tuple(names) or (site.authors.get(creator) or creator,)


def _section(item: _Item, site: _Site) -> str:
    chosen = site.categories.get(item.meta.get("_yoast_wpseo_primary_category", ""), "")
    named = (name for domain, slug, name in item.terms if domain == "category" and is_section(slug))
    return chosen or next(named, "")


def _type(element: Element) -> str:
    """What type of content an item is."""
    return next(((child.text or "").strip() for child in element if _name(child) == "post_type"), "")


def _item(element: Element) -> _Item:
    item = _Item()
    for child in element:
        name, text = _name(child), "".join(str(part) for part in child.itertext(with_tail=False))
        if name == "postmeta":
            pair = {_name(part): part.text or "" for part in child}
            item.meta[pair.get("meta_key", "")] = pair.get("meta_value", "")
        elif name == "category":
            item.terms.append((child.get("domain") or "category", child.get("nicename") or "", text.strip()))
        else:
            item.fields.setdefault(name, text if name.endswith("encoded") else text.strip())
    return item


def _elements(data: bytes, names: Sequence[str]) -> Iterator[Element]:
    """The channel's children of these names, each once it is complete; what was read is let go.

    Raises SourceError when the data end early.
    """
    from lxml import etree  # noqa: PLC0415 -- only once something is read

    walk = etree.iterparse(
        io.BytesIO(data),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in walk:
            parent = element.getparent()
            if parent is None or parent.tag != "channel":
                continue
            yield element
            element.clear()
            while element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError as error:
        raise SourceError(" ".join(str(error).split())[:200]) from error


def _name(element: Element) -> str:
    """The plain name of an element, whatever version the export's name space has; excerpts keep their prefix."""
    tag = str(element.tag)
    name = tag.rpartition("}")[2]
    return f"excerpt:{name}" if "/excerpt/}" in tag else name
