"""Library → feed, index, pages, player. Nothing changed: nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from articleaudio.files import write
from articleaudio.model import Show
from articleaudio.site.archive import (
    FOLDER,
    NEWEST,
    chunk_bytes,
    chunk_count,
    chunks,
    playlist_bytes,
    playlist_for,
    playlists_of,
    remove_stale,
)
from articleaudio.site.cards import Shelf, gather
from articleaudio.site.cover import place_cover
from articleaudio.site.embed import Cover, measured, oembed_bytes
from articleaudio.site.feed import documents, feeds_of, usable_show
from articleaudio.site.pages import Links, Pages
from articleaudio.site.player import player_bytes
from articleaudio.site.printing import Document, Printed, Unremembered, note, print_all, software
from articleaudio.site.shelf import web_address
from articleaudio.site.shelved import Shelved
from articleaudio.site.words import primary

ASSETS = Path(__file__).parent / "assets"
"""The style sheet, the scripts of the pages, the icon."""

MEDIA = frozenset((".css", ".js", ".svg"))
"""Suffixes of the files there that pages use."""

NO_BASE_URL = (
    "no feed was made: set base_url under [show] in articleaudio.toml, or pass --base-url, to the address where "
    "the output folder will be served (https://audio.example.com/)"
)
"""What a run without a base URL is told."""

LEFT_FEEDS = (
    "{names} of an earlier run with a base_url stays as it was, for subscribers would lose it: set base_url again, or "
    "delete it"
)
"""What a run without a base URL is told about feeds that it finds."""


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What building a site came to."""

    episodes: int
    """How many episodes it holds."""
    written: int
    """How many files had to be written."""
    feed: bool
    """Whether there is a feed."""


def build_site(
    out: Path,
    show: Show,
    on_warning: Callable[[str], None],
    *,
    templates: Path | None = None,
    shelf: Shelf | None = None,
    printed: Printed | None = None,
) -> SiteReport:
    """Bring feed, index, pages, player and cover of an output folder up to date with its episodes.

    `on_warning` is told of episodes that had to be left out and of settings that are missing. `templates` is a folder
    whose templates take the place of the package's. `shelf` holds the episodes, where somebody knows them already;
    `printed` remembers what files were made from, so that only what changed is made. Raises OutputError when the folder
    cannot be written, and ConfigError, before anything is written, when a template of that folder does not work.
    """
    show = _with_usable_base(out, show, on_warning)
    shelf = gather(out, on_warning) if shelf is None else shelf
    podcasts = feeds_of(show, shelf)
    feeds = {primary(feed.language): feed.name for feed in podcasts if not feed.section}
    playlists = playlists_of(shelf)
    assets = _assets()
    links = replace(_links(assets), feeds=feeds, playlists=_playlists(shelf, playlists))
    if templates is not None:
        Pages(show, links, templates).rehearse(shelf)
    cover, written = place_cover(show.image, out, on_warning)
    count = int(written) + sum(write(out / name, data) for name, data in assets.items())
    _note_assets(out, assets, cover, printed or Unremembered())
    links = replace(links, cover=cover)
    pages = Pages(show, links, templates)
    settled = _settled(show, links, templates)
    everything = chain(
        _episodes(shelf, pages, show, measured(out, cover)),
        _lists(shelf, pages, playlists),
        documents(out, show, podcasts, cover),
    )
    count += print_all(out, everything, settled, printed or Unremembered())
    remove_stale(out, chunk_count(len(shelf)), playlists)
    return SiteReport(len(shelf), count, bool(podcasts))


