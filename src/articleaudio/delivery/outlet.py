"""Where an output goes, as a user names it: a folder, or the address of an object store. Commands use both alike."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from articleaudio import events
from articleaudio.delivery.deliver import Delivery
from articleaudio.delivery.fetching import fetch_missing
from articleaudio.delivery.ledger import Ledger
from articleaudio.delivery.target import Target
from articleaudio.errors import OutputError
from articleaudio.holding import holding
from articleaudio.model import Episode, Failure, House
from articleaudio.plan import MIRROR
from articleaudio.store.net import is_address

LEDGER = "delivered.sqlite"
"""Name of the ledger in the state folder."""

LEFT = "what was made is kept, and the same command goes on from here"
"""What a user is told whose delivery could not be ended."""


def folder_of(house: House, where: str | Path) -> Path:
    """Give the folder in which an output is made: the one that was named, or the mirror of a store."""
    if not is_address(where):
        return Path(where).absolute()
    address = str(where).rstrip("/")
    name = address.rpartition("/")[2] or "out"
    return house.state / f"{name}-{hashlib.sha256(address.encode()).hexdigest()[:8]}" / MIRROR


class Outlet:
    """Takes an output to where it belongs. For a folder there is nothing to do: it lies there already."""

    def __init__(self, folder: Path, delivery: Delivery | None, emit: events.Listener) -> None:
        """Take the folder in which the output is made, and what delivers it."""
        self.folder = folder
        """Where the output is made."""
        self.exit_code = 0
        """5 when something could not be delivered."""
        self._delivery = delivery
        self._emit = emit
        self._courier = ThreadPoolExecutor(1, "courier")  # making goes on meanwhile
        self._broken = False

    def following(self, results: Iterable[Episode | Failure]) -> Iterator[Episode | Failure]:
        """Pass on the results of a run, and deliver each episode as soon as it is made."""
        waiting: list[Future[None]] = []
        try:
            for result in results:
                if self._delivery and isinstance(result, Episode) and result.changed:
                    waiting.append(self._courier.submit(self._early, self._delivery, result.slug))
                    waiting = [one for one in waiting if not one.done()]
                yield result
        finally:
            for one in waiting:
                if not one.cancel():
                    one.exception()

    def deliver(self) -> None:
        """Deliver everything that is not there yet. What fails is told, and `exit_code` is 5 then."""
        if self._delivery is None:
            return
        try:
            total = self._delivery.everything()
        except OutputError as error:
            self.exit_code = error.exit_code
            self._emit(events.Warned(f"{error.message}; {error.hint}; {LEFT}"))
            return
        target = self._delivery.target
        if total.failed or total.held:
            self.exit_code = OutputError.exit_code
        if target.altered:
            self._emit(events.Warned(f"{target.address} keeps other types or cache rules than told: {target.altered}"))
        self._emit(
            events.DeliveryFinished(target.address, total.files, total.size, total.removed, total.failed, total.held)
        )

    def close(self) -> None:
        """Wait for what is on its way."""
        self._courier.shutdown()

    def _early(self, delivery: Delivery, slug: str) -> None:
        """Deliver one episode. What goes wrong now is tried again at the end, and told then."""
        if self._broken:
            return
        try:
            delivery.episode(slug)
        except OutputError:
            self._broken = True


@contextlib.contextmanager
def open_outlet(
    where: str | Path,
    house: House,
    *,
    emit: events.Listener = events.ignore,
    overwrite: bool = False,
    wait: bool = True,
) -> Iterator[Outlet]:
    """Open an output by its folder or address, for whoever changes it and then calls `deliver`.

    A store is asked whether it can be reached, and nobody else works on it meanwhile. Raises OutputError (exit code 5)
    when it cannot be, ConfigError for an address that is none, EngineError (4) without the package it takes.
    """
    folder = folder_of(house, where)
    if not is_address(where):
        yield Outlet(folder, None, emit)
        return
    target = Target(str(where))
    target.check()
    with holding(folder.parent, emit, out=target.address, wait=wait):
        ledger = Ledger(folder.parent / LEDGER)
        try:
            delivery = Delivery(folder, target, ledger, overwrite=overwrite, emit=emit)
            delivery.begin()
            fetch_missing(folder, target, ledger)
            outlet = Outlet(folder, delivery, emit)
            try:
                yield outlet
            finally:
                outlet.close()
        finally:
            ledger.close()
