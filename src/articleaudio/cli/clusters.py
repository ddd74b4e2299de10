"""Options of commands that have to do with clusters."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    from articleaudio.crews import Crew

Command = TypeVar("Command", bound=Callable[..., object])

_pem = click.Path(path_type=Path, dir_okay=False)


def tls_options(command: Command) -> Command:
    """Certificates for encrypted connections, named as Dask names them."""
    command = click.option("--tls-key", type=_pem, help="Its key (PEM), where that is apart.")(command)
    command = click.option("--tls-cert", type=_pem, help="Our own certificate (PEM).")(command)
    return click.option("--tls-ca-file", type=_pem, help="For tls://: who signed all certificates (PEM).")(command)


def cluster_options(command: Command) -> Command:
    """Where a run's articles are made, if not here."""
    command = click.option(
        "--cluster-timeout",
        default=30.0,
        type=click.FloatRange(0.1),
        metavar="SECONDS",
        show_default=True,
        help="How long a cluster may take to answer, and to have a worker.",
    )(tls_options(command))
    return click.option(
        "--cluster",
        metavar="ADDRESS",
        help="Make articles on a Dask cluster: tcp://host:8786, tls://…, or a scheduler file.",
    )(command)


class Asked(NamedTuple):
    """What the command line says of clusters."""

    address: str
    """Where the scheduler is; empty where it does not say."""
    timeout: float
    """Seconds."""
    files: tuple[Path | None, ...]
    """Certificates."""


def asked_of(settings: MutableMapping[str, Any]) -> Asked:
    """Take what `cluster_options` gave out of a command's settings."""
    address, timeout = settings.pop("cluster"), settings.pop("cluster_timeout")
    files = tuple(settings.pop(name) for name in ("tls_ca_file", "tls_cert", "tls_key"))
    return Asked(address or "", timeout, files)


def crew_of(asked: Asked, *, jobs: int, house: str = "") -> Crew | None:
    """Give the crew of the cluster that was asked for, or of that at the address `house`; None for this machine."""
    address, timeout, files = asked
    if not address and not jobs:  # who names a number of workers means this machine
        address = house
    if not address:
        if any(files):
            raise click.UsageError("certificates are for --cluster tls://host:port")
        return None
    if jobs:
        raise click.UsageError("--jobs is for this machine; how many articles a cluster makes is up to its workers")
    from articleaudio.crews.cluster import Certificates, Cluster, cluster_crew

    return partial(cluster_crew, cluster=Cluster(address, timeout, Certificates(*files)))
