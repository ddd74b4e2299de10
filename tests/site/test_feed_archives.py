from __future__ import annotations

import io
from dataclasses import replace

import feedshelf
import podcastparser
import pytest
from feedshelf import channel_of, feeds, links, shelf, titles

import newsroom
from articleaudio.site.feed.paging import pages_of
from articleaudio.site.feed.xml import tag

TEN = replace(newsroom.SHOW, feed_items=10)
BASE = newsroom.SHOW.base_url


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return feedshelf.published(tmp_path_factory.mktemp("made"))


@pytest.mark.parametrize("count", [0, 1, 9, 10, 19, 20, 21, 29, 30, 119])
def test_the_feed_holds_the_newest_and_archives_are_full(count):
    *archives, feed = pages_of("feed.xml", range(count, 0, -1), 10)
    assert min(count, 10) <= len(feed.episodes) <= 19
    assert {len(page.episodes) for page in archives} <= {10}
    assert len(archives) == max(0, count // 10 - 1)
    together = [number for page in (feed, *archives[::-1]) for number in page.episodes]
    assert together == list(range(count, 0, -1))
    assert [page.archive for page in (*archives, feed)] == [True] * len(archives) + [False]


def test_a_small_show_has_one_document_without_links(sample, tmp_path):
    files = feeds(tmp_path, shelf(sample, 19), TEN)
    assert list(files) == ["feed.xml"]
    assert links(files["feed.xml"]) == {"self": "feed.xml"}
    assert channel_of(files["feed.xml"]).find(tag("fh:archive")) is None


def test_the_documents_are_linked_as_the_standard_has_it(sample, tmp_path):
    files = feeds(tmp_path, shelf(sample, 44), TEN)
    first, second, third = (f"feed-archive-000{number}.xml" for number in (1, 2, 3))
    assert list(files) == [first, second, third, "feed.xml"]  # what is linked is written first
    around = {"first": "feed.xml", "last": first}
    assert links(files["feed.xml"]) == {"self": "feed.xml", "prev-archive": third, "next": third} | around
    assert links(files[third]) == around | {
        "self": third,
        "current": "feed.xml",
        "prev-archive": second,
        "previous": "feed.xml",
        "next": second,
    }
    assert links(files[second]) == around | {
        "self": second,
        "current": "feed.xml",
        "prev-archive": first,
        "next-archive": third,
        "previous": third,
        "next": first,
    }
    assert links(files[first]) == around | {
        "self": first,
        "current": "feed.xml",
        "next-archive": second,
        "previous": second,
    }
    for name, data in files.items():
        assert (channel_of(data).find(tag("fh:archive")) is None) == (name == "feed.xml")
        assert channel_of(data).findtext(tag("podcast:guid")) == channel_of(files[first]).findtext(tag("podcast:guid"))


def test_following_the_links_gives_every_episode_once(sample, tmp_path):
    files = feeds(tmp_path, shelf(sample, 57), TEN)
    for relation in ("prev-archive", "next"):
        name, found = "feed.xml", []
        while name:
            found += titles(files[name])
            name = links(files[name]).get(relation)
        assert found == [f"Story {number}" for number in range(57, 0, -1)]


def test_a_podcast_app_goes_from_page_to_page(sample, tmp_path):
    files = feeds(tmp_path, shelf(sample, 35), TEN)
    parsed = podcastparser.parse(f"{BASE}feed.xml", io.BytesIO(files["feed.xml"]))
    assert parsed["paged_feed_next"] == f"{BASE}feed-archive-0002.xml"


def test_archives_stay_as_they_are_when_episodes_are_added(sample, tmp_path):
    before = feeds(tmp_path, shelf(sample, 44), TEN)
    after = feeds(tmp_path, shelf(sample, 49), TEN)
    assert {name for name in before if before[name] != after[name]} == {"feed.xml"}
    more = feeds(tmp_path, shelf(sample, 50), TEN)
    assert set(more) - set(after) == {"feed-archive-0004.xml"}
    assert {name for name in after if after[name] != more[name]} == {"feed.xml", "feed-archive-0003.xml"}
    newest = channel_of(more["feed-archive-0003.xml"]).findall("item")
    assert [item.findtext("guid") for item in newest] == [
        item.findtext("guid") for item in channel_of(after["feed-archive-0003.xml"]).findall("item")
    ]  # only a link to its follower came in


def test_an_archive_changes_with_an_episode_in_it_and_nothing_else_does(sample, tmp_path):
    episodes = shelf(sample, 44)
    before = feeds(tmp_path, episodes, TEN)
    episodes[-3] = replace(episodes[-3], audio="story-3.ffffffff.mp3", title="Story 3, corrected")
    after = feeds(tmp_path, episodes, TEN)
    assert {name for name in before if before[name] != after[name]} == {"feed-archive-0001.xml"}
    assert "Story 3, corrected" in titles(after["feed-archive-0001.xml"])


def test_what_is_withdrawn_is_in_no_document(sample, tmp_path):
    episodes = shelf(sample, 40)
    feedshelf.write_all(tmp_path, feeds(tmp_path, episodes, TEN))
    gone = episodes.pop(-5)
    files = feeds(tmp_path, episodes, TEN)
    feedshelf.write_all(tmp_path, files)
    assert "feed-archive-0003.xml" in files  # one archive fewer is full
    assert titles(files["feed-archive-0003.xml"]) == []
    assert sorted(path.name for path in tmp_path.glob("feed*.xml")) == sorted(files)
    for path in tmp_path.glob("feed*.xml"):
        assert gone.id not in path.read_text("utf-8")
    assert feeds(tmp_path, episodes, TEN) == files
    assert sorted(title for data in files.values() for title in titles(data)) == sorted(one.title for one in episodes)


def test_each_language_has_archives_of_its_own(sample, tmp_path):
    episodes = shelf(sample, 25, first=100) + shelf(sample, 31, language="uk")
    files = feeds(tmp_path, episodes, TEN)
    assert set(files) == {
        "feed.xml",
        "feed-archive-0001.xml",
        "feed.uk.xml",
        "feed.uk-archive-0001.xml",
        "feed.uk-archive-0002.xml",
    }
    archive = channel_of(files["feed.uk-archive-0002.xml"])
    assert archive.findtext("language") == "uk"
    assert archive.findtext("title") == "The Harbour Post, read aloud (uk)"
    assert links(files["feed.uk-archive-0002.xml"])["current"] == "feed.uk.xml"
    assert len(titles(files["feed.uk.xml"])) == 11
