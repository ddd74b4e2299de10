"""Putting one file into a store: over nothing but what we know, and believed only when it was looked at there."""

from __future__ import annotations

from pathlib import Path

from articleaudio.delivery.digest import Digest, digest_of, hash_of
from articleaudio.delivery.ledger import Kept, Ledger
from articleaudio.delivery.target import Object, TakenError, Target, headers_of
from articleaudio.errors import OutputError

TRIES = 3
"""How often a file is put that lies there otherwise than it was sent."""


class ChangedError(OutputError):
    """Somebody else put something there, or changed it."""


def stamp_of(path: Path) -> tuple[int, str]:
    """Size of a file, and what changes whenever it is written. Raises OSError."""
    told = path.stat()
    return told.st_size, f"{told.st_ino} {told.st_mtime_ns}"


def send(
    target: Target, ledger: Ledger, name: str, path: Path, known: Kept | None, *, overwrite: bool = False
) -> tuple[Kept, bool]:
    """Bring an object to what the file holds; gives what lies there then, and whether it had to be sent.

    `known` is what the ledger says. Raises ChangedError where somebody else changed the object and it is not to be
    overwritten, OutputError where the file cannot be put or read, and FileNotFoundError where it is gone.
    """
    try:
        _, stamp = stamp_of(path)
        digest = digest_of(path)
    except FileNotFoundError:
        raise  # it was removed since it was seen, and whoever asked knows what that means
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror}", hint="run the same command again") from error
    headers = headers_of(name)
    if known and (known.sha256, known.headers) == (digest.sha256, headers) and not ledger.intended(name):
        return Kept(name, digest.size, stamp, digest.sha256, headers, known.etag), False

    def kept(etag: str) -> Kept:
        return Kept(name, digest.size, stamp, digest.sha256, headers, etag)

    found_only = known is not None and not known.sha256
    expected = known.etag if known and not found_only else ""
    there = target.look(name) if found_only else None
    sent = False
    for _ in range(TRIES):
        if there is not None:
            if (sent or as_told(target, name, there)) and same(target, name, there, digest):
                if not as_told(target, name, there):
                    target.altered = f"{name}: {there.headers}"
                return kept(there.etag), sent
            known_there = there.etag == expected or (found_only and there.sha256)
            if not (sent or overwrite or known_there or was_sent(target, name, there, ledger.intended(name))):
                raise changed(target, name)
        expected = there.etag if there else expected
        ledger.intend(name, digest.sha256)
        try:
            target.put(name, path if digest.data is None else digest.data, digest.sha256, instead_of=expected)
            sent = True
        except TakenError:
            sent = False
        there = target.look(name)
        expected = expected if there else ""
    if there is not None and same(target, name, there, digest):
        return kept(there.etag), sent
    raise OutputError(
        f"{target.address}/{name} does not hold what was sent; tried {TRIES} times",
        hint="something on the way alters files, or somebody else writes there: look at it with the store's own tools",
    )


def as_told(target: Target, name: str, there: Object) -> bool:
    """Tell whether an object has the type and the cache rule that it should have."""
    return target.plain or _plainly(there.headers) == _plainly(headers_of(name))


def same(target: Target, name: str, there: Object, digest: Digest) -> bool:
    """Tell whether an object holds what a file holds: by its MD5 where the store gives it, else it is read back."""
    if there.size != digest.size:
        return False
    return there.etag.partition("\t")[0].strip('"') == digest.etag or hash_of(target.read(name)) == digest.sha256


def was_sent(target: Target, name: str, there: Object, intended: set[str]) -> bool:
    """Tell whether an object is what a run of ours was about to send when it was ended."""
    return bool(intended) and (there.sha256 or hash_of(target.read(name))) in intended


def _plainly(headers: str) -> str:
    return headers.lower().replace(" ", "")


def changed(target: Target, name: str) -> ChangedError:
    """The error for an object that is not as we left it."""
    return ChangedError(
        f"{target.address}/{name} was put there or changed by somebody else, and is left alone",
        hint="see who else writes to this address; --overwrite puts ours in its place",
    )
