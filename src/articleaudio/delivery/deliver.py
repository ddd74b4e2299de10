"""Bringing a store to what an output folder holds: in order, several files at once, and never past what is missing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from articleaudio import events
from articleaudio.delivery.difference import difference, is_published
from articleaudio.delivery.ledger import Kept, Ledger
from articleaudio.delivery.order import LAST, TOLD, Absent, slug_of
from articleaudio.delivery.sending import send
from articleaudio.delivery.target import Target
from articleaudio.errors import ArticleAudioError
from articleaudio.store.net import LASTING, Reason, StoreError

AT_ONCE = 8
"""Files on their way at the same time: each takes its way through the net."""

IN_A_ROW = 8
"""Files that fail one after the other until the rest is left for another run: nothing seems to get through."""

HOPELESS = LASTING | {Reason.SILENT}
"""Reasons after which the rest is not tried."""

Task = tuple[str, Callable[[], tuple[Kept, bool] | None]]
"""A file's name, and what puts it in place."""

BATCH = 500
"""Objects that are removed with one request."""


@dataclass(slots=True)
class Delivered:
    """What a delivery came to."""

    files: int = 0
    """Files sent."""
    size: int = 0
    """Their bytes."""
    removed: int = 0
    """Objects removed."""
    failed: int = 0
    """Files that could not be put in place."""
    held: int = 0
    """Files held back, for they lead to what is not there."""


class Delivery:
    """Brings one store to what one output folder holds."""

    def __init__(
        self,
        mirror: Path,
        target: Target,
        ledger: Ledger,
        *,
        overwrite: bool = False,
        emit: events.Listener = events.ignore,
    ) -> None:
        """Take the folder, the store and the ledger of what is there. `overwrite` wins over what others put there."""
        self.mirror, self.target, self.ledger = mirror, target, ledger
        self.overwrite, self.emit = overwrite, emit
        self.total = Delivered()
        """What all of it came to; `failed` and `held` are those of the last time."""

    def begin(self) -> None:
        """List the store once where the ledger is new. Raises OutputError."""
        if not self.ledger.complete:
            self.ledger.begin(Kept(name, size, etag=etag) for name, size, etag in self.target.list())

    def episode(self, slug: str) -> None:
        """Put one finished episode in place, pages and lists left for the end. Raises StoreError."""
        self._deliver(f"episodes/{slug}", TOLD, tell=False)

    def everything(self) -> Delivered:
        """Put in place all that differs, and remove what is gone. Raises StoreError where it cannot go on."""
        return self._deliver("", LAST, tell=True)

    def _deliver(self, under: str, last: int, *, tell: bool) -> Delivered:
        found = difference(self.mirror, self.ledger, under=under)
        absent = Absent()
        self.total.failed = self.total.held = 0
        for names in found.changed[: last + 1]:
            self._put(names, absent, tell=tell)
        if last == LAST:
            self._remove([kept for kept in found.gone if self._may_go(kept.name, absent)])
        return self.total

    def _put(self, names: Iterable[str], absent: Absent, *, tell: bool) -> None:
        """Put files of one rank in place. Raises StoreError where nothing seems to get through."""
        late: list[str] = []
        failures = 0

        def task(name: str) -> Task:
            folder, _, file = name.rpartition("/")
            return name, partial(self._send, name, self.ledger.folder(folder).get(file), absent)

        for name, done in side_by_side(map(task, names)):
            try:
                result = done.result()
            except FileNotFoundError:
                continue  # removed since it was seen: the next run knows
            except ArticleAudioError as error:
                failures += 1
                late.append(name)
                self._failed(name, error, tell=tell)
                if isinstance(error, StoreError) and (error.reason in HOPELESS or failures >= IN_A_ROW):
                    raise
                continue
            failures = 0
            if result is None:
                self.total.held += 1
                late.append(name)
            else:
                self._sent(*result)
        for name in late:
            absent.add(name)

    def _send(self, name: str, known: Kept | None, absent: Absent) -> tuple[Kept, bool] | None:
        """Put one file in place; None where it is held back."""
        path = self.mirror / name
        if absent and absent.forbids(name, path):
            return None
        return send(self.target, self.ledger, name, path, known, overwrite=self.overwrite)

    def _sent(self, kept: Kept, sent: bool) -> None:  # noqa: FBT001 -- as `send` gives it
        self.ledger.note(kept)
        if sent:
            self.total.files += 1
            self.total.size += kept.size
            self.emit(events.FileDelivered(kept.name, kept.size))

    def _failed(self, name: str, error: ArticleAudioError, *, tell: bool) -> None:
        self.total.failed += 1
        if tell:
            self.emit(events.FileNotDelivered(name, error.message, error.hint))

    def _may_go(self, name: str, absent: Absent) -> bool:
        """Tell whether nothing leads to an object that is no longer published. What was withdrawn goes at once."""
        slug = slug_of(name)
        return not absent or (bool(slug) and not is_published(self.mirror, slug))

    def _remove(self, gone: list[Kept]) -> None:
        """Remove objects; of those that we only found there, those that we put there once."""
        strange = [kept.name for kept in gone if not kept.sha256 and not self._was_ours(kept.name)]
        self.ledger.forget(strange)
        names = sorted({kept.name for kept in gone} - set(strange))
        for start in range(0, len(names), BATCH):
            batch = names[start : start + BATCH]
            try:
                self.target.remove(batch)
                self._removed(batch)
            except StoreError as error:
                if error.reason in HOPELESS:
                    raise
                self._remove_each(batch)

    def _remove_each(self, names: list[str]) -> None:
        """Remove one after the other, for one that cannot be removed must not keep the others."""
        failures = 0
        for name in names:
            try:
                self.target.remove([name])
            except StoreError as error:
                failures += 1
                self._failed(name, error, tell=True)
                if error.reason in HOPELESS or failures >= IN_A_ROW:
                    raise
            else:
                failures = 0
                self._removed([name])

    def _removed(self, names: list[str]) -> None:
        self.ledger.forget(names)
        self.total.removed += len(names)

    def _was_ours(self, name: str) -> bool:
        there = self.target.look(name)
        return there is not None and bool(there.sha256)


def side_by_side(tasks: Iterable[Task]) -> Iterator[tuple[str, Future[tuple[Kept, bool] | None]]]:
    """Do tasks at the same time, in order, a few ahead of whoever takes the results."""
    waiting: deque[tuple[str, Future[tuple[Kept, bool] | None]]] = deque()
    with ThreadPoolExecutor(AT_ONCE, "delivery") as pool:
        try:
            for name, task in tasks:
                waiting.append((name, pool.submit(task)))
                if len(waiting) >= 2 * AT_ONCE:
                    yield waiting.popleft()
            while waiting:
                yield waiting.popleft()
        finally:
            for _, future in waiting:
                future.cancel()
