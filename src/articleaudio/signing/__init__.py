"""Signing recordings by C2PA, so that a listener's software can tell who made them, how, and that nobody changed them.

Needs the extra `articleaudio[c2pa]`, of which nothing is imported before it is used: those who do not sign neither need
nor load it. See docs/signing.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from articleaudio.model import Signing
from articleaudio.signing.library import library
from articleaudio.signing.settings import settled
from articleaudio.signing.signature import Signature, State

if TYPE_CHECKING:
    from articleaudio.signing.sealer import Sealer

__all__ = ["Signature", "State", "open_sealer", "settled", "state"]


def open_sealer(signing: Signing) -> Sealer:
    """Give what signs. Raises ConfigError for all that can be known to be wrong before anything is signed."""
    library()
    from articleaudio.signing.sealer import Sealer  # noqa: PLC0415 -- needs the extra

    return Sealer(signing)


def state(path: Path, anchors: Path | None = None) -> Signature:
    """Read the signature of a file; `anchors` is a PEM file of the authorities to trust.

    Raises ConfigError when the extra is missing or the anchors cannot be read, OutputError when the file cannot.
    """
    library()
    from articleaudio.signing.reading import read_signature  # noqa: PLC0415 -- needs the extra

    return read_signature(path, anchors)
