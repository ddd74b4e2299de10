"""`articleaudio worker`: join a cluster, or start one."""

from __future__ import annotations

from pathlib import Path

import click

from articleaudio.cli.clusters import tls_options


@click.command("worker")
@click.argument("address", required=False)
@click.option("--name", default="", help="What the worker is called; else host and process.")
@click.option(
    "--threads",
    default=1,
    type=click.IntRange(1),
    show_default=True,
    help="Articles at a time, each in a process.",
)
@click.option("--gpu", "gpus", default=0, type=click.IntRange(0), metavar="N", help="Graphics cards that it lends.")
@click.option(
    "--local-directory", type=click.Path(path_type=Path, file_okay=False), help="Folder for what Dask keeps on disk."
)
@click.option("--scheduler", is_flag=True, help="Start the scheduler of a cluster instead.")
@click.option("--host", default="", help="Address to listen on; a scheduler takes 127.0.0.1 unless told.")
@click.option("--port", default=8786, type=click.IntRange(0, 65535), show_default=True, help="Port of the scheduler.")
@click.option(
    "--scheduler-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for the scheduler to write its address to.",
)
@click.option(
    "--allowed-failures",
    default=1,
    type=click.IntRange(0),
    show_default=True,
    help="Workers that may die of an article before the scheduler gives it up.",
)
@tls_options
def command(  # noqa: PLR0917 -- click gives every option a parameter
    address: str | None,
    name: str,
    threads: int,
    gpus: int,
    local_directory: Path | None,
    scheduler: bool,
    host: str,
    port: int,
    scheduler_file: Path | None,
    allowed_failures: int,
    tls_ca_file: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
) -> None:
    """Lend this machine to the cluster at ADDRESS: tcp://host:8786, tls://host:8786, or a scheduler file.

    It works until interrupted, starts again when it dies, and joins again when the scheduler comes back. A run of
    `convert --cluster ADDRESS` hands it articles. See docs/cluster.md.

    \b
    Example:
      articleaudio worker --scheduler --host 10.0.0.1
      articleaudio worker tcp://10.0.0.1:8786 --threads 8
    """
    from articleaudio.crews.cluster_join import Desk, Place, join, only_here, schedule
    from articleaudio.crews.cluster_link import Certificates

    def say(line: str) -> None:
        click.echo(line, err=True)

    certificates = Certificates(tls_ca_file, tls_cert, tls_key)
    if not scheduler:
        if not address:
            raise click.UsageError("which cluster? Give its ADDRESS, or --scheduler to start one")
        if scheduler_file:
            raise click.UsageError("--scheduler-file goes with --scheduler; a worker takes the file as its ADDRESS")
        join(Place(address, name, threads, gpus, host, local_directory, certificates), say)
        return
    if address:
        raise click.UsageError("a scheduler takes no ADDRESS: give --host and --port")
    host = host or "127.0.0.1"
    if not only_here(host) and not certificates.own:
        say(
            f"Note: whoever can reach {host}:{port} can run any program here and on every worker. "
            "Listen on a private network, or give --tls-ca-file, --tls-cert and --tls-key."
        )
    schedule(Desk(host, port, scheduler_file, allowed_failures, certificates), say)
