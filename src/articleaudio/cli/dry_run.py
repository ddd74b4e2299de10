"""`convert --dry-run`: what a run would do, told and not done."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from articleaudio.forecast import Forecast, Outlook, Totals, What
from articleaudio.plain import plain
from articleaudio.plan import reading
from articleaudio.read.discover import discover
from articleaudio.task import Setting
from articleaudio.terminal import WIDTH_IN_A_PIPE, clock

_QUIET = frozenset({What.UNCHANGED, What.SKIPPED})
"""What is only counted: of these there may be a hundred thousand."""

_COLOURS = {What.NEW: "green", What.CHANGED: "yellow", What.FAILED: "red", What.GONE: "magenta"}


def dry_run(
    sources: Sequence[str],
    setting: Setting,
    *,
    jobs: int,
    as_json: bool,
    lists: Sequence[str] = (),
    limit: int = 0,
) -> int:
    """Tell what a run would do and give the exit code that it would end with, 1 too where it would cost too much."""
    folders = [Path(one) for one in sources if Path(one).is_dir()]
    with Forecast(setting, folders=folders, jobs=jobs, limit=limit) as run:
        for line in run.lines(discover(sources, reading(setting.house), lists=lists)):
            if as_json:
                _json("Outlook", line)
            elif line.what not in _QUIET:
                click.echo(_text(line))
        totals = run.totals()
    if as_json:
        _json("Forecast", totals)
    else:
        _table(totals)
    return totals.exit_code


def _json(kind: str, told: Outlook | Totals) -> None:
    facts = plain(told)
    assert isinstance(facts, dict)  # noqa: S101 -- both are dataclasses
    sys.stdout.write(json.dumps({"event": kind} | facts) + "\n")


def _text(line: Outlook) -> str:
    """One article for people."""
    what = click.style(f"{line.what:9}", fg=_COLOURS.get(line.what))
    if line.what in {What.FAILED, What.GONE}:
        hint = f"\n{' ' * 10}{click.style('→', fg='yellow')} {line.hint}" if line.hint else ""
        return f"{what} {line.source}: {line.why}{hint}"
    cost = f", {_dollars(line.dollars)}" if line.dollars else ""
    why = f" ({line.why})" if line.why else ""
    speak = f"{line.spoken} of {line.segments} segments to speak, {line.characters:,} characters{cost}"
    return f"{what} {line.source}{why}: {speak}"


def _table(totals: Totals) -> None:
    screen = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH_IN_A_PIPE)
    articles = Table("Articles", "", box=None, pad_edge=False)
    articles.columns[1].justify = "right"
    anew = f"changed ({totals.edited:,} edited, {totals.settled_anew:,} under other settings)"
    rows = (("new", totals.new), (anew, totals.changed), ("unchanged", totals.unchanged))
    for name, count in (*rows, ("skipped", totals.skipped), ("failed", totals.failed), ("gone", totals.gone)):
        articles.add_row(name, f"{count:,}")
    screen.print(articles)
    if totals.voices:
        voices = Table("Voice", "Segments", "Characters", "Audio", "Cost", box=None, pad_edge=False)
        for column in voices.columns[1:]:
            column.justify = "right"
        for need in totals.voices:
            cost = _dollars(need.dollars) if need.dollars else "–"
            voices.add_row(need.voice, f"{need.segments:,}", f"{need.characters:,}", clock(need.seconds), cost)
        screen.print()
        screen.print(voices)
    screen.print()
    for line in _sums(totals):
        screen.print(line, markup=False)


def _sums(totals: Totals) -> Sequence[str]:
    spoken = f"To speak: {totals.spoken:,} of {totals.segments:,} segments, {totals.characters:,} characters"
    lines = [f"{spoken}, about {clock(totals.seconds)} of audio; in all {clock(totals.duration)}"]
    if totals.settled_anew:
        lines.append(
            f"Not edited, but under another software, voice, lexicon or setting: {totals.spoken_anew:,} segments"
        )
    limit = f" of {_dollars(totals.max_cost)} that may be spent" if totals.max_cost else ""
    lines.append(f"Cost: {_dollars(totals.dollars)}{limit}")
    if totals.over_budget:
        lines.append("That is too much: the run would stop on its way. Raise --max-cost, or choose other voices")
    basis = "measured here" if totals.measured else "not measured here yet"
    workers = f"{totals.jobs} worker{'' if totals.jobs == 1 else 's'}"
    lines.append(f"Time: about {clock(totals.time)} with {workers} ({basis})")
    lines.append("Nothing was written.")
    return lines


def _dollars(amount: float) -> str:
    return f"${amount:,.2f}" if amount >= 0.01 or not amount else f"${amount:.4f}"
