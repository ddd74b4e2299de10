"""`articleaudio script`: what will be said."""

from __future__ import annotations

import click

from articleaudio.cli.options import config_option, url_option


@click.command("script")
@click.argument("source")
@url_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form.")
@click.option("--explain", is_flag=True, help="Show every reading with the rule that decided it.")
@config_option
def command(source: str, url: str, form: str, explain: bool, config: str | None) -> None:
    """Show what will be said for SOURCE, one segment a line, as spoken.

    \b
    Example:
      articleaudio script page.html
      articleaudio script page.html --explain
    """
    from articleaudio.cli.sources import articles
    from articleaudio.config import load_house
    from articleaudio.plain import dump
    from articleaudio.script import Style, explain_view, text_view, write_script

    house = load_house(config)  # type: ignore[arg-type] # click gives a Path
    for article in articles(source, url):
        script = write_script(article, Style(disclosure=house.disclosure))
        view = explain_view if explain else text_view
        click.echo(dump(script, indent=2) + "\n" if form == "json" else view(script), nl=False)
