"""`articleaudio check`: the proof on finished files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from articleaudio.cli.options import config_option, json_option, state_option

if TYPE_CHECKING:
    from articleaudio.checking import Finding, Report
    from articleaudio.checking.sound import Sound


@click.command("check")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("episode", required=False, default="")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page to listen and look at.")
@json_option
@config_option
@state_option
@click.pass_context
def command(  # noqa: PLR0917 -- click gives every option a parameter
    context: click.Context,
    folder: Path,
    episode: str,
    html: Path | None,
    as_json: bool,
    config: Path | None,
    state: Path | None,
) -> None:
    """Decode every finished MP3 of DIR, measure it again, and name each second that is wrong.

    Loudness, true peak, silences, clipping, clicks, duration, tags, captions, chapters, transcript, feeds, sizes,
    hashes and signatures are looked at. EPISODE is a slug, an id or the article's address. Exits with 1 when something
    is wrong; notes, such as doubtful readings, do not count.

    \b
    Example:
      articleaudio check public
      articleaudio check public --html check.html
    """
    from articleaudio.checking import check_output, report_object
    from articleaudio.checking.page import Page
    from articleaudio.config import load_house
    from articleaudio.plain import dump
    from articleaudio.plan import state_folder

    out = folder.absolute()
    house = load_house(config, state=state)
    page = Page(html.absolute(), out) if html else None

    def told(report: Report, sound: Sound | None) -> None:
        if page:
            page.add(report, sound)
        click.echo(dump(report_object(report)) if as_json else _text(report))

    anchors = house.signing.anchors if house.signing else None
    reports = check_output(out, state_folder(house, out), episode=episode, anchors=anchors, on_report=told)
    if page:
        page.write()
        click.echo(f"{html}: a page on what was found", err=True)
    errors = sum(report.errors for report in reports)
    episodes = sum(bool(report.slug) for report in reports)
    notes = sum(report.notes for report in reports)
    click.echo(f"{_count(episodes, 'episode')} checked: {_count(errors, 'error')}, {_count(notes, 'note')}", err=True)
    context.exit(int(bool(errors)))


def _text(report: Report) -> str:
    """A report as a person reads it."""
    from articleaudio.checking import clock

    mark = click.style("wrong", fg="red", bold=True) if report.errors else click.style("good", fg="green")
    line = f"{mark}  {report.slug or report.title}"
    if report.measures:
        found = report.measures
        line += f"  {clock(found.duration)}  {found.integrated:.1f} LUFS  {found.peak:.1f} dBTP"
    return "\n".join((line, *(_finding(finding, report.audio) for finding in report.findings)))


def _finding(finding: Finding, audio: str) -> str:
    from articleaudio.checking import clock, short_place

    at = "" if finding.second is None else clock(finding.second, tenths=True)
    kind = "note" if finding.severity == "note" else finding.kind
    hint = f"\n{' ' * 22}{click.style('→', fg='yellow')} {finding.hint}" if finding.hint else ""
    return f"  {at:>8}  {kind:9} {finding.what} ({short_place(finding, audio)}){hint}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
