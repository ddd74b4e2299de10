"""What can be told of the settings without the libraries that sign."""

from __future__ import annotations

import hashlib
from pathlib import Path

from articleaudio.errors import ConfigError
from articleaudio.model import Signing

_LARGEST = 1 << 20


def settled(signing: Signing | None) -> tuple[str, ...]:
    """Give what settles a signature: the certificate's hash and the settings; nothing of the key, nor where it is.

    Raises ConfigError when the certificate cannot be read.
    """
    if signing is None:
        return ()
    certificate = hashlib.sha256(read_small(signing.certificate, "the certificate")).hexdigest()
    return (certificate, signing.algorithm, signing.tsa_url)


def read_small(path: Path, what: str) -> bytes:
    """Read a file of the house's that is small by nature. Raises ConfigError, which never tells what it holds."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise ConfigError(
            f"cannot read {what}, {path}: {error.strerror or type(error).__name__}", hint="look at [signing]"
        ) from None
    if len(data) > _LARGEST:
        raise ConfigError(f"{what}, {path}, is larger than a megabyte", hint="look at [signing]")
    return data
