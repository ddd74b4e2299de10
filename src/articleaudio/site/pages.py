"""The pages, printed from Jinja2 templates that a house can override one by one.

All links are relative, so that the output works from any host, any sub-path, or straight from the disk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jinja2 import Environment

from articleaudio.model import Show
from articleaudio.site.archive import FOLDER, NEWEST, Chunk, chunk_count, chunk_name
from articleaudio.site.cards import Shelf
from articleaudio.site.feed import absolute
from articleaudio.site.marks import json_ld
from articleaudio.site.passages import stretches
from articleaudio.site.prints import environment, faults_named
from articleaudio.site.shelved import Shelved
from articleaudio.site.words import primary, words_for

EAGER = 3
"""For how many episodes of the index the browser may ask for the length at once."""

FILES = (
    ("captions.vtt", "text/vtt", "captions"),
    ("captions.srt", "application/x-subrip", "subtitles"),
    ("transcript.html", "text/html", "text_page"),
)
"""What a page offers beside the MP3: file name, media type, key of its label in words.json."""


@dataclass(frozen=True, slots=True)
class Links:
    """What pages link to; file names below the output folder, empty for what is not there."""

    style: str
    """The style sheet."""
    player: str
    """The player's script."""
    page_script: str = ""
    """The script that ties an episode's page to its player."""
    embed_style: str = ""
    """The style sheet of players in frames."""
    shelf_script: str = ""
    """The script that searches the index."""
    icon: str = ""
    """The icon of the pages."""
    cover: str = ""
    """The cover."""
    feeds: Mapping[str, str] = field(default_factory=dict)
    """Feeds by language; none where there is no base URL."""
    playlists: Mapping[str, str] = field(default_factory=dict)
    """Playlists by language; none for languages with a single episode."""

    def feed_of(self, language: str) -> str:
        """The feed that holds episodes in a language; empty when there is none."""
        return self.feeds.get(primary(language), "")

    def playlist_of(self, language: str) -> str:
        """The playlist that goes on after an episode in a language; empty when there is none."""
        return self.playlists.get(primary(language), "")


class Pages:
    """Prints pages of one show."""

    def __init__(self, show: Show, links: Links, templates: Path | None = None) -> None:
        """Take what is on every page; `templates` is a folder whose templates are used instead of the package's."""
        self._show = show
        self._links = links
        self._house = templates
        self._environment: Environment = environment(templates)

    def episode(self, episode: Shelved) -> bytes:
        """The page of one episode: player, chapters and transcript."""
        page = self._address(episode.path)
        return self._print(
            "episode.html",
            root="../../",
            words=words_for(episode.language),
            feed=self._links.feed_of(episode.language),
            playlist=self._links.playlist_of(episode.language),
            episode=episode,
            page=page,
            files=[file for file in FILES if (episode.folder / file[0]).is_file()],
            stretches=stretches(episode.passages),
            json_ld=json_ld(episode, page),
        )

    def embed(self, episode: Shelved) -> bytes:
        """The page that other sites frame: the player of one episode, and nothing else."""
        return self._print(
            "embed.html",
            root="../../",
            words=words_for(episode.language),
            episode=episode,
            page=self._address(episode.path),
        )

    def withdrawn(self, language: str) -> bytes:
        """What frames show of an episode that was withdrawn. It names nothing that is printed anew or pruned."""
        return self._print("withdrawn.html", root="../../", words=words_for(language or self._show.language))

    def index(self, episodes: Sequence[Shelved]) -> bytes:
        """The page of the whole show: its newest episodes, newest first, and the way to the others."""
        chunks = chunk_count(len(episodes))
        return self._print(
            "index.html",
            root="",
            words=words_for(self._show.language),
            feed=self._links.feed_of(self._show.language),
            page=self._address(""),
            episodes=episodes[:NEWEST],
            eager=EAGER,
            chunks=chunks,
            newer="",
            older=f"{FOLDER}/{chunk_name(chunks)}.html" if chunks else "",
            words_for=words_for,
        )

    def archive(self, chunk: Chunk) -> bytes:
        """A page of the archive."""
        return self._print(
            "archive.html",
            root="../",
            words=words_for(self._show.language),
            feed=self._links.feed_of(self._show.language),
            page=self._address(f"{FOLDER}/{chunk.name}.html"),
            chunk=chunk,
            newer=chunk.newer,
            older=chunk.older,
            words_for=words_for,
        )

    def rehearse(self, episodes: Shelf) -> None:
        """Print every kind of page once, the episode's also for an article that tells little of itself.

        So templates of a house that do not work are found before anything is written. Raises ConfigError.
        """
        self.index(episodes[:NEWEST])
        self.archive(Chunk(1, 1, episodes[:2]))
        self.withdrawn(self._show.language)
        for episode in episodes[:1]:
            bare = replace(episode, published=None, updated=None, authors=(), dek="", section="", site="", url="")
            bare = replace(bare, disclosure="", attribution="", voice="", chapters=(), passages=())
            for kind in (self.episode, self.embed):
                kind(episode)
                kind(bare)

    def _address(self, path: str) -> str:
        """Address of something in the output folder; empty where there is no base URL."""
        return absolute(self._show, path) if self._show.base_url else ""

    def _print(self, template: str, **facts: object) -> bytes:
        with faults_named(self._house, template):
            text = self._environment.get_template(template).render(show=self._show, links=self._links, **facts)
        return text.encode()


def withdrawn_page(show: Show, language: str, templates: Path | None = None) -> bytes:
    """The page that frames show of a withdrawn episode, by itself. Raises ConfigError for a template that is wrong."""
    return Pages(show, Links("", ""), templates).withdrawn(language)
