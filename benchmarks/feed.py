"""What a feed costs to render: milliseconds an item of feeds of 100, 2,000 and 10,000 items, beside feedgen.

`python benchmarks/feed.py` prints a row for each size, process time, best of three. feedgen is the peer, where it is
installed: it gets title, link, guid, date, description, content, enclosure and duration, which is
less than half of what our items hold.
"""

import importlib.util
import math
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "site")]

import feedshelf  # noqa: E402 -- it is found by the line above

import newsroom  # noqa: E402 -- as above
from articleaudio.site.feed.channel import feed_bytes  # noqa: E402 -- as above
from articleaudio.site.feed.item import notes  # noqa: E402 -- as above
from articleaudio.site.feed.paging import Page  # noqa: E402 -- as above
from articleaudio.site.shelved import Shelved  # noqa: E402 -- as above

SHOW = replace(newsroom.SHOW, feed_items=5000)
SIZES = (100, 2000, 10_000)


def ours(episodes: Sequence[Shelved]) -> bytes:
    page = Page("feed.xml", episodes, (), archive=False)
    return feed_bytes(SHOW, page, title=SHOW.title, language="en", guid="917393e3-1b1e-5cef-ace4-edaa54e1f810")


def peer(episodes: Sequence[Shelved]) -> bytes:
    from feedgen.feed import FeedGenerator  # noqa: PLC0415 -- it may be missing

    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.title(SHOW.title)
    feed.link(href=SHOW.link)
    feed.description(SHOW.description)
    for episode in episodes:
        entry = feed.add_entry(order="append")
        here = SHOW.base_url + episode.path
        entry.id(episode.id)
        entry.title(episode.title)
        entry.link(href=episode.url)
        entry.published(episode.when)
        entry.description(episode.summary)
        entry.content(notes(episode, here), type="CDATA")
        entry.enclosure(here + episode.audio, str(episode.size), "audio/mpeg")
        entry.podcast.itunes_duration(round(episode.duration))
    return bytes(feed.rss_str(pretty=True))


def best(make: Callable[[Sequence[Shelved]], bytes], episodes: Sequence[Shelved]) -> tuple[float, int]:
    """Seconds of process time, the best of three, and bytes."""
    least, size = math.inf, 0
    for _ in range(3):
        before = time.process_time()
        size = len(make(episodes))
        least = min(least, time.process_time() - before)
    return least, size


def main() -> None:
    makers = [("articleaudio", ours)]
    if importlib.util.find_spec("feedgen"):
        makers.append(("feedgen", peer))
    else:
        print("feedgen is not installed, so there is no peer")
    sample = feedshelf.published(Path(tempfile.mkdtemp()))
    print(f"{'':14}{'items':>8}{'ms':>10}{'ms an item':>12}{'bytes an item':>15}   load {os.getloadavg()[0]:.1f}")
    for count in SIZES:
        episodes = feedshelf.shelf(sample, count)
        for name, make in makers:
            seconds, size = best(make, episodes)
            print(f"{name:14}{count:8}{seconds * 1e3:10.0f}{seconds * 1e3 / count:12.3f}{size / count:15.0f}")


if __name__ == "__main__":
    main()
