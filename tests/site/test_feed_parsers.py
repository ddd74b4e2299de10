"""What podcast apps make of our feeds: two parsers get out what went in."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import feedshelf
import podcastparser
import pytest
from feedshelf import BASE, feeds, shelf

import newsroom
from articleaudio.site.words import clock

ALL = replace(newsroom.SHOW, feed_items=5000)
OLD = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
"""The only name under which gPodder's parser knows the namespace."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return feedshelf.published(tmp_path_factory.mktemp("made"))


@pytest.mark.parametrize("count", [3, 2000])
def test_feedparser_gives_back_what_went_in(sample, tmp_path, count):
    episodes = shelf(sample, count)
    feed = feedparser.parse(feeds(tmp_path, episodes, ALL, "cover.1a.png")["feed.xml"], sanitize_html=False)
    assert not feed.bozo
    assert (feed.feed.title, feed.feed.link, feed.feed.author) == (ALL.title, ALL.link, ALL.author)
    assert feed.feed.image.href == f"{BASE}cover.1a.png"
    assert feed.feed.podcast_locked == {"owner": ALL.owner_email}
    assert feed.feed.podcast_medium == "podcast"
    assert len(feed.entries) == count
    for entry, episode in zip(feed.entries, episodes, strict=True):
        assert (entry.id, entry.title, entry.link) == (episode.id, episode.title, episode.url)
        assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == episode.published
        assert entry.enclosures[0].href == f"{BASE}{episode.path}{episode.audio}"
        assert entry.enclosures[0].length == str(episode.size)
        assert entry.itunes_duration == str(round(episode.duration))
        assert entry.podcast_transcript["url"] == f"{BASE}{episode.path}captions.vtt"
        assert newsroom.DISCLOSURE in entry.summary


@pytest.mark.parametrize("count", [3, 2000])
def test_gpodders_parser_gives_back_what_went_in(sample, tmp_path, count):
    episodes = shelf(sample, count)
    data = feeds(tmp_path, episodes, ALL, "cover.1a.png")["feed.xml"]
    data = data.replace(b"https://podcastindex.org/namespace/1.0", OLD.encode())
    feed = podcastparser.parse(f"{BASE}feed.xml", io.BytesIO(data))
    assert (feed["title"], feed["link"], feed["language"]) == (ALL.title, ALL.link, "en")
    assert (feed["itunes_author"], feed["itunes_owner"]["email"]) == (ALL.author, ALL.owner_email)
    assert feed["cover_url"] == f"{BASE}cover.1a.png"
    assert feed["explicit"] is False
    assert len(feed["episodes"]) == count
    for entry, episode in zip(feed["episodes"], episodes, strict=True):
        here = f"{BASE}{episode.path}"
        assert (entry["guid"], entry["title"], entry["link"]) == (episode.id, episode.title, episode.url)
        assert entry["published"] == episode.published.timestamp()
        assert entry["total_time"] == round(episode.duration)
        assert entry["enclosures"] == [
            {"url": here + episode.audio, "file_size": episode.size, "mime_type": "audio/mpeg"}
        ]
        assert entry["chapters_json_url"] == f"{here}chapters.json"
        assert entry["transcript_url"] == f"{here}captions.vtt"
        assert [person["name"] for person in entry["persons"]] == list(episode.authors)
        assert newsroom.DISCLOSURE in entry["description_html"]
        for chapter in episode.chapters:
            assert clock(chapter.start) in entry["description_html"]
