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
            done = [_withdraw(library, one, house, as_json=as_json) for one in found.values()]
            if purge_cache:
                for one in done:
                    _forget(library, one)
            _rebuild(house, out)
            outlet.deliver()
            if purge_cache:
                for one in done:
                    _purge(library, one, house, as_json=as_json)
    sys.exit(outlet.exit_code)


def _must_rebuild(house: House, out: Path) -> None:
    """Refuse to begin what would leave the feeds behind. Raises UsageError."""
    from articleaudio.errors import UsageError

    if not house.show.base_url and any(out.glob("feed*.xml")):
        raise UsageError(_FEEDS.format(out), hint=_NO_BASE)


def _withdraw(library: Library, one: Lying, house: House, *, as_json: bool) -> Withdrawn:
    from articleaudio.config import now
    from articleaudio.plain import dump
    from articleaudio.publish.withdrawal import withdraw
    from articleaudio.site.pages import withdrawn_page

    done = withdraw(library, one, lambda language: withdrawn_page(house.show, language, house.templates), now())
    if as_json:
        click.echo(dump({"id": done.id, "slug": done.slug, "removed": done.removed, "left": done.foreign}))
        return done
    for name in done.removed:
        click.echo(f"episodes/{done.slug}/{name}")
    click.echo(f"{done.slug}: withdrawn, {len(done.removed)} files removed", err=True)
    for name in done.foreign:
        click.echo(f"warning: episodes/{done.slug}/{name} is not ours and was left", err=True)
    return done


def _forget(library: Library, withdrawn: Withdrawn) -> None:
    """Let the receipt forget the text; what the cache holds of it is noted beside."""
    from articleaudio.publish.trail import Trail
    from articleaudio.publish.withdrawal import forget

    receipt = library.receipt(withdrawn.id)
    clips = [("clip", segment.key) for segment in (receipt.segments if receipt else ())]
    Trail(library.state).add(withdrawn.id, clips)
    forget(library, withdrawn.id)


def _purge(library: Library, withdrawn: Withdrawn, house: House, *, as_json: bool) -> None:
    """Remove what the cache holds of a withdrawn episode: last, for nobody hears it there."""
    from articleaudio.plain import dump
    from articleaudio.publish.trail import Trail
    from articleaudio.store import Store

    trail = Trail(library.state)
    gone = Store(house.cache).remove(sorted(trail.of(withdrawn.id)))
    trail.forget(withdrawn.id)
    if as_json:
        click.echo(dump({"id": withdrawn.id, "slug": withdrawn.slug, "purged": gone}))
    else:
        click.echo(f"{withdrawn.slug}: {gone} entries removed from the cache", err=True)


def _rebuild(house: House, out: Path) -> None:
    """Bring feeds, index, archive and playlist up to date: what was withdrawn is in none of them."""
    from articleaudio import batch
    from articleaudio.task import Setting

    batch.finish(Setting(house, out), talk)
