"""What stands before an XML file's root element: enough to know its kind, and to refuse what could do harm.

An entity that holds others grows without end, and one that names a file or an address pulls that in. Feeds and exports
need neither, so such a file is refused before any parser sees it.
"""

from __future__ import annotations

import re

from articleaudio.errors import SourceError

_SKIP = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_DOCTYPE = re.compile(
    rb"\s*<!DOCTYPE\b([^\[>]*)(?:\[(?:[^\]\"'<]|\"[^\"]*\"|'[^']*'|<!--.*?-->|<(?!!--))*\]\s*)?>",
    re.IGNORECASE | re.DOTALL,
)
_ROOT = re.compile(rb"\s*<([A-Za-z_][\w.-]*(?::[\w.-]+)?)")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_HARMLESS = re.compile(
    rb"<!ENTITY\s+\w{1,40}\s+(?:\"(?:&#\w{1,8};|[^\"&%<]){0,100}\"|'(?:&#\w{1,8};|[^'&%<]){0,100}')\s*>"
)
_MARK = b"\xef\xbb\xbf"


def root_of(data: bytes) -> str:
    """The name of the root element as it is written, prefix and all; empty when there is none."""
    match = _ROOT.match(data, _head(data)[1])
    return match[1].decode("ascii", "replace") if match else ""


def guard(data: bytes, name: str) -> None:
    """Refuse entities that hold others, that are long, or that name files. Raises SourceError, naming the source."""
    doctype, end = _head(data)
    entities = len(_ENTITY.findall(doctype))
    broken = data[end : end + 200].lstrip()[:9].upper() == b"<!DOCTYPE"
    if broken or entities > len(_HARMLESS.findall(doctype)) or entities > 500:
        raise SourceError(
            f"{name} declares entities that could fill the memory or pull in other files; it was not read",
            hint="take the `<!DOCTYPE …>` at its top out, or get the file from the system anew",
        )


def utf8(data: bytes, name: str) -> bytes:
    """The data in UTF-8 when they are in UTF-16 or UTF-32, whose letters no pattern for bytes can see; else as is.

    Raises SourceError when they are no text.
    """
    from articleaudio.read.decode import decode  # noqa: PLC0415 -- so that choosing a reader stays cheap

    if b"\x00" not in data[:64]:
        return data
    text = decode(data, name)
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8", "replace")


def _head(data: bytes) -> tuple[bytes, int]:
    """The document type declaration, and where the root element stands."""
    at = len(_MARK) if data.startswith(_MARK) else 0
    doctype = b""
    while True:
        match = _SKIP.match(data, at)
        if match is None:
            match = _DOCTYPE.match(data, at)
            if match is None or doctype:
                return doctype, at
            doctype = match[0]
        at = match.end()
