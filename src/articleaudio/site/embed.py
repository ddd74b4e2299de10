"""Embeds: what other sites paste, and what they are told when they ask for it by oEmbed (https://oembed.com).

Every address in them is absolute and every text is escaped, so that a snippet does the same wherever it is pasted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from articleaudio.model import Show
from articleaudio.site.feed import absolute
from articleaudio.site.shelved import Shelved

WIDTH, HEIGHT = 600, 240
"""Pixels of a frame: room for a title of two lines. A player that needs more asks for it by message."""

LONGEST_NAME = 200
"""Characters of a frame's accessible name: a listener hears all of it before what is in the frame."""

BIND = "article"
"""The CSS selector that snippets look for the article's text in; most sites mark their articles so."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The show's cover."""

    name: str
    """File name below the output folder."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""


@dataclass(frozen=True, slots=True)
class Snippets:
    """What a site pastes to publish one episode."""

    page: str
    """Address of the episode's page: what WordPress and Ghost turn into a player by themselves."""
    player: str
    """HTML for the article's own page: script and element, bound to the article's text."""
    iframe: str
    """HTML for every other page: a frame."""
    shortcode: str
    """For WordPress: the block that embeds an address."""
    oembed: str
    """Address of the oEmbed document."""


def measured(out: Path, name: str) -> Cover | None:
    """The show's cover by its file name; None where there is none."""
    if not name:
        return None
    from PIL import Image  # noqa: PLC0415 -- heavy, and few shows have a cover

    with Image.open(out / name) as picture:
        return Cover(name, *picture.size)


def snippets(episode: Shelved, show: Show) -> Snippets:
    """The snippets of an episode; the show must have a base URL."""
    page = absolute(show, episode.path)
    script = _attribute(absolute(show, "article-audio.js"))
    return Snippets(
        page=page,
        player=f'<script src="{script}" defer></script>\n{_element(episode, page)}',
        iframe=_frame(episode, page),
        shortcode=f"[embed]{page}[/embed]",
        oembed=urljoin(page, "oembed.json"),
    )


def oembed_bytes(episode: Shelved, show: Show, cover: Cover | None = None) -> bytes:
    """The episode's oEmbed document, of the type `rich`; the show must have a base URL."""
    return (json.dumps(_oembed(episode, show, cover), ensure_ascii=False, indent=1) + "\n").encode()


def made_for(episode: Shelved) -> str:
    """The base URL that the episode's oEmbed document was made for; empty where there is no such document."""
    try:
        told = json.loads((episode.folder / "oembed.json").read_bytes())
        return str(told["provider_url"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""


def _oembed(episode: Shelved, show: Show, cover: Cover | None) -> dict[str, Any]:
    page = absolute(show, episode.path)
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": episode.title,
        "author_name": ", ".join(episode.authors) or episode.site or show.author,
        "author_url": show.link or (urljoin(episode.url, "/") if episode.url else ""),
        "provider_name": show.title,
        "provider_url": absolute(show, ""),
        "html": _linked_frame(episode, page),
        "width": WIDTH,
        "height": HEIGHT,
    }
    if cover:  # the measures are asked for, so an image that was never measured cannot be told
        told |= {
            "thumbnail_url": absolute(show, cover.name),
            "thumbnail_width": cover.width,
            "thumbnail_height": cover.height,
        }
    return {key: value for key, value in told.items() if value != ""}


def _linked_frame(episode: Shelved, page: str) -> str:
    """A frame with a link for where frames are not shown, such as feeds and mail.

    WordPress obeys the height and the links of a frame only where there is such a quotation, and then hides it itself.
    Everyone else goes by `hidden`, which WordPress drops.
    """
    link = f'<a href="{_attribute(page)}">{escape(_name(episode.title))}</a>'
    return f"<blockquote hidden>{link}</blockquote>{_frame(episode, page)}"


def _frame(episode: Shelved, page: str) -> str:
    """A frame. A site may put it into a sandbox: `allow-scripts` is all that playing needs."""
    return (
        f'<iframe src="{_attribute(urljoin(page, "embed.html"))}" title="{_attribute(_name(episode.title))}" '
        f'width="{WIDTH}" height="{HEIGHT}" style="width:100%;max-width:{WIDTH}px;border:0" loading="lazy" '
        'allow="autoplay; clipboard-write"></iframe>'
    )


def _element(episode: Shelved, page: str) -> str:
    source, audio = _attribute(urljoin(page, "episode.json")), _attribute(urljoin(page, episode.audio))
    return (
        f'<article-audio src="{source}" bind="{BIND}">\n'
        f'  <audio controls preload="none" src="{audio}" aria-label="{_attribute(_name(episode.title))}"></audio>\n'
        "</article-audio>"
    )


def _name(title: str) -> str:
    return title if len(title) <= LONGEST_NAME else title[: LONGEST_NAME - 1].rstrip() + "…"


def _attribute(text: str) -> str:
    return escape(text, quote=True)
