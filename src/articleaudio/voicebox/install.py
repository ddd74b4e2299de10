"""Installing a voice: fetch, check, and put into place all at once, or leave everything as it was."""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from articleaudio import events
from articleaudio.config import now
from articleaudio.errors import ConfigError, FetchError, UsageError
from articleaudio.files import unwritable
from articleaudio.model import Voice, VoiceFile
from articleaudio.speak.places import voice_folder
from articleaudio.voicebox.fetch import Downloader
from articleaudio.voicebox.lock import alone
from articleaudio.voicebox.parts import Part
from articleaudio.voicebox.record import RECORD, Entry, read_record, sha256, write_record

STEP = 250_000
"""Bytes between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did."""

    folder: Path
    """Where the files lie."""
    fetched: tuple[str, ...]
    """Names of files that were fetched now."""
    recorded: tuple[str, ...]
    """Names of files whose hash nobody told: it was recorded now, and holds from here on."""


def install(
    voice: Voice, *, force: bool = False, downloader: Downloader | None = None, emit: events.Listener = events.ignore
) -> Installed:
    """Bring the files of a voice into its folder; what is there and right is left alone.

    `force` fetches everything anew, and takes files that differ from those of the first time. Raises FetchError when
    a file cannot be fetched or is not what it should be, OutputError when it cannot be written or another run is at
    it. Then the folder is as it was before; what has come of a broken download waits for the next try.
    """
    folder = voice_folder(voice.name)
    if not voice.files:
        return Installed(folder, (), ())
    try:
        with alone(folder.parent / f".{voice.name}.lock", f"the voice {voice.name!r}"):
            return _Installation(voice, folder, force=force).run(downloader or Downloader(), emit)
    except OSError as error:
        raise unwritable(folder, error) from error


