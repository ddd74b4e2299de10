"""Several children that take turns: requests go out a few at a time, answers come back in order."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

from articleaudio.workers.child import Child, WorkerDied, WorkerHung

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

ATTEMPTS = 2
"""How often a request is made when its worker is lost."""

AT_HAND = 4
"""Requests for each worker that are handed out before the first of them is waited for."""


class Turns(Generic[Asked, Answer]):
    """Children of one kind, each told the same at its start. Use it in a `with` statement."""

    def __init__(
        self, target: str, first: object, jobs: int, lost: Callable[[Asked, str], Answer], *, deadline: float
    ) -> None:
        """Take the handler, what each child is told first, how many there are, and what stands for a lost answer.

        A child may be silent for `deadline` seconds.
        """
        self._target = target
        self._first = first
        self._jobs = jobs
        self._lost = lost
        self._deadline = deadline
        self._pool = ThreadPoolExecutor(jobs)
        self._here = threading.local()
        self._children: list[Child] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        for child in tuple(self._children):
            child.close()
        self._pool.shutdown()

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the children that run."""
        return tuple(child.pid for child in self._children if child.pid is not None)

    def all(self, items: Iterable[Asked | Answer], kind: type[Asked]) -> Iterator[Answer]:
        """Give the answers to what is asked, of a `kind`, and what is no question as it is, in order."""
        waiting: deque[Future[Answer]] = deque()
        for item in items:
            if isinstance(item, kind):
                waiting.append(self._pool.submit(self._ask, item))
            else:
                waiting.append(_known(cast("Answer", item)))
            while waiting and (len(waiting) > AT_HAND * self._jobs or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _ask(self, asked: Asked) -> Answer:
        """Let this thread's child answer."""
        told = ""
        for _ in range(ATTEMPTS):
            try:
                return self._child().call(asked, deadline=self._deadline)  # type: ignore[return-value] # what it gives
            except (WorkerDied, WorkerHung) as error:
                self._here.begun, told = False, error.message
        return self._lost(asked, told)

    def _child(self) -> Child:
        child: Child | None = getattr(self._here, "child", None)
        if child is None:
            child = self._here.child = Child(self._target)
            self._here.begun = False
            self._children.append(child)
        if not self._here.begun:
            child.call(self._first, deadline=self._deadline)
            self._here.begun = True
        return child


def _known(answer: Answer) -> Future[Answer]:
    future: Future[Answer] = Future()
    future.set_result(answer)
    return future
