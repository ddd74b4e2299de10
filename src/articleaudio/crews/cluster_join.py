"""Being a machine of a cluster: its scheduler, or one of its workers."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
import logging
import os
import signal
import socket
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articleaudio.crews.cluster_fit import AGREED, differences, versions
from articleaudio.crews.cluster_link import (
    PORT,
    TIMEOUT,
    Certificates,
    SchedulerFileError,
    quieten,
    security,
    settled_address,
    the_extra,
)
from articleaudio.errors import ClusterError
from articleaudio.files import write

ALLOWED_FAILURES = 1
"""Workers that may die of an article before it is given up: a crash of its engine kills none of them."""

SILENT = "60s"
"""After which a worker that sends no sign of life is given up, and its tasks are done elsewhere."""

SATURATION = 1.0
"""Tasks that a worker holds for each of its threads: one that waits there would be blamed for the death, too."""

AGAIN = 3.0
"""Seconds between tries to join a scheduler that is not there."""

LEAVING = 10.0
"""Seconds that a worker may take to sign off."""

CALM = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.nanny.pre-spawn-environ": {},
}
"""The engine looks after itself many times a second, for tasks of milliseconds; ours take seconds."""

NOBODY = Certificates()
"""No certificates."""

Say = Callable[[str], None]
"""Whom to tell what happens, in a line."""


@dataclass(frozen=True, slots=True)
class Desk:
    """How a scheduler is to listen."""

    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = PORT
    """Port; 0 takes a free one."""
    file: Path | None = None
    """File to write the address to, for whoever sees it."""
    allowed_failures: int = ALLOWED_FAILURES
    """Workers that may die of one article."""
    certificates: Certificates = NOBODY
    """For encrypted connections."""


@dataclass(frozen=True, slots=True)
class Place:
    """How a worker is to join."""

    address: str
    """Of the scheduler: `tcp://host:port`, `tls://host:port`, or a scheduler file."""
    name: str = ""
    """What it is called; empty for one made of host and process."""
    threads: int = 1
    """Articles that it makes at a time, each in a process of its own."""
    gpus: int = 0
    """Graphics cards that it lends."""
    host: str = ""
    """Address to listen on; empty for the one by which the scheduler is reached."""
    folder: Path | None = None
    """Folder for what the engine keeps on disk; None for the system's."""
    certificates: Certificates = NOBODY
    """For encrypted connections."""


def only_here(host: str) -> bool:
    """Whether what listens on an address can be reached from this machine alone."""
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def schedule(desk: Desk, say: Say) -> None:
    """Be the scheduler until interrupted. Raises EngineError without Dask, ClusterError when it cannot listen."""
    distributed = the_extra()
    scheme = "tls" if desk.certificates.own else "tcp"
    secure = security(desk.certificates, f"{scheme}://")

    async def serve() -> None:
        try:
            scheduler = await distributed.Scheduler(
                host=desk.host,
                port=desk.port,
                protocol=scheme,
                security=secure,
                allowed_failures=desk.allowed_failures,
                worker_ttl=SILENT,
                dashboard=False,
                dashboard_address=f"{desk.host}:0",
            )
        except (OSError, ValueError) as error:
            raise ClusterError(
                f"the scheduler cannot listen on {desk.host}:{desk.port}: {error}",
                hint="another program may listen there: give another --port",
            ) from error
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(scheduler.close)
            if desk.file:  # the engine's own way of writing it lets readers see an empty one
                told = {"type": "Scheduler", "id": scheduler.id, "address": scheduler.address}
                write(desk.file, json.dumps(told).encode())
                stack.callback(desk.file.unlink, missing_ok=True)
            say(f"scheduler at {scheduler.address}")
            await scheduler.finished()

    _settle({"distributed.scheduler.worker-saturation": SATURATION} | CALM)
    _until_told(serve)


