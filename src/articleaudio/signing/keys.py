"""What signs bytes: a key in a file, or a command that keeps the key to itself.

Whatever signed, the signature is checked with the certificate's public key at once: a wrong pair is told where it
arises. A key is held in memory only, and nothing of it, nor what a command says, enters an error.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from articleaudio.errors import ConfigError, OutputError
from articleaudio.signing.certificate import Chain, fits
from articleaudio.signing.settings import read_small

Sign = Callable[[bytes], bytes]
"""Gives the signature of bytes, as a manifest wants it."""

PATIENCE = 60.0
"""Seconds that a command may take for a signature."""

_HASHES: Mapping[str, hashes.HashAlgorithm] = MappingProxyType(
    {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
)


def signer_by_key(path: Path, chain: Chain, algorithm: str) -> Sign:
    """Sign with the key in a PEM file. Raises ConfigError when it cannot be read or is not the certificate's."""
    data = read_small(path, "the key")
    try:
        key = serialization.load_pem_private_key(data, password=None)
    except TypeError:
        raise ConfigError(
            f"the key in {path} is locked with a passphrase",
            hint="unlock it into a file that only you may read, or sign with `command`",
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise ConfigError(f"{path} holds no private key that can be read", hint="[signing] key is a PEM file") from None
    if not fits(key.public_key(), algorithm) or key.public_key() != chain.public:
        raise ConfigError(
            f"the key in {path} is not the certificate's",
            hint="give the key that the certificate in [signing] was made for",
        )

    def sign(data: bytes) -> bytes:
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return _raw(key.sign(data, ec.ECDSA(_HASHES[algorithm[2:]])), key.key_size)
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(data, _pss(algorithm), _HASHES[algorithm[2:]])
        assert isinstance(key, ed25519.Ed25519PrivateKey)  # noqa: S101 -- what fits is one of these
        return key.sign(data)

    return sign


def signer_by_command(command: Sequence[str], chain: Chain, algorithm: str, folder: Path) -> Sign:
    """Sign by a command, run in `folder`: bytes on its standard input, the signature on its standard output.

    What it gives is refused with OutputError unless the certificate's key made it.
    """
    shown = f"the command in [signing] ({Path(command[0]).name})"

    def sign(data: bytes) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 -- the house's own command, without a shell
                command, input=data, capture_output=True, cwd=folder, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            raise OutputError(
                f"{shown} gave no signature within {PATIENCE:.0f} seconds", hint="run it by hand, then try again"
            ) from None
        except OSError as error:
            raise ConfigError(
                f"{shown} does not start: {error.strerror or type(error).__name__}", hint="give its whole path"
            ) from None
        if done.returncode:
            raise OutputError(f"{shown} failed with exit code {done.returncode}", hint="run it by hand to see why")
        signature = done.stdout
        if isinstance(chain.public, ec.EllipticCurvePublicKey):
            signature = _raw(signature, chain.public.key_size)
        if not _made_by(chain, algorithm, signature, data):
            raise ConfigError(
                f"what {shown} gave is no {algorithm} signature by the certificate's key",
                hint="it must sign standard input and write nothing but the signature, as bytes",
            )
        return signature

    return sign


def _made_by(chain: Chain, algorithm: str, signature: bytes, data: bytes) -> bool:
    """Whether the certificate's key made a signature."""
    public = chain.public
    try:
        if isinstance(public, ec.EllipticCurvePublicKey):
            half = len(signature) // 2
            numbers = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
            public.verify(encode_dss_signature(*numbers), data, ec.ECDSA(_HASHES[algorithm[2:]]))
        elif isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, data, _pss(algorithm), _HASHES[algorithm[2:]])
        else:
            public.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def _pss(algorithm: str) -> padding.PSS:
    kind = _HASHES[algorithm[2:]]
    return padding.PSS(mgf=padding.MGF1(kind), salt_length=kind.digest_size)


def _raw(signature: bytes, bits: int) -> bytes:
    """Give an elliptic curve's signature as its two numbers in a row; most tools write them in DER."""
    size = (bits + 7) // 8
    if len(signature) == 2 * size:
        return signature
    try:
        numbers = decode_dss_signature(signature)
        return b"".join(number.to_bytes(size, "big") for number in numbers)
    except (ValueError, OverflowError):
        return signature  # which the check that follows refuses
