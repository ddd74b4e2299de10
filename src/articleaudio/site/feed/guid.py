"""The podcast:guid, which names a show wherever its feed moves."""

from __future__ import annotations

import contextlib
from pathlib import Path
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from articleaudio.site.feed.xml import tag

NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Namespace of `podcast:guid`, given by its standard."""


def podcast_guid(address: str) -> str:
    """The podcast:guid of a feed that has none yet: UUIDv5 of its address without scheme and last slashes."""
    return str(uuid5(NAMESPACE, address.partition("://")[2].rstrip("/")))


def guid_in(path: Path) -> str:
    """The podcast:guid that a feed already carries, for it stays when the feed moves; empty when there is none."""
    with contextlib.suppress(OSError, ET.ParseError, ValueError), path.open("rb") as file:
        for _, element in ET.iterparse(file):  # noqa: S314 -- our own file
            if element.tag == tag("podcast:guid"):
                return str(UUID((element.text or "").strip()))
    return ""
