"""Checking an output folder: one report for each episode, one for what stands around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from articleaudio.checking.feed import Item, item_findings, read_feeds, stray_findings
from articleaudio.checking.files import file_findings, is_temporary, leftover_findings, receipt_findings
from articleaudio.checking.findings import Finding, Report, Severity, in_order
from articleaudio.checking.hearing import Stretch, agreement_findings, sound_findings
from articleaudio.checking.schema import episode_schema, schema_findings
from articleaudio.checking.sides import side_findings
from articleaudio.checking.signed import signature_findings
from articleaudio.checking.sound import Sound, listen
from articleaudio.checking.tags import tag_findings
from articleaudio.model import SpanKind
from articleaudio.publish.invariants import findings as broken_promises
from articleaudio.publish.library import Library
from articleaudio.publish.lying import Lying, called, lying_in
from articleaudio.publish.receipt import Receipt

SLACK = 0.06
"""Seconds by which the decoded sound and episode.json may differ: decoders count the encoder's delay differently."""

_AGAIN = "convert the article again with --force"
_MOST = 20

OnReport = Callable[[Report, Sound | None], None]
"""Told of each report, with the sound it was made from."""


def check_output(
    out: Path,
    state: Path | None = None,
    *,
    episode: str = "",
    anchors: Path | None = None,
    on_report: OnReport = lambda _report, _sound: None,
) -> list[Report]:
    """Check every episode of an output folder, or the one with this slug, id or article address.

    `state` is this output's own state folder; what is public is checked without it too. `anchors` is a PEM file of the
    authorities that signatures must lead to. `on_report` is told of each report as it comes. Raises SourceError for a
    folder that holds no episodes, UsageError for an episode that is not there.
    """
    lying = lying_in(out)
    library = Library(out, state) if state is not None and state.is_dir() else None
    chosen = called(lying, episode, library) if episode else lying
    items, unread = read_feeds(out)
    reports: list[Report] = []
    for one in chosen:
        report, sound = _report(one, library, items, anchors)
        reports.append(report)
        on_report(report, sound)
    if not episode:
        around = in_order((*unread, *_around(out, lying, items)))
        if around:
            reports.append(Report("", title="feeds and folder", findings=around))
            on_report(reports[-1], None)
    return reports


def _around(out: Path, lying: Sequence[Lying], items: list[Item]) -> Iterator[Finding]:
    yield from stray_findings(items, frozenset(one.text("id") for one in lying if one.text("status") == "published"))
    for path in sorted((*out.iterdir(), *(out / "episodes").iterdir())):
        if path.is_file() and is_temporary(path.name):
            yield Finding("leftover", "a temporary file was left behind", path.name, hint="a run was interrupted")


def _report(
    one: Lying, library: Library | None, items: list[Item], anchors: Path | None
) -> tuple[Report, Sound | None]:
    found: list[Finding] = []
    if one.problem:
        found.append(Finding("episode", one.problem, "episode.json", hint="convert the article again"))
    problems = [] if one.problem else list(schema_findings(one.document, episode_schema(), episode_schema()))
    found += [Finding("episode", text, "episode.json", hint=_AGAIN) for text in problems[:_MOST]]
    receipt, unread = _receipt_of(one, library)
    found += unread
    whole = not one.problem and not problems
    sound = None
    if whole and one.text("status") == "published":
        sound = _published(one, receipt, items, found)
        found += _signatures(one, receipt, anchors)
    else:
        mp3s = sorted(one.folder.glob("*.mp3"))
        if one.text("status") == "retracted":
            hint = "remove what must not be heard any more"
            found += [Finding("file", "a withdrawn episode still has sound", path.name, hint=hint) for path in mp3s]
        elif len(mp3s) == 1:
            sound = _listen(mp3s[0], (), None, found)
        found += leftover_findings(one.folder, "", frozenset(path.name for path in mp3s))
    audio = one.document["audio"]["file"] if whole and one.text("status") == "published" else ""
    report = Report(
        slug=one.folder.name,
        id=one.text("id"),
        title=one.text("title"),
        audio=audio,
        findings=in_order(found),
        measures=sound.measures() if sound else None,
        receipt=receipt.loudness if receipt else None,
    )
    return report, sound


