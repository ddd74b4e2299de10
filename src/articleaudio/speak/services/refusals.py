"""What a service says when it will not speak, and what follows from it."""

from __future__ import annotations

import email.utils
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from articleaudio.speak.decode import quoted


class Kind(Enum):
    """What follows from a refusal."""

    LATER = "try again later"
    CROWDED = "try again later, with fewer at once"
    STOP = "asking again will not help"
    VOICE = "the profile is wrong"
    TEXT = "the service will not speak this text"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal, read."""

    kind: Kind
    """What follows from it."""
    words: str
    """What the service said, shortened."""


_STATUS = {
    **dict.fromkeys((408, 409, 425, 429), Kind.LATER),
    **dict.fromkeys((401, 402, 403, 407), Kind.STOP),
    **dict.fromkeys((404, 405, 410), Kind.VOICE),
    **dict.fromkeys((400, 413, 422), Kind.TEXT),
}

# Their names say more than the status: Amazon throttles with 400, and with OpenAI 429 may be a credit used up.
_CODES = {
    **dict.fromkeys(
        (
            *("quota_exceeded", "insufficient_quota", "billing_hard_limit_reached", "invalid_api_key"),
            *("missing_permissions", "detected_unusual_activity", "needs_authorization", "UnrecognizedClientException"),
            *("InvalidSignatureException", "SignatureDoesNotMatch", "AccessDeniedException", "ExpiredTokenException"),
            *("InvalidClientTokenId", "MissingAuthenticationTokenException", "IncompleteSignatureException"),
        ),
        Kind.STOP,
    ),
    **dict.fromkeys(
        (
            *("voice_not_found", "model_not_found", "invalid_voice", "invalid_model", "invalid_uid"),
            *("model_can_not_do_text_to_speech", "EngineNotSupportedException", "LanguageNotSupportedException"),
            *("LexiconNotFoundException", "InvalidSampleRateException", "MarksNotSupportedForFormatException"),
            *("SsmlMarksNotSupportedForTextTypeException",),
        ),
        Kind.VOICE,
    ),
    **dict.fromkeys(("system_busy", "rate_limit_exceeded", "ThrottlingException", "Throttling"), Kind.LATER),
    **dict.fromkeys(("too_many_concurrent_requests", "concurrent_limit_exceeded"), Kind.CROWDED),
    **dict.fromkeys(("InvalidSsmlException", "TextLengthExceededException"), Kind.TEXT),
}


def read_refusal(status: int, headers: Mapping[str, str], body: bytes) -> Refusal:
    """Read an answer whose status is not 200."""
    codes, words = _said(body)
    codes.append(headers.get("x-amzn-errortype", "").partition(":")[0])
    default = Kind.LATER if status >= 500 else Kind.STOP
    kind = next((_CODES[code] for code in codes if code in _CODES), _STATUS.get(status, default))
    if 300 <= status < 400:
        words = f"it sends us to {headers.get('location', 'another address')[:80]}; set `base` to where it is"
    return Refusal(kind, f"{status}: {words or next(filter(None, codes), 'it does not say why')}")


def wait_told(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that the service asks to wait, by `Retry-After` (seconds or a date) or `retry-after-ms`."""
    for name, unit in (("retry-after-ms", 1e-3), ("retry-after", 1.0)):
        told = headers.get(name, "").strip()
        if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", told):
            return float(told) * unit
    try:
        return max(0.0, email.utils.parsedate_to_datetime(headers.get("retry-after", "")).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None


def _said(body: bytes) -> tuple[list[str], str]:
    """The codes and the words of an error: each service has its own shape."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return [], quoted(body)
    codes: list[str] = []
    words: list[str] = []
    waiting: list[object] = [told]
    while waiting and len(codes) + len(words) < 20:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting += item[:5]
        elif isinstance(item, dict):
            codes += [
                item[key].rpartition("#")[2]
                for key in ("status", "code", "type", "__type")
                if isinstance(item.get(key), str)
            ]
            words += [item[key] for key in ("message", "Message", "msg") if isinstance(item.get(key), str)]
            for inner in (item.get("error"), item.get("detail")):
                if isinstance(inner, str):
                    words.append(inner)
                else:
                    waiting.append(inner)
    return codes, quoted("; ".join(words).encode()) if words else quoted(body)
