"""The way to a cluster: addresses, certificates, and what to say when there is no way."""

from __future__ import annotations

import importlib
import json
import logging
import warnings
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from articleaudio.errors import ClusterError, EngineError

TIMEOUT = 30.0
"""Seconds that a run waits for the scheduler to answer, and then for the first worker."""

SCHEMES = ("tcp", "tls")
"""How machines of a cluster talk."""

PORT = 8786
"""Where a scheduler listens unless told otherwise."""


class SchedulerFileError(ClusterError):
    """A scheduler file is not there, or does not say where its scheduler is."""


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files for encrypted connections; none for a network that is trusted."""

    authority: Path | None = None
    """Certificates of the authority that signed everybody's."""
    own: Path | None = None
    """Our certificate."""
    key: Path | None = None
    """Its private key; None where the file of the certificate holds it too."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where a run's articles are made, if not here."""

    address: str
    """`tcp://host:port`, `tls://host:port`, or a scheduler file."""
    timeout: float = TIMEOUT
    """Seconds to wait for the scheduler to answer, and then for the first worker."""
    certificates: Certificates = Certificates()
    """For `tls://`."""


def the_extra() -> ModuleType:
    """Import Dask distributed. Raises EngineError where it is not installed."""
    try:
        distributed = importlib.import_module("distributed")
    except ImportError as error:
        raise EngineError(
            f"many machines want Dask distributed, which cannot be used here: {error}",
            hint="pip install 'articleaudio[dask]', on every machine",
        ) from error
    # We compare versions ourselves, and stop where they differ.
    warnings.filterwarnings("ignore", category=distributed.versions.VersionMismatchWarning)
    return distributed


def quieten(level: int) -> None:
    """Let the engine's own log say nothing below a level: what counts of it is said by us."""
    for name in ["distributed", *logging.root.manager.loggerDict]:
        if name.split(".")[0] in {"distributed", "tornado"}:
            logging.getLogger(name).setLevel(level)


def settled_address(given: str) -> str:
    """Give the address of a scheduler in full; reads a scheduler file. Raises ClusterError, SchedulerFileError."""
    scheme, mark, rest = given.partition("://")
    if not mark:
        path = Path(given)
        host, colon, port = given.rpartition(":")
        if colon and host and port.isdecimal() and not path.exists():
            return f"tcp://{given}"
        return _of_file(path)
    if scheme not in SCHEMES:
        raise ClusterError(
            f"{given!r} is no address of a cluster: {scheme}:// is not spoken there",
            hint=f"give tcp://host:{PORT}, tls://host:{PORT} or a scheduler file",
        )
    host, _, port = rest.rpartition(":")
    if not rest.strip("/"):
        raise ClusterError(f"{given!r} names no host", hint=f"for example tcp://10.0.0.1:{PORT}")
    return given.rstrip("/") if host and port.rstrip("/").isdecimal() else f"{given.rstrip('/')}:{PORT}"


def _of_file(path: Path) -> str:
    try:
        told = json.loads(path.read_bytes())
        return str(told["address"])
    except FileNotFoundError as error:
        raise SchedulerFileError(
            f"{path} is neither an address of a cluster nor a scheduler file",
            hint=f"give tcp://host:{PORT}, or the file that `articleaudio worker --scheduler-file` wrote",
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        told = f"{path} is no scheduler file: {error}"
        raise SchedulerFileError(told, hint="its JSON has the key `address`") from error


def security(certificates: Certificates, address: str) -> Any:  # noqa: ANN401 -- a type of the engine
    """Give what the engine wants to know about certificates. Raises ClusterError for what cannot be."""
    distributed = the_extra()
    files = {"authority": certificates.authority, "certificate": certificates.own, "key": certificates.key}
    for name, path in files.items():
        if path and not path.is_file():
            raise ClusterError(f"there is no {path}, the TLS {name}", hint="PEM files are wanted")
    encrypted = address.startswith("tls://")
    if not encrypted:
        if any(files.values()):
            raise ClusterError(f"{address} is not encrypted, and certificates were given", hint="give tls://host:port")
        return distributed.Security()
    if not (certificates.authority and certificates.own):
        raise ClusterError(
            f"{address} wants certificates", hint="give --tls-ca-file, --tls-cert and, if it is apart, --tls-key"
        )
    own, key = str(certificates.own), str(certificates.key or certificates.own)
    roles = ("client", "scheduler", "worker")
    each = {f"tls_{role}_cert": own for role in roles} | {f"tls_{role}_key": key for role in roles}
    return distributed.Security(require_encryption=True, tls_ca_file=str(certificates.authority), **each)


def connect(cluster: Cluster) -> Any:  # noqa: ANN401 -- a type of the engine
    """Give a client of the cluster. Raises ClusterError when nobody answers, EngineError without the extra."""
    distributed = the_extra()
    quieten(logging.CRITICAL + 1)
    address = settled_address(cluster.address)
    secure = security(cluster.certificates, address)
    try:
        return distributed.Client(address, timeout=cluster.timeout, security=secure, set_as_default=False)
    except (OSError, ValueError, EOFError) as error:  # a TimeoutError is an OSError
        raise unanswered(address, cluster.timeout) from error


def unanswered(address: str, seconds: float) -> ClusterError:
    """What to raise when no scheduler answers."""
    return ClusterError(
        f"no scheduler answers at {address} (waited {seconds:.0f} s)",
        hint="start one with `articleaudio worker --scheduler`; look at the host, the port and the firewall",
    )