class _Installation:
    """One run, while the lock is held."""

    def __init__(self, voice: Voice, folder: Path, *, force: bool) -> None:
        self._voice = voice
        self._folder = folder
        self._force = force
        self._parts = folder.with_name(f".{voice.name}.part")
        self._new = folder.with_name(f".{voice.name}.new")
        self._old = folder.with_name(f".{voice.name}.old")
        self._date = now().isoformat()
        self._mend()
        self._before = self._read()

    def run(self, downloader: Downloader, emit: events.Listener) -> Installed:
        """Fetch what is missing, then put everything into place."""
        entries = {file.name: entry for file in self._voice.files if (entry := self._there(file)) is not None}
        missing = [file for file in self._voice.files if file.name not in entries]
        self._parts.mkdir(parents=True, exist_ok=True)
        for file in missing:
            entries[file.name] = self._fetched(file, downloader, emit)
        new = {name: entry for name, entry in entries.items() if entry != self._before.get(name)}
        hashes = {entry.sha256 for entry in self._before.values()}
        recorded = tuple(name for name, entry in new.items() if not entry.checked and entry.sha256 not in hashes)
        if missing or new:
            self._put(missing, entries)
        shutil.rmtree(self._parts, ignore_errors=True)
        return Installed(self._folder, tuple(file.name for file in missing), recorded)

    def _mend(self) -> None:
        """Put right what a run that died while it moved folders has left."""
        if self._old.exists() and not self._folder.exists():
            self._old.rename(self._folder)
        for left in (self._old, self._new):
            shutil.rmtree(left, ignore_errors=True)

    def _read(self) -> dict[str, Entry]:
        try:
            return read_record(self._folder)
        except ConfigError:
            if not self._force:
                raise
            return {}

    def _there(self, file: VoiceFile) -> Entry | None:
        """The entry of a file that is in the folder and right; None for one that is to be fetched."""
        path = self._folder / file.name
        if self._force or not path.is_file():
            return None
        found, before = sha256(path), self._before.get(file.name)
        expected = file.sha256 or (before.sha256 if before else found)
        if found == expected:
            return before if before and before.sha256 == found else self._entry(file, path, found, "")
        if before is None:
            raise UsageError(
                f"{path} is not the file that the profile means: its SHA-256 is {found[:12]}… and not {expected[:12]}…",
                hint="move it away, or replace it with --force",
            )
        return None

    def _entry(self, file: VoiceFile, path: Path, digest: str, url: str) -> Entry:
        return Entry(digest, path.stat().st_size, url, self._date, bool(file.sha256))

    def _fetched(self, file: VoiceFile, downloader: Downloader, emit: events.Listener) -> Entry:
        """Fetch a file, or take it from another voice that has it, and check it."""
        part = Part(self._parts / file.name)
        url = file.url
        if self._force or not (_is_whole(part, file) or self._taken_over(file, part)):
            progress = _Progress(self._voice.name, file, emit)
            downloader.fetch(file, part, progress)
            progress.finish(part.size)
        found = sha256(part.path)
        before = self._before.get(file.name)
        if file.size and part.size != file.size:
            size = part.size
            part.drop()
            raise FetchError(
                f"{url} gave {size} bytes where the profile says {file.size}; it is not installed", hint=_WRONG
            )
        if file.sha256 and found != file.sha256:
            part.drop()
            raise FetchError(
                f"{url} is not the file that the profile means: its SHA-256 is {found} and not {file.sha256}; "
                "it is not installed",
                hint=_WRONG,
            )
        if before and not file.sha256 and found != before.sha256 and not self._force:
            part.drop()
            raise FetchError(
                f"{url} is another file than on {before.date[:10]}, when it was first fetched: its SHA-256 is {found} "
                f"and was {before.sha256}; it is not installed",
                hint="if its makers say that they have changed it, take it with --force",
            )
        return self._entry(file, part.path, found, url)

    def _taken_over(self, file: VoiceFile, part: Part) -> bool:
        """Take a file from another voice that has fetched the same one; tell whether that could be done."""
        for other in sorted(self._folder.parent.glob(f"[!.]*/{RECORD}")):
            if other.parent == self._folder:
                continue
            with contextlib.suppress(ConfigError, OSError):
                for name, entry in read_record(other.parent).items():
                    same = file.sha256 == entry.sha256 if file.sha256 else file.url == entry.url
                    if same and (path := other.parent / name).is_file() and sha256(path) == entry.sha256:
                        part.drop()
                        _link(str(path), str(part.path))
                        return True
        return False

    def _put(self, missing: list[VoiceFile], entries: dict[str, Entry]) -> None:
        """Build the folder anew beside the old one, and put it in its place by renaming."""
        if self._folder.exists():
            shutil.copytree(self._folder, self._new, copy_function=_link)
        self._new.mkdir(parents=True, exist_ok=True)
        for file in missing:
            (self._parts / file.name).replace(self._new / file.name)
        write_record(self._new, self._voice.name, {**self._before, **entries})
        if self._folder.exists():
            self._folder.rename(self._old)
        self._new.rename(self._folder)
        shutil.rmtree(self._old, ignore_errors=True)


def _is_whole(part: Part, file: VoiceFile) -> bool:
    """Whether an earlier run has fetched all of a file whose hash is known."""
    whole = part.size > 0 and part.size in {file.size, part.origin().total}
    return bool(file.sha256) and whole and sha256(part.path) == file.sha256


_WRONG = "try once more; if it stays so, the file was changed or tampered with: do not use it, and ask its makers"


def _link(source: str, target: str) -> str:
    """Link a file, where the disk can, else copy it. Files here are replaced and never written into."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


class _Progress:
    """Tells how far a file is, not too often."""

    def __init__(self, voice: str, file: VoiceFile, emit: events.Listener) -> None:
        self._voice = voice
        self._file = file
        self._emit = emit
        self._told = -STEP

    def __call__(self, done: int, total: int) -> None:
        if abs(done - self._told) >= STEP:
            self._told = done
            self._emit(events.FileComing(self._voice, self._file.name, done, total))

    def finish(self, size: int) -> None:
        """Tell that it is all there."""
        self._emit(events.FileComing(self._voice, self._file.name, size, size))
