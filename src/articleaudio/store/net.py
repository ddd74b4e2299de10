"""Object stores by address (`s3://…`): how one is opened, and what its refusals mean to whoever has to mend them.

Caches and outputs share it. The library works with threads of its own and must not be forked after its first use.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from articleaudio.errors import ArticleAudioError, ConfigError, OutputError

if TYPE_CHECKING:
    from obstore.store import ObjectStore

RETRIES = 3
"""How often the library makes a request again, with growing pauses."""

OPTIONS: Mapping[str, str] = MappingProxyType({"cache": "--cache", "output": "--out"})
"""What a store is used for, and the option that names it."""


class Reason(StrEnum):
    """Why a store did not do what it was asked."""

    NO_BUCKET = "no bucket"
    EXPIRED = "expired"
    NO_CREDENTIALS = "no credentials"
    DENIED = "denied"
    FAILS = "fails"
    SILENT = "silent"


LASTING = frozenset((Reason.NO_BUCKET, Reason.EXPIRED, Reason.NO_CREDENTIALS))
"""Reasons that hold for every object alike, until somebody mends them."""

PASSING = frozenset((Reason.FAILS, Reason.SILENT))
"""Reasons that may be gone when one tries again."""

_STATUS = re.compile(r"status code: (\d{3})")
_NO_BUCKET = re.compile(r"NoSuchBucket|bucket does not exist|ContainerNotFound", re.IGNORECASE)
_EXPIRED = re.compile(r"ExpiredToken|token (?:has|is) expired|RequestTimeTooSkewed|invalid_grant", re.IGNORECASE)
_NO_CREDENTIALS = re.compile(
    r"169\.254\.169\.254|/latest/(?:api/token|meta-data)|metadata\.google|[Cc]redential|Missing\w*Key"
)
"""Whoever has none is asked to be a machine of the provider's, which has an address for them."""


class StoreError(OutputError):
    """A store did not do what it was asked."""

    def __init__(self, message: str, *, hint: str = "", reason: Reason = Reason.FAILS) -> None:
        super().__init__(message, hint=hint)
        self.reason = reason
        """Why."""


def is_address(where: object) -> bool:
    """Tell whether something names an object store, and not a folder."""
    return isinstance(where, str) and "://" in where


def library(address: str, use: str) -> Any:  # noqa: ANN401 -- its types are not ours to pass on
    """Import the library that speaks to stores. Raises OutputError where the extra is missing."""
    try:
        import obstore  # noqa: PLC0415 -- an extra, and only where something lies in an object store
    except ImportError as error:
        raise OutputError(
            f"the {use} {address} needs the package obstore", hint="pip install 'articleaudio[s3]'"
        ) from error
    return obstore


def open_store(address: str, use: str, *, timeout: str = "60s") -> ObjectStore:
    """Open a store by address; keys, region and endpoint are the environment's, as the store's own tools read them.

    Nothing is asked of it yet. Raises ConfigError for an address that is none.
    """
    from obstore.exceptions import BaseError  # noqa: PLC0415 -- as above
    from obstore.store import from_url  # noqa: PLC0415 -- as above

    try:
        return from_url(
            address,
            client_options={"allow_http": True, "connect_timeout": "5s", "timeout": timeout},
            retry_config={"max_retries": RETRIES, "retry_timeout": timedelta(seconds=30)},
        )
    except (BaseError, ValueError) as error:
        article = "an" if use[0] in "aeiou" else "a"
        raise ConfigError(
            f"cannot use {address} as {article} {use}: {str(error).splitlines()[0]}",
            hint="an address is s3://bucket/prefix, gs://bucket/prefix or az://container/prefix; "
            "the rest is set in the environment, as for the store's own tools",
        ) from error


@contextlib.contextmanager
def clear(address: str, use: str) -> Iterator[None]:
    """Turn what the library raises into a StoreError that says what to do."""
    try:
        yield
    except (ArticleAudioError, TypeError):  # the second is a fault of ours
        raise
    except Exception as error:  # the library's errors are of many classes, OSErrors among them
        raise told(address, use, error) from error


def no_bucket(error: Exception) -> bool:
    """Tell whether what is missing is the whole bucket, and not an object."""
    return bool(_NO_BUCKET.search(str(error)))


def told(address: str, use: str, error: Exception) -> StoreError:
    """Say what is wrong with a store; of the answer only its number, for it may repeat what was asked."""
    text, name = str(error), f"the {use} {address}"
    status = found[1] if (found := _STATUS.search(text)) else ""
    if _NO_BUCKET.search(text):
        hint = "make the bucket, or mend the address"
        return StoreError(f"{name} is not there: no such bucket", hint=hint, reason=Reason.NO_BUCKET)
    if status and _EXPIRED.search(text):
        hint = "get fresh ones, see that this machine's clock is right, and run the same command again"
        return StoreError(f"the credentials for {name} have expired", hint=hint, reason=Reason.EXPIRED)
    if status in {"401", "403"} and not _NO_CREDENTIALS.search(text):
        hint = "the key must be allowed to list the bucket, and to get, put and delete objects"
        return StoreError(f"{name} refuses us (HTTP {status})", hint=hint, reason=Reason.DENIED)
    if _NO_CREDENTIALS.search(text):
        hint = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or what your store asks for, in the environment"
        return StoreError(f"there are no credentials for {name}", hint=hint, reason=Reason.NO_CREDENTIALS)
    if status:
        hint = "try again later"
        return StoreError(f"{name} fails (HTTP {status}); tried {RETRIES + 1} times", hint=hint)
    hint = f"check the network, AWS_ENDPOINT_URL and AWS_REGION; or {OPTIONS[use]}"
    return StoreError(f"nobody answers for {name}", hint=hint, reason=Reason.SILENT)
