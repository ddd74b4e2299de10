"""The page of a check: one self-contained HTML file, readable without scripts, by day and by night."""

from __future__ import annotations

import contextlib
import json
import os
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from articleaudio.checking.findings import Finding, Report, Severity, clock, short_place
from articleaudio.checking.sound import Sound
from articleaudio.checking.wave import picture
from articleaudio.files import write
from articleaudio.master.level import PEAK, TARGET

_STYLE = Path(__file__).with_name("page.css")


class Page:
    """Gathers reports, and writes them as one page."""

    def __init__(self, path: Path, out: Path) -> None:
        """Take where the page is to lie, and the output folder that is checked."""
        self._path = path
        self._out = out
        self._reports: list[Report] = []
        self._parts: list[str] = []

    def add(self, report: Report, sound: Sound | None) -> None:
        """Take a report, with the sound it was made from."""
        self._reports.append(report)
        self._parts.append(self._section(report, sound, len(self._reports)))

    def write(self) -> None:
        """Write the page. Raises OutputError when it cannot be written."""
        errors = sum(report.errors for report in self._reports)
        title = f"{errors} {'error' if errors == 1 else 'errors'}" if errors else "All good"
        rows = "".join(_row(report, number) for number, report in enumerate(self._reports, 1))
        overview = (
            '<table class="all"><thead><tr><th>Episode</th><th>Length</th><th>LUFS</th><th>dBTP</th>'
            f"<th>Errors</th><th>Notes</th></tr></thead><tbody>{rows}</tbody></table>"
        )
        text = (
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta name="color-scheme" content="light dark"><title>Check: {title}</title>'
            f"<style>{_STYLE.read_text('utf-8')}</style></head><body><header><p>{escape(self._out.name)}</p>"
            f'<h1 class="{"bad" if errors else "good"}">{title}</h1>{overview}</header>'
            f"<main>{''.join(self._parts)}</main></body></html>\n"
        )
        write(self._path, text.encode("utf-8", "replace"))

    def _section(self, report: Report, sound: Sound | None, number: int) -> str:
        folder = self._out / "episodes" / report.slug
        document = _document(folder) if report.audio and sound else {}
        link = self._link(folder / report.audio) if report.audio and sound else ""
        parts = [f'<section id="e{number}"><h2>{escape(report.title or report.slug)}</h2>']
        if report.slug:
            parts.append(f'<p class="file">{escape(report.slug)}</p>')
        if sound:
            parts.append(picture(sound, document, report.findings))
        if link:
            parts.append(f'<audio controls preload="none" src="{link}"></audio>')
        parts += [_findings(report, link), '<div class="side">', _measures(report), _chapters(document, link), "</div>"]
        return "".join((*parts, "</section>"))

    def _link(self, file: Path) -> str:
        """Address of a file as the page sees it."""
        try:
            return escape(quote(Path(os.path.relpath(file, self._path.parent)).as_posix()))
        except ValueError:  # another drive
            return escape(file.as_uri())


def _document(folder: Path) -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError, RecursionError):
        value = json.loads((folder / "episode.json").read_bytes())
        return value if isinstance(value, dict) else {}
    return {}


def _row(report: Report, number: int) -> str:
    found = report.measures
    figures = (clock(found.duration), f"{found.integrated:.1f}", f"{found.peak:.1f}") if found else ("–",) * 3
    cells = "".join(f"<td>{_minus(text)}</td>" for text in figures)
    kind = ' class="bad"' if report.errors else ""
    name = escape(report.title or report.slug)
    return (
        f'<tr><th><a href="#e{number}">{name}</a></th>{cells}'
        f"<td{kind}>{report.errors or '–'}</td><td>{report.notes or '–'}</td></tr>"
    )


def _findings(report: Report, link: str) -> str:
    """Everything that was found, with links to listen to the seconds."""
    if not report.findings:
        return '<p class="good">Nothing is wrong.</p>'
    entries = "".join(_entry(finding, link, report.audio) for finding in report.findings)
    heading = "Listen to these seconds" if any(one.second is not None for one in report.findings) else "Found"
    return f"<h3>{heading}</h3><ul>{entries}</ul>"


def _entry(finding: Finding, link: str, audio: str) -> str:
    if finding.second is None:
        at = '<span class="at">whole</span>'
    else:
        time = clock(finding.second, tenths=True)
        start = max(0.0, finding.second - 1)  # a second earlier, so that one hears what leads there
        address = f'<a class="at" href="{link}#t={start:.1f}">{time}</a>'
        at = address if link else f'<span class="at">{time}</span>'
    kind = "note" if finding.severity is Severity.NOTE else "error"
    hint = f'<span class="hint">{escape(finding.hint)}</span>' if finding.hint else ""
    place = escape(short_place(finding, audio))
    what = f'<strong>{escape(finding.what)}</strong> <span class="where">{place}</span>{hint}'
    return f'<li class="{kind}">{at}<span class="kind">{escape(finding.kind)}</span><div>{what}</div></li>'


def _measures(report: Report) -> str:
    found, told = report.measures, report.receipt
    if not found:
        return ""
    rows = (
        ("Length", clock(found.duration, tenths=True), "", ""),
        ("Loudness", f"{found.integrated:.2f} LUFS", f"{told.integrated:.2f}" if told else "", f"{TARGET:.0f}"),
        ("True peak", f"{found.peak:.2f} dBTP", f"{told.peak:.2f}" if told else "", f"≤ {PEAK:.0f}"),
        ("Longest silence", f"{found.silence:.2f} s at {clock(found.silence_at)}", "", "≤ 2.5 s"),
        ("Clipped samples", str(found.clipped), str(told.clipped) if told else "", "0"),
        ("Clicks", str(found.clicks), "", "0"),
        ("Sound", f"{found.rate} Hz, {'mono' if found.channels == 1 else f'{found.channels} channels'}", "", ""),
    )
    body = "".join(
        f"<tr><th>{name}</th>{''.join(f'<td>{_minus(text)}</td>' for text in cells)}</tr>" for name, *cells in rows
    )
    head = "<tr><th></th><th>Measured now</th><th>In the receipt</th><th>Wanted</th></tr>"
    return f'<table class="measures"><thead>{head}</thead><tbody>{body}</tbody></table>'


def _chapters(document: dict[str, Any], link: str) -> str:
    entries = "".join(
        f'<li><a href="{link}#t={part["start"]:.1f}">{clock(part["start"])}</a> {escape(str(part["title"]))}</li>'
        for part in document.get("chapters", ())
    )
    return f'<div><h3>Chapters</h3><ol class="chapters">{entries}</ol></div>' if entries else ""


def _minus(text: str) -> str:
    return escape(text.replace("-", "−"))
