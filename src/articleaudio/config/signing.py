"""`[signing]`: with what finished recordings are signed. The files are read by those who sign, not here."""

from __future__ import annotations

from pathlib import Path

from articleaudio.config.reference import keys_of
from articleaudio.config.tomlfile import TomlFile
from articleaudio.model import Signing

ALGORITHMS = ("es256", "es384", "es512", "ps256", "ps384", "ps512", "ed25519")
"""What C2PA allows: elliptic curves, RSA, Ed25519."""


def house_signing(file: TomlFile, root: Path) -> Signing | None:
    """Read the table; None where there is none. Paths are the house folder's. Raises ConfigError."""
    if "signing" not in file.table:
        return None
    part = file.part("signing")
    part.check_keys(part.table, keys_of("signing"), "signing")
    key, command = part.text(part.table, "key", ""), tuple(part.texts(part.table, "command"))
    if bool(key) == bool(command):
        named = "both" if key else "neither"
        raise part.error("key", f"[signing] has {named}: give `key`, a PEM file, or `command`, which signs")
    algorithm = part.text(part.table, "algorithm", "es256").lower()
    if algorithm not in ALGORITHMS:
        raise part.error("algorithm", f"algorithm {algorithm!r} in [signing] is none of {', '.join(ALGORITHMS)}")
    tsa_url = part.text(part.table, "tsa_url", "")
    if tsa_url and not tsa_url.startswith(("http://", "https://")):
        raise part.error("tsa_url", f"tsa_url {tsa_url!r} in [signing] is no web address")
    anchors = part.text(part.table, "anchors", "")
    return Signing(
        certificate=_path(root, part.text(part.table, "certificate", "", required=True)),
        key=_path(root, key) if key else None,
        command=command,
        algorithm=algorithm,
        tsa_url=tsa_url,
        anchors=_path(root, anchors) if anchors else None,
    )


def _path(root: Path, named: str) -> Path:
    return (root / Path(named).expanduser()).absolute()
