"""HTTP's status codes as a producer should hear of them."""

from __future__ import annotations

from types import MappingProxyType

from articleaudio.errors import FetchError, NotPublicError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""Answers that lead on to another address."""

BUSY = frozenset({429, 503})
"""Answers that may say when to come again."""

CLOSED = frozenset({401, 402, 404, 410, 451})
"""Answers that say that not everybody may read the page, or that there is none any more."""

GOOD = frozenset({200, 203})
"""Answers that hold the page."""

_LOG_IN = "give the article from the CMS export, or save the page where you are logged in and give the file"
_LATER = "the fault is the server's: try again later"
_TYPO = "check the spelling of the address"
_BROWSER = "open the address in the browser; if it works there, save the page and give the file"

_MEANINGS = MappingProxyType(
    {
        204: ("the server has no content for it", _BROWSER),
        401: ("it lies behind a log-in", _LOG_IN),
        402: ("it lies behind a paywall", _LOG_IN),
        403: ("the server does not give it to programs, or only to those who are logged in", _LOG_IN),
        404: ("there is no such page", _TYPO),
        406: ("the server has it in no form that can be read", _BROWSER),
        407: ("a proxy asks for a log-in", _LOG_IN),
        410: ("the page has been taken down", "if you have the article in the CMS, give its export"),
        429: ("the server asks to be left alone for now", "try again later, or set a longer delay in [fetch]"),
        451: ("the page is withheld for legal reasons", "if you may use the article, give its file"),
        503: ("the server is busy or closed for now", _LATER),
    }
)
"""What a status code means, and what to do about it."""


def failure(url: str, status: int, again: str = "") -> FetchError:
    """The error for an answer that holds no page; `again` is what a busy server says of when to come again."""
    server_fault = ("the server has failed", _LATER) if status >= 500 else ("the server does not give it", _BROWSER)
    meaning, hint = _MEANINGS.get(status, server_fault)
    if again and status in BUSY:
        hint += f"; the server names the time: {again[:40]}" + (" seconds" if again.isdecimal() else "")
    kind = NotPublicError if status in CLOSED else FetchError
    return kind(f"cannot fetch {url}: {meaning} (HTTP {status})", hint=hint)
