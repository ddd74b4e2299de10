"""Files as they lie there: size and SHA-256 of each, what is missing, and what should not be there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from articleaudio.checking.findings import Finding, Severity
from articleaudio.publish.invariants import timeline_findings
from articleaudio.publish.receipt import Receipt

_AGAIN = "convert the article again: lost and changed files are put back"
_REMOVE = "remove it and convert the article again: what is lost is put back, out of the cache where that has it"
_ASIDE = "no conversion is running? Then remove it: a run was interrupted"


OF_THE_SITE = frozenset({"index.html", "embed.html", "oembed.json"})
"""Files of an episode's folder that are printed from what is published, and in no receipt."""


def file_findings(folder: Path, name: str, *, size: int, sha256: str, by: str) -> Iterator[Finding]:
    """Whether a file is the one that `by` (a document) speaks of."""
    path = folder / Path(name).name
    try:
        found = path.stat().st_size
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        yield Finding("file", "it is missing", name, hint=_AGAIN)
        return
    except OSError as error:
        yield Finding("file", f"it cannot be read: {error.strerror or error}", name, hint="look at its permissions")
        return
    if found != size:
        yield Finding("file", f"{found} bytes, {size} by {by}", name, hint=_AGAIN)
    if digest != sha256:
        hint = _REMOVE if found == size else _AGAIN  # a conversion looks at sizes alone
        yield Finding("file", f"its SHA-256 differs from that in {by}: its bytes were changed", name, hint=hint)


def missing_findings(folder: Path, episode: dict[str, Any]) -> Iterator[Finding]:
    """Files beside the audio that an episode.json names, and that are not there."""
    named = [episode.get(name) for name in ("captions", "subtitles", "transcript", "transcript_page")]
    for name in (*filter(None, named), "chapters.json"):
        if not (folder / Path(name).name).is_file():
            yield Finding("file", "it is missing", name, hint=_AGAIN)


def leftover_findings(folder: Path, audio: str, known: frozenset[str]) -> Iterator[Finding]:
    """Temporary files, and MP3s that nobody speaks of; `known` names those that were superseded."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if is_temporary(path.name):
            yield Finding("leftover", "a temporary file was left behind", path.name, hint=_ASIDE)
        elif path.suffix == ".mp3" and path.name != audio and path.name not in known:
            what = "an MP3 that episode.json does not speak of"
            hint = "a former version: the next conversion removes it after `keep_days`"
            yield Finding("leftover", what, path.name, severity=Severity.NOTE, hint=hint)


def orphan_findings(folder: Path, receipt: Receipt) -> Iterator[Finding]:
    """Files that neither the receipt nor the site knows; MP3s and what is temporary are told of elsewhere."""
    known = {file.name for file in receipt.files} | {former.name for former in receipt.superseded}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in known | OF_THE_SITE and path.suffix != ".mp3" and not is_temporary(path.name):
            what = "a file that no receipt knows"
            hint = "nothing of ours needs it: remove it, or leave it if it is yours"
            yield Finding("leftover", what, path.name, severity=Severity.NOTE, hint=hint)


def is_temporary(name: str) -> bool:
    """Whether a file is one that is written on the way to another."""
    return (name.startswith(".") and name.endswith(".tmp")) or name.endswith((".frames", ".part"))


def receipt_findings(folder: Path, receipt: Receipt, episode: dict[str, Any]) -> Iterator[Finding]:
    """Whether the private receipt and what is public agree; `episode` is a well-formed episode.json."""
    starts = {segment.id: segment.start for segment in receipt.segments}
    heard = {form["file"] for form in (episode["audio"], *episode["alternates"])}
    for file in receipt.files:
        if file.name not in heard:  # those are held against episode.json
            yield from file_findings(folder, file.name, size=file.size, sha256=file.sha256, by="the receipt")
    audio = episode["audio"]
    pairs = (
        ("id", receipt.id, episode["id"]),
        ("slug", receipt.slug, episode["slug"]),
        ("version", receipt.version, episode["version"]),
        ("audio", receipt.audio, audio["file"]),
        ("size", receipt.size, audio["bytes"]),
        ("duration", round(receipt.duration, 3), audio["duration"]),
        ("chapters", receipt.chapters, len(episode["chapters"])),
        ("segments", [one.id for one in receipt.segments], [one["id"] for one in episode["segments"]]),
    )
    for name, ours, theirs in pairs:
        if ours != theirs:
            told = f": {ours} and {theirs}" if name != "segments" else ""
            yield Finding("receipt", f"receipt and episode.json differ in `{name}`{told}", "episode.json", hint=_AGAIN)
    for problem in timeline_findings(receipt.timeline, receipt.duration):
        yield Finding("receipt", problem, "the receipt", hint=_AGAIN)
    for flag in receipt.flags:
        where = flag.segment or "the article"
        yield Finding("reading", flag.message, where, starts.get(flag.segment), Severity.NOTE, "listen there")