def _receipt_of(one: Lying, library: Library | None) -> tuple[Receipt | None, list[Finding]]:
    if library is None or not one.text("id"):
        return None, []
    before = len(library.warnings)
    receipt = library.receipt(one.text("id"))
    if receipt is None:
        told = library.warnings[before:] or ("the state folder knows nothing of it",)
        severity = Severity.ERROR if library.warnings[before:] else Severity.NOTE
        return None, [Finding("receipt", text, "the receipt", severity=severity, hint=_AGAIN) for text in told]
    return receipt, []


def _published(one: Lying, receipt: Receipt | None, items: list[Item], found: list[Finding]) -> Sound | None:
    """Check all of an episode whose episode.json is well-formed; gives what was heard."""
    document, folder = one.document, one.folder
    audio = document["audio"]
    starts = {segment["id"]: segment["start"] for segment in document["segments"]}
    if document["slug"] != folder.name:
        found.append(Finding("episode", f"its slug is {document['slug']}", "episode.json", hint=_AGAIN))
    for text in broken_promises(document)[:_MOST]:
        named = re.search(r"\bs\d{4,}\b", text)
        second = starts.get(named[0]) if named else None
        found.append(Finding("episode", text, "episode.json", second, hint=_AGAIN))
    found += side_findings(folder, document)
    known = {form["file"] for form in document["alternates"]}
    known |= {former.name for former in receipt.superseded} if receipt else set()
    found += leftover_findings(folder, audio["file"], frozenset(known))
    if receipt:
        found += receipt_findings(folder, receipt, document)
    for item in items:
        if item.id == document["id"]:
            found += item_findings(item, folder, audio["duration"])
    feeds = {item.feed for item in items}
    if feeds and not any(item.id == document["id"] for item in items):
        found.append(Finding("feed", "no feed has it", ", ".join(sorted(feeds)), hint="run `articleaudio feed`"))
    main, *_ = [_audio(one, form, receipt, found) for form in (audio, *document["alternates"])]
    if main and receipt and receipt.loudness:
        found += agreement_findings(main.measures(), receipt.loudness, "the receipt")
    return main


def _audio(one: Lying, form: dict[str, Any], receipt: Receipt | None, found: list[Finding]) -> Sound | None:
    """Check one form of an episode's audio; gives what was heard."""
    path = one.folder / Path(form["file"]).name
    found += file_findings(one.folder, path.name, size=form["bytes"], sha256=form["sha256"], by="episode.json")
    if not path.is_file():
        return None
    if path.suffix == ".mp3":
        found += tag_findings(path, one.document)
    stretches = [Stretch(part["id"], part["start"], part["end"]) for part in one.document["segments"]]
    spans = receipt.timeline if receipt else ()
    music = [Stretch("", span.start, span.end) for span in spans if span.kind is SpanKind.SOUND] if receipt else None
    sound = _listen(path, stretches, music, found)
    if sound and abs(sound.duration - form["duration"]) > SLACK:
        what = f"{sound.duration:.3f} s can be heard, episode.json says {form['duration']:.3f} s"
        where = min(sound.duration, form["duration"])
        found.append(Finding("duration", what, path.name, where, hint="the file is cut short or another"))
    return sound


def _signatures(one: Lying, receipt: Receipt | None, anchors: Path | None) -> Iterator[Finding]:
    """Check the signature of every MP3 of an episode, whether the receipt knows of one or not."""
    files = (one.document["audio"], *one.document.get("alternates", ()))
    sealed = {file.name for file in receipt.files if file.seal} if receipt else set()
    for name in (file["file"] for file in files):
        path = one.folder / name
        if path.suffix == ".mp3" and path.is_file():
            yield from signature_findings(path, anchors, expected=name in sealed)


def _listen(
    path: Path, stretches: Sequence[Stretch], music: Sequence[Stretch] | None, found: list[Finding]
) -> Sound | None:
    """Decode a file and note what is wrong with it."""
    try:
        sound = listen(path)
    except (ValueError, OSError) as error:
        found.append(Finding("file", f"it cannot be decoded: {error}", path.name, hint=_AGAIN))
        return None
    found += sound_findings(sound, path.name, stretches, music)
    return sound
