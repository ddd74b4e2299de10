"""`articleaudio read`: what an article says, and what is left out."""

from __future__ import annotations

import click

from articleaudio.cli.options import url_option


@click.command("read")
@click.argument("source")
@url_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Form.")
@click.option("--with-title", is_flag=True, help="Put headline, standfirst and by-line first.")
def command(source: str, url: str, form: str, with_title: bool) -> None:
    """Show the article in SOURCE: its body as text, or everything with the ledger of dropped pieces as JSON.

    \b
    Example:
      articleaudio read page.html --url https://example.org/story
      articleaudio read page.html --format json
    """
    from articleaudio.cli.sources import articles
    from articleaudio.plain import dump
    from articleaudio.read import text_view

    for article in articles(source, url):
        text = dump(article, indent=2) + "\n" if form == "json" else text_view(article, with_title=with_title)
        click.echo(text, nl=False)
