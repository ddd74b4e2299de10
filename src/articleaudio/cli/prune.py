"""`articleaudio prune`: remove what nobody needs any more."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from articleaudio.cli.options import config_option, existing_output, json_option, state_option
from articleaudio.cli.talk import talk

if TYPE_CHECKING:
    from articleaudio.model import House
    from articleaudio.publish.library import Library
    from articleaudio.publish.pruning import Stale
    from articleaudio.publish.receipt import Receipt


@click.command("prune")
@click.argument("where", metavar="DIR", callback=existing_output)
@click.option(
    "--keep-days",
    type=click.IntRange(0),
    metavar="N",
    help="Days that what was replaced stays; else `keep_days` of the house file.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would be removed, and remove nothing.")
@json_option
@config_option
@state_option
def command(  # noqa: PLR0917 -- click gives every option a parameter
    where: str, keep_days: int | None, dry_run: bool, as_json: bool, config: Path | None, state: Path | None
) -> None:
    """Remove from DIR what was replaced: audio, covers and players that no page names; and what dead runs left.

    What was replaced stays for some days, for those who have its address: apps, caches, pages in other windows. What
    we did not make is never touched. `convert` removes audio so by itself. DIR may be the address of an object store
    that `convert --out` delivers to.

    \b
    Example:
      articleaudio prune public --dry-run
      articleaudio prune public --keep-days 30
    """
    from articleaudio.config import load_house
    from articleaudio.delivery import open_outlet
    from articleaudio.holding import holding
    from articleaudio.plan import state_folder

    house = load_house(config, state=state)
    days = house.keep_days if keep_days is None else keep_days
    total = 0
    with (
        open_outlet(where, house, emit=talk) as outlet,
        holding(private := state_folder(house, outlet.folder), talk, out=where, folder=outlet.folder),
    ):
        for one in _removed(house, outlet.folder, days, dry_run=dry_run):
            _tell(one, (outlet.folder, private), as_json=as_json)
            total += one.size
        if not dry_run:
            outlet.deliver()
    click.echo(f"{where}: {total:,} bytes {'would be' if dry_run else 'were'} removed", err=True)
    sys.exit(outlet.exit_code)


def _removed(house: House, out: Path, days: int, *, dry_run: bool) -> Iterator[Stale]:
    """Give what is removed, as it goes."""
    from articleaudio.config import now
    from articleaudio.plan import state_folder
    from articleaudio.publish.library import Library
    from articleaudio.publish.pruning import prune_superseded, remove, stale

    library = Library(out, state_folder(house, out))
    when = now()
    for one in stale(library, days, when, _suspects(library)):
        if not dry_run:
            remove(one)
        yield one
    if not dry_run:
        prune_superseded(library, days, when, _superseding(library))  # receipts forget what is gone


def _suspects(library: Library) -> Iterator[Receipt]:
    """Receipts of the episodes in whose folder more audio lies than is published; others are not read."""
    from articleaudio.catalogue import Catalogue
    from articleaudio.publish.alternates import is_audio

    with Catalogue(library.out, library.state) as catalogue:
        catalogue.sync()
        for status in ("published", "retracted"):
            for entry in catalogue.entries(status):
                published = {name for name, _ in entry.files}
                found = (path.name for path in library.folder(entry.slug).glob(f"{entry.slug}.*"))
                if any(is_audio(name, entry.slug) and name not in published for name in found):
                    receipt = library.receipt(entry.id)
                    if receipt is not None:
                        yield receipt


def _superseding(library: Library) -> Iterator[Receipt]:
    """Receipts that remember former audio."""
    from articleaudio.catalogue import Catalogue

    with Catalogue(library.out, library.state) as catalogue:
        catalogue.sync()
        yield from filter(None, map(library.receipt, catalogue.superseded()))


def _tell(one: Stale, roots: tuple[Path, Path], *, as_json: bool) -> None:
    from articleaudio.plain import dump

    root = next((root for root in roots if one.path.is_relative_to(root)), None)
    name = one.path.relative_to(root).as_posix() if root else str(one.path)
    if as_json:
        click.echo(dump({"kind": one.kind, "path": name, "size": one.size}))
    else:
        click.echo(f"{one.kind:9} {one.size:>12,}  {name}")
