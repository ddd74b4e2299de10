"""Library → feed, index, pages, player. Nothing changed: nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from articleaudio.files import write
from articleaudio.model import Show
from articleaudio.site.archive import FOLDER, chunk_bytes, chunk_count, chunks, playlist_bytes, remove_stale
from articleaudio.site.cover import place_cover
from articleaudio.site.embed import write_embeds
from articleaudio.site.feed import documents, feeds_of, usable_show
from articleaudio.site.pages import Links, Pages
from articleaudio.site.player import player_bytes
from articleaudio.site.shelf import Shelved, each_episode, web_address
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
    out: Path, show: Show, on_warning: Callable[[str], None], *, templates: Path | None = None
) -> SiteReport:
    """Bring feed, index, pages, player and cover of an output folder up to date with its episodes.

    `on_warning` is told of episodes that had to be left out and of settings that are missing. `templates` is a folder
    whose templates take the place of the package's. Raises OutputError when the folder cannot be written, and
    ConfigError, before anything is written, when a template of that folder does not work.
    """
    show = _with_usable_base(out, show, on_warning)
    episodes = sorted(each_episode(out, on_warning), key=lambda episode: episode.order)
    podcasts = feeds_of(show, episodes)
    feeds = {primary(feed.language): feed.name for feed in podcasts if not feed.section}
    assets = _assets()
    if templates is not None:
        Pages(show, _links(assets, "", feeds), templates).rehearse(episodes)
    cover, written = place_cover(show.image, out, on_warning)
    count = int(written) + sum(write(out / name, data) for name, data in assets.items())
    pages = Pages(show, _links(assets, cover, feeds), templates)
    count += write_embeds(out, show, episodes, page=pages.embed, cover=cover)
    count += _pages(out, pages, episodes)
    count += write(out / "playlist.json", playlist_bytes(episodes))
    count += sum(write(out / name, make()) for name, make in documents(out, show, podcasts, cover))
    return SiteReport(len(episodes), count, bool(podcasts))


def _pages(out: Path, pages: Pages, episodes: Sequence[Shelved]) -> int:
    """Write every page, those first that others link to; gives how many files were written."""
    count = 0
    for episode in episodes:
        count += write(episode.folder / "index.html", pages.episode(episode))
    for chunk in chunks(episodes):
        count += write(out / FOLDER / f"{chunk.name}.json", chunk_bytes(chunk))
        count += write(out / FOLDER / f"{chunk.name}.html", pages.archive(chunk))
    count += write(out / "index.html", pages.index(episodes))
    remove_stale(out, chunk_count(len(episodes)))
    return count


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


def _links(assets: Mapping[str, bytes], cover: str, feeds: Mapping[str, str]) -> Links:
    """What pages link to. They name the version that they were printed for, so that all may be cached for good."""
    versioned = {name: f"{name}?{_version(data)}" for name, data in assets.items()}
    return Links(
        style=versioned["article-audio.css"],
        player=f"article-audio.{_version(assets['article-audio.js'])}.js",
        page_script=versioned["article-audio-page.js"],
        embed_style=versioned["article-audio-embed.css"],
        shelf_script=versioned["article-audio-shelf.js"],
        icon=versioned["article-audio.svg"],
        cover=cover,
        feeds=feeds,
    )


def _version(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]
