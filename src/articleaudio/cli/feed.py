"""`articleaudio feed`: rebuild what stands around the episodes."""

from __future__ import annotations

from pathlib import Path

import click

from articleaudio.cli.options import base_url_option, config_option


@click.command("feed")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False, exists=True))
@config_option
@base_url_option
def command(folder: Path, config: Path | None, base_url: str | None) -> None:
    """Rebuild feed, index and pages of DIR from the episodes that are in it.

    \b
    Example:
      articleaudio feed public
    """
    from articleaudio.config import load_house
    from articleaudio.site import build_site

    house = load_house(config, base_url=base_url)
    report = build_site(
        folder.absolute(),
        house.show,
        on_warning=lambda text: click.echo(f"warning: {text}", err=True),
        templates=house.templates,
    )
    click.echo(f"{folder}: {report.episodes} episodes, {report.written} files written")
