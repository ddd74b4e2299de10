"""The signer's certificate: read, and looked at before any work is put into what could not be signed with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from articleaudio.errors import ConfigError
from articleaudio.signing.settings import read_small

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey
"""Keys that a manifest can be signed with."""

CURVES = {"es256": "secp256r1", "es384": "secp384r1", "es512": "secp521r1"}
"""Algorithm → curve of its keys, as cryptography calls it."""

_FEWEST_BITS = 2048


@dataclass(frozen=True, slots=True)
class Chain:
    """A certificate and those above it."""

    pem: str
    """As the manifest gets them: the signer's own first."""
    public: PublicKey
    """The signer's public key."""
    issuer: str
    """Who signs, as the certificate names them."""
    until: datetime
    """When the signer's certificate expires."""


def read_chain(path: Path, algorithm: str, now: datetime) -> Chain:
    """Read a PEM file; the signer's certificate is its first. Raises ConfigError for what cannot sign."""
    try:
        found = x509.load_pem_x509_certificates(read_small(path, "the certificate"))
    except ValueError as error:
        raise ConfigError(
            f"{path} holds no certificate that can be read",
            hint="[signing] certificate is a PEM file: your certificate, then those above it",
        ) from error
    leaf = found[0]
    if not leaf.not_valid_before_utc <= now < leaf.not_valid_after_utc:
        past = now >= leaf.not_valid_after_utc
        when = leaf.not_valid_after_utc if past else leaf.not_valid_before_utc
        raise ConfigError(
            f"the certificate in {path} {'expired' if past else 'is not valid before'} {when:%Y-%m-%d %H:%M} UTC",
            hint="get a new one, or remove [signing] from the house file",
        )
    _must_be_a_signers(leaf, path)
    _must_be_in_order(found, path)
    pem = b"".join(one.public_bytes(serialization.Encoding.PEM) for one in found).decode()
    return Chain(pem, _public(leaf, algorithm, path), _name(leaf), leaf.not_valid_after_utc)


def fits(public: object, algorithm: str) -> bool:
    """Whether keys of this kind sign by the algorithm."""
    if isinstance(public, ec.EllipticCurvePublicKey):
        return CURVES.get(algorithm) == public.curve.name
    if isinstance(public, rsa.RSAPublicKey):
        return algorithm.startswith("ps") and public.key_size >= _FEWEST_BITS
    return isinstance(public, ed25519.Ed25519PublicKey) and algorithm == "ed25519"


def _public(leaf: x509.Certificate, algorithm: str, path: Path) -> PublicKey:
    public = leaf.public_key()
    if not fits(public, algorithm):
        raise ConfigError(
            f"the key of the certificate in {path} does not sign by {algorithm}",
            hint="set `algorithm` in [signing]: es256, es384, es512 for elliptic curves, ps256 … for RSA, or ed25519",
        )
    assert isinstance(public, ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey)  # noqa: S101 -- what fits is one of these
    return public


def _must_be_a_signers(leaf: x509.Certificate, path: Path) -> None:
    """Refuse an authority's certificate where the signer's is wanted: readers call its signatures invalid."""
    try:
        authority = leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        authority = False
    if authority:
        raise ConfigError(
            f"the first certificate in {path} is an authority's, not a signer's",
            hint="put the certificate of your own key first, those above it after it",
        )


def _must_be_in_order(found: Sequence[x509.Certificate], path: Path) -> None:
    for number, (lower, upper) in enumerate(pairwise(found), 1):
        try:
            lower.verify_directly_issued_by(upper)
        except (ValueError, TypeError, InvalidSignature) as error:
            raise ConfigError(
                f"certificate {number} in {path} is not issued by the one after it",
                hint="put your certificate first, then the one that issued it, and so on up",
            ) from error


def _name(leaf: x509.Certificate) -> str:
    for kind in (x509.NameOID.ORGANIZATION_NAME, x509.NameOID.COMMON_NAME):
        for attribute in leaf.subject.get_attributes_for_oid(kind):
            return str(attribute.value)
    return ""
