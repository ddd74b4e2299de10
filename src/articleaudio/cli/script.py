"""`articleaudio script`: what will be said."""

from __future__ import annotations

from pathlib import Path

import click

from articleaudio.cli.options import config_option, url_option


@click.command("script")
@click.argument("source")
@url_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True, help="Form."
)
@click.option("--explain", is_flag=True, help="Show every reading with the rule that decided it.")
@config_option
def command(source: str, url: str, form: str, explain: bool, config: Path | None) -> None:
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

    style = house_style(load_house(config))
    for article in articles(source, url):
        script = write_script(article, style)
        if form == "json":
            view = dump(script, indent=2) + "\n"
        elif form == "html":
            view = html_view(script, article)
        else:
            view = explain_view(script) if explain else text_view(script)
        click.echo(view, nl=False)
