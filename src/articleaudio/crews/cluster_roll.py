"""Who is in a cluster, and what each worker is good for."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping
from typing import Any

from articleaudio import events
from articleaudio.crews import cluster_fit as fit
from articleaudio.crews.cluster_link import Cluster
from articleaudio.errors import ClusterError, ClusterLostError
from articleaudio.model import Voice
from articleaudio.plan import Job
from articleaudio.task import Setting

GPU = "GPU"
"""Resource that a worker with a graphics card advertises."""

GPU_ENGINES = frozenset({"kokoro", "piper"})
"""Engines that use a graphics card where there is one."""

AHEAD = 2
"""Tasks that are out for each thread of the cluster: one at work, one that waits."""

LOOK = 5.0
"""Seconds between looks at who is in the cluster."""


class Roll:
    """The workers of a cluster, looked at now and then."""

    def __init__(self, client: Any, cluster: Cluster, emit: events.Listener) -> None:  # noqa: ANN401 -- the engine's
        self.caches_apart = False
        """Whether some worker has a cache of its own."""
        self._client = client
        self._cluster = cluster
        self._emit = emit
        self._workers: Mapping[str, Any] = {}
        self._voices: Mapping[str, Voice] = {}
        self._lacking: dict[str, frozenset[str]] = {}
        self._unfit: set[str] = set()
        self._looked = self._manned = time.monotonic()

    @property
    def window(self) -> int:
        """How many tasks are to be out."""
        threads = sum(int(worker["nthreads"]) for worker in self._workers.values())
        return max(1, AHEAD * threads)

    @property
    def has_gpu(self) -> bool:
        """Whether some worker has a graphics card."""
        return any(worker.get("resources", {}).get(GPU) for worker in self._workers.values())

    def wait(self) -> None:
        """Wait for the first worker. Raises ClusterError when none comes."""
        self._see()
        if self._workers:
            return
        seconds, address = self._cluster.timeout, self._cluster.address
        self._emit(events.Warned(f"no worker has joined {address} yet; waiting up to {seconds:.0f} s for one"))
        end = time.monotonic() + seconds
        while not self._workers:
            if time.monotonic() > end:
                raise ClusterError(
                    f"no worker has joined {address} within {seconds:.0f} s",
                    hint=f"on every machine: articleaudio worker {address}",
                )
            time.sleep(0.2)
            self._see()

    def admitted(self, setting: Setting, worker: str) -> fit.Ticket:
        """Ask all workers whether they fit a run, and give the ticket that their tasks bring along.

        Raises ClusterError that names who does not fit, and why.
        """
        fit.must_agree(self._client.get_versions(packages=fit.AGREED))
        ticket = fit.issue(setting, worker)
        with fit.probes(ticket, setting):
            told = self._client.run(fit.look, ticket, on_error="return")
        seen = {
            address: found if isinstance(found, fit.Fitness) else fit.Fitness(f"does not answer: {found}")
            for address, found in told.items()
        }
        if wrong := {address: found.problem for address, found in seen.items() if found.problem}:
            raise fit.refused("what its machines must share is not shared", wrong)
        self.caches_apart = any(found.own_cache for found in seen.values())
        if self.caches_apart:
            self._emit(
                events.Warned(
                    "not all workers share the cache, so each speaks for itself what another one has spoken; "
                    "give --cache a shared folder or an object store"
                )
            )
        self._voices = setting.house.voices
        self._note_voices({address: frozenset(found.voices) for address, found in seen.items()})
        return ticket

    def look(self) -> None:
        """See who is in the cluster, if it is time. Raises ClusterLostError when nobody has been for too long."""
        now = time.monotonic()
        if now - self._looked < LOOK:
            return
        self._looked = now
        if self._client.status != "running":
            raise self.lost("it does not answer")
        before = len(self._workers)
        with self.answering():
            self._see()
        if self._workers:
            self._manned = now
        elif before:
            self._emit(events.Warned("no worker is left in the cluster; waiting for one to come back"))
        if now - self._manned > self._cluster.timeout:
            raise self.lost(f"no worker has been in it for {now - self._manned:.0f} s")

    def lost(self, why: str) -> ClusterLostError:
        """What to raise when the cluster is given up."""
        return ClusterLostError(
            f"the cluster at {self._cluster.address} is lost: {why}",
            hint="what was finished is kept; see to its scheduler and run the same command again to go on",
        )

    @contextlib.contextmanager
    def answering(self) -> Iterator[None]:
        """Ask the cluster something within: a line that breaks there means that it is lost. Raises ClusterLostError."""
        try:
            yield
        except OSError as error:  # Dask's own for a closed line is one
            raise self.lost(f"the line to it broke: {error}") from error

    def pass_over(self, error: fit.UnfitError) -> None:
        """Give a worker that does not fit nothing more, and say so once."""
        if error.worker not in self._unfit:
            self._unfit.add(error.worker)
            self._emit(events.Warned(f"the worker {error.worker} is passed over: it {error.message}"))

    def wishes(self, job: Job) -> dict[str, object]:
        """Who is to do a task, in the engine's terms: empty where anybody may."""
        voice = self._voices.get("*") or self._voices.get(job.article.language.partition("-")[0])
        wishes: dict[str, object] = {}
        if voice and voice.engine in GPU_ENGINES and self.has_gpu:
            wishes["resources"] = {GPU: 1}
        lacking = {address for address, voices in self._lacking.items() if voice and voice.name in voices}
        able = [address for address in self._workers if address not in lacking | self._unfit]
        if able and len(able) < len(self._workers):
            # A wish, not a must: when those go away others may try, and say what they lack.
            wishes |= {"workers": able, "allow_other_workers": True}
        return wishes

    def _see(self) -> None:
        self._workers = dict(self._client.scheduler_info(n_workers=-1)["workers"])

    def _note_voices(self, lacking: Mapping[str, frozenset[str]]) -> None:
        """Remember which voices a worker lacks that others have; what everybody lacks is the engine's to tell."""
        nobody = frozenset.intersection(*lacking.values()) if lacking else frozenset[str]()
        self._lacking = {address: voices - nobody for address, voices in lacking.items() if voices - nobody}
        spoken = {voice.name for voice in self._voices.values()}
        for address, voices in self._lacking.items():
            if names := ", ".join(sorted(voices & spoken)):
                self._emit(events.Warned(f"the worker {address} cannot use {names}: others are asked first"))
