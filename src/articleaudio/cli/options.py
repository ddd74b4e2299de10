"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from articleaudio.model import House

Command = TypeVar("Command", bound=Callable[..., object])

EXISTING = click.Path(file_okay=False, exists=True)
"""A folder that is there."""

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="House file; else articleaudio.toml is looked for here and in the parent folders.",
)
voice_option = click.option("--voice", metavar="NAME", help="Voice profile for everything; else one for each language.")
cache_option = click.option(
    "--cache", metavar="WHERE", help="Cache: a folder, or an object store that machines share (s3://bucket/prefix)."
)
state_option = click.option("--state", type=click.Path(path_type=Path, file_okay=False), help="Folder for receipts.")
base_url_option = click.option("--base-url", metavar="URL", help="Where the output folder will be served.")
json_option = click.option("--json", "as_json", is_flag=True, help="Speak JSON on stdout, one object a line.")
url_option = click.option("--url", default="", metavar="URL", help="The page's address, for links and ids.")

private_option = click.option("--allow-private", is_flag=True, help="Let addresses of private networks be fetched.")


def existing_output(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Take an output as `convert --out` made it: a folder that is there, or the address of an object store."""
    return value if "://" in value else str(EXISTING.convert(value, parameter, context))


def named(sources: tuple[str, ...], house: House) -> tuple[str, ...]:
    """Give the sources of a run: those that were named, else the house's."""
    if not sources and not house.sources:
        raise click.UsageError("name a SOURCE, or set `from` under [sources] in articleaudio.toml")
    return sources or house.sources


def output(out: str | None, house: House) -> str:
    """Give where a run writes: what was named, else the house's output."""
    if not out and not house.output:
        raise click.UsageError("name an output with --out, or set `folder` under [output] in articleaudio.toml")
    return out or house.output


def together(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Make one decorator of several, in the order they are to be listed."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


house_options = together(config_option, voice_option, base_url_option, cache_option, state_option, private_option)
reading_options = together(url_option, config_option, private_option)
