"""`articleaudio say`: audition one line."""

from __future__ import annotations

from pathlib import Path

import click

from articleaudio.cli.options import cache_option, config_option, voice_option


@click.command("say")
@click.argument("text")
@click.option(
    "-o",
    "--output",
    default="say.wav",
    type=click.Path(path_type=Path, dir_okay=False),
    show_default=True,
    help="File to write; its ending, .wav or .mp3, says the format.",
)
@config_option
@voice_option
@cache_option
def command(text: str, output: Path, config: Path | None, voice: str | None, cache: str | None) -> None:
    """Speak TEXT into a file, by the very path that articles take.

    \b
    Example:
      articleaudio say "The ICBM flew 1,200 km on Feb. 4." -o line.mp3
      articleaudio say --voice uk -- "Вітаємо!"
    """
    from articleaudio.audition import say
    from articleaudio.config import load_house

    said = say(text, output, load_house(config, voice=voice, cache=cache))
    for warning in said.warnings:
        click.echo(f"warning  {warning}", err=True)
    click.echo(f"{output}  {said.duration:.1f} s  {said.spoken}")
