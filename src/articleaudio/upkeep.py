"""What a run keeps in order beside its articles: its private folder, its accounts, the cache's limit."""

from __future__ import annotations

import contextlib
import shutil
import time
from pathlib import Path

from articleaudio import config, events
from articleaudio.errors import OutputError
from articleaudio.files import mark
from articleaudio.model import House
from articleaudio.plain import dump
from articleaudio.plan import state_folder
from articleaudio.speak.spending import Ledger
from articleaudio.store import Store

DAY = 24 * 60 * 60
"""Seconds."""


def spending_file(work: Path) -> Path:
    """Give the file beside a run's work folder in which all its workers note what they spend."""
    return work.with_suffix(".spent")


def settle(house: House, out: Path, work: Path, emit: events.Listener = events.ignore) -> None:
    """End a run's accounts: tell what was spent, and keep it in `expenses.jsonl` in the state folder."""
    path = spending_file(work)
    bill = Ledger(path, 0.0).bill()
    if bill:
        dollars, characters = round(sum(one.dollars for one in bill), 6), sum(one.characters for one in bill)
        voices = tuple(events.VoiceCost(one.voice, one.characters, round(one.dollars, 6)) for one in bill)
        kept = {"at": config.now().isoformat(), "dollars": dollars, "characters": characters, "voices": voices}
        with contextlib.suppress(OSError), (state_folder(house, out) / "expenses.jsonl").open("a") as file:
            file.write(dump(kept) + "\n")
        emit(events.MoneySpent(dollars, characters, voices))
    for left in (path, path.with_suffix(".lock")):
        with contextlib.suppress(OSError):
            left.unlink(missing_ok=True)


def trim(cache: Store, emit: events.Listener = events.ignore) -> None:
    """Keep the cache to its limit; what cannot be removed now is removed by a later run."""
    try:
        cache.trim()
    except OutputError as error:
        emit(events.Warned(f"{error.message}; {error.hint}"))


def work_folder(house: House, out: Path) -> Path:
    """Give a new private folder for the unfinished recordings of one run; sweep what dead runs left a day ago."""
    folder = state_folder(house, out) / "work"
    for left in folder.glob("*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > DAY:
                shutil.rmtree(left, ignore_errors=True)
    return folder / mark()
