"""robots.txt, as RFC 9309 has it: what a site asks programs to leave alone, and how fast they may come."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import protego

from articleaudio.errors import FetchError
from articleaudio.read.web.statuses import GOOD
from articleaudio.read.web.wire import Answer, BrokenAnswerError

PRODUCT = "articleaudio"
"""The name that robots.txt files can call this program by."""

MAX_BYTES = 512 * 1024
"""As much of a robots.txt is read; RFC 9309 asks for 500 KiB at least."""

_NAMED = re.compile(r"user.?agent", re.IGNORECASE)
_MOST_WORK = 1_500_000


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host asks of programs."""

    trouble: str = ""
    """Why the rules are unknown, so that nothing may be fetched; empty where they are known."""
    parsed: protego.Protego | None = None
    """The rules; None where there are none."""

    def check(self, url: httpx.URL) -> float:
        """Seconds that the host asks for between two pages. Raises FetchError when the page is not to be fetched."""
        if self.trouble:
            raise FetchError(
                f"whether {url} may be fetched is unknown, as the robots.txt of {url.host} cannot be read: "
                f"{self.trouble}",
                hint="try again later, or save the page; for a site of your own, name it under own_sites in [fetch]",
            )
        if self.parsed is None:
            return 0.0
        if not self.parsed.can_fetch(str(url), PRODUCT):
            raise FetchError(
                f"{url.host} asks programs not to fetch {url.path} (robots.txt)",
                hint="save the page and give the file; for a site of your own, name it under own_sites in [fetch]",
            )
        delay = self.parsed.crawl_delay(PRODUCT)
        return delay if delay and delay > 0 else 0.0


class Robots:
    """The rules of every host that was asked, kept as long as this lives."""

    def __init__(self) -> None:
        """Begin with no host known."""
        self._known: dict[tuple[str, str, int | None], Rules] = {}

    def rules(self, url: httpx.URL, fetch: Callable[[httpx.URL], Rules]) -> Rules:
        """The rules for an address; `fetch` is asked for the robots.txt of a host that is not known yet."""
        host = (url.scheme, url.host, url.port)
        if host not in self._known:
            try:
                self._known[host] = fetch(url.copy_with(raw_path=b"/robots.txt"))
            except BrokenAnswerError as error:
                return Rules(trouble=error.message)
        return self._known[host]


def read_rules(answer: Answer) -> Rules:
    """The rules in the answer to a request for robots.txt."""
    if answer.status in GOOD:
        text = answer.read(MAX_BYTES, whole=False).decode("utf-8", "replace")
        if _costly(text):
            return Rules(trouble="it names more programs and rules than can be read in reasonable time")
        return Rules(parsed=protego.Protego.parse(text.removeprefix("\ufeff")))
    if answer.status >= 500 or answer.status == 429:
        return Rules(trouble=f"the server answers HTTP {answer.status}")
    return Rules()


def _costly(text: str) -> bool:
    """Whether a file is made to be slow to read: each of its rules may hold for each of the programs it names."""
    return len(_NAMED.findall(text)) * len(text.splitlines()) > _MOST_WORK
