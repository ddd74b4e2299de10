"""`articleaudio read`: what an article says, and what is left out."""

from __future__ import annotations

from pathlib import Path

import click

from articleaudio.cli.options import reading_options


@click.command("read")
@click.argument("source")
@reading_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form.")
@click.option("--with-title", is_flag=True, help="Put headline, standfirst and by-line first.")
def command(  # noqa: PLR0917 -- click gives every option a parameter
    source: str, url: str, config: Path | None, allow_private: bool, form: str, with_title: bool
) -> None:
    """Show the article in SOURCE: its body as text, or everything with the ledger of dropped pieces as JSON.

    \b
    Example:
      articleaudio read page.html --url https://example.org/story
      articleaudio read page.html --format json
      articleaudio read https://example.org/feed.xml
    """
    from articleaudio.cli.sources import articles
    from articleaudio.config import load_house
    from articleaudio.plain import dump
    from articleaudio.read import text_view

    house = load_house(config, allow_private=allow_private)
    for number, article in enumerate(articles(source, house, url)):
        if number and form == "text":
            click.echo()
        text = dump(article, indent=2) + "\n" if form == "json" else text_view(article, with_title=with_title)
        click.echo(text, nl=False)
