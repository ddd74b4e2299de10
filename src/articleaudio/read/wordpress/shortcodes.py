"""Shortcodes in a stored text: those that are known become HTML, others go, and what they enclose stays.

Which bracketed words are shortcodes only the site itself knows, for each plug-in brings its own. Prose has brackets
too ("[sic]", "[the mayor] said"), so a name is taken for one only where more speaks for it: an end tag, attributes, an
underscore in the name, a slash before the bracket, or that it is one of a few everybody has.
"""

from __future__ import annotations

import html as references
import re
from collections import defaultdict
from dataclasses import dataclass, field

from articleaudio.model import Dropped
from articleaudio.read.rich import clean, shorten
from articleaudio.read.wordpress.access import access_of, stricter

_CODE = re.compile(r"<[a-zA-Z/][^<>]*>|\[(\[?)(/?)([A-Za-z][\w-]{0,60})((?:[\s/=][^\[\]]{0,4000})?)\](\]?)")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
_ADDRESS = re.compile(r"(?:https?:)?//\S")
_PICTURE = re.compile(r"^\s*((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?)(.*)$", re.DOTALL | re.IGNORECASE)
_BLOCK = re.compile(r"<(?:p|div|h[1-6]|ul|ol|blockquote|figure|table)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")

_NAMES = (
    "gallery playlist audio video embed toc adsense ads ad advert newsletter related sitemap map form button divider "
    "spacer clear clearfix contact-form contact-form-7 ninja-form gravityform tweet youtube vimeo soundcloud spotify "
    "instagram social share"
)
_EMPTY = frozenset(_NAMES.split())
"""Names that are shortcodes even without anything else."""
_CAPTIONS = frozenset({"caption", "wp_caption"})
_REASONS = {
    "gallery": "gallery",
    "playlist": "player",
    "audio": "player",
    "video": "player",
    "embed": "embed",
    "button": "form",
}
"""Why those that hold no text of the article go, and what stands in them."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A text without shortcodes."""

    html: str
    """The text, HTML in place of the shortcodes that are known."""
    visibility: str = "public"
    """As in Article: `members` or `paid` where a part is for those only."""
    dropped: tuple[Dropped, ...] = ()
    """What went with them."""


@dataclass(slots=True)
class _Code:
    """One shortcode tag."""

    start: int
    end: int
    name: str
    inner: str
    closing: bool
    escaped: bool
    partner: int = -1
    """Index of the tag that ends or begins it; -1 when it stands alone."""
    element: str = "span"
    """The element that stands for it, once its beginning was written."""


@dataclass(slots=True)
class _Writer:
    text: str
    codes: list[_Code]
    inside: bool
    done: list[str] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    visibility: str = "public"


def without_shortcodes(text: str) -> Coded:
    """The text with its shortcodes resolved."""
    return _resolve(text, inside=False)


def _resolve(text: str, *, inside: bool) -> Coded:
    """The text with its shortcodes resolved; `inside` a caption another one is nothing special."""
    codes = _found(text)
    writer = _Writer(text, codes, inside)
    at = index = 0
    while index < len(codes):
        code = codes[index]
        writer.done.append(text[at : code.start])
        at, index = _resolved(writer, index)
    writer.done.append(text[at:])
    return Coded("".join(writer.done), writer.visibility, tuple(writer.dropped))


def _found(text: str) -> list[_Code]:
    """All shortcode tags outside of HTML tags, each beginning with its end; what is no shortcode is left out."""
    codes: list[_Code] = []
    waiting: dict[str, list[int]] = defaultdict(list)
    for match in _CODE.finditer(text):
        if match[3] is None:
            continue
        escaped = bool(match[1] and match[5])
        start = match.start() + (1 if match[1] and not escaped else 0)
        end = match.end() - (1 if match[5] and not escaped else 0)
        code = _Code(start, end, match[3].lower(), match[4], bool(match[2]), escaped)
        if code.closing and waiting[code.name]:
            code.partner = waiting[code.name].pop()
            codes[code.partner].partner = len(codes)
        elif not code.closing and not escaped:
            waiting[code.name].append(len(codes))
        codes.append(code)
    return _numbered(codes, [code for code in codes if _is_code(code)])


