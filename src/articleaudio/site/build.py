"""Library → feed, index, pages, player. Nothing changed: nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from articleaudio.files import write
from articleaudio.model import Show
from articleaudio.site.cover import place_cover
from articleaudio.site.feed import absolute, feed_bytes, guid_in, podcast_guid
from articleaudio.site.pages import Links, Pages
from articleaudio.site.player import player_bytes
from articleaudio.site.shelf import Shelved, each_episode, web_address
from articleaudio.site.words import primary

ASSETS = Path(__file__).parent / "assets"
"""The style sheet."""

NO_BASE_URL = (
    "no feed was made: set base_url under [show] in articleaudio.toml, or pass --base-url, to the address where "
    "the output folder will be served (https://audio.example.com/)"
)
"""What a run without a base URL is told."""


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
    whose templates take the place of the package's. Raises OutputError when the folder cannot be written.
    """
    show = _with_usable_base(show, on_warning)
    cover, written = place_cover(show.image, out, on_warning)
    episodes = sorted(each_episode(out, on_warning), key=lambda episode: episode.order)
    count = int(written)
    feeds = _feed_languages(show, episodes) if show.base_url else {}
    style, player, copied = _assets(out)
    pages = Pages(show, Links(style=style, player=player, cover=cover, feeds=feeds), templates)
    count += copied
    for episode in episodes:
        count += write(episode.folder / "index.html", pages.episode(episode))
    count += write(out / "index.html", pages.index(episodes))
    count += sum(
        _feed(out, show, episodes, language=language, name=name, cover=cover)
        for language, name in _to_write(out, feeds)
    )
    return SiteReport(len(episodes), count, bool(feeds))


def _with_usable_base(show: Show, on_warning: Callable[[str], None]) -> Show:
    """The show, without its base URL where nothing can be served from that."""
    if not show.base_url:
        on_warning(NO_BASE_URL)
        return show
    if not web_address(show.base_url):
        on_warning(f"base_url {show.base_url!r} is no web address; {NO_BASE_URL}")
        return replace(show, base_url="")
    return show


def _assets(out: Path) -> tuple[str, str, int]:
    """Write style sheet and player; gives what pages link to and how many files were written.

    A page names the version that it was printed for, so that both may be cached for good.
    """
    style, player = (ASSETS / "article-audio.css").read_bytes(), player_bytes()
    versioned = f"article-audio.{_version(player)}.js"
    written = [
        write(out / "article-audio.css", style),
        write(out / "article-audio.js", player),
        write(out / versioned, player),
    ]
    return f"article-audio.css?{_version(style)}", versioned, sum(written)


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
