"""`articleaudio init`: write a house file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from articleaudio.cli.options import json_option

if TYPE_CHECKING:
    from articleaudio.config.draft import Draft

QUESTIONS = {
    "title": "Name of the show",
    "language": "Its language (en, uk, de, …)",
    "base_url": "Address at which the output will be served (- for none: no feed then)",
    "author": "Publisher",
    "owner_email": "E-mail address of the feed's owner (- for none)",
    "cover": "Cover, a square JPEG or PNG (- for none)",
    "output": "Where episodes go: a folder, or s3://bucket/prefix",
    "voice": "Voice",
    "disclosure": "Say that the audio was made by a machine? yes, no, or your own words",
}
"""What is asked, in order; sources are asked for before the output."""


@click.command("init")
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--yes", is_flag=True, help="Ask nothing: take what these options say, and what is likely.")
@click.option("--title", help="Name of the show.")
@click.option("--language", metavar="TAG", help="Language of the show.")
@click.option("--base-url", metavar="URL", help="Where the output will be served.")
@click.option("--author", help="Publisher's name.")
@click.option("--owner-email", metavar="ADDRESS", help="Where podcast directories write to.")
@click.option("--cover", metavar="FILE", help="Square JPEG or PNG.")
@click.option("--source", "sources", multiple=True, metavar="SOURCE", help="Folder, file, feed or address; repeat it.")
@click.option("--out", "output", metavar="WHERE", help="Where episodes go.")
@click.option("--voice", metavar="NAME", help="Voice for the language.")
@click.option("--disclosure", metavar="TEXT", help="yes, no, or a line of your own.")
@click.option("--overwrite", is_flag=True, help="Replace a house file that is there.")
@json_option
def command(folder: Path, yes: bool, overwrite: bool, as_json: bool, **given: object) -> None:
    """Write articleaudio.toml into FOLDER, after a few questions with likely answers.

    What can be found is offered: a cover, folders with articles. Every answer is checked, and a file that is there is
    never replaced without a word.

    \b
    Example:
      articleaudio init
      articleaudio init newsroom --yes --title "The Harbour Post, read aloud" --base-url https://audio.example/
    """
    from articleaudio.config import HOUSE_FILE
    from articleaudio.errors import UsageError

    path = folder / HOUSE_FILE
    if not yes and not sys.stdin.isatty():
        raise UsageError("init asks questions, and nobody is there to answer", hint="take likely answers with --yes")
    if path.exists() and not overwrite:
        told = f"{path} is there already"
        if yes:
            raise UsageError(told, hint="replace it with --overwrite")
        click.confirm(f"{told}. Replace it?", abort=True, err=True)
    draft = _drafted(folder, {key: value for key, value in given.items() if value})
    if not yes:
        draft = _asked(folder, draft)
    _write(path, draft)
    _tell(path, draft, as_json=as_json)


def _drafted(folder: Path, given: dict[str, object]) -> Draft:
    """What is likely, and what the command line says."""
    from dataclasses import replace

    from articleaudio.config.draft import default_voice, likely

    language = str(given.get("language", "en")).lower()
    draft = replace(likely(folder, language), **given)  # type: ignore[arg-type] # options are named as the fields
    return draft if "voice" in given else replace(draft, voice=default_voice(folder, draft.language))


def _asked(folder: Path, draft: Draft) -> Draft:
    """Ask for everything; each answer is checked before the next question."""
    from dataclasses import replace

    from articleaudio.config.draft import default_voice

    for key, question in QUESTIONS.items():
        if key == "output":
            draft = replace(draft, sources=_ask_sources(folder, draft.sources))
        if key == "voice":
            draft = replace(draft, voice=draft.voice or default_voice(folder, draft.language))
            _list_voices(folder, draft.language)
        answer = _ask(question, getattr(draft, key), _checker(folder, key))
        if key == "language" and answer != draft.language:
            draft = replace(draft, voice="")
        draft = replace(draft, **{key: answer})  # type: ignore[arg-type] # keys of texts only
    return draft


def _ask(question: str, default: str, check: Callable[[str], str]) -> str:
    answer: str = click.prompt(question, default=default, value_proc=check, show_default=bool(default), err=True)
    return answer


def _checker(folder: Path, key: str) -> Callable[[str], str]:
    """What click asks about an answer: it repeats the question for a UsageError."""
    from articleaudio.config.draft import check
    from articleaudio.errors import ConfigError

    def checked(answer: str) -> str:
        try:
            return check(folder, key, "" if answer == "-" else answer)
        except ConfigError as error:
            raise click.UsageError(f"{error.message}; {error.hint}") from error

    return checked


def _ask_sources(folder: Path, likely: tuple[str, ...]) -> tuple[str, ...]:
    check = _checker(folder, "source")

    def each(answer: str) -> str:
        return ", ".join(filter(None, (check(one.strip()) for one in answer.split(","))))

    question = "Sources, with commas between: folders, files, feeds, addresses (- for none)"
    answer = _ask(question, ", ".join(likely), each)
    return tuple(one.strip() for one in answer.split(",") if one.strip())


def _list_voices(folder: Path, language: str) -> None:
    from articleaudio.config import voice_folders
    from articleaudio.voicebox.standing import standings

    tag = language.partition("-")[0]
    for one in standings(voice_folders(folder)):
        if one.language.partition("-")[0] == tag and one.usable:
            click.echo(f"  {one.name}  {one.description}", err=True)


def _write(path: Path, draft: Draft) -> None:
    """Write the file, once it is known to load. Raises ConfigError, VoiceError and OutputError."""
    from articleaudio.config import load_house
    from articleaudio.config.draft import checked, written
    from articleaudio.files import writing

    text = written(checked(path.parent, draft))
    with writing(path) as temporary:
        temporary.write_text(text, "utf-8")
        load_house(temporary)


def _tell(path: Path, draft: Draft, *, as_json: bool) -> None:
    from articleaudio.plain import dump, plain

    if as_json:
        facts = plain(draft)
        assert isinstance(facts, dict)  # noqa: S101 -- a draft is a dataclass
        click.echo(dump({"path": str(path), **facts}))
        return
    click.echo(path)
    where = "" if path.parent == Path() else f"cd {path.parent} && "
    click.echo(f"next: {where}articleaudio convert{'' if draft.sources else ' SOURCE…'}", err=True)
