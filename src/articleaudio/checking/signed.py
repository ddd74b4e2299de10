"""The signature of a finished MP3: there where it should be, whole, and by someone whom the house trusts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from articleaudio import signing
from articleaudio.checking.findings import Finding, Severity
from articleaudio.errors import ArticleAudioError

_MARK = b"application/c2pa"
"""What a tag with a manifest holds: files without it are not worth loading a library for."""

_AGAIN = "the file was changed after it was signed: remove it and convert the article again, and serve it as it is"


def signature_findings(path: Path, anchors: Path | None, *, expected: bool) -> Iterator[Finding]:
    """What is wrong with a file's signature; `expected` tells whether the receipt knows of one.

    `anchors` is a PEM file of the authorities to trust; without it nobody asks who signed.
    """
    if _MARK not in _tag(path):
        if expected:
            yield Finding("signature", "it was signed, and is no longer", path.name, hint=_AGAIN)
        return
    try:
        found = signing.state(path, anchors)
    except ArticleAudioError as error:
        what = f"its signature was not looked at: {error.message}"
        yield Finding("signature", what, path.name, severity=Severity.NOTE, hint=error.hint)
        return
    why = "; ".join(found.problems)
    if found.state in (signing.State.NONE, signing.State.INVALID):
        yield Finding("signature", f"its signature is not valid: {why or 'it cannot be read'}", path.name, hint=_AGAIN)
    elif anchors is not None and found.state is not signing.State.TRUSTED:
        hint = "compare `certificate` and `anchors` in [signing]"
        yield Finding("signature", f"{found.issuer or 'somebody'} signed it: {why}", path.name, hint=hint)


def _tag(path: Path) -> bytes:
    """A file's tag; empty where there is none."""
    with path.open("rb") as file:
        head = file.read(10)
        if head[:3] != b"ID3" or len(head) < 10:
            return b""
        return file.read(sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True)))
