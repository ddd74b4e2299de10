"""`articleaudio embed`: the snippets that a site pastes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from articleaudio.cli.options import base_url_option, config_option, existing_output, json_option, state_option

if TYPE_CHECKING:
    from articleaudio.model import House, Show
    from articleaudio.site.shelved import Shelved

_TEXT = """\
# On the article's own page: in its template, or in an HTML card or block (Ghost, Drupal, WordPress).
# `bind` is a CSS selector of what holds the article's text.
{player}

# On every other page: a frame.
{iframe}

# In WordPress and Ghost: this address alone in a line of its own becomes a player.
{page}

# In WordPress, where it does not: a Shortcode block.
{shortcode}
"""

_NO_BASE = (
    "set base_url under [show] in articleaudio.toml, or pass --base-url, to the address where the output folder will "
    "be served (https://audio.example.com/)"
)


@click.command("embed")
@click.argument("where", metavar="DIR", callback=existing_output)
@click.argument("episode")
@json_option
@base_url_option
@config_option
@state_option
def command(  # noqa: PLR0917 -- click gives every option a parameter
    where: str, episode: str, as_json: bool, base_url: str | None, config: Path | None, state: Path | None
) -> None:
    """Print what a site pastes to publish EPISODE of DIR: a player bound to the article, a frame, an address.

    EPISODE is a slug, an id or the article's address. Addresses begin with the base URL of the house. DIR may be the
    address of an object store that `convert --out` delivers to.

    \b
    Example:
      articleaudio embed public ferry-sails-again
      articleaudio embed public https://harbour.example/news/ferry --base-url https://audio.harbour.example/
    """
    from articleaudio.config import load_house
    from articleaudio.delivery import folder_of
    from articleaudio.errors import UsageError
    from articleaudio.plain import dump
    from articleaudio.site.embed import snippets

    house = load_house(config, base_url=base_url, state=state)
    shelved = _published(folder_of(house, where), episode, house)
    if not house.show.base_url:
        raise UsageError("snippets need a base URL", hint=_NO_BASE)
    facts = asdict(snippets(shelved, house.show))
    if as_json:
        click.echo(dump({"id": shelved.id, "slug": shelved.slug, "title": shelved.title, **facts}))
    else:
        click.echo(_TEXT.format(**facts), nl=False)
    if note := _stale(shelved, house.show):
        click.echo(f"note: {note}; run `articleaudio feed {where}` with the same base URL", err=True)


def _published(out: Path, asked: str, house: House) -> Shelved:
    """The episode that is meant. Raises UsageError for one that is unknown, withdrawn or broken."""
    from articleaudio.errors import UsageError
    from articleaudio.plan import state_folder
    from articleaudio.publish.library import Library
    from articleaudio.publish.lying import find_episode
    from articleaudio.site.shelf import read_episode

    receipts = state_folder(house, out)
    found = find_episode(out, asked, Library(out, receipts) if receipts.is_dir() else None)
    slug = found.folder.name
    try:
        episode = read_episode(found.folder / "episode.json")
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise UsageError(
            f"{slug} cannot be embedded: {found.problem or error}", hint="convert the article again with --force"
        ) from error
    if episode is None:
        raise UsageError(
            f"{slug} was retracted: players that are embedded hide themselves, and there is nothing to paste",
            hint="an article that is published again can be embedded again",
        )
    return episode


def _stale(episode: Shelved, show: Show) -> str:
    """What of the episode's public files does not fit the snippets; empty when all does."""
    from articleaudio.site.embed import made_for

    if not (episode.folder / "embed.html").is_file():
        return f"{episode.slug} has no embed.html yet"
    base = made_for(episode)
    if not base:
        return f"{episode.slug} has no oembed.json yet"
    return "" if base.rstrip("/") == show.base_url.rstrip("/") else f"the folder was made for {base}"