def _episodes(shelf: Shelf, pages: Pages, show: Show, cover: Cover | None) -> Iterator[Document]:
    """The pages of each episode. Without a base URL there is no oEmbed: all of its addresses are absolute."""
    thumbnail = cover if show.base_url else None
    for card, episode in zip(shelf.cards, map(shelf.of, zip(shelf.cards)), strict=True):
        folder = f"episodes/{card.slug}"
        yield Document(f"{folder}/index.html", (card,), partial(_made, pages.episode, episode))
        yield Document(f"{folder}/embed.html", (card,), partial(_made, pages.embed, episode))
        if show.base_url:
            oembed = partial(oembed_bytes, show=show, cover=thumbnail)
            yield Document(f"{folder}/oembed.json", (card,), partial(_made, oembed, episode), f"{thumbnail}")


def _lists(shelf: Shelf, pages: Pages, playlists: Mapping[str, Shelf]) -> Iterator[Document]:
    """What lists episodes, those first that others link to."""
    for chunk in chunks(shelf):
        path, cards = f"{FOLDER}/{chunk.name}", chunk.episodes.cards
        yield Document(f"{path}.json", cards, partial(chunk_bytes, chunk))
        yield Document(f"{path}.html", cards, partial(pages.archive, chunk), f"{chunk.older} {chunk.newer}")
    yield Document("index.html", shelf.cards[:NEWEST], partial(pages.index, shelf), str(chunk_count(len(shelf))))
    for name, listed in playlists.items():
        yield Document(name, listed.cards, partial(playlist_bytes, listed))


def _made(make: Callable[[Shelved], bytes], shelf: Shelf) -> bytes | None:
    """Make a document of the one episode on a shelf; none of one that cannot be read."""
    return next(map(make, shelf), None)


def _settled(show: Show, links: Links, templates: Path | None) -> str:
    """Fingerprint of what all documents depend on, beside the episodes."""
    own = sorted(path for path in templates.rglob("*") if path.is_file()) if templates else []
    digest = hashlib.sha256(f"{software()} {replace(show, image=None)} {links}".encode("utf-8", "backslashreplace"))
    for path in own:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _with_usable_base(out: Path, show: Show, on_warning: Callable[[str], None]) -> Show:
    """The show with what a feed can carry, and without its base URL where nothing can be served from that."""
    if web_address(show.base_url):
        return usable_show(show, on_warning)
    on_warning(f"base_url {show.base_url!r} is no web address; {NO_BASE_URL}" if show.base_url else NO_BASE_URL)
    if left := sorted(path.name for path in out.glob("feed*.xml")):
        on_warning(LEFT_FEEDS.format(names=", ".join(left)))
    return replace(show, base_url="")


def _assets() -> dict[str, bytes]:
    """File name → bytes of what every page uses."""
    player = player_bytes()
    shared = {path.name: path.read_bytes() for path in sorted(ASSETS.iterdir()) if path.suffix in MEDIA}
    return {"article-audio.js": player, f"article-audio.{_version(player)}.js": player} | shared


def _note_assets(out: Path, assets: Mapping[str, bytes], cover: str, printed: Printed) -> None:
    """Remember the files that pages use, so that a check can tell whether they are as they were put there."""
    for name, data in assets.items():
        note(out, name, data, "asset", printed)
    if cover:
        note(out, cover, (out / cover).read_bytes(), "asset", printed)


def _playlists(shelf: Shelf, playlists: Mapping[str, Shelf]) -> dict[str, str]:
    """Language → what is played after an episode in it, where there is something."""
    languages = sorted({card.language for card in shelf.cards})
    return {language: name for language in languages if (name := playlist_for(language, playlists))}


def _links(assets: Mapping[str, bytes]) -> Links:
    """The files that pages use, by the version that they were printed for, so that all may be cached for good."""
    versioned = {name: f"{name}?{_version(data)}" for name, data in assets.items()}
    return Links(
        style=versioned["article-audio.css"],
        player=f"article-audio.{_version(assets['article-audio.js'])}.js",
        page_script=versioned["article-audio-page.js"],
        embed_style=versioned["article-audio-embed.css"],
        shelf_script=versioned["article-audio-shelf.js"],
        icon=versioned["article-audio.svg"],
    )


def _version(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]
