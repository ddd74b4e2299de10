"""A certificate authority of our own, made as docs/signing.md describes, and what it issues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from articleaudio.model import Signing

DAY = timedelta(days=1)
PURPOSE = ExtendedKeyUsageOID.EMAIL_PROTECTION
CURVES = {"es256": ec.SECP256R1(), "es384": ec.SECP384R1(), "es512": ec.SECP521R1()}


def new_key(algorithm="es256"):
    if algorithm in CURVES:
        return ec.generate_private_key(CURVES[algorithm])
    return ed25519.Ed25519PrivateKey.generate() if algorithm == "ed25519" else rsa.generate_private_key(65537, 2048)


def key_pem(key, password=b"") -> bytes:
    locked = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked)


@dataclass
class Authority:
    """Issues certificates, and writes them where a house file would name them."""

    folder: Path

    def __post_init__(self):
        self.key = new_key()
        self.certificate = _certificate("Test CA", "Test CA", self.key, self.key, authority=True)
        self.anchors = self.folder / "ca.pem"
        self.anchors.write_bytes(self.pem)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def leaf(self, key, **options) -> bytes:
        made = _certificate("Audio desk", "Test CA", key, self.key, **options)
        return made.public_bytes(serialization.Encoding.PEM)

    def issue(self, algorithm="es256", name="", **options) -> Signing:
        """A signer's certificate with its key, ready to sign."""
        key, name = new_key(algorithm), name or algorithm
        chain, private = self.folder / f"{name}-chain.pem", self.folder / f"{name}-key.pem"
        chain.write_bytes(self.leaf(key, **options) + self.pem)
        private.write_bytes(key_pem(key))
        return Signing(chain, private, algorithm=algorithm, anchors=self.anchors)


def _certificate(subject, issuer, key, issuer_key, *, authority=False, since=-DAY, until=30 * DAY, purpose=PURPOSE):
    now = datetime.now(UTC)
    usage = dict.fromkeys(
        (
            *("content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
            *("encipher_only", "decipher_only"),
        ),
        False,
    )
    usage |= {"digital_signature": not authority, "key_cert_sign": authority, "crl_sign": authority}
    builder = (
        x509.CertificateBuilder(_name(issuer), _name(subject), key.public_key(), x509.random_serial_number())
        .not_valid_before(now + since)
        .not_valid_after(now + until)
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if not authority:
        usages = x509.ExtendedKeyUsage([purpose])
        builder = builder.add_extension(usages, critical=purpose is not PURPOSE)
    return builder.sign(issuer_key, hashes.SHA256())


def _name(common):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "The Harbour Post"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )
