"""Whether the machines of a cluster fit a run: the same software, the same folders, the voices that it wants.

A machine that does not fit would make other episodes, or put them where nobody looks. So all are asked at the start,
and a machine that joins later asks itself before its first article.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import pickle
import secrets
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articleaudio.errors import ArticleAudioError, ClusterError
from articleaudio.files import unwritable
from articleaudio.model import House
from articleaudio.plan import fingerprint
from articleaudio.store import Store
from articleaudio.task import Setting
from articleaudio.voicebox.standing import standing

AGREED = ("articleaudio", "dask", "distributed", "espeakng-loader", "lameenc", "numpy", "pyttsx3", "soxr")
"""Packages whose version all machines share: the first speak with each other, the others settle bytes."""

TICKET = "setting.pickle"
"""File in a run's work folder that tells every worker how the house wants its articles."""

SHOWN = 3
"""Workers that an error names one by one."""


class UnfitError(ArticleAudioError):
    """A worker joined that cannot make the articles of this run."""

    def __init__(self, message: str, *, hint: str = "", worker: str = "") -> None:
        super().__init__(message, hint=hint)
        self.worker = worker
        """Its address."""

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the trip to the coordinator with the address intact."""
        return (_unfit, (self.message, self.hint, self.worker))


def _unfit(message: str, hint: str, worker: str) -> UnfitError:
    return UnfitError(message, hint=hint, worker=worker)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What every task of a run brings along: where a worker finds the rest, and how it knows that it is the same."""

    run: str
    """Random name of the run."""
    folder: Path
    """The run's work folder, which all machines see."""
    inputs: str
    """Fingerprint of all that settles an episode besides its article."""
    worker: str
    """Handler that the worker's child process runs."""

    @property
    def topic(self) -> str:
        """Where workers tell how far they are."""
        return f"articleaudio-{self.run}"


@dataclass(frozen=True, slots=True)
class Fitness:
    """What a worker found when it looked around."""

    problem: str = ""
    """Why it cannot work for this run; empty when it can."""
    voices: tuple[str, ...] = ()
    """Voices of the house that it cannot use."""
    own_cache: bool = False
    """Whether its cache is another than the coordinator's."""


def issue(setting: Setting, worker: str) -> Ticket:
    """Write down in the work folder what workers need to know. Raises OutputError."""
    assert setting.work  # noqa: S101 -- the run gives one
    ticket = Ticket(secrets.token_hex(8), setting.work, fingerprint(setting.house), worker)
    path = setting.work / TICKET
    try:
        setting.work.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps((ticket.run, setting)))
    except OSError as error:
        raise unwritable(path, error) from error
    return ticket


def redeem(ticket: Ticket) -> Setting:
    """Read how the house wants its articles; here, on a worker. Raises ClusterError where that is not to be seen."""
    path = ticket.folder / TICKET
    try:
        run, setting = pickle.loads(path.read_bytes())  # noqa: S301 -- from the house's own state folder
    except OSError as error:
        raise ClusterError(f"does not see the state folder: {path}: {error.strerror}") from error
    if run != ticket.run or not isinstance(setting, Setting):
        raise ClusterError(f"sees another state folder: {path} is of another run")
    return setting


@contextlib.contextmanager
def probes(ticket: Ticket, setting: Setting) -> Iterator[None]:
    """Leave a file in each folder that is to be shared, for as long as the workers look for it."""
    paths = [_probe(folder, ticket) for folder in _shared(setting)]
    try:
        for path in paths:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(b"")
            except OSError as error:
                raise unwritable(path, error) from error
        yield
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def look(ticket: Ticket) -> Fitness:
    """Look around on a worker, while the probes of the coordinator are out."""
    try:
        setting = redeem(ticket)
        if not _probe(setting.out, ticket).exists():
            return Fitness(f"does not see the output folder {setting.out}")
        return _inside(ticket, setting)
    except ArticleAudioError as error:
        return Fitness(error.message)
    except Exception as error:  # noqa: BLE001 -- whatever it is, the coordinator tells whose it is
        return Fitness(f"{type(error).__name__}: {error}")


