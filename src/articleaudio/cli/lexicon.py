"""`articleaudio lexicon`: prove, import and export a house's readings."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from articleaudio.cli.options import config_option, json_option

if TYPE_CHECKING:
    from articleaudio.model import LexiconEntry
    from articleaudio.proof import Proof

FILE = click.Path(path_type=Path, dir_okay=False)
output_option = click.option("-o", "--output", required=True, type=FILE, help="File to write.")


@click.group("lexicon")
def command() -> None:
    """Prove, import and export lexicons: how names are said.

    \b
    Example:
      articleaudio lexicon check lexicons/desk.toml
      articleaudio lexicon import names.pls -o lexicons/names.toml
      articleaudio lexicon export lexicons/desk.toml -o desk.pls
    """


@command.command("check")
@click.argument("files", nargs=-1, type=FILE)
@json_option
@config_option
def check(files: tuple[Path, ...], as_json: bool, config: Path | None) -> None:
    """Speak every entry of FILES (TOML or .pls); without FILES, of all lexicons that the house uses.

    Tells what is wrong with an entry, which entries a voice cannot be told, and which change nothing. Exits with 1
    when something is wrong.

    \b
    Example:
      articleaudio lexicon check lexicons/*.toml
    """
    from articleaudio.config import load_house
    from articleaudio.proof import prove

    house = load_house(config)
    wrong = guesses = needless = total = 0

    for where, entries in [(f"{path}: ", _read(path)) for path in files] or [("", house.lexicon)]:
        proofs = prove(entries, house, partial(_show, where, as_json))
        total += len(proofs)
        wrong += sum(bool(proof.findings) for proof in proofs)
        guesses += sum(proof.guess for proof in proofs)
        needless += sum(proof.needless for proof in proofs)
    click.echo(f"{total} entries spoken: {wrong} wrong, {guesses} as a guess, {needless} needless", err=True)
    if wrong:
        raise SystemExit(1)


@command.command("import")
@click.argument("file", type=FILE)
@output_option
def import_(file: Path, output: Path) -> None:
    """Turn a W3C pronunciation lexicon (PLS 1.0) into a house lexicon.

    \b
    Example:
      articleaudio lexicon import names.pls -o lexicons/names.toml
    """
    from articleaudio.config.lexicons import toml_text
    from articleaudio.config.pls import read_pls
    from articleaudio.files import write

    entries = read_pls(file)
    write(output, toml_text(entries).encode())
    click.echo(f"{output}  {len(entries)} entries")


@command.command("export")
@click.argument("file", type=FILE)
@output_option
@click.option("--language", default="", metavar="TAG", help="Language to export, where a lexicon has several.")
def export(file: Path, output: Path, language: str) -> None:
    """Turn a house lexicon into a W3C pronunciation lexicon (PLS 1.0), which has one language.

    \b
    Example:
      articleaudio lexicon export lexicons/desk.toml -o desk.pls
    """
    from articleaudio.config import load_lexicon
    from articleaudio.config.pls import pls_text
    from articleaudio.files import write

    entries = load_lexicon(file)
    named = [entry.language for entry in entries if entry.language]
    tag = language or (max(sorted(set(named)), key=named.count) if named else "en")
    fit = [entry for entry in entries if entry.language in {"", tag.partition("-")[0]}]
    write(output, pls_text(fit, tag).encode())
    click.echo(f"{output}  {len(fit)} entries in {tag}")
    if len(fit) < len(entries):
        click.echo(f"  left out: {len(entries) - len(fit)} entries in other languages (--language)", err=True)


def _show(where: str, as_json: bool, proof: Proof) -> None:
    from articleaudio.plain import dump

    if as_json:
        click.echo(dump(proof))
        return
    lines = [f"wrong: {finding}" for finding in proof.findings]
    if proof.guess and not proof.findings:
        lines.append("guess: the voice takes no IPA in this language, and reads the written form")
    if proof.needless:
        lines.append("needless: the voice says the same without it")
    for line in lines:
        click.echo(f"{where}{proof.written}  {line}")


def _read(path: Path) -> tuple[LexiconEntry, ...]:
    from articleaudio.config import load_lexicon
    from articleaudio.config.pls import read_pls

    return read_pls(path) if path.suffix.lower() in {".pls", ".xml"} else load_lexicon(path)
