from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest

import newsroom
from articleaudio.site.feed import podcast_guid
from articleaudio.site.feed.xml import tag

BASE = newsroom.SHOW.base_url


def channel(site, name="feed.xml") -> ET.Element:
    return ET.fromstring((site.out / name).read_bytes()).find("channel")


def test_a_podcast_app_gets_what_was_put_in(site):
    items = [newsroom.article(number, title=f"Story {number} & more") for number in (1, 2, 3)]
    episodes = [newsroom.publish(site.library, item) for item in items]
    site.build()
    feed = feedparser.parse((site.out / "feed.xml").read_bytes())
    assert not feed.bozo
    assert feed.feed.title == newsroom.SHOW.title
    assert feed.feed.link == newsroom.SHOW.link
    assert feed.feed.subtitle == newsroom.SHOW.description
    assert feed.feed.language == "en"
    assert feed.feed.author == "The Harbour Post"
    assert channel(site).findtext(tag("itunes:explicit")) == "false"
    assert [entry.title for entry in feed.entries] == ["Story 3 & more", "Story 2 & more", "Story 1 & more"]
    for entry, item, episode in zip(feed.entries[::-1], items, episodes, strict=True):
        (enclosure,) = entry.enclosures
        assert enclosure.href == f"{BASE}episodes/{episode.slug}/{episode.audio.name}"
        assert int(enclosure.length) == episode.audio.stat().st_size
        assert enclosure.type == "audio/mpeg"
        assert entry.id == item.id
        assert not entry.guidislink
        assert entry.link == item.url
        assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == item.published
        assert int(entry.itunes_duration) == round(episode.duration)
        assert newsroom.DISCLOSURE in entry.summary
        assert newsroom.DISCLOSURE in entry.content[-1].value
        assert "Two sailings a day" in entry.content[-1].value
        assert entry.podcast_transcript["type"] == "text/vtt"


def test_podcasting_2_0(site):
    episode = newsroom.publish(site.library, newsroom.article())
    site.build()
    found = channel(site)
    item = found.find("item")
    folder = f"{BASE}episodes/{episode.slug}/"
    assert found.findtext(tag("podcast:guid")) == podcast_guid(f"{BASE}feed.xml")
    assert [mark.text for mark in found.iter(tag("podcast:txt"))] == ["true", "true"]
    assert {mark.get("purpose") for mark in found.iter(tag("podcast:txt"))} == {"ai-content"}
    chapters = item.find(tag("podcast:chapters"))
    assert chapters.attrib == {"url": f"{folder}chapters.json", "type": "application/json+chapters"}
    transcripts = item.findall(tag("podcast:transcript"))
    assert [(each.get("url"), each.get("type"), each.get("rel")) for each in transcripts] == [
        (f"{folder}transcript.html", "text/html", None),
        (f"{folder}captions.srt", "application/x-subrip", "captions"),
        (f"{folder}transcript.json", "application/json", None),
        (f"{folder}captions.vtt", "text/vtt", "captions"),
    ]
    assert [person.text for person in item.findall(tag("podcast:person"))] == ["Mara Lindqvist", "Tom Okafor"]
    assert item.find(tag("podcast:contentLink")).get("href") == "https://harbour.example/news/ferry-1"
    enclosure = item.find(tag("podcast:alternateEnclosure"))
    assert enclosure.find(tag("podcast:source")).get("uri") == f"{folder}{episode.audio.name}"
    assert enclosure.find(tag("podcast:integrity")).get("value").startswith("sha256-")


def test_guids_follow_their_standard():
    assert podcast_guid("https://podnews.net/rss") == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert podcast_guid("podnews.net/rss/") == "" or podcast_guid("http://podnews.net/rss/") == podcast_guid(
        "https://podnews.net/rss"
    )


def test_the_feeds_guid_stays_when_the_feed_moves(site):
    site.build()
    before = channel(site).findtext(tag("podcast:guid"))
    site.build(replace(newsroom.SHOW, base_url="https://elsewhere.example"))
    assert channel(site).findtext(tag("podcast:guid")) == before
    (site.out / "feed.xml").write_text("<broken")
    site.build(replace(newsroom.SHOW, base_url="https://elsewhere.example"))
    assert channel(site).findtext(tag("podcast:guid")) == podcast_guid("https://elsewhere.example/feed.xml")


