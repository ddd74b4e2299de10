"""`articleaudio names`: what no lexicon settles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from articleaudio.cli.options import config_option, json_option

if TYPE_CHECKING:
    from articleaudio.model import House
    from articleaudio.script.names import Unsettled


@click.command("names")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(0), help="How many to show; 0 for all.")
@json_option
@config_option
def command(sources: tuple[str, ...], limit: int, as_json: bool, config: Path | None) -> None:
    """Rank the names, acronyms and foreign words of an archive that no lexicon settles, most frequent first.

    Each comes with what would be said now: letters with periods, or a word that the voice reads by its own rules; and
    with how that sounds, in IPA, where the voice can tell.

    \b
    Example:
      articleaudio names articles/
      articleaudio names articles/ --limit 0 --json
    """
    from articleaudio.cli.sources import articles
    from articleaudio.config import house_style, load_house
    from articleaudio.plain import dump
    from articleaudio.script.names import unsettled

    house = load_house(config)
    style = house_style(house)
    found = unsettled((article for source in sources for article in articles(source, house)), style)
    shown = found[:limit] if limit else found
    sounds = _sounds(shown, house)
    if as_json:
        for row, sound in zip(shown, sounds, strict=True):
            click.echo(json.dumps({**json.loads(dump(row)), "sound": sound}, ensure_ascii=False))
        return
    width = max((len(row.written) for row in shown), default=0)
    for row, sound in zip(shown, sounds, strict=True):
        click.echo(
            f"{row.count:6}  {row.written:{width}}  {row.kind:8} {row.guess:{width}}  {sound and f'/{sound}/'}".rstrip()
        )
    if len(shown) < len(found):
        click.echo(f"  {len(found) - len(shown)} more (--limit 0 shows all)", err=True)


def _sounds(rows: list[Unsettled], house: House) -> list[str]:
    """The sound of each guess in its language's voice."""
    from articleaudio.proof import sounds_like

    told: dict[tuple[str, str], str] = {}
    for language in {row.language for row in rows}:
        words = [row.guess for row in rows if row.language == language]
        said = sounds_like(words, language, house)
        told.update({(language, word): sound for word, sound in zip(words, said, strict=True)})
    return [told[row.language, row.guess] for row in rows]
