"""Which signature a recording is to have, and whether what is published has it already.

A signature differs each time it is made. So what it says is hashed into a seal, which the receipt keeps: where the seal
is the same, the published file is taken again instead of signing anew, and nothing that is published changes.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from articleaudio.errors import ConfigError
from articleaudio.model import House, Recording, SpanKind, Voice
from articleaudio.publish.library import Library
from articleaudio.publish.receipt import Receipt
from articleaudio.signing import open_sealer
from articleaudio.signing.kinds import MIXED


class Sealing:
    """Signs the recordings of one output."""

    def __init__(self, house: House, library: Library) -> None:
        """Take the house and the output. Raises ConfigError when the house's [signing] cannot sign."""
        self._sealer = open_sealer(house.signing) if house.signing else None
        self._voices = {voice.name: voice for voice in (*house.voices.values(), *house.cast.values())}
        self._bed = house.sounds.bed is not None
        self._library = library

    @property
    def wanted(self) -> bool:
        """Whether recordings are signed."""
        return self._sealer is not None

    def sealed(self, made: Recording, article_id: str, title: str) -> Recording:
        """Sign the finished file, if that is wanted, and tell its new hash and size.

        Raises ConfigError and OutputError; then nothing was signed, and nothing published was touched.
        """
        if self._sealer is None:
            return made
        kinds = source_types(made, self._voices, bed=self._bed)
        seal = self._sealer.seal(made.sha256, kinds)
        known = self._library.receipt(article_id)
        if not (known and known.seal == seal and self._taken_again(known, made.path)):
            self._sealer.sign(made.path, title, kinds)
        return replace(made, sha256=_sha256(made.path), size=made.path.stat().st_size, seal=seal)

    def _taken_again(self, known: Receipt, path: Path) -> bool:
        """Put the published file at `path`, if it is as it was published."""
        published = self._library.folder(known.slug) / known.audio
        digest = next((file.sha256 for file in known.files if file.name == known.audio), "")
        if not published.is_file() or _sha256(published) != digest:
            return False
        shutil.copyfile(published, path)
        return _sha256(path) == digest


def source_types(made: Recording, voices: Mapping[str, Voice], *, bed: bool) -> frozenset[str]:
    """Give the IPTC source types of all that is heard: of each voice, and of sounds, whose origin nobody knows.

    Raises ConfigError for a voice whose profile does not say it.
    """
    names = {name for timed in made.segments for name in timed.voice.split(" + ")}
    kinds = {name: voices[name].digital_source_type if name in voices else "" for name in sorted(names)}
    for name, kind in kinds.items():
        if not kind:
            raise ConfigError(
                f"a signed recording says how its sound came to be, and the profile of voice {name!r} does not say it",
                hint="set digital_source_type in the profile",
            )
    sounds = bed or any(span.kind is SpanKind.SOUND for span in made.timeline)
    return frozenset(kinds.values()) | ({MIXED} if sounds else frozenset())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
