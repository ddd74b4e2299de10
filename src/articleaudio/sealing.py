"""Which signature a recording is to have, and whether what is published has it already.

A signature differs each time it is made. So what it says is hashed into a seal, which the receipt keeps: where the seal
is the same, the published file is taken again instead of signing anew, and nothing that is published changes.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from articleaudio.errors import ConfigError
from articleaudio.marking import Marking
from articleaudio.model import Alternate, House, Recording
from articleaudio.publish.library import Library
from articleaudio.publish.receipt import Receipt
from articleaudio.signing import open_sealer
from articleaudio.signing.library import MEDIA_TYPE

Signed = TypeVar("Signed", Recording, Alternate)
"""What a finished file is told by."""


class Sealing:
    """Signs the recordings of one output."""

    def __init__(self, house: House, library: Library) -> None:
        """Take the house and the output. Raises ConfigError when the house's [signing] cannot sign."""
        self._sealer = open_sealer(house.signing) if house.signing else None
        self._marking = Marking(house)
        self._library = library

    @property
    def wanted(self) -> bool:
        """Whether recordings are signed."""
        return self._sealer is not None

    def sealed(self, made: Recording, article_id: str, title: str) -> Recording:
        """Sign a finished recording and its other MP3s, if that is wanted, and tell their new hashes and sizes.

        Raises ConfigError and OutputError; then nothing published was touched.
        """
        if self._sealer is None:
            return made
        self._must_be_known(made)
        kinds = self._marking.kinds(made.segments, made.timeline)
        known = self._library.receipt(article_id)

        def signed(file: Signed) -> Signed:
            assert self._sealer is not None  # noqa: S101 -- as above
            seal = self._sealer.seal(file.sha256, kinds)
            if not (known and self._taken_again(known, seal, file.path)):
                self._sealer.sign(file.path, title, kinds)
            return replace(file, sha256=_sha256(file.path), size=file.path.stat().st_size, seal=seal)

        others = tuple(signed(one) if one.type == MEDIA_TYPE else one for one in made.alternates)
        return replace(signed(made), alternates=others)

    def _must_be_known(self, made: Recording) -> None:
        """Raise ConfigError for a voice whose profile does not say how its sound comes to be."""
        for name, voice in sorted(self._marking.heard(made.segments).items()):
            if voice is None or not voice.digital_source_type:
                raise ConfigError(
                    "a signed recording says how its sound came to be, "
                    f"and the profile of voice {name!r} does not say it",
                    hint="set digital_source_type in the profile",
                )

    def _taken_again(self, known: Receipt, seal: str, path: Path) -> bool:
        """Put the published file that bears a seal at `path`, if it is as it was published."""
        file = next((file for file in known.files if file.seal == seal), None)
        if file is None:
            return False
        published = self._library.folder(known.slug) / file.name
        if not published.is_file() or _sha256(published) != file.sha256:
            return False
        shutil.copyfile(published, path)
        return _sha256(path) == file.sha256


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
