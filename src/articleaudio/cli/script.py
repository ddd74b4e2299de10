"""`articleaudio script`: what will be said."""

from __future__ import annotations

from pathlib import Path

import click

from articleaudio.cli.options import reading_options


@click.command("script")
@click.argument("source")
@reading_options
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True, help="Form."
)
@click.option("--explain", is_flag=True, help="Show every reading with the rule that decided it.")
def command(  # noqa: PLR0917 -- click gives every option a parameter
    source: str, url: str, config: Path | None, allow_private: bool, form: str, explain: bool
) -> None:
    """Show what will be said for SOURCE, one segment a line, as spoken.

    \b
    Example:
      articleaudio script page.html
      articleaudio script page.html --explain
      articleaudio script page.html --format html > script.html
    """
    from articleaudio.cli.sources import articles
    from articleaudio.config import house_style, load_house
    from articleaudio.plain import dump
    from articleaudio.script import explain_view, text_view, write_script
    from articleaudio.script.page import html_view

    house = load_house(config, allow_private=allow_private)
    style = house_style(house)
    for article in articles(source, house, url):
        script = write_script(article, style)
        if form == "json":
            view = dump(script, indent=2) + "\n"
        elif form == "html":
            view = html_view(script, article)
        else:
            view = explain_view(script) if explain else text_view(script)
        click.echo(view, nl=False)
