"""What services cost: counted before the money is spent, together for all workers of a run."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from articleaudio.errors import BudgetError, EngineError, SpeechFailedError
from articleaudio.model import Voice


class LateError(EngineError):
    """A service did not answer in time: it may bill what it was asked for all the same."""


class RefusedError(SpeechFailedError):
    """A service will not speak a text. It bills nothing, and asking again will not help."""


def cost(text: str, voice: Voice) -> float:
    """US dollars for speaking a text once."""
    return len(text) * voice.price / 1e6


@dataclass(frozen=True, slots=True)
class Expense:
    """What a run has spent on one voice."""

    voice: str
    """Name of its profile."""
    characters: int
    """Characters fed."""
    dollars: float
    """US dollars, by the profile's price."""


class Ledger:
    """The run's expenses, a line each in one file that all workers append to."""

    def __init__(self, path: Path, limit: float) -> None:
        """Take the file and the most that may be spent, in US dollars; 0 is no limit."""
        self._path = path
        self._limit = limit

    def spend(self, text: str, voice: Voice) -> None:
        """Note an expense before it is made. Raises BudgetError when it would go over the limit."""
        price = cost(text, voice)
        if not price:
            return
        with self._locked():
            spent = self.spent()
            if self._limit and spent + price > self._limit:
                raise BudgetError(
                    f"speaking on with {voice.name!r} would cost more than {self._limit:g} US dollars; "
                    f"{spent:.4f} are spent",
                    hint="raise --max-cost and run again: what is paid for is kept and not paid again",
                )
            with self._path.open("a") as file:
                file.write(f"{price:.9f}\t{voice.name}\t{len(text)}\n")

    def give_back(self, text: str, voice: Voice) -> None:
        """Take back what was noted and not spent after all."""
        if price := cost(text, voice):
            with self._locked(), self._path.open("a") as file:
                file.write(f"{-price:.9f}\t{voice.name}\t{-len(text)}\n")

    def spent(self) -> float:
        """US dollars so far."""
        try:
            return sum(float(line.partition("\t")[0]) for line in self._path.read_text().splitlines())
        except OSError:
            return 0.0

    def bill(self) -> tuple[Expense, ...]:
        """Sum the expenses up by voice, the dearest first."""
        found: dict[str, Expense] = {}
        with contextlib.suppress(FileNotFoundError):
            for line in self._path.read_text().splitlines():
                dollars, voice, characters = line.split("\t")
                so_far = found.get(voice, Expense(voice, 0, 0.0))
                found[voice] = Expense(voice, so_far.characters + int(characters), so_far.dollars + float(dollars))
        made = (expense for expense in found.values() if expense.characters)
        return tuple(sorted(made, key=lambda expense: (-expense.dollars, expense.voice)))

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.name == "posix":
                import fcntl  # noqa: PLC0415 -- not on Windows, where one worker at a time must do

                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


@dataclass(frozen=True, slots=True)
class Charge:
    """What every try at one text costs."""

    ledger: Ledger | None = None
    """Where it is noted; None where nobody counts."""
    text: str = ""
    """What is fed."""
    voice: Voice = field(default_factory=lambda: Voice("", "", ""))
    """Who speaks."""

    def pay(self) -> None:
        """Note a try, before it is made. Raises BudgetError when that would go over the limit."""
        if self.ledger is not None:
            self.ledger.spend(self.text, self.voice)

    def give_back(self) -> None:
        """Take a try back that cost nothing, for the service was never asked, or refused."""
        if self.ledger is not None:
            self.ledger.give_back(self.text, self.voice)


FREE = Charge()
"""Costs nothing."""
