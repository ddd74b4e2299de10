"""`articleaudio serve`: a preview server."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("serve")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--port", default=8000, type=click.IntRange(0, 65535), show_default=True, help="Port; 0 takes a free one."
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; 0.0.0.0 lets the whole network in.",
)
def command(folder: Path, port: int, host: str) -> None:
    """Serve DIR for preview, with the byte ranges that players need. Stop it with Ctrl-C.

    \b
    Example:
      articleaudio serve public --port 8080
    """
    from articleaudio.site.server import only_here, serve

    def started(address: str) -> None:
        if not only_here(host):
            click.echo(
                f"Note: with --host {host}, whoever reaches this machine over the network can read it.", err=True
            )
        click.echo(f"{folder} is served at {address}  (Ctrl-C stops)")

    serve(folder, host, port, on_start=started)
