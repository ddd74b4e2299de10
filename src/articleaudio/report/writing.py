"""A report as a file: JSON for machines, a page for people. Both are written note by note, whatever their number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from articleaudio.files import writing
from articleaudio.plain import dump, plain
from articleaudio.report.notes import Kind, Sums, read_notes
from articleaudio.shown import in_line
from articleaudio.site.words import clock

SCHEMA = "articleaudio/report/1"
"""What the JSON says it is."""

ROWS = 1000
"""Rows that a table of the page has; browsers grow slow beyond, and nobody reads them."""

_LISTS = (Kind.DONE, Kind.SKIPPED, Kind.FAILED, Kind.LISTEN, Kind.WARNING)


@dataclass(slots=True)
class Report:
    """What is written: facts and sums, and where the notes lie."""

    notes: Path
    """The notes."""
    facts: dict[str, Any]
    """Facts of the run by name."""
    sums: Sums = field(default_factory=Sums)
    """What the notes come to."""

    def of(self, kind: Kind) -> Iterator[dict[str, Any]]:
        """The notes of one kind, in order."""
        return (facts for _, facts in read_notes(self.notes, kind))


def write_json(report: Report, path: Path) -> None:
    """Write a report for machines. Raises OutputError."""
    head = {"schema": SCHEMA, **_head(report), "counts": plain(report.sums)}
    with writing(path) as temporary, temporary.open("w", encoding="utf-8") as file:
        file.write(dump(head, indent=1).removesuffix("\n}"))
        for kind in _LISTS:
            file.write(f',\n "{kind.value}": [')
            for number, facts in enumerate(report.of(kind)):
                file.write(",\n  " if number else "\n  ")
                file.write(dump(facts))
            file.write("]" if not getattr(report.sums, "made" if kind is Kind.DONE else kind.value) else "\n ]")
        file.write("\n}\n")


def write_html(report: Report, path: Path) -> None:
    """Write a report for people, self-contained. Raises OutputError."""
    head = _head(report)
    lists = {kind.value: _rows(report, kind) for kind in _LISTS}
    with writing(path) as temporary, temporary.open("w", encoding="utf-8", errors="replace") as file:
        for part in _template().generate(**head, sums=report.sums, rows=ROWS, **lists):
            file.write(part)


def _head(report: Report) -> dict[str, Any]:
    """Facts in a fixed order; those that nobody stated are null."""
    names = ("outcome", "left", "exit_code", "started", "ended", "took", "version", "command", "output")
    facts = {name: report.facts.get(name) for name in names}
    return facts | {name: report.facts.get(name) for name in ("broke", "spent", "delivery")}


def _rows(report: Report, kind: Kind) -> Iterator[dict[str, Any]]:
    return islice(report.of(kind), ROWS)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )
    environment.filters["clock"] = clock
    return environment.get_template("report.html")


def _shown(value: object) -> object:
    """Text of others without signs that no page may hold."""
    return in_line(value) if type(value) is str else value
