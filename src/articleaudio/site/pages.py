"""The pages, printed from Jinja2 templates that a house can override one by one.

All links are relative, so that the output works from any host, any sub-path, or straight from the disk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from articleaudio.model import Show
from articleaudio.site.feed import absolute
from articleaudio.site.marks import json_ld
from articleaudio.site.passages import stretches
from articleaudio.site.shelf import Shelved
from articleaudio.site.words import clock, primary, words_for

TEMPLATES = Path(__file__).parent / "templates"
"""The templates of the package: `base.html`, `index.html`, `episode.html`."""

WITH_PLAYER = 50
"""How many episodes of the index have a player; older ones are listed by title."""

EAGER = 8
"""For how many of them the browser may ask for the length at once."""


@dataclass(frozen=True, slots=True)
class Links:
    """What pages link to; file names below the output folder, empty for what is not there."""

    style: str
    """The style sheet."""
    player: str
    """The player's script."""
    cover: str = ""
    """The cover."""
    feeds: Mapping[str, str] = field(default_factory=dict)
    """Feeds by language; none where there is no base URL."""

    def feed_of(self, language: str) -> str:
        """The feed that holds episodes in a language; empty when there is none."""
        return self.feeds.get(primary(language), "")


class Pages:
    """Prints pages of one show."""

    def __init__(self, show: Show, links: Links, templates: Path | None = None) -> None:
        """Take what is on every page; `templates` is a folder whose templates are used instead of the package's."""
        folders = [TEMPLATES] if templates is None else [templates, TEMPLATES]
        self._show = show
        self._links = links
        self._environment = _environment(*folders)

    def episode(self, episode: Shelved) -> bytes:
        """The page of one episode: player, chapters and transcript."""
        page = absolute(self._show, episode.path) if self._show.base_url else ""
        return self._print(
            "episode.html",
            root="../../",
            words=words_for(episode.language),
            feed=self._links.feed_of(episode.language),
            episode=episode,
            page=page,
            stretches=stretches(episode.passages),
            json_ld=json_ld(episode, page),
        )

    def index(self, episodes: Sequence[Shelved]) -> bytes:
        """The page of the whole show, newest first."""
        return self._print(
            "index.html",
            root="",
            words=words_for(self._show.language),
            feed=self._links.feed_of(self._show.language),
            page=absolute(self._show, "") if self._show.base_url else "",
            latest=episodes[:WITH_PLAYER],
            older=episodes[WITH_PLAYER:],
            eager=EAGER,
            words_for=words_for,
        )

    def _print(self, template: str, **facts: object) -> bytes:
        text = self._environment.get_template(template).render(show=self._show, links=self._links, **facts)
        return text.encode()


@lru_cache(maxsize=4)
def _environment(*folders: Path) -> Environment:
    """The templates of some folders, read and compiled once in a process; one that changes on disk is read again."""
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["clock"] = clock
    made.tests["rtl"] = lambda language: words_for(language).direction == "rtl"
    return made