def admit(ticket: Ticket, worker: str) -> Setting:
    """Give a worker that joined later its setting. Raises UnfitError where it does not fit."""
    try:
        setting = redeem(ticket)
        problem = _inside(ticket, setting).problem
    except Exception as error:
        problem = error.message if isinstance(error, ArticleAudioError) else f"{type(error).__name__}: {error}"
        raise UnfitError(problem, worker=worker) from error
    if problem:
        raise UnfitError(problem, worker=worker)
    return setting


def _inside(ticket: Ticket, setting: Setting) -> Fitness:
    for folder in (ticket.folder, setting.out):
        path = folder / f".articleaudio-{ticket.run}-{os.getpid()}-{secrets.token_hex(4)}"
        try:
            path.write_bytes(b"")
            path.unlink()
        except OSError as error:
            return Fitness(f"cannot write in {folder}: {error.strerror}")
    if fingerprint(setting.house) != ticket.inputs:
        return Fitness("would make other episodes: plug-ins, sounds or the cover are not those of the coordinator")
    Store(setting.house.cache).check()
    voices = {**setting.house.voices, **setting.house.cast}.values()
    missing = {voice.name for voice in voices if not standing(voice).usable}
    cache = setting.house.cache
    own = isinstance(cache, Path) and not _probe(cache, ticket).exists()
    return Fitness(voices=tuple(sorted(missing)), own_cache=own)


def _shared(setting: Setting) -> list[Path]:
    cache = setting.house.cache
    return [setting.out, cache] if isinstance(cache, Path) else [setting.out]


def _probe(folder: Path, ticket: Ticket) -> Path:
    return folder / f".articleaudio-{ticket.run}"


def usable_here(house: House) -> frozenset[str]:
    """Voices of the house that can be used on this machine."""
    voices = {**house.voices, **house.cast}.values()
    return frozenset(voice.name for voice in voices if standing(voice).usable)


def versions() -> dict[str, str | None]:
    """What must agree, as it is on this machine; None for what is not installed."""
    found: dict[str, str | None] = {"python": f"{sys.version_info[0]}.{sys.version_info[1]}"}
    for name in AGREED:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = None
    return found


def differences(ours: Mapping[str, str | None], told: Mapping[str, Any] | None) -> list[str]:
    """Say in which versions another machine differs, given what the engine tells of it."""
    theirs = dict((told or {}).get("packages", {}))
    python = str(theirs.get("python") or "")
    theirs["python"] = ".".join(python.split(".")[:2]) or None
    return [
        f"{name} {theirs.get(name) or 'is missing'} (here {version or 'missing'})"
        for name, version in ours.items()
        if theirs.get(name) != version
    ]


def must_agree(told: Mapping[str, Any]) -> None:
    """Compare what the engine tells of all machines with this one. Raises ClusterError that says what differs."""
    ours = versions()
    talk = {name: ours[name] for name in ("python", "dask", "distributed")}
    wrong = {address: found for address, facts in told["workers"].items() if (found := differences(ours, facts))}
    if found := differences(talk, told["scheduler"]):
        wrong = {"the scheduler": found} | wrong
    if wrong:
        raise refused("versions differ", {who: "; ".join(found) for who, found in wrong.items()})


def refused(what: str, wrong: Mapping[str, str]) -> ClusterError:
    """What to raise when machines do not fit, naming the first of them."""
    shown: Sequence[str] = [f"{who}: {why}" for who, why in list(wrong.items())[:SHOWN]]
    more = f"; and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
    hint = (
        "install the same versions everywhere: pip install -c constraints.txt 'articleaudio[dask]'"
        if what == "versions differ"
        else "all machines see --out and the state folder (--state) at the same path, and may write there"
    )
    return ClusterError(f"the cluster does not fit, {what}: {'; '.join(shown)}{more}", hint=hint)
