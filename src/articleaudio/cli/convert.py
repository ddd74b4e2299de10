"""`articleaudio convert`: the main job."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from articleaudio.cli.clusters import asked_of, cluster_options, crew_of
from articleaudio.cli.options import house_options, json_option, named, output


@click.command("convert")
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@click.option(
    "--from", "lists", multiple=True, metavar="FILE", help="List of sources, one a line; - for standard input."
)
@click.option("--out", metavar="WHERE", help="Output: a folder, or an object store (s3://bucket/prefix).")
@click.option(
    "--jobs", default=0, type=click.IntRange(0), help="Workers; 0 takes one for each core.", show_default=True
)
@click.option("--force", is_flag=True, help="Make everything anew, past receipts and cache.")
@click.option("--dry-run", is_flag=True, help="Tell what would be done, spoken and paid, and do nothing.")
@click.option("--strict", is_flag=True, help="Let a doubtful reading fail its article.")
@click.option("--revive", is_flag=True, help="Publish again what was withdrawn with `retract`.")
@click.option("--retag", is_flag=True, help="Give MP3s new tags also where nothing that is heard differs.")
@click.option("--overwrite", is_flag=True, help="In an object store: put ours in place of what others changed.")
@click.option("--limit", default=0, type=click.IntRange(0), metavar="N", help="Make at most N new or changed articles.")
@click.option("--no-wait", is_flag=True, help="End at once (code 5) while another run is at work on the output.")
@click.option("--include-members", is_flag=True, help="Speak articles for members too; wants an --out of its own.")
@click.option(
    "--max-cost",
    type=click.FloatRange(0),
    metavar="DOLLARS",
    help="US dollars that the run may spend on services; 0 for no limit.",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Put the report into FILE.json or FILE.html too.",
)
@cluster_options
@json_option
@house_options
def command(  # noqa: PLR0917 -- click gives every option a parameter
    sources: tuple[str, ...],
    lists: tuple[str, ...],
    out: str | None,
    jobs: int,
    force: bool,
    dry_run: bool,
    strict: bool,
    revive: bool,
    retag: bool,
    overwrite: bool,
    limit: int,
    no_wait: bool,
    include_members: bool,
    reports: tuple[Path, ...],
    as_json: bool,
    **settings: object,
) -> None:
    """Turn SOURCEs into published audio under --out, then update feed, index and pages.

    A SOURCE is a file, a folder, a glob, a web address, or - for standard input: HTML, Markdown, text, DOCX, EPUB,
    feeds, exports of Ghost and WordPress. Running again does only what changed; what only members may read and drafts
    are skipped. With [sources] and [output] in the house file nothing need be named. Exit code: 0 done, 1 some failed.

    \b
    Example:
      articleaudio convert articles/ --out public
      articleaudio convert story.html --out public --voice en-gb --json
    """
    from articleaudio import config
    from articleaudio.cli.run import run
    from articleaudio.delivery import folder_of
    from articleaudio.task import Setting

    asked = asked_of(settings)
    house = config.load_house(**settings)  # type: ignore[arg-type] # click names options as the parameters
    sources, out = sources if lists else named(sources, house), output(out, house)
    crew = crew_of(asked, jobs=jobs, house=house.cluster)
    setting = Setting(
        house, folder_of(house, out), strict=strict, force=force, members=include_members, revive=revive, retag=retag
    )
    jobs = jobs or os.cpu_count() or 1
    if dry_run:
        from articleaudio.cli import dry_run as foretold

        sys.exit(foretold.dry_run(sources, setting, lists=lists, limit=limit, jobs=jobs, as_json=as_json))
    code = run(
        sources,
        setting,
        jobs=jobs,
        crew=crew,
        as_json=as_json,
        where=out,
        lists=lists,
        reports=reports,
        overwrite=overwrite,
        limit=limit,
        wait=not no_wait,
    )
    sys.exit(code)
