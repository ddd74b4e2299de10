"""Zip archives (DOCX, EPUB) opened with care: nothing is unpacked to disk, nothing grows beyond a bound."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from typing import Any, TypeAlias

from articleaudio.errors import SourceError, TooLongError

MAX_MEMBERS = 20_000
"""Files in one archive; a long book with pictures has a few hundred."""
MAX_MEMBER = 64 * 1024 * 1024
"""Bytes of one file, decompressed."""
MAX_TOTAL = 256 * 1024 * 1024
"""Bytes read out of one archive, decompressed."""
_RATIO = 400
"""Text shrinks to a tenth or, where it repeats itself, a hundredth; deflate can reach a thousandth."""
_SMALL = 4 * 1024 * 1024
"""A file of fewer bytes may be as repetitive as it likes."""
_ENTRY = b"PK\x01\x02"
"""What every entry of an archive's directory begins with."""
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""The ways of packing that both formats allow; Python unpacks the others without a bound."""
_ENCRYPTED = 0x1
_DECLARED = re.compile(r"<!ENTITY", re.IGNORECASE)
_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)
"""What Python raises over archives that are cut off, forged or locked."""

Element: TypeAlias = Any
"""An element of an XML tree, as lxml gives it; lxml has no types of its own."""


class Archive:
    """An opened archive. Every error names the source."""

    def __init__(self, name: str, file: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> None:
        self.name = name
        """The source, as the user named it."""
        self._file = file
        self._members = members
        self._left = MAX_TOTAL

    def __contains__(self, member: str) -> bool:
        return member in self._members

    @property
    def names(self) -> tuple[str, ...]:
        """The files in it, with slashes, in their order."""
        return tuple(self._members)

    def read(self, member: str) -> bytes:
        """The content of a file. Raises SourceError when it is missing or broken, TooLongError when it is a bomb."""
        info = self._members.get(member)
        if info is None:
            raise SourceError(f"{self.name} holds no {member}", hint="it is damaged: save or export it again")
        if info.flag_bits & _ENCRYPTED:
            raise SourceError(
                f"{self.name} is protected by a password", hint="save it without a password, and give that file"
            )
        if info.compress_type not in _METHODS:
            raise SourceError(
                f"{self.name} is packed in an unusual way ({member})", hint="open it and save it again as it should be"
            )
        bloated = info.file_size > _SMALL and info.file_size > _RATIO * max(1, info.compress_size)
        if info.file_size > min(MAX_MEMBER, self._left) or bloated:
            raise TooLongError(
                f"{member} in {self.name} would unpack to {info.file_size // 1_000_000:,} MB",
                hint="no article has as much text: save it again without attachments",
            )
        try:
            with self._file.open(info) as opened:
                data = opened.read(info.file_size + 1)
        except _BROKEN as error:
            raise damaged(self.name) from error
        self._left -= len(data)
        return data

    def xml(self, member: str) -> Element:
        """The root element of an XML file, read without DTD, entities or network. Raises as `read` does."""
        return parse_xml(self.read(member), f"{member} in {self.name}")


def open_archive(data: bytes, name: str) -> Archive:
    """Open an archive and look over its directory. Raises SourceError and TooLongError, naming the source."""
    if data.count(_ENTRY) > MAX_MEMBERS:
        raise TooLongError(
            f"{name} holds more than {MAX_MEMBERS:,} files", hint="give the article or the book alone, saved again"
        )
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
        entries = file.infolist()
    except _BROKEN as error:
        raise damaged(name) from error
    members: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        if entry.is_dir():
            continue
        member = entry.filename.replace("\\", "/")
        doubt = _doubt(entry, member, members)
        if doubt:
            raise SourceError(
                f"{name} {doubt}: {member[:80]!r}", hint="no program saves such a file: get it from its author anew"
            )
        members[member] = entry
    return Archive(name, file, members)


def _doubt(entry: zipfile.ZipInfo, member: str, members: dict[str, zipfile.ZipInfo]) -> str:
    """What makes an entry one that no honest program writes; empty when nothing does."""
    if member.startswith("/") or ".." in member.split("/") or re.match(r"[A-Za-z]:", member):
        return "holds a file that would lie outside of it"
    if member in members:
        return "holds two files of one name"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "holds a link to another file"
    return ""


def parse_xml(data: bytes, name: str) -> Element:
    """The root element of an XML document. Raises SourceError when it is broken or declares entities."""
    from lxml import etree  # noqa: PLC0415 - only once something is read

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    if _DECLARED.search(_peek(data)):
        raise SourceError(
            f"{name} declares entities of its own", hint="that is how XML bombs are made: save the file again"
        )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise SourceError(
            f"{name} is no sound XML: {' '.join(str(error).split())[:120]}",
            hint="the file is damaged: save or export it again",
        ) from error
    if root is None:
        raise SourceError(f"{name} is empty", hint="the file is damaged: save or export it again")
    return root


def _peek(data: bytes) -> str:
    """The document as text, as far as it takes to find declarations in it."""
    declared = _ENCODING.match(data)
    encoding = _WIDE.get(data[:2]) or (declared[1].decode("ascii") if declared else "") or "utf-8"
    try:
        return data.decode(encoding, "replace")
    except LookupError:  # unknown here; lxml will say so, or knows it
        return data.decode("latin-1")


def damaged(name: str) -> SourceError:
    """The error for an archive that cannot be opened."""
    return SourceError(
        f"{name} is damaged: it is no whole zip archive", hint="get or save it again; it may have been cut off"
    )