def _numbered(codes: list[_Code], kept: list[_Code]) -> list[_Code]:
    """The kept ones, their partners counted anew; both of a pair are kept."""
    place = {id(code): index for index, code in enumerate(kept)}
    for code in kept:
        if code.partner >= 0:
            code.partner = place[id(codes[code.partner])]
    return kept


def _is_code(code: _Code) -> bool:
    """Whether a bracketed word is a shortcode rather than prose."""
    return (
        code.escaped
        or code.partner >= 0
        or code.closing
        or "_" in code.name
        or code.inner.rstrip().endswith("/")
        or bool(_ATTRIBUTE.search(code.inner) or _ADDRESS.search(code.inner))
        or (code.name in _EMPTY and len(code.inner.split()) <= 1)
    )


def _resolved(writer: _Writer, index: int) -> tuple[int, int]:
    """Write what stands for a shortcode; give where the text goes on, and with which of the codes."""
    code = writer.codes[index]
    if code.escaped:
        writer.done.append(writer.text[code.start + 1 : code.end - 1])
        return code.end, index + 1
    if code.partner > index:
        return _pair(writer, index)
    if code.closing and code.partner >= 0:
        parted = " " if writer.text[code.end : code.end + 1] == "[" else ""  # columns and the like
        writer.done.append(f"</{code.element}>{parted}")
    else:
        reason = _REASONS.get(code.name, "placeholder")
        writer.dropped.append(Dropped(shorten(clean(_words(writer.text[code.start : code.end])), 200), reason))
    return code.end, index + 1


def _pair(writer: _Writer, index: int) -> tuple[int, int]:
    """Write what stands for a shortcode with an end: all of it, or only its beginning."""
    code = writer.codes[index]
    last = writer.codes[code.partner]
    inner = writer.text[code.end : last.start]
    access = access_of(code.name)
    reason = "plea" if access == "outsiders" else _REASONS.get(code.name, "")
    if code.name in _CAPTIONS and not writer.inside:
        made = _resolve(inner, inside=True)
        writer.dropped += made.dropped
        writer.done.append(_figure(code, made.html))
    elif reason:
        words = clean(_words(inner)) or clean(code.inner)
        if words:
            writer.dropped.append(Dropped(shorten(words), reason))
    else:
        if access:
            writer.visibility = stricter(writer.visibility, access)
        writer.done.append(_opened(writer, code, last))
        return code.end, index + 1
    return last.end, code.partner + 1


def _figure(code: _Code, inner: str) -> str:
    """A picture with the words below it."""
    told = next((a[1] or a[2] or a[3] for a in _ATTRIBUTE.findall(code.inner) if a[0] == "caption"), "")
    match = _PICTURE.match(inner)
    picture, words = (match[1], match[2]) if match else ("", inner)
    caption = (words.strip() or told).replace("\n", " ")
    return f"\n<figure>{picture}<figcaption>{caption}</figcaption></figure>\n"


def _opened(writer: _Writer, code: _Code, last: _Code) -> str:
    """The begin of the element that an unknown shortcode becomes; its name goes on as its class."""
    before = writer.text[max(0, code.start - 200) : code.start].rpartition("\n")[2]
    head = writer.text[code.end : min(last.start, code.end + 4000)]
    if not before.strip() and ("\n" in head or _BLOCK.search(head)):
        code.element = last.element = "div"
    told = clean(_words(code.inner))
    if told:
        writer.dropped.append(Dropped(shorten(f"[{code.name} {told}]", 200), "placeholder"))
    return f'<{code.element} class="{references.escape(code.name)}">'


def _words(text: str) -> str:
    return _TAG.sub(" ", text)
