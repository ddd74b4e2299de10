"""Examining one episode: its files, its sound, its receipt, its article, its entries in feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articleaudio.checking.feed import Item, item_findings
from articleaudio.checking.files import (
    file_findings,
    leftover_findings,
    missing_findings,
    orphan_findings,
    receipt_findings,
)
from articleaudio.checking.findings import Finding, Report, Severity, in_order
from articleaudio.checking.hearing import Stretch, agreement_findings, sound_findings
from articleaudio.checking.schema import episode_schema, schema_findings
from articleaudio.checking.sides import side_findings
from articleaudio.checking.signed import signature_findings
from articleaudio.checking.sound import Sound, listen
from articleaudio.checking.sources import Sources
from articleaudio.checking.tags import tag_findings
from articleaudio.model import House, SpanKind
from articleaudio.publish.invariants import findings as broken_promises
from articleaudio.publish.library import Library
from articleaudio.publish.lying import Lying
from articleaudio.publish.receipt import Receipt

SLACK = 0.06
"""Seconds by which the decoded sound and episode.json may differ: decoders count the encoder's delay differently."""

_AGAIN = "convert the article again with --force"
_MOST = 20


@dataclass(frozen=True, slots=True)
class Bench:
    """What an episode is examined with."""

    out: Path
    """The output folder."""
    state: Path | None = None
    """This output's own state folder, where it is at hand."""
    house: House | None = None
    """The house, where sources are to be looked at."""
    anchors: Path | None = None
    """PEM file of the authorities that signatures must lead to."""
    feeds: tuple[str, ...] = ()
    """Feeds that hold entries."""
    quick: bool = False
    """Whether only hashes and links are looked at."""
    page: Path | None = None
    """Where the page of the check will lie, if there is to be one."""


class Examiner:
    """Examines episodes, one by one."""

    def __init__(self, bench: Bench) -> None:
        """Take what is needed for all of them."""
        self._bench = bench
        self._library = Library(bench.out, bench.state) if bench.state is not None and bench.state.is_dir() else None
        self._sources = Sources(bench.house) if bench.house and self._library else None

    def beside(self, one: Lying) -> tuple[Path | None, ...]:
        """Files outside of an episode's folder that its report depends on."""
        receipt, _ = _receipt_of(one, self._library)
        path = self._library.path(receipt.id) if receipt and self._library else None
        return path, self._sources.file(receipt) if receipt and self._sources else None, self._bench.anchors

    def examine(self, one: Lying, items: Sequence[Item]) -> tuple[Report, Sound | None]:
        """Give the report on an episode, with the sound that was heard; `items` are its entries in feeds."""
        found: list[Finding] = []
        if one.problem:
            found.append(Finding("episode", one.problem, "episode.json", hint="convert the article again"))
        document = _in_short(one.document) if self._bench.quick else one.document
        problems = [] if one.problem else list(schema_findings(document, episode_schema(), episode_schema()))
        found += [Finding("episode", text, "episode.json", hint=_AGAIN) for text in problems[:_MOST]]
        receipt, unread = _receipt_of(one, self._library)
        found += unread
        whole = not one.problem and not problems and one.text("status") == "published"
        sound = None
        if whole:
            sound = self._published(one, receipt, items, found)
            found += _signatures(one, receipt, self._bench.anchors)
        else:
            sound = self._unpublished(one, found)
        report = Report(
            slug=one.folder.name,
            id=one.text("id"),
            title=one.text("title"),
            audio=one.document["audio"]["file"] if whole else "",
            findings=in_order(found),
            measures=sound.measures() if sound else None,
            receipt=receipt.loudness if receipt else None,
        )
        return report, sound

    def _unpublished(self, one: Lying, found: list[Finding]) -> Sound | None:
        """Look at an episode that was withdrawn, or whose episode.json is of no use."""
        mp3s = sorted(one.folder.glob("*.mp3"))
        found += leftover_findings(one.folder, "", frozenset(path.name for path in mp3s))
        if one.text("status") == "retracted":
            hint = "remove what must not be heard any more"
            found += [Finding("file", "a withdrawn episode still has sound", path.name, hint=hint) for path in mp3s]
        elif len(mp3s) == 1 and not self._bench.quick:
            return _listen(mp3s[0], (), None, found)
        return None

    def _published(
        self, one: Lying, receipt: Receipt | None, items: Sequence[Item], found: list[Finding]
    ) -> Sound | None:
        """Check all of an episode whose episode.json is well-formed; gives what was heard."""
        document, folder, quick = one.document, one.folder, self._bench.quick
        audio = document["audio"]
        starts = {segment["id"]: segment["start"] for segment in document["segments"]}
        if document["slug"] != folder.name:
            found.append(Finding("episode", f"its slug is {document['slug']}", "episode.json", hint=_AGAIN))
        for text in broken_promises(document)[:_MOST]:
            named = re.search(r"\bs\d{4,}\b", text)
            second = starts.get(named[0]) if named else None
            found.append(Finding("episode", text, "episode.json", second, hint=_AGAIN))
        if not quick:
            found += side_findings(folder, document)
        known = {form["file"] for form in document["alternates"]}
        known |= {former.name for former in receipt.superseded} if receipt else set()
        found += leftover_findings(folder, audio["file"], frozenset(known))
        if receipt:
            found += receipt_findings(folder, receipt, document)
            found += orphan_findings(folder, receipt)
        for item in items:
            found += item_findings(item, folder, audio["duration"])
        feeds = self._bench.feeds
        if feeds and not items:
            found.append(Finding("feed", "no feed has it", ", ".join(feeds), hint="run `articleaudio feed`"))
        if receipt and self._sources and not quick:
            found += self._sources.findings(receipt, document)
        forms = (audio, *document["alternates"])
        if quick:
            for form in forms:
                name = Path(form["file"]).name
                found += file_findings(folder, name, size=form["bytes"], sha256=form["sha256"], by="episode.json")
            found += missing_findings(folder, document)
            return None
        main, *_ = [_audio(one, form, receipt, found) for form in forms]
        if main and receipt and receipt.loudness:
            found += agreement_findings(main.measures(), receipt.loudness, "the receipt")
        return main


def _in_short(document: dict[str, Any]) -> dict[str, Any]:
    """A document with one word of each segment: of many thousand numbers all but a few are of one form."""
    segments = document.get("segments")
    if not isinstance(segments, list):
        return document
    short = [
        one | {"words": one["words"][:1]} if isinstance(one, dict) and isinstance(one.get("words"), list) else one
        for one in segments
    ]
    return document | {"segments": short}


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
