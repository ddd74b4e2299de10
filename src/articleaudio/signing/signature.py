"""What a file's signature says and is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """What a signature is worth."""

    NONE = "none"
    """The file is not signed."""
    INVALID = "invalid"
    """It was changed after signing, or what it carries is broken."""
    VALID = "valid"
    """It is as it was signed; who signed it is not known here."""
    TRUSTED = "trusted"
    """It is as it was signed, by someone whom one of the given authorities vouches for."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What is known of a file's signature."""

    state: State
    """What it is worth."""
    issuer: str = ""
    """Who signed, as the certificate says it: believe it only where the state is `trusted`."""
    source_type: str = ""
    """IPTC address of how the sound came to be, as the manifest says it."""
    time: datetime | None = None
    """When it was signed, where a time stamp's authority witnessed it."""
    problems: tuple[str, ...] = ()
    """What is wrong with it, or keeps it from being trusted, in words."""
