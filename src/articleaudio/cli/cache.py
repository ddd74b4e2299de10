"""`articleaudio cache`: look after the cache."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from articleaudio.cli.options import cache_option, config_option, json_option

if TYPE_CHECKING:
    from articleaudio.model import House
    from articleaudio.store import Store


@click.group("cache", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Show what the cache holds, or remove what is old.

    Nothing in it is ever lost for good: what is missing is spoken again, and paid again where a service speaks.

    \b
    Example:
      articleaudio cache
      articleaudio cache prune --max-size 5GB --older-than 30d
    """
    if context.invoked_subcommand is None:
        context.invoke(show)


@command.command("show")
@json_option
@config_option
@cache_option
def show(as_json: bool, config: Path | None, cache: str | None) -> None:
    """Show where the cache is, and what each kind of entry takes.

    \b
    Example:
      articleaudio cache show
      articleaudio cache show --cache s3://newsroom/audio --json
    """
    from articleaudio.plain import dump

    house, store = _opened(config, cache)
    sizes = store.sizes()
    if as_json:
        total = sum(size.size for size in sizes)
        click.echo(dump({"cache": str(house.cache), "limit": house.cache_limit, "size": total, "kinds": sizes}))
        return
    limit = f"at most {_written(house.cache_limit)}" if house.cache_limit else "no limit"
    click.echo(f"{house.cache}  ({limit})")
    for size in sizes:
        click.echo(
            f"  {size.kind:10} {size.entries:>9,} entries {_written(size.size):>10}   "
            f"last used {_ago(size.newest)} to {_ago(size.oldest)} ago"
        )
    click.echo(
        f"  {'in all':10} {sum(s.entries for s in sizes):>9,} entries {_written(sum(s.size for s in sizes)):>10}"
    )


@command.command("prune")
@click.option("--max-size", metavar="SIZE", help="Keep to a size (5GB): what was used longest ago goes first.")
@click.option("--older-than", metavar="TIME", help="Remove what was not used for so long (30d, 12h).")
@click.option("--all", "everything", is_flag=True, help="Remove everything.")
@json_option
@config_option
@cache_option
def prune(  # noqa: PLR0917 -- click gives every option a parameter
    max_size: str | None,
    older_than: str | None,
    everything: bool,
    as_json: bool,
    config: Path | None,
    cache: str | None,
) -> None:
    """Remove entries and say how many; without an option, keep to the limit of the house file.

    \b
    Example:
      articleaudio cache prune --max-size 5GB --older-than 30d
    """
    from articleaudio.config.caching import SPANS, UNITS
    from articleaudio.plain import dump

    house, store = _opened(config, cache)
    size = _amount("--max-size", max_size, UNITS, "5GB")
    age = _amount("--older-than", older_than, SPANS, "30d")
    if everything:
        size = 0.0
    elif size is None and age is None:
        if not house.cache_limit:
            raise click.UsageError("say what to remove: --max-size 5GB, --older-than 30d or --all")
        size = house.cache_limit
    removed = store.prune(max_size=None if size is None else int(size), older_than=age)
    if as_json:
        click.echo(dump(removed))
        return
    click.echo(
        f"{removed.entries:,} entries removed, {_written(removed.size)}; "
        f"{_written(removed.left)} are left in {house.cache}"
    )


def _opened(config: Path | None, cache: str | None) -> tuple[House, Store]:
    """Open the cache that a run would use, and see that it can be reached."""
    from articleaudio.config import load_house
    from articleaudio.store import Store

    house = load_house(config, cache=cache)
    store = Store(house.cache)
    store.check()
    return house, store


def _amount(option: str, written: str | None, units: dict[str, int], example: str) -> float | None:
    from articleaudio.config.caching import amount

    if written is None:
        return None
    found = amount(written, units)
    if found is None:
        known = ", ".join(units)
        raise click.BadParameter(f"{written!r}; write a number and a unit: {example} ({known})", param_hint=option)
    return found


def _written(size: float) -> str:
    """Write bytes for people."""
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def _ago(moment: float) -> str:
    """Write how long ago something was, in the largest unit that fits."""
    seconds = max(0.0, time.time() - moment)
    for length, unit in ((86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"
