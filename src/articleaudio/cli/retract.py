"""`articleaudio retract`: withdraw episodes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from articleaudio.cli.options import (
    base_url_option,
    cache_option,
    config_option,
    existing_output,
    json_option,
    state_option,
)
from articleaudio.cli.talk import talk

if TYPE_CHECKING:
    from articleaudio.model import House
    from articleaudio.publish.library import Library
    from articleaudio.publish.lying import Lying
    from articleaudio.publish.withdrawal import Withdrawn

_FEEDS = "the feed of {} names what is to be withdrawn, and cannot be made anew without a base URL"
_NO_BASE = (
    "set base_url under [show] in articleaudio.toml, or pass --base-url: the address at which the folder is served"
)


@click.command("retract")
@click.argument("where", metavar="DIR", callback=existing_output)
@click.argument("episodes", nargs=-1, required=True, metavar="EPISODE...")
@click.option("--purge-cache", is_flag=True, help="Forget what was spoken for them too: cached sound, and the text.")
@click.option("--overwrite", is_flag=True, help="In an object store: put ours in place of what others changed.")
@json_option
@config_option
@state_option
@cache_option
@base_url_option
def command(  # noqa: PLR0917 -- click gives every option a parameter
    where: str,
    episodes: tuple[str, ...],
    purge_cache: bool,
    overwrite: bool,
    as_json: bool,
    config: Path | None,
    state: Path | None,
    cache: str | None,
    base_url: str | None,
) -> None:
    """Withdraw each EPISODE of DIR: its files, and its entries in feeds, index and archive.

    DIR may be the address of an object store that `convert --out` delivers to, EPISODE is a slug, an id or the
    article's address. What stays is a tombstone, by which embedded players hide
    themselves, and a page for frames that says so. `convert` passes the article over until --revive asks for it.
    Stopped on the way, run it again. stdout names every file that was removed, for caches in front of the server.

    \b
    Example:
      articleaudio retract public ferry-sails-again
      articleaudio retract public https://harbour.example/news/ferry --purge-cache
    """
    from articleaudio.config import load_house
    from articleaudio.delivery import open_outlet
    from articleaudio.holding import holding
    from articleaudio.plan import state_folder
    from articleaudio.publish.library import Library
    from articleaudio.publish.withdrawal import find_to_withdraw

    house = load_house(config, state=state, cache=cache, base_url=base_url)
    with open_outlet(where, house, emit=talk, overwrite=overwrite) as outlet:
        out, private = outlet.folder, state_folder(house, outlet.folder)
        library = Library(out, private)
        with holding(private, talk, out=where, folder=out):
            found = {one.folder: one for one in (find_to_withdraw(library, asked) for asked in episodes)}
            _must_rebuild(house, out)
            for one in found.values():
                withdrawn = _withdraw(library, one, house)
                purged = _purge(library, withdrawn, house) if purge_cache else None
                _tell(withdrawn, purged, as_json=as_json)
            _rebuild(house, out)
            outlet.deliver()
    sys.exit(outlet.exit_code)


def _must_rebuild(house: House, out: Path) -> None:
    """Refuse to begin what would leave the feeds behind. Raises UsageError."""
    from articleaudio.errors import UsageError

    if not house.show.base_url and any(out.glob("feed*.xml")):
        raise UsageError(_FEEDS.format(out), hint=_NO_BASE)


def _withdraw(library: Library, one: Lying, house: House) -> Withdrawn:
    from articleaudio.config import now
    from articleaudio.publish.withdrawal import withdraw
    from articleaudio.site.pages import withdrawn_page

    return withdraw(library, one, lambda language: withdrawn_page(house.show, language, house.templates), now())


def _purge(library: Library, withdrawn: Withdrawn, house: House) -> int:
    """Remove what the cache holds of a withdrawn episode, and what its receipt tells of the text; give how many."""
    from articleaudio.publish.trail import Trail
    from articleaudio.publish.withdrawal import forget
    from articleaudio.store import Store

    receipt, trail = library.receipt(withdrawn.id), Trail(library.state)
    entries = {*trail.of(withdrawn.id), *(("clip", segment.key) for segment in (receipt.segments if receipt else ()))}
    gone = Store(house.cache).remove(sorted(entries))
    trail.forget(withdrawn.id)
    forget(library, withdrawn.id)
    return gone


def _rebuild(house: House, out: Path) -> None:
    """Bring feeds, index, archive and playlist up to date: what was withdrawn is in none of them."""
    from articleaudio import batch
    from articleaudio.task import Setting

    batch.finish(Setting(house, out), talk)


def _tell(withdrawn: Withdrawn, purged: int | None, *, as_json: bool) -> None:
    from articleaudio.plain import dump

    if as_json:
        told = {"id": withdrawn.id, "slug": withdrawn.slug, "removed": withdrawn.removed, "left": withdrawn.foreign}
        click.echo(dump(told if purged is None else told | {"purged": purged}))
        return
    for name in withdrawn.removed:
        click.echo(f"episodes/{withdrawn.slug}/{name}")
    click.echo(f"{withdrawn.slug}: withdrawn, {len(withdrawn.removed)} files removed", err=True)
    if purged is not None:
        click.echo(f"{withdrawn.slug}: {purged} entries removed from the cache", err=True)
    for name in withdrawn.foreign:
        click.echo(f"warning: episodes/{withdrawn.slug}/{name} is not ours and was left", err=True)
