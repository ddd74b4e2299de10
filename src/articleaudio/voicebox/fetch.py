"""One file over the network: with progress, going on where an earlier try broke off."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from ipaddress import ip_address

import httpx

from articleaudio.errors import FetchError
from articleaudio.model import VoiceFile
from articleaudio.read.web import urls
from articleaudio.read.web.addresses import Addresses, closed
from articleaudio.read.web.backend import Resolve, resolve
from articleaudio.read.web.deadline import Deadline
from articleaudio.read.web.visit import Limits, Means, Visit
from articleaudio.read.web.wire import Answer, BrokenAnswerError
from articleaudio.voicebox.parts import Part
from articleaudio.voicebox.taking import AGAIN, Taking, Told


class Patience(Deadline):
    """A clock for all that comes before a file; once it flows, each step starts anew, as a large file may take long."""

    flowing = False

    def left(self) -> float:
        """Seconds that a server may still be silent. Raises FetchError when there are none."""
        return self._seconds if self.flowing else super().left()

    def over(self) -> FetchError:
        """The error for a server that has fallen silent."""
        return BrokenAnswerError(f"{self._what} was silent for {self._seconds:g} seconds", hint=AGAIN)


@dataclass(frozen=True, slots=True)
class NearbyAddresses(Addresses):
    """The rule for what is not encrypted: only this machine and private networks may be asked."""

    def refusal(self, address: str, port: int) -> str:  # noqa: ARG002 -- any port will do
        """What keeps this address and port from being asked; empty where nothing does."""
        return "" if closed(ip_address(address)) else f"{address} is public, and would be asked without encryption"


@dataclass(frozen=True, slots=True)
class Downloader:
    """How files are fetched."""

    allow_private: bool = False
    """Whether this machine and private networks may be asked, and without encryption."""
    silence: float = 60.0
    """Seconds that a server may be silent."""
    tries: int = 4
    """Tries in a row that bring nothing new."""
    breaks: int = 30
    """Tries in all, however much they bring."""
    resolve: Resolve = resolve
    """How hosts are found."""
    sleep: Callable[[float], None] = time.sleep
    """How to wait between tries."""

    def fetch(self, file: VoiceFile, part: Part, told: Told) -> None:
        """Bring a file's bytes into `part`. Raises FetchError, OutputError; what came stays for the next time."""
        url = urls.parse(file.url)
        means = self._means(url)
        best, failed = part.size, 0
        for left in range(self.breaks - 1, -1, -1):
            try:
                self._once(url, means, Taking(file, part, told))
            except BrokenAnswerError as error:
                failed = 0 if part.size > best else failed + 1
                best = max(best, part.size)
                if failed >= self.tries or not left:
                    raise FetchError(error.message, hint=AGAIN) from error
                self.sleep(min(2.0**failed, 30))
            else:
                return

    def _once(self, url: httpx.URL, means: Means, taking: Taking) -> None:
        patience = Patience(self.silence, url.host, self.sleep)

        def take(answer: Answer) -> None:
            patience.flowing = True
            taking.take(answer, self.silence)

        Visit(means, patience).follow(url, lambda _: taking.headers(), take)

    def _means(self, url: httpx.URL) -> Means:
        if url.scheme == "http" and not self.allow_private:
            raise FetchError(
                f"{url} is not encrypted; voices are fetched over https",
                hint="if you mean a server of your own network, allow it with --allow-private",
            )
        addresses = NearbyAddresses() if url.scheme == "http" else Addresses(self.allow_private)
        try:
            trust = httpx.create_ssl_context()
        except OSError as error:
            raise FetchError(
                f"the certificates of trusted authorities cannot be read: {error.strerror or error}",
                hint="correct the environment variable SSL_CERT_FILE or SSL_CERT_DIR, or unset it",
            ) from error
        limits = Limits(seconds=self.silence)
        return Means(limits, addresses, trust, self.resolve, f"articleaudio/{version('articleaudio')}")
