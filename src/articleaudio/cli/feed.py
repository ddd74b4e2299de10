"""`articleaudio feed`: rebuild what stands around the episodes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from articleaudio.cli.options import base_url_option, config_option, existing_output, state_option
from articleaudio.cli.talk import talk


@click.command("feed")
@click.argument("where", metavar="DIR", callback=existing_output)
@click.option("--overwrite", is_flag=True, help="In an object store: put ours in place of what others changed.")
@config_option
@state_option
@base_url_option
def command(where: str, overwrite: bool, config: Path | None, state: Path | None, base_url: str | None) -> None:
    """Rebuild feed, index and pages of DIR from the episodes that are in it.

    DIR may be the address of an object store that `convert --out` delivers to: what an earlier run could not deliver is
    delivered too.

    \b
    Example:
      articleaudio feed public
    """
    from articleaudio.catalogue import Catalogue
    from articleaudio.config import load_house
    from articleaudio.delivery import open_outlet
    from articleaudio.holding import holding
    from articleaudio.plan import state_folder
    from articleaudio.site import build_site
    from articleaudio.site.printing import Anew

    house = load_house(config, state=state, base_url=base_url)
    with (
        open_outlet(where, house, emit=talk, overwrite=overwrite) as outlet,
        holding(state := state_folder(house, outlet.folder), talk, out=where, folder=outlet.folder),
        Catalogue(outlet.folder, state) as catalogue,
    ):
        report = build_site(
            outlet.folder,
            house.show,
            on_warning=lambda text: click.echo(f"warning: {text}", err=True),
            templates=house.templates,
            printed=Anew(catalogue),
        )
        outlet.deliver()
    click.echo(f"{where}: {report.episodes} episodes, {report.written} files written")
    sys.exit(outlet.exit_code)
