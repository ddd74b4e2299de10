"""Cards of the Koenig editor → HTML, named as on a page, so that the same rules judge them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple

from articleaudio.model import Dropped
from articleaudio.read.jsondata import mapping, text_of
from articleaudio.read.rich import shorten


@dataclass(frozen=True, slots=True)
class Body:
    """A post's body."""

    html: str
    """As HTML."""
    dropped: tuple[Dropped, ...] = ()
    """What could not be made HTML."""


class _Part(NamedTuple):
    """A field of a card and the element that shows it."""

    tag: str
    field: str
    markup: bool = True
    """Whether the field holds HTML, not plain text."""


class _Card(NamedTuple):
    """How a card is shown."""

    tag: str
    name: str
    parts: tuple[_Part, ...]


_CAPTION = _Part("figcaption", "caption")
_CARDS: Mapping[str, _Card] = {
    "audio": _Card("div", "kg-audio-card", (_Part("div", "title", markup=False), _CAPTION)),
    "before-after": _Card("figure", "kg-before-after-card", (_CAPTION,)),
    "bookmark": _Card(
        "figure",
        "kg-bookmark-card",
        (
            *(_Part("div", f"metadata.{field}", markup=False) for field in ("title", "description")),
            *(_Part("div", f"metadata.{field}", markup=False) for field in ("publisher", "author")),
            _CAPTION,
        ),
    ),
    "button": _Card("div", "kg-button-card", (_Part("a", "buttonText", markup=False),)),
    "call-to-action": _Card(
        "div",
        "kg-cta-card",
        (_Part("div", "sponsorLabel"), _Part("div", "textValue"), _Part("a", "buttonText", markup=False)),
    ),
    "callout": _Card(
        "div", "kg-callout-card", (_Part("div", "calloutEmoji", markup=False), _Part("div", "calloutText"))
    ),
    "codeblock": _Card("figure", "kg-code-card", (_Part("pre>code", "code", markup=False), _CAPTION)),
    "collection": _Card("div", "kg-collection-card", (_Part("h4", "header"),)),
    "email": _Card("div hidden", "kg-email-card", (_Part("div", "html"),)),
    "email-cta": _Card(
        "div hidden", "kg-email-cta-card", (_Part("div", "html"), _Part("a", "buttonText", markup=False))
    ),
    "embed": _Card("figure", "kg-embed-card", (_Part("div", "html"), _CAPTION)),
    "file": _Card(
        "div",
        "kg-file-card",
        tuple(_Part("div", field, markup=False) for field in ("fileTitle", "fileCaption", "fileName")),
    ),
    "gallery": _Card("figure", "kg-gallery-card", (_CAPTION,)),
    "header": _Card(
        "div",
        "kg-header-card",
        (_Part("h2", "header"), _Part("p", "subheader"), _Part('div class="kg-button-card"', "buttonText")),
    ),
    "html": _Card("", "", (_Part("", "html"),)),
    "image": _Card("figure", "kg-image-card", (_CAPTION,)),
    "paywall": _Card(
        "div", "kg-paywall-card", (_Part("p", "webHeading"), _Part("p", "webTextValue"), _Part("a", "webButtonText"))
    ),
    "product": _Card(
        "div",
        "kg-product-card",
        (_Part("h4", "productTitle"), _Part("div", "productDescription"), _Part("a", "productButton", markup=False)),
    ),
    "signup": _Card(
        "div",
        "kg-signup-card",
        (
            *(_Part("p", field) for field in ("header", "subheader", "disclaimer")),
            *(_Part("p", field) for field in ("buttonText", "successMessage")),
        ),
    ),
    "toggle": _Card("div", "kg-toggle-card", (_Part("h4", "heading"), _Part("div", "content"))),
    "video": _Card("figure", "kg-video-card", (_CAPTION,)),
}
_NAMES = {"code": "codeblock", "hr": "horizontalrule", "card-markdown": "markdown", "paywall-v2": "paywall"}
"""Other names of cards, by the older editor."""
_FIXED = {"horizontalrule": "<hr>", "transistor": ""}

"""Cards without words."""
_ALL_MEMBERS = "status:free,status:-free"
_NO_WORDS = re.compile(r"^(?:https?:|__GHOST_URL__|/|#|data:)|^[\w.:/+-]*[\d:/][\w.:/+-]*$")
"""Values that are addresses, colours, sizes or dates."""
_SETTINGS = frozenset({"type", "version", "style", "layout", "alignment", "cardWidth", "format", "direction", "size"})
"""Fields that say how a card looks."""


def card(name: str, fields: Mapping[str, Any]) -> Body:
    """A card as HTML; one that is not known here goes to the ledger with its words."""
    name = _NAMES.get(name, name)
    if name in _FIXED:
        return Body(_FIXED[name])
    if name == "markdown":
        return Body(markdown(text_of(fields.get("markdown"))))
    known = _CARDS.get(name)
    if known is None:
        words = " ".join(dict.fromkeys(_words(fields)))
        return Body("", (Dropped(shorten(f"{name or 'nameless'}: {words}"), "card"),) if words else ())
    inside = "".join(_shown(part, fields) for part in known.parts)
    html = f'<{known.tag} class="kg-card {known.name}">{inside}</{known.tag.split()[0]}>' if known.tag else inside
    if name == "paywall":
        return Body((html if inside else "") + "<!--members-only-->")
    return Body(_gated(html, mapping(fields.get("visibility"))))


def markdown(text: str) -> str:
    """Markdown as HTML."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 -- few posts hold Markdown

    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


def _shown(part: _Part, fields: Mapping[str, Any]) -> str:
    value: object = fields
    for key in part.field.split("."):
        value = mapping(value).get(key)
    text = text_of(value)
    if not text:
        return ""
    html = text if part.markup else escape(text)
    for tag in reversed(part.tag.split(">")):
        html = f"<{tag}>{html}</{tag.split()[0]}>" if tag else f"\n{html}\n"
    return html


def _gated(html: str, visibility: Mapping[str, Any]) -> str:
    """The card within the marks that tell who may see it; what only e-mails show is hidden."""
    web = mapping(visibility.get("web"))
    segment = re.sub(r"[^\w:,+-]", "", text_of(web.get("memberSegment"))) if web else _ALL_MEMBERS
    visitors = web.get("nonMember") is not False
    if visibility.get("emailOnly") is True or visibility.get("showOnWeb") is False or not (visitors or segment):
        return f"<div hidden>{html}</div>"
    if visitors and segment == _ALL_MEMBERS:
        return html
    mark = f'<!--kg-gated-block:begin nonMember:{str(visitors).lower()} memberSegment:"{segment}" -->'
    return f"{mark}{html}<!--kg-gated-block:end-->"


def _words(value: object) -> Iterator[str]:
    """Every text in a card of unknown kind that may be read by people."""
    from articleaudio.read.post import plain  # noqa: PLC0415 -- lxml, and only for cards that nobody knows

    if isinstance(value, str):
        text = plain(text_of(value))
        if text and not _NO_WORDS.search(text):
            yield text
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in _SETTINGS:
                yield from _words(item)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)
