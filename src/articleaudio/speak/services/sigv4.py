"""AWS Signature Version 4: proves with a secret key who asks, without sending the key."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks."""

    access_key: str = field(repr=False)
    """The key's id, which is sent."""
    secret_key: str = field(repr=False)
    """The key, which is not."""
    token: str = field(default="", repr=False)
    """Session token of keys that do not last; empty for others."""


def signed(
    method: str,
    url: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    who: Credentials,
    region: str,
    service: str,
    at: float,
) -> dict[str, str]:
    """Give the headers with `host`, `x-amz-date` and `authorization`, and the token where there is one.

    The address has no query; its path is as it is sent. `at` is seconds since 1970.
    """
    split = urlsplit(url)
    stamp = datetime.fromtimestamp(at, UTC).strftime("%Y%m%dT%H%M%SZ")
    sent = {name.lower(): " ".join(value.split()) for name, value in headers.items()}
    sent |= {"host": split.netloc, "x-amz-date": stamp}
    if who.token:
        sent["x-amz-security-token"] = who.token
    names = ";".join(sorted(sent))
    canonical = "\n".join(
        (
            method,
            quote(split.path or "/", safe="/-_.~"),
            "",
            *(f"{name}:{sent[name]}" for name in sorted(sent)),
            "",
            names,
            hashlib.sha256(body).hexdigest(),
        )
    )
    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    told = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"AWS4{who.secret_key}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, told.encode(), "sha256").hex()
    sent["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={who.access_key}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return sent
