"""The rules that our feeds keep, one by one: what may stand where, how often, and what it may hold.

Put together from RSS 2.0, the W3C feed validator's checks, Apple's podcast RSS, podcastindex.org/namespace/1.0 and
RFC 5005. Whatever is not listed is a fault, so that nothing comes into a feed without a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from articleaudio.site.feed.usable import known_category
from articleaudio.site.feed.xml import PREFIXES

URL = r"https?://[A-Za-z0-9.:-]+(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})*)?(?:[?#][!-~]*)?"
DATE = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000"
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
LANGUAGE = r"[a-z]{2,3}(?:-[a-z0-9]+)*"
NUMBER = r"[1-9]\d*"
MIME = r"[a-z]+/[a-z0-9.+-]+"
TEXT = r"(?s)\S.*"
RELATIONS = r"self|current|prev-archive|next-archive|first|next|previous|last"


@dataclass(frozen=True)
class Rule:
    """What an element may be."""

    most: int = 1
    """How often it may stand in its parent."""
    least: int = 0
    """How often it must."""
    text: str = ""
    """What its text matches in full."""
    limit: int = 0
    """Bytes that its text may have; 0 for any number."""
    needed: dict[str, str] = field(default_factory=dict)
    """Attributes it must have, and what they match."""
    free: dict[str, str] = field(default_factory=dict)
    """Attributes it may have."""
    inside: dict[str, Rule] = field(default_factory=dict)
    """What may stand in it."""


ANY = 1_000_000
CATEGORY = Rule(needed={"text": TEXT}, inside={"itunes:category": Rule(needed={"text": TEXT})})
AI = Rule(text="true", needed={"purpose": "ai-content"})
ITEM = {
    "title": Rule(least=1, text=TEXT),
    "itunes:title": Rule(least=1, text=TEXT),
    "link": Rule(least=1, text=URL),
    "guid": Rule(least=1, text=UUID, needed={"isPermaLink": "false"}),
    "pubDate": Rule(least=1, text=DATE),
    "description": Rule(text=TEXT, limit=4000),
    "content:encoded": Rule(least=1, text=TEXT),
    "enclosure": Rule(least=1, needed={"url": URL + r"(?<=\.mp3)", "length": NUMBER, "type": "audio/mpeg"}),
    "itunes:duration": Rule(least=1, text=NUMBER),
    "itunes:episodeType": Rule(least=1, text="full"),
    "itunes:author": Rule(text=TEXT, limit=255),
    "itunes:explicit": Rule(least=1, text="true|false"),
    "category": Rule(text=TEXT),
    "podcast:person": Rule(ANY, text=TEXT, limit=128, needed={"role": "author", "group": "writing"}),
    "podcast:chapters": Rule(needed={"url": URL, "type": r"application/json\+chapters"}),
    "podcast:transcript": Rule(
        ANY,
        needed={"url": URL, "type": "text/html|text/vtt|application/json|application/x-subrip", "language": LANGUAGE},
        free={"rel": "captions"},
    ),
    "podcast:contentLink": Rule(text=TEXT, needed={"href": URL}),
    "podcast:alternateEnclosure": Rule(
        ANY,
        least=1,
        needed={"type": MIME, "length": NUMBER, "lang": LANGUAGE},
        free={"bitrate": NUMBER, "default": "true", "title": ".{1,32}"},
        inside={
            "podcast:source": Rule(least=1, needed={"uri": URL}),
            "podcast:integrity": Rule(needed={"type": "sri", "value": r"sha256-[A-Za-z0-9+/]{43}="}),
        },
    ),
    "podcast:txt": AI,
}
CHANNEL = {
    "title": Rule(least=1, text=TEXT),
    "link": Rule(least=1, text=URL),
    "description": Rule(least=1, text=TEXT, limit=4000),
    "language": Rule(least=1, text=LANGUAGE),
    "atom:link": Rule(ANY, least=1, needed={"href": URL, "rel": RELATIONS, "type": r"application/rss\+xml"}),
    "fh:archive": Rule(),
    "copyright": Rule(text=TEXT),
    "lastBuildDate": Rule(text=DATE),
    "generator": Rule(least=1, text=TEXT),
    "itunes:type": Rule(least=1, text="episodic"),
    "itunes:explicit": Rule(least=1, text="true|false"),
    "itunes:category": Rule(least=1, needed=CATEGORY.needed, inside=CATEGORY.inside),
    "itunes:owner": Rule(
        inside={
            "itunes:name": Rule(least=1, text=TEXT, limit=255),
            "itunes:email": Rule(least=1, text=r"[^@\s]+@[^@\s]+\.[^@\s]+"),
        }
    ),
    "itunes:author": Rule(text=TEXT, limit=255),
    "itunes:image": Rule(needed={"href": URL + r"(?<=\.(?:jpg|png))"}),
    "image": Rule(inside={name: Rule(least=1, text=TEXT) for name in ("url", "title", "link")}),
    "podcast:guid": Rule(least=1, text=UUID),
    "podcast:medium": Rule(least=1, text="podcast"),
    "podcast:locked": Rule(text="yes|no", needed={"owner": r"[^@\s]+@[^@\s]+"}),
    "podcast:txt": AI,
    "item": Rule(ANY, inside=ITEM),
}


def faults(data: bytes) -> list[str]:
    """What is wrong with a document."""
    root = etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))
    if root.tag != "rss" or root.get("version") != "2.0" or [child.tag for child in root] != ["channel"]:
        return ["no RSS 2.0 with one channel"]
    found = [f"prefix {key} of {value}" for key, value in root.nsmap.items() if PREFIXES.get(key) != value]
    return found + list(_faults("channel", root[0], Rule(inside=CHANNEL))) + list(_whole(root[0]))


def _faults(path: str, element: etree._Element, rule: Rule) -> Iterator[str]:
    text = (element.text or "").strip() if rule.inside else element.text or ""
    if not re.fullmatch(rule.text, text) or (rule.limit and len(text.encode()) > rule.limit):
        yield f"{path}: text {text[:60]!r}"
    known = rule.needed | rule.free
    for name, value in element.attrib.items():
        if not re.fullmatch(known.get(name, "(?!)"), value):
            yield f"{path}: {name}={value[:60]!r}"
    yield from (f"{path}: no {name}" for name in rule.needed if name not in element.attrib)
    names = [_name(child) for child in element]
    for name, inner in rule.inside.items():
        if not inner.least <= names.count(name) <= inner.most:
            yield f"{path}: {names.count(name)} times {name}"
    for name, child in zip(names, element, strict=True):
        if name not in rule.inside:
            yield f"{path}: {name} does not belong there"
        else:
            yield from _faults(f"{path}/{name}", child, rule.inside[name])


def _name(element: etree._Element) -> str:
    return f"{element.prefix}:{etree.QName(element).localname}" if element.prefix else element.tag


def _whole(channel: etree._Element) -> Iterator[str]:
    """What no single element tells."""
    guids = [guid.text for guid in channel.iter("guid")]
    if len(guids) != len(set(guids)):
        yield "a guid stands twice"
    addresses = [enclosure.get("url") for enclosure in channel.iter("enclosure")]
    if len(addresses) != len(set(addresses)):
        yield "an enclosure stands twice"
    spaces = dict(PREFIXES)
    outer = channel.find("itunes:category", spaces)
    inner = outer.find("itunes:category", spaces)
    named = outer.get("text") + (f" > {inner.get('text')}" if inner is not None else "")
    if known_category(named) != (named, ""):
        yield f"category {named!r}"
    if [link.get("rel") for link in channel.findall("atom:link", spaces)].count("self") != 1:
        yield "it does not tell its own address once"
    if channel.find("image") is not None and channel.findtext("image/link") != channel.findtext("link"):
        yield "the image leads elsewhere than the channel"
    for item in channel.iter("item"):
        kinds = [one.get("type") for one in item.findall("podcast:transcript", spaces)]
        if kinds and kinds[-1] != "text/vtt":
            yield "another transcript than WebVTT is the last"
