"""`articleaudio names`: what no lexicon settles."""

from __future__ import annotations

from pathlib import Path

import click

from articleaudio.cli.options import config_option, json_option


@click.command("names")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(0), help="How many to show; 0 for all.")
@json_option
@config_option
def command(sources: tuple[str, ...], limit: int, as_json: bool, config: Path | None) -> None:
    """Rank the names, acronyms and foreign words of an archive that no lexicon settles, most frequent first.

    Each comes with what would be said now: letters with periods, or a word that the voice reads by its own rules.

    \b
    Example:
      articleaudio names articles/
      articleaudio names articles/ --limit 0 --json
    """
    from articleaudio.cli.sources import articles
    from articleaudio.config import house_style, load_house
    from articleaudio.plain import dump
    from articleaudio.script.names import unsettled

    style = house_style(load_house(config))
    found = unsettled((article for source in sources for article in articles(source)), style)
    shown = found[:limit] if limit else found
    if as_json:
        for row in shown:
            click.echo(dump(row))
        return
    width = max((len(row.written) for row in shown), default=0)
    for row in shown:
        click.echo(f"{row.count:6}  {row.written:{width}}  {row.kind:8} {row.guess}")
    if len(shown) < len(found):
        click.echo(f"  {len(found) - len(shown)} more (--limit 0 shows all)", err=True)
