"""Signing a finished MP3: after its tag, before it is hashed, for nothing may touch its bytes any more."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from articleaudio.errors import ConfigError, OutputError
from articleaudio.files import unwritable
from articleaudio.model import Signing
from articleaudio.signing.certificate import read_chain
from articleaudio.signing.keys import signer_by_command, signer_by_key
from articleaudio.signing.kinds import combined
from articleaudio.signing.library import MEDIA_TYPE, library
from articleaudio.signing.reading import read_signature
from articleaudio.signing.settings import settled
from articleaudio.signing.signature import State

_BLOCK = 1 << 18
_AS_THE_LIBRARY_IS_TOLD = {
    "verify": {"verify_after_sign": False, "verify_trust": False},  # the file is read back here, with better words
    "builder": {"thumbnail": {"enabled": False}},
}


class Sealer:
    """Signs recordings. Everything that can be known to be wrong is refused when it is made."""

    def __init__(self, signing: Signing) -> None:
        """Read certificate and key. Raises ConfigError when the two cannot sign, or c2pa-python is missing."""
        self._library = library()
        self._settled = settled(signing)
        self._signing = signing
        self.chain = read_chain(signing.certificate, signing.algorithm, datetime.now(UTC))
        if signing.key is not None:
            self._sign = signer_by_key(signing.key, self.chain, signing.algorithm)
        else:
            folder = signing.certificate.parent
            self._sign = signer_by_command(signing.command, self.chain, signing.algorithm, folder)

    def try_out(self) -> None:
        """Sign a few bytes and check the signature: a command is run for it. Raises ConfigError and OutputError."""
        self._sign(b"articleaudio")

    def seal(self, sha256: str, kinds: Iterable[str]) -> str:
        """Name what a signature would say: equal seals need no new signature. `sha256` is the unsigned file's."""
        return hashlib.sha256("\n".join((*self._settled, combined(kinds), sha256)).encode()).hexdigest()

    def sign(self, path: Path, title: str, kinds: Iterable[str]) -> None:
        """Sign the finished MP3 at `path`, in place; it is left as it was when that fails.

        `kinds` are the IPTC source types of all that is heard in it. Raises OutputError when it cannot be signed or
        does not read back as signed, ConfigError where the settings are to blame.
        """
        source_type = combined(kinds)
        if not source_type:
            raise ConfigError(
                "a signed recording says how its sound came to be, and no voice profile says it",
                hint="set digital_source_type in the voice's profile",
            )
        signed = path.with_name(f"{path.name}.signed")
        try:
            self._write(path, signed, _manifest(title, source_type))
            self._must_read_back(signed, path)
            signed.replace(path)
        except OSError as error:
            raise unwritable(signed, error) from error
        finally:
            with contextlib.suppress(OSError):
                signed.unlink(missing_ok=True)

    def _write(self, path: Path, signed: Path, manifest: dict[str, Any]) -> None:
        """Let the library write the signed file; what our own part of it raised is raised again."""
        c2pa = self._library
        raised: list[Exception] = []

        def sign(data: bytes) -> bytes:
            try:
                return self._sign(data)
            except Exception as error:  # kept for below: nothing can be raised through the library
                raised.append(error)
                raise

        algorithm = c2pa.C2paSigningAlg[self._signing.algorithm.upper()]
        try:
            with (
                c2pa.Context(settings=c2pa.Settings.from_dict(_AS_THE_LIBRARY_IS_TOLD)) as context,
                c2pa.Signer.from_callback(sign, algorithm, self.chain.pem, self._signing.tsa_url or None) as signer,
                c2pa.Builder(manifest, context) as builder,
                path.open("rb") as source,
                signed.open("w+b") as target,
            ):
                builder.sign(signer, MEDIA_TYPE, source, target)
        except c2pa.C2paError as error:
            if raised:
                raise raised[0] from None
            where = f" with time stamps by {self._signing.tsa_url}" if self._signing.tsa_url else ""
            raise OutputError(f"the recording could not be signed{where}: {error}", hint="look at [signing]") from None

    def _must_read_back(self, signed: Path, path: Path) -> None:
        """Refuse a signed file that a reader would not believe, or that sounds otherwise than before."""
        found = read_signature(signed, None)
        if found.state not in (State.VALID, State.TRUSTED):
            raise OutputError(
                f"the signed recording does not read back as signed: {'; '.join(found.problems) or found.state}",
                hint="look at the certificate in [signing]: docs/signing.md says what it must hold",
            )
        if _sound(signed) != _sound(path):
            raise OutputError("signing changed the sound of the recording", hint="remove [signing] from the house file")


def _manifest(title: str, source_type: str) -> dict[str, Any]:
    """Say what the file is: made by this software, of this kind, out of nothing that was recorded or edited before."""
    agent = {"name": "articleaudio", "version": importlib.metadata.version("articleaudio")}
    created = {"action": "c2pa.created", "digitalSourceType": source_type, "softwareAgent": agent}
    return {
        "claim_generator_info": [agent],
        "title": title,
        "format": MEDIA_TYPE,
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [created]}}],
    }


def _sound(path: Path) -> str:
    """Hash all that follows a file's tag."""
    with path.open("rb") as file:
        head = file.read(10)
        if head[:3] == b"ID3":
            size = 0
            for byte in head[6:10]:
                size = size << 7 | byte & 0x7F
            file.seek(10 + size)
        else:
            file.seek(0)
        digest = hashlib.sha256()
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
