"""Checking an output folder: one report for each episode, as they come, and one for what stands around them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from articleaudio.catalogue import Catalogue
from articleaudio.checking.crew import Checked, Task, check_all
from articleaudio.checking.episode import Bench, Examiner
from articleaudio.checking.feed import Item, base_in
from articleaudio.checking.files import is_temporary
from articleaudio.checking.findings import Finding, Report, Severity, in_order, some
from articleaudio.checking.links import PAGES, Site, page_links
from articleaudio.checking.lists import Lists
from articleaudio.checking.printed import Prints
from articleaudio.checking.remembered import Remembered, state_of
from articleaudio.errors import SourceError
from articleaudio.model import House
from articleaudio.publish.library import Library
from articleaudio.publish.lying import Lying, called, find_episode, lying_in, read_lying


@dataclass(frozen=True, slots=True)
class Asked:
    """What a check is asked to do."""

    out: Path
    """The output folder."""
    state: Path | None = None
    """This output's own state folder; what is public is checked without it too."""
    house: House | None = None
    """The house, where articles are to be held against their episodes."""
    episode: str = ""
    """A slug, an id or an article's address, for one episode alone."""
    anchors: Path | None = None
    """PEM file of the authorities that signatures must lead to."""
    quick: bool = False
    """Whether only hashes and links are looked at: nothing is decoded, no article is read."""
    all: bool = False
    """Whether episodes are checked anew that are as they were at the last check."""
    since: float = 0.0
    """Only episodes with a file changed at or after this time are looked at: seconds since 1970."""
    jobs: int = 1
    """Worker processes; with one, everything is done here."""
    page: Path | None = None
    """Where the page of the check will lie, if there is to be one."""


def check_each(asked: Asked) -> Iterator[Checked]:
    """Check an output folder, or the one episode that was asked for, giving reports by slug as they come.

    Raises SourceError for a folder that holds no episodes, UsageError for an episode that is not there.
    """
    state = asked.state if asked.state is not None and asked.state.is_dir() else None
    alone = _alone(asked, state)
    slugs = [one.folder.name for one in alone] if alone else slugs_in(asked.out)
    lists = Lists(asked.out)
    site = Site(asked.out, _base_of(asked))
    catalogue = Catalogue(asked.out, state, copy=True) if state else None
    prints = Prints(asked.out, catalogue)
    bench = Bench(asked.out, state, asked.house, asked.anchors, lists.feeds, asked.quick, asked.page)
    remembered = Remembered(None if asked.quick else state)
    try:
        for checked in check_all(bench, _tasks(asked, slugs, lists, Examiner(bench), remembered), asked.jobs):
            if checked.state and not checked.remembered and not checked.lost:
                remembered.keep(checked.report.slug, checked.state, checked.report)
            yield _with_pages(checked, site, prints if lists.status(checked.report.slug) == "published" else None)
        if not alone:
            around = in_order(
                (*lists.findings(), *some(prints.around(), 200), *_around(asked.out), *_lost(catalogue, lists))
            )
            if around:
                yield Checked(Report("", title="feeds and folder", findings=around))
    finally:
        remembered.close()
        if catalogue:
            catalogue.close()


def check_output(
    out: Path,
    state: Path | None = None,
    *,
    episode: str = "",
    anchors: Path | None = None,
    house: House | None = None,
) -> list[Report]:
    """Check every episode of an output folder anew, or the one with this slug, id or article address.

    Raises as `check_each` does.
    """
    asked = Asked(out, state, house, episode, anchors, all=True)
    return [checked.report for checked in check_each(asked)]


def slugs_in(out: Path) -> list[str]:
    """Names of all folders of episodes, in order. Raises SourceError for a folder that holds none."""
    try:
        with os.scandir(out / "episodes") as found:
            slugs = sorted(one.name for one in found if one.is_dir())
    except OSError:
        slugs = []
    if not slugs:
        raise SourceError(f"{out} holds no episodes", hint="name the folder that `convert --out` wrote to")
    return slugs


def _alone(asked: Asked, state: Path | None) -> list[Lying]:
    """The episode that was asked for; several where they share an address; nothing where all are meant."""
    if not asked.episode:
        return []
    library = Library(asked.out, state) if state else None
    slugs_in(asked.out)
    if (asked.out / "episodes" / asked.episode).is_dir():
        return [find_episode(asked.out, asked.episode, library)]
    return called(lying_in(asked.out), asked.episode, library)


def _tasks(
    asked: Asked, slugs: list[str], lists: Lists, examiner: Examiner, remembered: Remembered
) -> Iterator[Task | Checked]:
    """What is to be examined, and what is known already."""
    for slug in slugs:
        folder = asked.out / "episodes" / slug
        one = read_lying(folder)
        lists.met(slug, one.text("id"), one.text("status"))
        if asked.since and _newest(folder) < asked.since:
            continue
        items = lists.items(one.text("id")) if one.text("id") else ()
        state = "" if asked.quick else _state(one, items, asked, examiner, lists)
        known = remembered.report(slug, state) if state and not asked.all else None
        yield Checked(known, "", state, remembered=True) if known else Task(slug, items, state)


def _state(one: Lying, items: tuple[Item, ...], asked: Asked, examiner: Examiner, lists: Lists) -> str:
    told = (items, bool(lists.feeds), asked.house is not None, asked.state is not None)
    try:
        return state_of(one.folder, examiner.beside(one), told)
    except OSError:
        return ""


def _newest(folder: Path) -> float:
    try:
        with os.scandir(folder) as found:
            return max((one.stat().st_mtime for one in found), default=0.0)
    except OSError:
        return 0.0


def _base_of(asked: Asked) -> str:
    base = asked.house.show.base_url.rstrip("/") if asked.house else ""
    return f"{base}/" if base else base_in(asked.out)


def _with_pages(checked: Checked, site: Site, prints: Prints | None) -> Checked:
    """Add what is wrong with an episode's pages, and their links: what they lead to may change when nothing else does.

    Those of an episode that is not published were put there otherwise than by printing.
    """
    slug = checked.report.slug
    found = [
        finding for name in PAGES for finding in some(page_links(site, f"episodes/{slug}/{name}"))
    ]  # fmt: skip
    found += prints.of(slug) if prints else ()
    if not found:
        return checked
    report = replace(checked.report, findings=in_order((*checked.report.findings, *found)))
    return replace(checked, report=report)


def _around(out: Path) -> Iterator[Finding]:
    """What lies around the episodes and should not."""
    for folder in (out, out / "episodes"):
        with os.scandir(folder) as found:
            names = sorted(one.name for one in found if one.is_file())
        for name in names:
            if is_temporary(name):
                yield Finding("leftover", "a temporary file was left behind", name, hint="a run was interrupted")
            elif folder != out:
                hint = "nothing of ours needs it"
                yield Finding("leftover", "a file that no receipt knows", name, severity=Severity.NOTE, hint=hint)


def _lost(catalogue: Catalogue | None, lists: Lists) -> Iterator[Finding]:
    """Episodes that were published, by their receipts, and whose folder is gone."""
    if catalogue is None:
        return
    catalogue.sync()
    gone = (entry.slug for entry in catalogue.entries() if not lists.has_met(entry.slug))
    hint = "convert its source again, or withdraw it with `articleaudio retract`"
    yield from some((Finding("file", "its folder is gone", f"episodes/{slug}", hint=hint) for slug in gone), 200)
    for warning in catalogue.warnings:
        yield Finding("receipt", warning, "the state folder", hint="convert its source again")
