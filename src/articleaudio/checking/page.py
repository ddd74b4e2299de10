"""The page of a check: one self-contained HTML file, readable without scripts, by day and by night.

What is good is shown as long as it is little; of a hundred thousand episodes only those with findings are. Parts wait
on disk for the end, so that memory stays flat.
"""

from __future__ import annotations

import shutil
import tempfile
from html import escape
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from articleaudio.checking.crew import Checked
from articleaudio.checking.findings import Report, clock
from articleaudio.checking.section import anchor, minus, section_of
from articleaudio.files import unwritable, writing

SHOWN = 300
"""So many episodes are shown whatever was found; of more, those with findings."""

_STYLE = Path(__file__).with_name("page.css")


class Page:
    """Gathers reports, and writes them as one page. Use it in a `with` statement."""

    def __init__(self, path: Path, out: Path) -> None:
        """Take where the page is to lie, and the output folder that is checked."""
        self._path = path
        self._out = out
        self._errors = self._good = self._shown = 0
        self._rows = _waiting()
        self._parts = _waiting()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._rows.close()
        self._parts.close()

    def add(self, checked: Checked) -> None:
        """Take a report."""
        report = checked.report
        self._errors += report.errors
        if self._shown >= SHOWN and not report.findings:
            self._good += 1
            return
        self._shown += 1
        self._rows.write(_row(report))
        # Links are looked at after the section was made, and what is remembered has none: those are made here.
        with_links = checked.section and not any(one.kind == "link" for one in report.findings)
        self._parts.write(checked.section if with_links else section_of(report, None, self._out, self._path))

    def write(self) -> None:
        """Write the page. Raises OutputError when it cannot be written."""
        title = f"{self._errors} {'error' if self._errors == 1 else 'errors'}" if self._errors else "All good"
        head = (
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta name="color-scheme" content="light dark"><title>Check: {title}</title>'
            f"<style>{_STYLE.read_text('utf-8')}</style></head><body><header><p>{escape(self._out.name)}</p>"
            f'<h1 class="{"bad" if self._errors else "good"}">{title}</h1>'
            '<table class="all"><thead><tr><th>Episode</th><th>Length</th><th>LUFS</th><th>dBTP</th>'
            "<th>Errors</th><th>Notes</th></tr></thead><tbody>"
        )
        more = f"<p>{self._good:,} more episodes are good.</p>" if self._good else ""
        try:
            with writing(self._path) as temporary, temporary.open("w", encoding="utf-8", errors="replace") as file:
                file.write(head)
                _append(file, self._rows)
                file.write(f"</tbody></table>{more}</header><main>")
                _append(file, self._parts)
                file.write("</main></body></html>\n")
        except OSError as error:
            raise unwritable(self._path, error) from error


def _waiting() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")


def _append(file: IO[str], parts: IO[str]) -> None:
    parts.seek(0)
    shutil.copyfileobj(parts, file)


def _row(report: Report) -> str:
    found = report.measures
    figures = (clock(found.duration), f"{found.integrated:.1f}", f"{found.peak:.1f}") if found else ("–",) * 3
    cells = "".join(f"<td>{minus(text)}</td>" for text in figures)
    kind = ' class="bad"' if report.errors else ""
    name = escape(report.title or report.slug)
    return (
        f'<tr><th><a href="#{anchor(report)}">{name}</a></th>{cells}'
        f"<td{kind}>{report.errors or '–'}</td><td>{report.notes or '–'}</td></tr>"
    )
