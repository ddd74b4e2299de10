"""Elements of a feed: names, text that XML can hold, addresses that URIs can be. Escaped by construction."""

from __future__ import annotations

import contextlib
import re
from functools import cache, lru_cache
from types import MappingProxyType
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

from articleaudio.model import Show
from articleaudio.site.shelf import web_address

PREFIXES = MappingProxyType(
    {
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "podcast": "https://podcastindex.org/namespace/1.0",
        "atom": "http://www.w3.org/2005/Atom",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "fh": "http://purl.org/syndication/history/1.0",
    }
)
"""The namespaces by the prefixes that every feed uses for them; some apps go by the prefix."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_PATHS = "!$&'()*+,/:;=@~"
_KEPT = "!#$%&'()*+,/:;=?@[]~"


@cache
def tag(name: str) -> str:
    """An element's name as ElementTree has it: `podcast:guid` with its namespace, `title` as it is."""
    prefix, _, local = name.partition(":")
    return f"{{{PREFIXES[prefix]}}}{local}" if local else name


def clean(text: str) -> str:
    """Text without the characters that XML cannot hold, not even escaped."""
    return _FORBIDDEN.sub("", text)


def add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    """Add an element with a text, unless there is none."""
    if text := clean(text).strip():
        put(parent, name, **attributes).text = text


def put(parent: ET.Element, name: str, **attributes: str) -> ET.Element:
    """Add an element that says what it says by its attributes; empty ones are left out."""
    return ET.SubElement(parent, tag(name), {key: clean(value) for key, value in attributes.items() if value})


def document(channel: ET.Element) -> bytes:
    """The finished document around a channel."""
    for prefix, address in PREFIXES.items():
        ET.register_namespace(prefix, address)
    rss = ET.Element("rss", version="2.0")
    rss.append(channel)
    ET.indent(rss)
    text: str = ET.tostring(rss, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def uri(address: str) -> str:
    """A web address in ASCII, as RSS has them; empty for what is no web address."""
    if not web_address(address):
        return ""
    if not address.isascii():
        with contextlib.suppress(UnicodeError):
            host = urlsplit(address).hostname or ""
            address = address.replace(host, host.encode("idna").decode(), 1)
    return quote(address, safe=_KEPT, errors="ignore")


def absolute(show: Show, path: str) -> str:
    """Address of something in the output folder; `show.base_url` with or without its last slash."""
    return beside(_base(show.base_url), path)


def beside(folder: str, name: str) -> str:
    """Address of a file by that of its folder; whatever the name holds, it stays a name."""
    return folder + quote(name, safe=_IN_PATHS, errors="ignore")


@lru_cache(maxsize=4)
def _base(address: str) -> str:
    return uri(address.rstrip("/") + "/")


def shortened(text: str, limit: int) -> str:
    """Clean text, cut to `limit` bytes, between words where there are any."""
    text = clean(text)
    data = text.encode()
    if len(data) <= limit:
        return text
    cut = data[: limit - 3].decode("utf-8", "ignore")
    return (cut.rpartition(" ")[0] or cut).rstrip() + "…"
