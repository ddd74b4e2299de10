from __future__ import annotations

from dataclasses import replace

import feedshelf
import pytest
from feedshelf import channel_of, feeds, on_shelf, shelf, titles

import newsroom
from articleaudio.site.feed import feeds_of, usable_show
from articleaudio.site.feed.usable import known_category
from articleaudio.site.feed.xml import tag

SHOW = replace(newsroom.SHOW, sections=("Islands", "World News", "Світ"))
GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return feedshelf.published(tmp_path_factory.mktemp("made"))


def planned(episodes, show=SHOW):
    return [(feed.name, feed.language, feed.title, len(feed.episodes)) for feed in feeds_of(show, on_shelf(episodes))]


def test_a_section_has_a_feed_in_each_language_that_it_has(sample):
    episodes = [
        *shelf(sample, 2, first=20, section="Islands"),
        *shelf(sample, 3, first=10, section="islands ", language="uk"),
        *shelf(sample, 1, section="Sport"),
    ]
    title = "The Harbour Post, read aloud"
    svit = next(feed.name for feed in feeds_of(SHOW, on_shelf(episodes)) if feed.section == "Світ")
    assert planned(episodes) == [
        ("feed.xml", "en", title, 3),
        ("feed.uk.xml", "uk", f"{title} (uk)", 3),
        ("feed-islands.xml", "en", f"{title}: Islands", 2),
        ("feed-islands.uk.xml", "uk", f"{title}: Islands (uk)", 3),
        ("feed-world-news.xml", "en", f"{title}: World News", 0),
        (svit, "en", f"{title}: Світ", 0),
    ]
    assert svit.startswith("feed-section-")


def test_a_section_of_another_language_only_has_no_empty_feed(sample):
    episodes = shelf(sample, 2, section="Світ", language="uk")
    assert [name for name, *_ in planned(episodes)][-1].endswith(".uk.xml")
    assert len(planned(episodes)) == 5


def test_no_two_feeds_share_a_name_and_none_is_taken_for_an_archive(sample):
    sections = ("US", "U.S.", "u.s", "uk", "Archive 0001", "World archive-12", "World", "🚢", "  ", "é" * 90, "../x")
    names = [
        feed.name for feed in feeds_of(replace(SHOW, sections=sections), on_shelf(shelf(sample, 3, language="uk")))
    ]
    assert len(names) == len({name.lower() for name in names}) == 12
    assert "feed-uk.xml" in names
    for name in names:
        assert name.isascii()
        assert not set(name) & set("/\\ ")
        assert "archive-0001.xml" not in name
        assert "archive-12.xml" not in name


def test_without_a_base_url_there_is_no_feed(sample):
    assert feeds_of(replace(SHOW, base_url=""), on_shelf(shelf(sample, 3))) == ()


def test_a_hostile_language_makes_no_file(sample):
    episodes = shelf(sample, 1, language="../../etc") + shelf(sample, 1, first=5, language="")
    assert [name for name, *_ in planned(episodes, newsroom.SHOW)] == ["feed.xml"]


def test_each_feed_has_a_guid_of_its_own_and_the_house_settles_that_of_the_first(sample, tmp_path):
    show = replace(SHOW, guid=GUID)
    files = feeds(tmp_path, shelf(sample, 2, section="Islands") + shelf(sample, 1, language="uk"), show)
    guids = {name: channel_of(data).findtext(tag("podcast:guid")) for name, data in files.items()}
    assert guids["feed.xml"] == GUID
    assert len(set(guids.values())) == len(files) == 6
    feedshelf.write_all(tmp_path, files)
    again = feeds(tmp_path, shelf(sample, 1), replace(newsroom.SHOW, base_url="https://moved.example"))
    assert channel_of(again["feed.xml"]).findtext(tag("podcast:guid")) == GUID  # kept, though settled no longer


def test_a_feed_that_is_no_longer_wanted_is_emptied_and_a_foreign_file_left_alone(sample, tmp_path):
    episodes = shelf(sample, 3, section="Islands")
    feedshelf.write_all(tmp_path, feeds(tmp_path, episodes, SHOW))
    (tmp_path / "feedback.xml").write_text("<rss><channel><generator>other</generator></channel></rss>")
    (tmp_path / "feed-broken.xml").write_text("<rss")
    files = feeds(tmp_path, episodes, newsroom.SHOW)
    assert titles(files["feed.xml"]) == ["Story 3", "Story 2", "Story 1"]
    assert titles(files["feed-islands.xml"]) == []
    assert channel_of(files["feed-islands.xml"]).findtext("title").endswith(": Islands")
    assert not {"feedback.xml", "feed-broken.xml"} & set(files)
    feedshelf.write_all(tmp_path, files)
    assert feeds(tmp_path, episodes, newsroom.SHOW) == files


@pytest.mark.parametrize(
    ("wanted", "category", "told"),
    [
        ("News", "News", ""),
        ("news > daily  news", "News > Daily News", ""),
        ("Politics", "News > Politics", ""),
        ("TV & Film", "TV & Film", ""),
        ("News > Daly News", "News", "did you mean 'News > Daily News'?"),
        ("News > Baseball", "News", "Apple knows no 'News > Baseball'"),
        ("Busines", "News", "did you mean 'Business'?"),
        ("News & Politics", "News", "none of Apple's"),
        ("", "News", "no category"),
        ("<script>", "News", "none of Apple's"),
    ],
)
def test_categories_are_apples(wanted, category, told):
    found, doubt = known_category(wanted)
    assert found == category
    assert told in doubt
    assert bool(told) == bool(doubt)


def test_facts_that_directories_refuse_are_said_and_left_out():
    warnings = []
    bad = replace(SHOW, category="Nwes", enclosure_prefix="javascript:x", owner_email="audio desk", guid="main")
    show = usable_show(bad, warnings.append)
    assert (show.category, show.enclosure_prefix, show.owner_email, show.guid) == ("News", "", "", "")
    assert len(warnings) == 4
    assert "did you mean 'News'" in warnings[0]
    good = replace(SHOW, enclosure_prefix="https://op3.dev/e/", guid=GUID.upper(), category="News > Politics")
    assert usable_show(good, pytest.fail) == replace(good, guid=GUID)


def test_a_house_may_unlock_its_feed(sample, tmp_path):
    for locked, told in ((True, "yes"), (False, "no")):
        files = feeds(tmp_path, shelf(sample, 1), replace(newsroom.SHOW, locked=locked))
        found = channel_of(files["feed.xml"]).find(tag("podcast:locked"))
        assert (found.text, found.get("owner")) == (told, newsroom.SHOW.owner_email)
    files = feeds(tmp_path, shelf(sample, 1), replace(newsroom.SHOW, owner_email=""))
    assert channel_of(files["feed.xml"]).find(tag("podcast:locked")) is None
