"""An episode's part of the page of a check: its waveform, its figures, and players that begin where to listen."""

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
from articleaudio.master.level import PEAK, TARGET

PLAYERS = 20
"""So many findings of an episode have a player of their own; the others have a link."""


def anchor(report: Report) -> str:
    """What the overview links to."""
    return escape(quote(f"e-{report.slug}"))


def section_of(report: Report, sound: Sound | None, out: Path, page: Path) -> str:
    """The part of an episode; without its sound there is no waveform."""
    folder = out / "episodes" / report.slug
    document = _document(folder) if report.audio else {}
    link = _link(folder / report.audio, page) if report.audio and (folder / report.audio).is_file() else ""
    parts = [f'<section id="{anchor(report)}"><h2>{escape(report.title or report.slug)}</h2>']
    if report.slug:
        parts.append(f'<p class="file">{escape(report.slug)}</p>')
    if sound:
        parts.append(picture(sound, document, report.findings))
    if link:
        parts.append(f'<audio controls preload="none" src="{link}"></audio>')
    parts += [
        _findings(report, link),
        '<div class="side">',
        _measures(report),
        _chapters(document, link),
        "</div>",
    ]
    return "".join((*parts, "</section>"))


def _link(file: Path, page: Path) -> str:
    """Address of a file as the page sees it."""
    try:
        return escape(quote(Path(os.path.relpath(file, page.parent)).as_posix()))
    except ValueError:  # another drive
        return escape(file.as_uri())


def _document(folder: Path) -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError, RecursionError):
        value = json.loads((folder / "episode.json").read_bytes())
        return value if isinstance(value, dict) else {}
    return {}


def _findings(report: Report, link: str) -> str:
    """Everything that was found, with links to listen to the seconds."""
    if not report.findings:
        return '<p class="good">Nothing is wrong.</p>'
    heard = [finding for finding in report.findings if finding.second is not None][:PLAYERS]
    entries = "".join(_entry(finding, link, report.audio, plays=finding in heard) for finding in report.findings)
    heading = "Listen to these seconds" if any(one.second is not None for one in report.findings) else "Found"
    return f"<h3>{heading}</h3><ul>{entries}</ul>"


def _entry(finding: Finding, link: str, audio: str, *, plays: bool) -> str:
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
    if plays and link and finding.second is not None:
        start = max(0.0, finding.second - 1)
        what += f'<audio controls preload="none" src="{link}#t={start:.1f}"></audio>'
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
        f"<tr><th>{name}</th>{''.join(f'<td>{minus(text)}</td>' for text in cells)}</tr>" for name, *cells in rows
    )
    head = "<tr><th></th><th>Measured now</th><th>In the receipt</th><th>Wanted</th></tr>"
    return f'<table class="measures"><thead>{head}</thead><tbody>{body}</tbody></table>'


def _chapters(document: dict[str, Any], link: str) -> str:
    entries = "".join(
        f'<li><a href="{link}#t={part["start"]:.1f}">{clock(part["start"])}</a> {escape(str(part["title"]))}</li>'
        for part in document.get("chapters", ())
    )
    return f'<div><h3>Chapters</h3><ol class="chapters">{entries}</ol></div>' if entries else ""


def minus(text: str) -> str:
    """A figure with a proper minus sign."""
    return escape(text.replace("-", "−"))
