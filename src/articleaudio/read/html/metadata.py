"""What is known about the article besides its body: JSON-LD, OpenGraph, meta tags and the page itself, weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from articleaudio.read.html import jsonld
from articleaudio.read.html.authors import authors_of
from articleaudio.read.html.moments import published, updated
from articleaudio.read.html.page import Element
from articleaudio.read.html.titles import title_of
from articleaudio.read.html.walk import Piece
from articleaudio.read.rich import clean

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
    site = clean(meta.get("og:site_name", "")) or next(iter(jsonld.texts(data.get("publisher"), "name")), "")
    site = clean(site) or clean(meta.get("application-name", "")) or _host(url)
    first = _first
    return Metadata(
        title=title_of(root, pieces, meta, data, site),
        authors=authors_of(root, pieces, meta, data, site),
        published=published(root, meta, data, url),
        updated=updated(meta, data),
        language=_language(root, meta, data),
        url=url,
        site=site,
        section=clean(first(jsonld.texts(data.get("articleSection"), "name")) or meta.get("article:section", "")),
        image=_absolute(meta.get("og:image") or first(jsonld.texts(data.get("image"), "url", "contentUrl")), url),
        description=clean(meta.get("og:description") or meta.get("description") or ""),
    )


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
        content = clean(tag.get("content") or "")
        if not name or not content:
            continue
        if name in {"author", "article:author", "citation_author"} and name in found:
            if found[name].count(";") < _MOST_AUTHORS:
                found[name] += f"; {content}"
        else:
            found.setdefault(name, content)
    return found


def _canonical(root: Element, meta: Mapping[str, str], data: Mapping[str, Any], address: str) -> str:
    links = [tag.get("href") for tag in root.iter("link") if (tag.get("rel") or "").lower() == "canonical"]
    stated = next((link.strip() for link in links if link and link.strip()), "") or meta.get("og:url", "")
    stated = _absolute(stated or _first(jsonld.texts(data.get("url"))), address)
    # A page that calls the front page its canonical address is wrong about itself.
    if stated and address and urlsplit(stated).path.strip("/") == "" and urlsplit(address).path.strip("/"):
        return address
    return stated or address


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
