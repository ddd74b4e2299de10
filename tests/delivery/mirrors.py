"""Outputs made by hand, and delivered as a run does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from articleaudio.delivery.deliver import Delivery
from articleaudio.delivery.fetching import fetch_missing
from articleaudio.delivery.ledger import Ledger
from articleaudio.delivery.target import Target

SITE = {
    "article-audio.js": b"player",
    "article-audio.1234abcd.js": b"player",
    "article-audio.css": b"style",
    "cover.0011aabb.png": b"picture",
    "index.html": b'<a href="episodes/one/index.html"> <a href="episodes/two/">',
    "playlist.json": b'[{"src": "episodes/one/episode.json"}]',
    "feed.xml": b"<rss>https://a.example/episodes/one/one.0000aaaa.mp3 https://a.example/episodes/two/</rss>",
    "feed-archive-0001.xml": b"<rss>https://a.example/episodes/old/</rss>",
    "archive/0001.html": b'<a href="../episodes/old/index.html">',
    "archive/0001.json": b'[{"slug": "old"}]',
}


def episode(slug, sound="0000aaaa", text=b""):
    """The public files of an episode."""
    folder = f"episodes/{slug}"
    return {
        f"{folder}/{slug}.{sound}.mp3": b"sound of " + slug.encode() + sound.encode(),
        f"{folder}/captions.vtt": b"WEBVTT " + text,
        f"{folder}/captions.srt": b"1 " + text,
        f"{folder}/chapters.json": b"{}",
        f"{folder}/transcript.json": b"{}" + text,
        f"{folder}/transcript.html": b"<p>" + text,
        f"{folder}/episode.json": b'{"status": "published", "text": "' + text + b'"}',
        f"{folder}/index.html": b"page " + text,
        f"{folder}/embed.html": b"frame " + text,
    }


EVERYTHING = SITE | episode("one") | episode("two") | episode("old")


@dataclass
class Output:
    """A mirror made by hand, and what delivers it."""

    state: Path
    address: str

    @property
    def mirror(self):
        return self.state / "mirror"

    def lay(self, files):
        for name, data in files.items():
            path = self.mirror / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(".new.tmp").write_bytes(data)
            path.with_name(".new.tmp").replace(path)

    def deliver(self, *, early=(), **settings):
        """Deliver as a run does; gives what it came to and what was said."""
        said = []
        ledger = Ledger(self.state / "delivered.sqlite")
        try:
            delivery = Delivery(self.mirror, Target(self.address), ledger, emit=said.append, **settings)
            delivery.begin()
            fetch_missing(self.mirror, delivery.target, ledger)
            for slug in early:
                delivery.episode(slug)
            return delivery.everything(), said
        finally:
            ledger.close()