def join(place: Place, say: Say) -> None:
    """Work for a cluster until interrupted; waits for its scheduler or its file, and joins again when they come back.

    Raises EngineError without Dask, ClusterError when the address is wrong or the scheduler runs other versions.
    """
    the_extra()
    _settle(CALM)
    _until_told(lambda: _work(place, say))


async def _work(place: Place, say: Say) -> None:
    waiting = ""
    by_file = Path(place.address).suffix == ".json"
    while True:
        address = place.address
        try:
            address = settled_address(place.address)
            secure = security(place.certificates, address)
            await _same_versions(address, secure)
            waiting = ""
            await _serve(place, address, secure, say)
            say(f"the scheduler at {address} let this worker go")
        except (OSError, RuntimeError, SchedulerFileError) as error:
            why = f"no scheduler answers at {address}; trying again until it does"
            if isinstance(error, SchedulerFileError):
                if not by_file:
                    raise
                # A scheduler takes its file away when it ends, and some write theirs bit by bit.
                why = f"no scheduler has told in {address} where it is; trying again until it does"
            if waiting != why:
                say(why)
            waiting = why
        await asyncio.sleep(AGAIN)


async def _same_versions(address: str, secure: Any) -> None:  # noqa: ANN401 -- the engine's
    """Ask the scheduler for its versions. Raises ClusterError where ours differ, OSError when nobody answers."""
    distributed = the_extra()
    talk = ("python", "dask", "distributed", "articleaudio")
    async with distributed.core.rpc(
        address, connection_args=secure.get_connection_args("worker"), timeout=TIMEOUT
    ) as desk:
        told = await asyncio.wait_for(desk.versions(packages=list(AGREED)), TIMEOUT)
    ours = {name: version for name, version in versions().items() if name in talk}
    if told["packages"].get("articleaudio") is None:
        del ours["articleaudio"]  # a scheduler can do without
    if found := differences(ours, told):
        raise ClusterError(
            f"the scheduler at {address} runs other versions: {'; '.join(found)}",
            hint="install the same versions everywhere: pip install -c constraints.txt 'articleaudio[dask]'",
        )


async def _serve(place: Place, address: str, secure: Any, say: Say) -> None:  # noqa: ANN401 -- the engine's
    distributed = the_extra()
    name = place.name or f"{socket.gethostname()}-{os.getpid()}"
    # The engine would listen on every address of the machine, and whoever reaches it can run programs here.
    host = place.host or distributed.utils.get_ip(distributed.comm.get_address_host(address))
    settings = {"local_directory": str(place.folder)} if place.folder else {}
    nanny = distributed.Nanny(
        address,
        host=host,
        nthreads=place.threads,
        name=name,
        resources={"GPU": place.gpus} if place.gpus else None,
        security=secure,
        memory_limit=0,  # the articles are made in processes below it, which it does not see
        dashboard=False,
        dashboard_address=f"{host}:0",
        death_timeout=TIMEOUT,
        silence_logs=logging.WARNING,
        **settings,
    )
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(nanny.close, timeout=LEAVING)
        await nanny
        say(f"worker {name} joined {address} with {place.threads} at a time")
        await nanny.finished()


def _settle(settings: dict[str, object]) -> None:
    """Set what the engine is to do, for this process and those that it starts; what the user has set holds."""
    import dask  # noqa: PLC0415 -- an extra

    quieten(logging.WARNING)
    given = {name for name in settings if f"DASK_{name.replace('.', '__').replace('-', '_').upper()}" in os.environ}
    dask.config.set({name: value for name, value in settings.items() if name not in given})


def _until_told(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run until work ends or a signal comes; by SIGTERM it ends as by Ctrl-C, but quietly."""

    async def run() -> None:
        loop, told = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # Windows interrupts by itself
                loop.add_signal_handler(number, told.set)
        working, waiting = asyncio.ensure_future(work()), asyncio.ensure_future(told.wait())
        await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not working.done():
            working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working

    asyncio.run(run())
