"""`articleaudio check`: the proof on finished files."""

from __future__ import annotations

import contextlib
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from articleaudio.cli.options import config_option, existing_output, json_option, state_option

if TYPE_CHECKING:
    from articleaudio.checking import Asked, Checked, Finding, Report

_AGO = re.compile(r"(\d+)\s*(m|h|d|w)")
_SECONDS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def _moment(context: click.Context, option: click.Parameter, text: str) -> float:
    """A day, a moment, or how long ago (`2026-11-20`, `2026-11-20T08:00`, `12h`, `7d`), in seconds since 1970."""
    if not text:
        return 0.0
    if found := _AGO.fullmatch(text.strip()):
        return datetime.now(UTC).timestamp() - int(found[1]) * _SECONDS[found[2]]
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError) as error:
        what = f"{text!r} is no time; write 2026-11-20, 2026-11-20T08:00, 12h or 7d"
        raise click.BadParameter(what, context, option) from error


@click.command("check")
@click.argument("where", metavar="DIR", callback=existing_output)
@click.argument("episode", required=False, default="")
@click.option("--quick", is_flag=True, help="Hashes and links only: nothing is decoded, no article is read.")
@click.option("--all", "everything", is_flag=True, help="Check anew what is as it was at the last check.")
@click.option(
    "--since", default="", callback=_moment, metavar="WHEN", help="Only what was written since: a day, 12h, 7d."
)
@click.option("--jobs", default=0, type=click.IntRange(0), help="Workers; 0 takes one for each core.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page to listen and look at.")
@json_option
@config_option
@state_option
@click.pass_context
def command(  # noqa: PLR0917 -- click gives every option a parameter
    context: click.Context,
    where: str,
    episode: str,
    quick: bool,
    everything: bool,
    since: float,
    jobs: int,
    html: Path | None,
    as_json: bool,
    config: Path | None,
    state: Path | None,
) -> None:
    """Decode every finished MP3 of DIR, measure it again, and name each second that is wrong.

    Loudness, true peak, silences, clipping, clicks, duration, tags, captions, chapters, transcript, sizes, hashes and
    signatures are looked at; whether the article is as it was and spoken whole; and whether all links of feeds, pages
    and lists lead to files. EPISODE is a slug, an id or the article's address. What is as it was at the last check is
    not decoded again. Exits with 1 when something is wrong; notes, such as doubtful readings, do not count. DIR may be
    the address of an object store that `convert --out` delivers to: then it is what is delivered that is checked.

    \b
    Example:
      articleaudio check public
      articleaudio check public --quick
      articleaudio check public --html check.html
    """
    from articleaudio.checking import Asked
    from articleaudio.config import load_house
    from articleaudio.delivery import folder_of
    from articleaudio.plan import state_folder

    house = load_house(config, state=state)
    out = folder_of(house, where)
    own = state_folder(house, out)
    asked = Asked(
        out=out,
        state=own,
        house=house,
        episode=episode,
        anchors=house.signing.anchors if house.signing else None,
        quick=quick,
        all=everything,
        since=since,
        jobs=jobs or os.cpu_count() or 1,
        page=html.absolute() if html else None,
    )
    if not own.is_dir():
        what = "whether articles changed, are spoken whole or have doubtful readings, and which files nobody knows"
        click.echo(f"without its state ({own}) it cannot be checked {what}; --state names another folder", err=True)
    context.exit(_run(asked, html, as_json=as_json))


def _run(asked: Asked, html: Path | None, *, as_json: bool) -> int:
    from articleaudio.checking import check_each, report_object
    from articleaudio.checking.page import Page
    from articleaudio.plain import dump

    errors = notes = episodes = kept = 0
    with Page(asked.page, asked.out) if asked.page else contextlib.nullcontext() as page:
        for checked in check_each(asked):
            report = checked.report
            errors, notes = errors + report.errors, notes + report.notes
            episodes, kept = episodes + bool(report.slug), kept + checked.remembered
            if page:
                page.add(checked)
            if as_json:
                click.echo(dump({**_object(report_object(report)), "remembered": checked.remembered}))
            elif report.findings or not checked.remembered or asked.episode:
                click.echo(_text(checked, quick=asked.quick))
        if page:
            page.write()
            click.echo(f"{html}: a page on what was found", err=True)
    as_before = f" ({kept:,} as at the last check, not decoded again: --all does)" if kept else ""
    sums = f"{_count(errors, 'error')}, {_count(notes, 'note')}"
    click.echo(f"{_count(episodes, 'episode')} checked{as_before}: {sums}", err=True)
    return int(bool(errors))


def _object(value: object) -> dict[str, object]:
    assert isinstance(value, dict)  # noqa: S101 -- reports are dataclasses
    return value


def _text(checked: Checked, *, quick: bool) -> str:
    """A report as a person reads it."""
    from articleaudio.checking import clock

    report: Report = checked.report
    mark = click.style("wrong", fg="red", bold=True) if report.errors else click.style("good", fg="green")
    line = f"{mark}  {report.slug or report.title}"
    if report.measures:
        found = report.measures
        line += f"  {clock(found.duration)}  {found.integrated:.1f} LUFS  {found.peak:.1f} dBTP"
    elif quick and report.slug:
        line += "  not decoded"
    if checked.remembered:
        line += "  (as at the last check)"
    return "\n".join((line, *(_finding(finding, report.audio) for finding in report.findings)))


def _finding(finding: Finding, audio: str) -> str:
    from articleaudio.checking import clock, short_place

    at = "" if finding.second is None else clock(finding.second, tenths=True)
    kind = "note" if finding.severity == "note" else finding.kind
    hint = f"\n{' ' * 22}{click.style('→', fg='yellow')} {finding.hint}" if finding.hint else ""
    return f"  {at:>8}  {kind:9} {finding.what} ({short_place(finding, audio)}){hint}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
