"""Asking a service: carefully, again where that helps, and never longer than the deadline. For several threads."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import httpcore

from articleaudio.errors import EngineError, SpeechFailedError, VoiceError
from articleaudio.speak.services.gate import Gate
from articleaudio.speak.services.keys import redacted
from articleaudio.speak.services.network import Network
from articleaudio.speak.services.refusals import Kind, Refusal, read_refusal, wait_told
from articleaudio.speak.services.settings import Account
from articleaudio.speak.spending import LateError, RefusedError

T = TypeVar("T")

LARGEST = 64 * 2**20
"""Bytes that an answer may have: a quarter of an hour of uncompressed sound."""
CONNECT = 10.0
"""Seconds that a connection may take."""
PATIENCE = 120.0
"""Seconds that we wait where a service asks for it; for more the fallback speaks."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0
"""Seconds before the second try, and the most that doubling them leads to."""


_UNASKED = (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout, httpcore.ProxyError)
"""No connection: the service knows nothing of the request, and bills nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service sent, whole, with status 200."""

    headers: Mapping[str, str]
    """Names in small letters."""
    body: bytes
    """As sent; nothing is known of what it holds."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent."""

    url: str
    """Where to."""
    body: bytes
    """What the service is told."""
    headers: Callable[[], Mapping[str, str]] = field(repr=False)
    """Gives the headers, for each try anew: some are signed with the time."""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """What must not stand in any message."""


class _LaterError(Exception):
    """A try failed in a way that another may not."""

    def __init__(self, why: str, wait: float | None = None, *, crowded: bool = False, asked: bool = False) -> None:
        super().__init__(why)
        self.wait, self.crowded, self.asked = wait, crowded, asked


class Client:
    """One for each engine; keeps connections, and a gate for each account."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        date: Callable[[], float] = time.time,
        jitter: Callable[[], float] = random.random,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        """Take what tests replace: clocks, waiting, chance and the environment."""
        self.environ = environ
        """Where keys are read."""
        self.date = date
        """Seconds since 1970."""
        self._clock, self._sleep, self._jitter = clock, sleep, jitter
        self._network = Network()
        self._guard = threading.Lock()
        self._gates: dict[tuple[str, str, int, float], Gate] = {}

    def post(self, account: Account, request: Request, read: Callable[[Answer], T]) -> T:
        """Send a request, and give what `read` makes of the answer; where it raises, the answer was none.

        Raises EngineError when the service cannot be used now, VoiceError when it does not have what the profile asks
        for, SpeechFailedError when it will not speak this text, or its answer breaks off or is no sound.
        """
        gate = self._gate(account)
        gate.check()
        try:
            answer = self._tried(account, gate, request)
            if isinstance(answer, Answer):
                found = read(answer)
                gate.answered()
                return found
        except _LaterError as error:
            why = f"{account.service} did not answer: {redacted(str(error), request.secrets)}"
            gate.failed(why)
            raise (LateError if error.asked else EngineError)(
                why, hint="run again later: what is spoken is kept; `fallback` in the profile speaks meanwhile"
            ) from None
        except SpeechFailedError as error:
            why = redacted(error.message, request.secrets)
            gate.failed(why)
            raise SpeechFailedError(why, hint=error.hint) from None
        raise _refused(account, gate, Refusal(answer.kind, redacted(answer.words, request.secrets)))

    def close(self) -> None:
        """End all connections."""
        self._network.close()

    def _tried(self, account: Account, gate: Gate, request: Request) -> Answer | Refusal:
        """Ask until there is an answer, or a refusal that is meant."""
        until = self._clock() + account.deadline
        asked = False
        for number in range(1, account.attempts + 1):
            until += gate.enter()
            try:
                self._network.until(time.monotonic() + min(account.timeout, max(0.0, until - self._clock())))
                return self._asked(account, request)
            except _LaterError as error:
                last = error
            finally:
                gate.leave()
            asked |= last.asked
            if last.crowded:
                gate.crowded()
            pause = self._pause(number) if last.wait is None else last.wait * (1 + self._jitter() / 10)
            if number == account.attempts or pause > min(PATIENCE, until - self._clock()):
                tries = f"{number} tries" if number > 1 else "one try"
                wish = f", and it asks to wait {last.wait:.0f} seconds" if last.wait is not None else ""
                raise _LaterError(f"{last} (after {tries}{wish})", asked=asked)
            self._sleep(pause)
        raise AssertionError("there is at least one try")

    def _pause(self, number: int) -> float:
        """Seconds before the next try: twice as long each time, less up to a quarter by chance."""
        return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (number - 1)) * (1 - self._jitter() / 4)

    def _asked(self, account: Account, request: Request) -> Answer | Refusal:
        """Ask once."""
        status, told, content = self._exchanged(account, request)
        if status == 200:
            return Answer(told, content)
        refusal = read_refusal(status, told, content)
        if refusal.kind in (Kind.LATER, Kind.CROWDED):
            wait = wait_told(told, self.date())
            raise _LaterError(refusal.words, wait, crowded=refusal.kind is Kind.CROWDED)
        return refusal

    def _exchanged(self, account: Account, request: Request) -> tuple[int, Mapping[str, str], bytes]:
        sent: dict[bytes | str, bytes | str] = {"accept-encoding": "identity", "user-agent": "articleaudio"}
        sent.update(request.headers().items())
        url, body = request.url, request.body
        steps = {"connect": CONNECT, "read": account.timeout, "write": account.timeout, "pool": account.timeout}
        begun = False
        try:
            pool = self._network.pool(url)
            with pool.stream("POST", url, headers=sent, content=body, extensions={"timeout": steps}) as response:
                begun = True
                told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                return response.status, told, _whole(account, response)
        except httpcore.RemoteProtocolError as error:
            if begun:
                raise SpeechFailedError(f"the answer of {account.service} breaks off") from None
            raise _LaterError(f"the connection broke off ({error})", asked=True) from None
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProxyError) as error:
            why = "it takes too long" if isinstance(error, httpcore.TimeoutException) else "no connection"
            raise _LaterError(
                f"{why} ({type(error).__name__}: {error})", asked=not isinstance(error, _UNASKED)
            ) from None
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol):  # may quote a header, and with it the key
            raise EngineError(
                f"{account.service} cannot be asked", hint="look at base and key in the profile"
            ) from None

    def _gate(self, account: Account) -> Gate:
        """One gate for all profiles that share an account and its limits."""
        name = (account.base, account.key, account.at_once, account.per_minute)
        with self._guard:
            if name not in self._gates:
                self._gates[name] = Gate(account.at_once, account.per_minute, self._clock, self._sleep)
            return self._gates[name]


def _whole(account: Account, response: httpcore.Response) -> bytes:
    content = bytearray()
    for chunk in response.iter_stream():
        content += chunk
        if len(content) > LARGEST:
            raise SpeechFailedError(f"{account.service} sends more than {LARGEST // 2**20} megabytes for one text")
    return bytes(content)


def _refused(account: Account, gate: Gate, refusal: Refusal) -> EngineError:
    """The error for a refusal that is meant."""
    why = f"{account.service} refuses: {refusal.words}"
    if refusal.kind is Kind.STOP:
        gate.stop(why)
        key = f"look at the key in {account.key} and" if account.key else "look"
        return EngineError(why, hint=f"{key} at the account with {account.service}; then run again")
    if refusal.kind is Kind.VOICE:
        gate.failed(why)
        return VoiceError(why, hint="mend base, model or voice in the profile")
    gate.answered()  # it does its work: this text it will not speak
    return RefusedError(why)
