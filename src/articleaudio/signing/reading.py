"""What the signature of a finished file is worth, here and now. Nothing is asked of the network."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from articleaudio.errors import ConfigError, OutputError
from articleaudio.signing.library import MEDIA_TYPE, library
from articleaudio.signing.settings import read_small
from articleaudio.signing.signature import Signature, State

_UNTRUSTED = "signingCredential.untrusted"
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "assertion.dataHash.mismatch": "the file was changed after it was signed",
        "assertion.hashedURI.mismatch": "what the manifest says was changed after it was signed",
        "claimSignature.mismatch": "the signature is not of this manifest",
        "claimSignature.missing": "the manifest is not signed",
        "claimSignature.outsideValidity": "it was signed when the certificate was not valid",
        _UNTRUSTED: "the certificate leads to none of the authorities that are trusted here",
        "signingCredential.invalid": "the certificate is not one that may sign such manifests",
        "signingCredential.expired": "the certificate has expired",
        "signingCredential.ocsp.revoked": "the certificate was revoked",
        "timeStamp.mismatch": "the time stamp is of something else",
        "timeStamp.untrusted": "the time stamp's authority is not trusted here",
    }
)
"""Codes of the C2PA specification (chapter Validation) that a publisher meets, in words."""


_STATES: Mapping[str, State] = MappingProxyType({"Trusted": State.TRUSTED, "Valid": State.VALID})
"""The library's words."""


def read_signature(path: Path, anchors: Path | None) -> Signature:
    """Read a file's signature; `anchors` is a PEM file of the authorities to trust.

    Raises ConfigError when `c2pa-python` is missing or the anchors cannot be read, OutputError when the file cannot.
    """
    c2pa = library()
    settings: dict[str, object] = {"verify": {"verify_trust": True, "remote_manifest_fetch": False}}
    if anchors is not None:
        settings["trust"] = {"trust_anchors": _authorities(anchors)}
    try:
        with (
            path.open("rb") as file,
            c2pa.Context(settings=c2pa.Settings.from_dict(settings)) as context,
        ):
            reader = c2pa.Reader.try_create(MEDIA_TYPE, file, context=context)
            if reader is None:
                return Signature(State.NONE)
            with reader:
                told = json.loads(reader.json())
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}", hint="check that it is there") from error
    except c2pa.C2paError as error:
        return Signature(State.INVALID, problems=(f"its manifest cannot be read: {error}",))
    found = _signature(told)
    if found.state is State.INVALID and anchors is None:  # then nobody asked who signed
        asked = tuple(problem for problem in found.problems if problem != _WORDS[_UNTRUSTED])
        return replace(found, problems=asked)
    return found


def _signature(told: Mapping[str, object]) -> Signature:
    """Read the library's report."""
    manifests = _table(told, "manifests")
    active = _table(manifests, str(told.get("active_manifest")))
    info = _table(active, "signature_info")
    failures = _tables(_table(_table(told, "validation_results"), "activeManifest"), "failure")
    codes = [str(failure.get("code")) for failure in failures]
    problems = dict.fromkeys(_WORDS.get(code, code) for code in codes)
    return Signature(
        state=_STATES.get(str(told.get("validation_state")), State.INVALID),
        issuer=str(info.get("issuer") or info.get("common_name") or ""),
        source_type=next(_source_types(active), ""),
        time=_time(info.get("time")),
        problems=tuple(problems),
    )


def _source_types(manifest: Mapping[str, object]) -> Iterator[str]:
    """Find what the manifest's actions say of how the sound came to be."""
    for assertion in _tables(manifest, "assertions"):
        for action in _tables(_table(assertion, "data"), "actions"):
            if isinstance(kind := action.get("digitalSourceType"), str):
                yield kind


def _time(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _authorities(path: Path) -> str:
    """Read the certificates of those to trust."""
    try:
        found = x509.load_pem_x509_certificates(read_small(path, "the authorities to trust"))
    except ValueError as error:
        raise ConfigError(f"{path} holds no certificate that can be read", hint="anchors are a PEM file") from error
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in found).decode()


def _table(table: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = table.get(key)
    return value if isinstance(value, Mapping) else {}


def _tables(table: Mapping[str, object], key: str) -> Sequence[Mapping[str, object]]:
    value = table.get(key)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
