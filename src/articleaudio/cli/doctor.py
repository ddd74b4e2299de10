"""`articleaudio doctor`: what this machine has and lacks."""

from __future__ import annotations

import sys

import click

from articleaudio.cli.options import json_option


@click.command("doctor")
@json_option
def command(as_json: bool) -> None:
    """Check engines, voices, encoder and folders by using them; say what mends what is missing.

    Exit code 4 when nothing can be spoken here.

    \b
    Example:
      articleaudio doctor
    """
    from articleaudio.checkup import examine
    from articleaudio.plain import dump

    findings = list(examine())
    for finding in findings:
        if as_json:
            click.echo(dump(finding))
            continue
        mark = click.style("ok  ", fg="green") if finding.good else click.style("miss", fg="red")
        click.echo(f"{mark}  {finding.what:<28} {finding.detail}")
        if not finding.good and finding.mend:
            click.echo(f"      {'':<28} → {finding.mend}")
    sys.exit(0 if all(finding.good or not finding.needed for finding in findings) else 4)
