"""Library → feed, index, pages, player. Nothing changed: nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from articleaudio.files import write
from articleaudio.model import Show
from articleaudio.site.archive import FOLDER, chunk_bytes, chunk_count, chunks, playlist_bytes, remove_stale
from articleaudio.site.cover import place_cover
from articleaudio.site.embed import write_embeds
from articleaudio.site.feed import absolute, feed_bytes, guid_in, podcast_guid
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
    feeds = _feed_languages(show, episodes) if show.base_url else {}
    assets = _assets()
    if templates is not None:
        Pages(show, _links(assets, "", feeds), templates).rehearse(episodes)
    cover, written = place_cover(show.image, out, on_warning)
    count = int(written) + sum(write(out / name, data) for name, data in assets.items())
    pages = Pages(show, _links(assets, cover, feeds), templates)
    count += write_embeds(out, show, episodes, page=pages.embed, cover=cover)
    count += _pages(out, pages, episodes)
    count += write(out / "playlist.json", playlist_bytes(episodes))
    count += sum(
        _feed(out, show, episodes, language=language, name=name, cover=cover)
        for language, name in _to_write(out, feeds)
    )
    return SiteReport(len(episodes), count, bool(feeds))


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
    """The show, without its base URL where nothing can be served from that."""
    if web_address(show.base_url):
        return show
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


def _feed_languages(show: Show, episodes: Sequence[Shelved]) -> dict[str, str]:
    """Language → file name of its feed. The show's language always has one, and it is `feed.xml`."""
    ours = primary(show.language)
    others = sorted({primary(episode.language) for episode in episodes} - {ours})
    return {ours: "feed.xml"} | {language: f"feed.{language}.xml" for language in others if language.isalnum()}


def _to_write(out: Path, feeds: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The feeds, and those whose last episode was withdrawn: apps must be told that they are empty."""
    yield from feeds.items()
    for path in sorted(out.glob("feed.*.xml")) if feeds else ():
        if path.name not in feeds.values():
            yield path.name.split(".")[1], path.name


def _feed(out: Path, show: Show, episodes: Sequence[Shelved], *, language: str, name: str, cover: str) -> bool:
    ours = language == primary(show.language)
    told = show if ours else replace(show, title=f"{show.title} ({language})")
    data = feed_bytes(
        told,
        [episode for episode in episodes if primary(episode.language) == language],
        name=name,
        language=(show.language if ours else language).lower(),
        guid=guid_in(out / name) or podcast_guid(absolute(show, name)),
        cover=cover,
    )
    return write(out / name, data)
