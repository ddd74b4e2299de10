"""Withdrawing an episode: what listeners could get of it goes, and a tombstone stays that tells players to hide.

The order leaves nothing half done: the receipt first, so that no later run publishes the episode again; then the page
that frames on other sites show, then the tombstone in place of episode.json, then every other public file. Whoever
is stopped on the way is simply called again: what is done already is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from articleaudio.files import sync_folder, unwritable, write
from articleaudio.publish.alternates import is_audio
from articleaudio.publish.document import SCHEMA
from articleaudio.publish.library import Library
from articleaudio.publish.lying import Lying, find_episode, read_lying
from articleaudio.publish.podcasting import json_bytes
from articleaudio.publish.receipt import Receipt

RETRACTED = "retracted"
"""The status of a withdrawn episode, in receipt and tombstone."""

STAYS = ("episode.json", "embed.html")
"""Tombstone, and the page that frames show."""

BESIDE = (
    *("captions.vtt", "captions.srt", "chapters.json", "transcript.json", "transcript.html"),
    *("index.html", "oembed.json"),
)
"""What is published beside the audio."""

_TEMPORARY = re.compile(r"\.(?P<name>.+)\.[0-9a-z-]+\.tmp")


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What withdrawing came to."""

    id: str
    """The article's id; empty where nobody knows it any more."""
    slug: str
    """Folder name."""
    removed: tuple[str, ...]
    """Names of the files that were removed now."""
    foreign: tuple[str, ...]
    """Names of files in its folder that we did not make, and left."""


def find_to_withdraw(library: Library, asked: str) -> Lying:
    """The episode with this slug, id or address, also one that is withdrawn already and tells no address any more.

    Raises UsageError when there is none, SourceError for a folder that holds no episodes.
    """
    address = asked.partition("#")[0]
    known = library.receipt(asked) or library.find((f"url:{asked}", f"url:{address}", f"url:{address.rstrip('/')}"))
    if known is not None and library.folder(known.slug).is_dir():
        return read_lying(library.folder(known.slug))
    return find_episode(library.out, asked, library)


def withdraw(library: Library, one: Lying, page: Callable[[str], bytes], now: datetime) -> Withdrawn:
    """Withdraw an episode. `page` gives, for a language, what frames on other sites show from now on.

    Raises OutputError when the output or the state cannot be written; called again it goes on where it stopped.
    """
    folder, slug = one.folder, one.folder.name
    receipt = _marked(library, one, now)
    buried = one.text("status") == RETRACTED
    if not buried or not (folder / "embed.html").is_file():
        write(folder / "embed.html", page(one.text("language")))
    id_ = receipt.id if receipt else one.text("id")
    if not buried or set(one.document) != {"schema", "id", "slug", "status", "updated"}:
        write(folder / "episode.json", json_bytes(tombstone(id_, slug, now)))
    removed = _remove(folder, sorted(_ours(folder, slug, receipt)))
    if receipt is not None and (receipt.files or receipt.superseded):
        library.keep(replace(receipt, files=(), superseded=()))
    foreign = sorted(path.name for path in folder.iterdir() if path.name not in STAYS)
    return Withdrawn(id_, slug, removed, tuple(foreign))


def forget(library: Library, article_id: str) -> None:
    """Take out of the receipt of a withdrawn episode all that the article said, and how it was said."""
    receipt = library.receipt(article_id)
    if receipt is not None and receipt.status == RETRACTED:
        library.keep(replace(receipt, title="", segments=(), dropped=(), flags=(), timeline=()))


def tombstone(article_id: str, slug: str, now: datetime) -> dict[str, str]:
    """What episode.json says of a withdrawn episode: nothing that it was about."""
    return {"schema": SCHEMA, "id": article_id, "slug": slug, "status": RETRACTED, "updated": now.isoformat()}


def is_withdrawn(library: Library, slug: str) -> bool:
    """Whether a tombstone lies under a slug: it counts even where the receipt was lost."""
    return read_lying(library.folder(slug)).text("status") == RETRACTED


def _marked(library: Library, one: Lying, now: datetime) -> Receipt | None:
    """Note in the receipt that the episode is withdrawn; make one where the state was lost."""
    id_ = one.text("id") or library.owner(one.folder.name)
    receipt = library.receipt(id_) if id_ else None
    if receipt is None and id_:
        receipt = _bare(one, id_, now)
    if receipt is not None and receipt.status != RETRACTED:
        receipt = replace(receipt, status=RETRACTED)
        library.keep(receipt)
    return receipt


def _bare(one: Lying, article_id: str, now: datetime) -> Receipt:
    """A receipt by which a withdrawn article is known again, of what its episode tells."""
    version, url = one.document.get("version"), one.text("url")
    return Receipt(
        id=article_id,
        slug=one.folder.name,
        title=one.text("title"),
        aliases=(f"url:{url}",) if url else (),
        version=version if isinstance(version, int) else 1,
        generated=now,
        source="",
        source_hash="",
        inputs="",
        facts="",
        script="",
        segments=(),
        dropped=(),
        flags=(),
        voice="",
        engine="",
        encoder="",
        duration=0.0,
        chapters=0,
        timeline=(),
        audio="",
        files=(),
    )


def _ours(folder: Path, slug: str, receipt: Receipt | None) -> Iterator[Path]:
    """Everything in the folder that we made and that goes, also what a run that died left half written."""
    known = {*BESIDE, *(file.name for file in (receipt.files if receipt else ()))} - set(STAYS)
    for path in folder.iterdir():
        left = _TEMPORARY.fullmatch(path.name)
        name = left["name"] if left else path.name
        unfinished = left and (name in STAYS or name.startswith(slug[:80]))  # names of temporary files are cut
        if name in known or is_audio(name, slug) or unfinished:
            yield path


def _remove(folder: Path, paths: list[Path]) -> tuple[str, ...]:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(path, error) from error
    if paths:
        sync_folder(folder)  # a power cut must not bring back what was withdrawn
    return tuple(path.name for path in paths)
