"""What is known about the article besides its body: JSON-LD, OpenGraph, meta tags and the page itself, weighed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from articleaudio.read.html import jsonld
from articleaudio.read.html.authors import authors_of
from articleaudio.read.html.moments import published, updated
from articleaudio.read.html.page import Element
from articleaudio.read.html.titles import title_of
from articleaudio.read.html.walk import Piece
from articleaudio.read.rich import clean

_SITE = 30
"""A site's name with more characters has a slogan behind it."""
_NAME = 40
"""A section's name with more characters is a list of them."""
_LINES = 5
"""The headline and so many pieces but one below it are the article's head."""
_SLOGAN = re.compile(r"\s*[|•·»]\s*|\s+[-–—]\s+|:\s+")
_GENERIC = frozenset(
    {"article", "articles", "post", "posts", "story", "blog", "page", "uncategorized", "default", "all"}
)
_MOST_AUTHORS = 30
"""Tags beyond so many name no further author."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says about the article; empty where it says nothing. Fields as in Article."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    url: str = ""
    site: str = ""
    section: str = ""
    image: str = ""
    description: str = ""


def metadata(root: Element, pieces: list[Piece], address: str) -> Metadata:
    """Weigh what the page says. `address` is where the page was found, when that is known."""
    meta = _metas(root)
    data = jsonld.article_data(root)
    url = _canonical(root, meta, data, address)
    site = _site(meta, data, url)
    title = title_of(root, pieces, meta, data, site)
    return Metadata(
        title=title,
        authors=authors_of(root, pieces, meta, data, site),
        published=published(root, meta, data, url or address, _head(pieces, title)),
        updated=updated(meta, data),
        language=_language(root, meta, data),
        url=url,
        site=site,
        section=_section(meta, data),
        image=_image(meta, data, url or address),
        description=clean(meta.get("og:description") or meta.get("description") or ""),
    )


def _head(pieces: list[Piece], title: str) -> list[Piece]:
    """The headline and what stands right below it; nothing where it is not on the page."""
    same = [index for index, piece in enumerate(pieces) if piece.text == title]
    at = next((index for index in same if pieces[index].level), same[0] if same else len(pieces))
    return pieces[at : at + _LINES]


def _site(meta: Mapping[str, str], data: Mapping[str, Any], url: str) -> str:
    """The publication's name, without its slogan; the host's where the page has none."""
    stated = (
        meta.get("og:site_name", ""),
        _first(jsonld.texts(data.get("publisher"), "name")),
        meta.get("application-name", ""),
    )
    for name in (clean(text) for text in stated):
        if "://" in name:  # an address is no name
            continue
        if name:
            return _SLOGAN.split(name, maxsplit=1)[0] if len(name) > _SITE else name
    return _host(url)


def _section(meta: Mapping[str, str], data: Mapping[str, Any]) -> str:
    """The section it ran in; what says no more than that it is an article is none."""
    stated = (*jsonld.texts(data.get("articleSection"), "name"), meta.get("article:section", ""))
    names = (clean(part) for text in stated for part in (text.split(",") if len(text) > _NAME else [text]))
    return next((name for name in names if name and name.casefold() not in _GENERIC and len(name) <= _NAME), "")


def _image(meta: Mapping[str, str], data: Mapping[str, Any], base: str) -> str:
    """Address of the lead image: the one that is shown where the article is passed on."""
    stated = (
        meta.get("og:image", ""),
        meta.get("og:image:url", ""),
        meta.get("og:image:secure_url", ""),
        *jsonld.texts(data.get("image"), "url", "contentUrl"),
        meta.get("twitter:image", ""),
        meta.get("twitter:image:src", ""),
    )
    return next((whole for link in stated if (whole := _absolute(link, base))), "")


def address_of(root: Element, address: str) -> str:
    """The page's own address, without weighing anything else. `address` is where it was found."""
    return _canonical(root, _metas(root), jsonld.article_data(root), address)


def _first(values: list[str]) -> str:
    return values[0] if values else ""


def _metas(root: Element) -> dict[str, str]:
    """Meta tags by name, lower-case, the first of each; several authors are joined."""
    found: dict[str, str] = {}
    for tag in root.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        content = clean(tag.get("content") or tag.get("value") or "")
        if not name or not content:
            continue
        if name in {"author", "article:author", "citation_author"} and name in found:
            if found[name].count(";") < _MOST_AUTHORS:
                found[name] += f"; {content}"
        else:
            found.setdefault(name, content)
    return found


def _canonical(root: Element, meta: Mapping[str, str], data: Mapping[str, Any], address: str) -> str:
    """The address the page gives itself, where that can be true; else the one that it was found at."""
    links = [
        tag.get("href") or "" for tag in root.iter("link") if "canonical" in (tag.get("rel") or "").lower().split()
    ]
    page = data.get("mainEntityOfPage")
    stated = (*links[:3], meta.get("og:url", ""), *jsonld.texts(data.get("url")), *jsonld.texts(page, "@id", "url"))
    for link in stated:
        whole = _absolute(link.strip(), address)
        if whole and not _is_front(whole, address):
            return urldefrag(whole).url
    return address


def _is_front(url: str, address: str) -> bool:
    """Whether a page calls the front page its address: then it is wrong about itself."""
    if urlsplit(url).path.strip("/") or urlsplit(url).query:
        return False
    return not address or bool(urlsplit(address).path.strip("/"))


def _absolute(link: str, base: str) -> str:
    """The link as an address; empty when it is none."""
    try:
        whole = urljoin(base, link.strip()) if link else ""
        parts = urlsplit(whole)
    except ValueError:
        return ""
    return whole if parts.scheme in {"http", "https"} and parts.netloc else ""


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _language(root: Element, meta: Mapping[str, str], data: Mapping[str, Any]) -> str:
    body = root.find("body")
    html = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
    inner = (body.get("lang") or "") if body is not None else ""
    declared = meta.get("content-language") or meta.get("og:locale") or ""
    return html or inner or _first(jsonld.texts(data.get("inLanguage"), "alternateName", "name")) or declared