def test_a_new_sound_keeps_its_guid_and_changes_its_address(site):
    item = newsroom.article()
    newsroom.publish(site.library, item)
    site.build()
    before = channel(site).find("item")
    newsroom.publish(site.library, replace(item, title="New headline"), now=newsroom.LATER)
    site.build()
    after = channel(site).find("item")
    assert after.findtext("guid") == before.findtext("guid") == item.id
    assert after.findtext("pubDate") == before.findtext("pubDate")
    assert after.find("enclosure").get("url") != before.find("enclosure").get("url")
    assert channel(site).findtext("lastBuildDate") == "Sun, 15 Mar 2026 09:26:53 +0000"


@pytest.mark.parametrize("title", [newsroom.HOSTILE, "x" * 10_000, "\ufffe\x08bad\ud800", "مرحبا <b>"])
def test_any_title_makes_a_feed_that_can_be_read(site, title):
    newsroom.publish(site.library, newsroom.article(title=title, dek=title, authors=(title,), section=title))
    site.build()
    text = channel(site).find("item").findtext("title")
    assert text == "".join(letter for letter in title if letter not in "\ufffe\x08\ud800")
    feed = feedparser.parse((site.out / "feed.xml").read_bytes())
    assert not feed.bozo
    assert "<script" not in feed.entries[0].summary


def test_each_language_has_a_feed_of_its_own(site, show_folder):
    shutil.copytree(show_folder, site.out)
    site.build()
    assert [len(channel(site, f"feed{part}.xml").findall("item")) for part in ("", ".uk", ".he")] == [2, 1, 1]
    ukrainian = channel(site, "feed.uk.xml")
    assert ukrainian.findtext("language") == "uk"
    assert ukrainian.findtext("title") == "The Harbour Post, read aloud (uk)"
    assert ukrainian.find("{http://www.w3.org/2005/Atom}link").get("href") == f"{BASE}feed.uk.xml"
    page = next(site.out.glob("episodes/porom-*/index.html")).read_text("utf-8")
    assert 'href="../../feed.uk.xml"' in page


def test_a_feed_whose_last_episode_was_withdrawn_is_emptied(site, show_folder):
    shutil.copytree(show_folder, site.out)
    path = next(site.out.glob("episodes/porom-*/episode.json"))
    value = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({key: value[key] for key in ("schema", "id", "slug")} | {"status": "retracted"}))
    report = site.build()
    assert report.episodes == 3
    assert channel(site, "feed.uk.xml").findall("item") == []
    assert channel(site, "feed.uk.xml").findtext("language") == "uk"
    assert site.build().written == 0


def test_without_facts_nothing_is_made_up(site):
    bare = newsroom.Show(base_url="https://a.example")
    item = newsroom.article(authors=(), url="", site="", section="", published=None, aliases=("path:a",))
    episode = newsroom.publish(site.library, item)
    path = episode.folder / "episode.json"
    path.write_text(path.read_text("utf-8").replace(f'"site":"{newsroom.SHOW.author}"', '"site":""'))
    site.build(bare)
    found = channel(site).find("item")
    assert found.findtext("link") == f"https://a.example/episodes/{episode.slug}/"
    assert found.findtext("pubDate") == "Sat, 14 Mar 2026 09:26:53 +0000"
    for name in ("itunes:author", "podcast:person", "category", "podcast:contentLink"):
        assert found.find(tag(name)) is None
    for name in ("itunes:owner", "itunes:image", "image", "copyright"):
        assert channel(site).find(tag(name)) is None


def test_a_measuring_prefix_stands_before_the_address(site):
    newsroom.publish(site.library, newsroom.article())
    site.build(replace(newsroom.SHOW, enclosure_prefix="https://measure.example/r/"))
    item = channel(site).find("item")
    assert (
        item.find("enclosure").get("url").startswith("https://measure.example/r/audio.harbour.example/listen/episodes/")
    )
    assert item.find(f".//{tag('podcast:source')}").get("uri").startswith(BASE)


def test_a_human_recording_carries_no_ai_mark(site):
    human = replace(newsroom.VOICE, digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture")
    newsroom.publish(site.library, newsroom.article(), voice=human)
    site.build()
    assert list(channel(site).iter(tag("podcast:txt"))) == []


def test_categories_may_be_nested(site):
    site.build(replace(newsroom.SHOW, category="News > Politics", explicit=True))
    outer = channel(site).find(tag("itunes:category"))
    assert (outer.get("text"), outer.find(tag("itunes:category")).get("text")) == ("News", "Politics")
    assert channel(site).findtext(tag("itunes:explicit")) == "true"


def test_newest_first_whatever_the_folder_order(site):
    for number, days in ((1, 5), (2, 9), (3, 1)):
        published = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=days)
        newsroom.publish(site.library, newsroom.article(number, title=f"Story {number}", published=published))
    site.build()
    assert [item.findtext("title") for item in channel(site).findall("item")] == ["Story 2", "Story 1", "Story 3"]
