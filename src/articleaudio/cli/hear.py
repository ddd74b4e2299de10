"""`articleaudio hear`: what a recogniser understands of an article as it is spoken."""

from __future__ import annotations

from pathlib import Path

import click

from articleaudio.cli.options import cache_option, reading_options, voice_option


@click.command("hear")
@click.argument("source")
@click.option(
    "--model",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder of a model for faster-whisper; else pocketsphinx hears English with its own.",
)
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=0.7,
    show_default=True,
    help="Show segments of which a smaller share was heard.",
)
@reading_options
@voice_option
@cache_option
@click.pass_context
def command(  # noqa: PLR0917 -- click gives every option a parameter
    context: click.Context,
    source: str,
    model: Path | None,
    least: float,
    url: str,
    config: Path | None,
    allow_private: bool,
    voice: str | None,
    cache: Path | None,
) -> None:
    """Speak SOURCE, or take its sound from the cache, hear it, and list words that were not heard.

    A recogniser errs more often than a voice: the list says where to listen. Exits with 1 when it lists anything.

    \b
    Example:
      articleaudio hear page.html --model models/whisper-small
    """
    from articleaudio.cli.sources import articles
    from articleaudio.config import house_style, load_house
    from articleaudio.script import write_script
    from articleaudio.speak import Speaker
    from articleaudio.speak.hearing import compare, open_recogniser
    from articleaudio.store import Store

    house = load_house(config, voice=voice, cache=cache, allow_private=allow_private)
    recogniser = open_recogniser(model)
    doubtful = segments = unknown = 0
    with Speaker(house.voices, Store(house.cache), cast=house.cast) as speaker:
        for article in articles(source, house, url):
            for segment in write_script(article, house_style(house)).segments:
                if not recogniser.understands(segment.language):
                    unknown += 1
                    continue
                clip = speaker.clip(segment)
                found = compare(segment.spoken, recogniser.hear(clip.pcm, clip.rate, segment.language))
                segments += 1
                if found.score < least:
                    doubtful += 1
                    click.echo(f"{segment.id}  {found.score:4.0%}  {segment.spoken}")
                    click.echo(
                        _told("not heard", [f"{word.word} (near {word.near:.1f} s)" for word in found.missed]), nl=False
                    )
                    click.echo(
                        _told("heard too", [f"{word.word} ({word.start:.1f} s)" for word in found.extra]), nl=False
                    )
    skipped = f", {unknown} in languages that it does not know" if unknown else ""
    click.echo(f"{recogniser.name} heard {segments} segments{skipped}; {doubtful} to listen to", err=True)
    context.exit(int(bool(doubtful)))


def _told(label: str, words: list[str]) -> str:
    return f"    {label}: {', '.join(words)}\n" if words else ""
