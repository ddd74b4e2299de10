"""What content types stand for: which are read, by which extension, and which are refused by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, application/json;q=0.9, */*;q=0.5"
"""What a request says it wants."""

_TYPES = MappingProxyType(
    {
        "text/html": ".html",
        "application/xhtml+xml": ".html",
        "application/xml": ".xml",
        "text/xml": ".xml",
        "application/json": ".json",
        "text/json": ".json",
        "application/jsonl": ".jsonl",
        "application/ndjson": ".jsonl",
        "application/x-ndjson": ".jsonl",
        "text/plain": ".txt",
        "text/markdown": ".md",
        "text/x-markdown": ".md",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
        "application/epub+zip": ".epub",
    }
)
"""Content types that are read, and the extension that each stands for."""

_SUFFIXES = MappingProxyType({"+xml": ".xml", "+json": ".json"})
"""How names of further types of these families end (RSS, Atom, JSON Feed, JSON-LD)."""

_SILENT = frozenset(
    {
        "",
        "*/*",
        "application/octet-stream",
        "application/unknown",
        "application/x-zip-compressed",
        "application/zip",
        "binary/octet-stream",
        "unknown/unknown",
    }
)
"""Content types that say nothing, so that the content is looked at."""

_EXTENSIONS = MappingProxyType(
    {
        ".htm": ".html",
        ".html": ".html",
        ".xhtml": ".html",
        ".xml": ".xml",
        ".rss": ".xml",
        ".atom": ".xml",
        ".wxr": ".xml",
        ".json": ".json",
        ".jsonl": ".jsonl",
        ".ndjson": ".jsonl",
        ".txt": ".txt",
        ".text": ".txt",
        ".md": ".md",
        ".markdown": ".md",
        ".docx": ".docx",
        ".epub": ".epub",
    }
)
"""Extensions in addresses, and the one each stands for."""

_MAGIC = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture, sound or film (RIFF)"),
    (b"ID3", "sound (MP3)"),
    (b"OggS", "sound or film (Ogg)"),
    (b"\x1f\x8b", "an archive (gzip)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
)
"""First bytes of what is not read, and what it is."""

_FAMILIES = MappingProxyType({"image": "a picture", "audio": "sound", "video": "a film", "font": "a font"})
"""Families of content types that are not read, in words."""

_PROLOGUE = rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*+"
_MARKUP = re.compile(_PROLOGUE + rb"<(?:!doctype html|html|head|body|article|title|meta)\b", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(_PROLOGUE + rb"<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL)
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_ARCHIVES = ((b"word/document.xml", ".docx"), (b"mimetypeapplication/epub+zip", ".epub"))
_BIG = frozenset({".xml", ".json", ".jsonl", ".docx", ".epub"})


@dataclass(frozen=True, slots=True)
class ContentType:
    """What a server says about the content it sends."""

    name: str
    """`text/html`, …, lower-case; empty where it says nothing."""
    charset: str
    """Charset, as the server spells it; empty where it says nothing."""

    @classmethod
    def of(cls, header: str) -> ContentType:
        """Read a Content-Type header."""
        name, _, parameters = header.partition(";")
        charset = re.search(r"""(?:^|;)\s*charset\s*=\s*["']?\s*([\w.:+-]{1,40})""", parameters, re.IGNORECASE)
        return cls(name.strip().lower(), charset.group(1) if charset else "")


def refusal(name: str) -> str:
    """What a content type is that is not read, in words; empty for one that may be read."""
    if name in _TYPES or name in _SILENT or (name.endswith(tuple(_SUFFIXES)) and not name.startswith("image/")):
        return ""
    family = _FAMILIES.get(name.partition("/")[0])
    return f"{family} ({name})" if family else name


def may_be_big(name: str, path: str) -> bool:
    """Whether content of that type may hold many articles, or an article with its pictures."""
    return _declared(name, path) in _BIG


def kind_of(name: str, path: str, data: bytes) -> tuple[str, str]:
    """The extension that content stands for, and, where it is not read, what it is (one of the two is empty)."""
    declared = _declared(name, path)
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"%PDF-"):
        return "", "a PDF"
    if declared == ".html" and _FEED.match(head):
        return ".xml", ""
    if declared == ".xml" and _MARKUP.match(head):
        return ".html", ""
    return _sniffed(data, head, declared) if name in _SILENT else (declared, "")


def _declared(name: str, path: str) -> str:
    """The extension that type and address stand for; empty when they say nothing."""
    by_path = _EXTENSIONS.get(PurePosixPath(path).suffix.lower(), "")
    if name in _SILENT:
        return by_path
    if name == "text/plain":  # what servers say of every text they do not know
        return by_path if by_path not in {"", ".docx", ".epub"} else ".txt"
    by_name = _TYPES.get(name, "")
    return by_name or next((kind for suffix, kind in _SUFFIXES.items() if name.endswith(suffix)), "")


def _sniffed(data: bytes, head: bytes, by_path: str) -> tuple[str, str]:
    """Look at content whose type says nothing."""
    foreign = next((what for magic, what in _MAGIC if head.startswith(magic)), "")
    if foreign:
        return "", foreign
    if head.startswith(b"PK\x03\x04"):
        inside = next((kind for sign, kind in _ARCHIVES if sign in data), "")
        return inside, "" if inside else "an archive (zip)"
    if (b"\x00" in head and not by_path) or by_path in {".docx", ".epub"}:
        return "", "a binary file"
    if _MARKUP.match(head):
        return ".html", ""
    if by_path:
        return by_path, ""
    if head.lstrip().startswith(b"<?xml") or _FEED.match(head):
        return ".xml", ""
    return (".json" if _JSON.match(head) else ".txt"), ""
