"""Bytes to text, as the web does it: byte order mark, then what the page declares, then UTF-8, then a guess."""

from __future__ import annotations

import codecs
import re

from articleaudio.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_AS_THE_WEB_READS = {
    **dict.fromkeys(("iso8859-1", "ascii"), "cp1252"),
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be", "utf-32"), "utf-8"),  # a meta that can be read is not UTF-16
}
"""Labels that browsers take to mean another charset (WHATWG Encoding, section 4.2)."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HEAD = 4096
"""Bytes in which a page must declare its charset; browsers look at the first 1024, authors are less careful."""

_LOOKED = 400_000
"""Characters of a page that are looked through for signs that are not ASCII."""
_SIGNS = 12
"""So many of them make it sure in which charset they are."""


def decode(data: bytes, name: str, charset: str = "") -> str:
    """Text of a page or text file. `name` is for the message, `charset` what a server says, if one does.

    Raises SourceError when the bytes are no text at all (NUL bytes, mostly control characters).
    """
    for mark, unicode in _MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(unicode, "replace"), name)
    if b"\x00" in data:
        wide = _without_mark(data)
        if wide is None:
            raise _binary(name)
        return _checked(wide, name)
    declared = _known(charset) or _declared(data)
    if declared and declared != "utf-8":
        text = _decode(data, declared)
        if not _is_utf8(data, declared):
            return _checked(text, name)
    strict = _utf8(data)
    return _checked(strict if strict is not None else _guess(data), name)


def _declared(data: bytes) -> str:
    """Python's name of the charset that the first bytes declare; empty when none or an unknown one."""
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return ""
    return _known((match.group(1) or match.group(2)).decode("ascii", "replace"))


def _known(label: str) -> str:
    """Python's name of the charset that a label means on the web; empty when it is none or an unknown one."""
    try:
        canonical = codecs.lookup(label).name if label else ""
    except LookupError:
        return ""
    return _AS_THE_WEB_READS.get(canonical, canonical)


def _decode(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace")
    except LookupError:  # a codec that turns bytes into bytes (`hex`, `zip`)
        return data.decode("utf-8", "replace")


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _is_utf8(data: bytes, declared: str) -> bool:
    """Whether a page that declares another charset is UTF-8 all the same, as pages are that a program stored.

    A few signs of another charset may decode as UTF-8 by chance; in text of some length they never do.
    """
    text = _utf8(data)
    return text is not None and (
        declared == "cp1252" or sum(character > "\x7f" for character in text[:_LOOKED]) >= _SIGNS
    )


def _guess(data: bytes) -> str:
    """Neither declared nor UTF-8: UTF-8 with a few broken bytes, Cyrillic, else Western European."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(character > "\x7f" for character in text) - broken
    if broken * 10 < sound:
        return text
    high = [byte for byte in data if byte >= 0x80]
    # Written in Cyrillic, most letters are high bytes; in Western languages only a few are.
    if len(high) * 2 > sum(65 <= byte < 91 or 97 <= byte < 123 for byte in data):
        lower = sum(byte >= 0xE0 for byte in high)  # where windows-1251 keeps а…я, and KOI8 its capitals
        return data.decode("cp1251" if lower * 2 >= len(high) else "koi8-u", "replace")
    return data.decode("cp1252", "replace")


def _without_mark(data: bytes) -> str | None:
    """UTF-16 text without a byte order mark, or None when the NUL bytes mean something else."""
    sample = data[:_HEAD]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half and odd > half * 0.6 and even < half * 0.1:
        charset = "utf-16-le"
    elif half and even > half * 0.6 and odd < half * 0.1:
        charset = "utf-16-be"
    else:
        return None
    try:
        return data.decode(charset)
    except UnicodeDecodeError:
        return None


def _checked(text: str, name: str) -> str:
    sample = text[:200_000]
    strange = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    if "\x00" in text or strange > max(8, len(sample) * 0.05):
        raise _binary(name)
    if not text.strip():
        raise SourceError(f"{name} is empty", hint="give a file with an article in it")
    return text


def _binary(name: str) -> SourceError:
    return SourceError(
        f"{name} is a binary file, or text in an unknown encoding", hint="save it as HTML, Markdown or text in UTF-8"
    )
