"""`articleaudio voices`: which voices there are, what each is, what it sounds like, and what it needs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from articleaudio.cli.options import cache_option, config_option, json_option, private_option

if TYPE_CHECKING:
    from articleaudio.model import Voice
    from articleaudio.voicebox.standing import Standing


@click.group("voices", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List, show, try and install voices. Without a command: list.

    \b
    Example:
      articleaudio voices
      articleaudio voices list --language uk --usable
      articleaudio voices preview en-gb -o en-gb.mp3
      articleaudio voices install piper-en-us-ljspeech
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@command.command("list")
@click.option("--language", metavar="TAG", help="Voices of this language only: uk, en, en-gb.")
@click.option("--usable", is_flag=True, help="Voices that can be used here and now only.")
@json_option
@config_option
def list_(language: str | None, usable: bool, as_json: bool, config: Path | None) -> None:
    """List the voices, with what the others lack and the command that mends it.

    \b
    Example:
      articleaudio voices list --language en
      articleaudio voices list --json
    """
    from articleaudio.plain import dump
    from articleaudio.voicebox.standing import standings

    found = [one for one in standings(_folders(config)) if _fits(one, language) and (one.usable or not usable)]
    if as_json:
        for one in found:
            click.echo(dump(one))
        return
    width = max((len(one.name) for one in found), default=0)
    for one in found:
        mark = click.style("ok  ", fg="green") if one.usable else click.style("–   ", fg="yellow")
        click.echo(f"{mark} {one.name:<{width}}  {one.language:<6} {one.engine:<10} {one.description}")
        if not one.usable:
            click.echo(f"     {'':<{width}}  {click.style(one.problem, dim=True)}")
        if one.mend:
            click.echo(f"     {'':<{width}}  → {one.mend}")
    usable_ones = sum(one.usable for one in found)
    click.echo(f"{len(found)} voices, {usable_ones} of them can be used here", err=True)


@command.command("show")
@click.argument("name")
@json_option
@config_option
def show(name: str, as_json: bool, config: Path | None) -> None:
    """Show everything that is known of the voice NAME.

    \b
    Example:
      articleaudio voices show en-us
    """
    from articleaudio.config import load_voice
    from articleaudio.plain import dump, plain
    from articleaudio.voicebox.standing import standing

    voice = load_voice(name, _folders(config))
    stands = standing(voice)
    if as_json:
        facts = plain(voice)
        assert isinstance(facts, dict)  # noqa: S101 -- a voice is a dataclass
        click.echo(dump(facts | {"usable": stands.usable, "problem": stands.problem, "mend": stands.mend}))
        return
    for label, text in _facts(voice, stands):
        if text:
            click.echo(f"{label:<13} {text}")


@command.command("preview")
@click.argument("name")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write [NAME.wav].")
@click.option("--text", help="What to say; else a sentence of the voice's language.")
@config_option
@cache_option
def preview(name: str, output: Path | None, text: str | None, config: Path | None, cache: Path | None) -> None:
    """Speak a sentence in the voice NAME into a file, by the very path that articles take.

    \b
    Example:
      articleaudio voices preview uk -o uk.mp3
      articleaudio voices preview en-gb --text "Good morning, Leicester."
    """
    from articleaudio.audition import lacking_gain, say
    from articleaudio.config import load_house
    from articleaudio.errors import UsageError
    from articleaudio.voicebox.samples import sample

    house = load_house(config, voice=name, cache=cache)
    voice = house.voices["*"]
    said = text if text is not None else sample(voice.language)
    if not said:
        raise UsageError(f"there is no sample sentence in {voice.language!r}", hint='give one with --text "…"')
    target = output or Path(f"{voice.name}.wav")
    heard = say(said, target, house)
    for warning in heard.warnings:
        click.echo(f"warning  {warning}", err=True)
    click.echo(f"{target}  {heard.duration:.1f} s  {heard.spoken}")
    if voice.price and voice.gain is None:  # other voices' levels are found by themselves, for nothing
        gain = lacking_gain(said, house)
        click.echo(f"note  `gain = {gain}` in its profile brings it to the level of other voices", err=True)


@command.command("install")
@click.argument("name")
@click.option("--force", is_flag=True, help="Fetch everything anew, and take files that have changed.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@private_option
@config_option
def install_(name: str, force: bool, yes: bool, allow_private: bool, config: Path | None) -> None:
    """Fetch what the voice NAME needs, after showing licence and size.

    A broken download goes on where it stopped. Every file's SHA-256 is checked; one that nobody tells is recorded at
    the first download, and holds from then on. Nothing is in place before everything is.

    \b
    Example:
      articleaudio voices install piper-en-us-ljspeech
    """
    from articleaudio.config import load_voice
    from articleaudio.terminal import Downloads
    from articleaudio.voicebox.fetch import Downloader
    from articleaudio.voicebox.install import install
    from articleaudio.voicebox.standing import standing

    voice = load_voice(name, _folders(config))
    if voice.files:
        click.echo(f"{voice.name}: {_sum(voice)}; licence: {voice.licence or 'not told'}", err=True)
        if voice.attribution:
            click.echo(f"to be named where it is heard: {voice.attribution}", err=True)
        if not yes and sys.stdin.isatty():
            click.confirm("fetch it?", default=True, abort=True, err=True)
    with Downloads() as downloads:
        done = install(voice, force=force, downloader=Downloader(allow_private), emit=downloads)
    for file in done.recorded:
        click.echo(f"nobody tells the hash of {file}: that of today is recorded, and holds from here on", err=True)
    if not voice.files:
        click.echo(f"{voice.name}  nothing is to be fetched for it")
    elif done.fetched:
        click.echo(f"{voice.name}  {_files(len(done.fetched))} fetched into {done.folder}")
    else:
        click.echo(f"{voice.name}  is installed in {done.folder}")
    if problem := standing(voice).problem:
        click.echo(f"  it cannot be used yet: {problem}", err=True)


def _folders(config: Path | None) -> tuple[Path, ...]:
    from articleaudio.config import load_house, voice_folders

    return voice_folders(load_house(config).root)


def _fits(one: Standing, language: str | None) -> bool:
    tag = (language or "").lower()
    return not tag or one.language == tag or one.language.startswith(f"{tag}-")


def _sum(voice: Voice) -> str:
    from articleaudio.terminal import megabytes

    size = sum(file.size for file in voice.files)
    known = all(file.size for file in voice.files)
    return f"{_files(len(voice.files))}, {megabytes(size) if known else 'of a size that nobody tells'}"


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"


def _facts(voice: Voice, stands: Standing) -> list[tuple[str, str]]:
    """What `show` shows, in order; empty texts are left out."""
    from articleaudio.speak.places import voice_folder
    from articleaudio.terminal import megabytes
    from articleaudio.voicebox.standing import files_there

    price = f"${voice.price:g} for a million characters" if voice.price else ""
    source = f" ({voice.price_source})" if voice.price_source else ""
    facts = [
        ("name", voice.name),
        ("description", voice.description),
        ("usable", "yes" if stands.usable else f"no: {stands.problem}"),
        ("mend", stands.mend),
        ("language", voice.language),
        ("engine", voice.engine),
        ("rate", f"{voice.rate} words a minute"),
        ("gain", f"{voice.gain:+g} dB" if voice.gain else ""),
        *(("option", f"{key} = {value}") for key, value in voice.options.items()),
        ("pauses", ", ".join(f"{key.value} {seconds:g} s" for key, seconds in voice.pauses.items())),
        *(("role", f"{role}: {name}") for role, name in voice.roles.items()),
        ("fallback", voice.fallback),
        ("lexicons", ", ".join(voice.lexicons)),
        ("source type", voice.digital_source_type),
        ("licence", voice.licence),
        ("attribution", voice.attribution),
        ("price", price + source if price or source else ""),
        ("folder", str(voice_folder(voice.name)) if voice.files else ""),
    ]
    for file, there in files_there(voice):
        size = megabytes(file.size) if file.size else "size not told"
        digest = f"SHA-256 {file.sha256}" if file.sha256 else "SHA-256 recorded at the first download"
        facts.append(("file", f"{file.name}, {'installed' if there else 'not installed'}, {size}, {digest}"))
        facts.append(("", file.url))
    return facts
