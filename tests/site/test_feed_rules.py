from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import feedshelf
import pytest
from feedrules import faults
from feedshelf import channel_of, feeds, shelf
from hypothesis import given, settings
from hypothesis import strategies as st

import newsroom
from articleaudio.site.shelved import Part

SHOW = replace(newsroom.SHOW, sections=("Islands",), copyright="© The Harbour Post", category="News > Daily News")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return feedshelf.published(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return tmp_path_factory.mktemp("empty")


@pytest.mark.parametrize("count", [0, 3, 47])
def test_every_document_keeps_the_rules(sample, empty, count):
    episodes = shelf(sample, count, alternates=(feedshelf.FLAC,))
    for name, data in feeds(empty, episodes, replace(SHOW, feed_items=10), "cover.1a2b3c4d.jpg").items():
        assert (name, faults(data)) == (name, [])


def test_a_single_document_may_hold_them_all(sample, empty):
    files = feeds(empty, shelf(sample, 2000), replace(newsroom.SHOW, feed_items=5000))
    assert list(files) == ["feed.xml"]
    assert faults(files["feed.xml"]) == []


def test_the_rules_find_what_is_wrong(sample, empty):
    good = feeds(empty, shelf(sample, 2), SHOW)["feed.xml"].decode()
    assert faults(good.encode()) == []
    changes = [
        ('length="', 'length="x'),
        ("<itunes:explicit>false", "<itunes:explicit>no"),
        ("+0000</pubDate>", "GMT+1</pubDate>"),
        ("<itunes:duration>", "<itunes:duration>0:0"),
        ('text="Daily News"', 'text="Baseball"'),
        ('rel="self"', 'rel="me"'),
        ("</itunes:type>", "</itunes:type><itunes:keywords>a</itunes:keywords>"),
        ("sha256-", "sha1-"),
        ("<language>en", "<language>English"),
        ("https://podcastindex.org/namespace/1.0", "https://podcastindex.org/namespace/2.0"),
        (".mp3", ".wav"),
        ("<guid", "<podcast:guid>x</podcast:guid><guid"),
        ("story-2", "story 2"),
        (newsroom.SHOW.owner_email, "desk"),
        ("<channel>", "<channel><item/>"),
    ]
    for old, new in changes:
        assert old in good
        assert faults(good.replace(old, new, 1).encode()), (old, new)
    items = [guid.text for guid in channel_of(good.encode()).iter("guid")]
    assert faults(good.replace(items[0], items[1]).encode()) == ["a guid stands twice"]


HOSTILE = [
    newsroom.HOSTILE,
    "]]>",
    "<![CDATA[ x ]]> <!-- y --> <?z?> &#0; &lt; &nbsp;",
    "x" * 10_000,
    "&" * 10_000,
    "\x00\x08\x0b\x1f\ufffe\uffff\ud800\udfff left",
    "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 é ß",
    "مرحبا \u202e abc \u2066",
    "שלום <b>עולם</b>",
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_is_text(sample, empty, number):
    text = HOSTILE[number]
    show = replace(SHOW, title=text, description=text, author=text, owner_name=text, copyright=text)
    facts = {"summary": text, "dek": text, "authors": (text, text), "site": text, "disclosure": text}
    (episode,) = shelf(sample, 1, chapters=(Part(text, 0.0, ""), Part(text, 1.0, "")), attribution=text, **facts)
    data = feeds(empty, [replace(episode, title=text, section=text)], show)["feed.xml"]
    assert faults(data) == []
    channel = channel_of(data)
    kept = "".join(letter for letter in text if letter not in "\x00\x08\x0b\x1f\ufffe\uffff\ud800\udfff").strip()
    assert channel.findtext("title") == channel.findtext("item/title") == channel.findtext("item/category") == kept
    shown = channel.findtext("item/{http://purl.org/rss/1.0/modules/content/}encoded")
    assert "<script" not in shown
    assert "<b>" not in shown


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=300).map(lambda text: f"a{text}"))
def test_any_text_makes_a_feed_that_keeps_the_rules(sample, empty, text):
    (episode,) = shelf(sample, 1, summary=text, authors=(text,), section=text, disclosure=text)
    data = feeds(empty, [replace(episode, title=text)], replace(SHOW, title=text, description=text))["feed.xml"]
    assert faults(data) == []


def test_addresses_of_other_scripts_become_uris(sample, empty):
    episodes = [
        replace(episode, url=url)
        for episode, url in zip(
            shelf(sample, 4),
            (
                "https://новини.example/світ/пором?ключ=так#низ",
                "https://harbour.example/a b/<c>\"d'|e\\f^g`{h}%20",
                "javascript:alert(1)",
                "https://[bad",
            ),
            strict=True,
        )
    ]
    show = replace(SHOW, link="https://газета.example/")
    data = feeds(empty, episodes, show)["feed.xml"]
    assert faults(data) == []
    found = [item.findtext("link") for item in channel_of(data).iter("item")]
    assert found[0] == (
        "https://xn--b1amarcd.example/%D1%81%D0%B2%D1%96%D1%82/%D0%BF%D0%BE%D1%80%D0%BE%D0%BC"
        "?%D0%BA%D0%BB%D1%8E%D1%87=%D1%82%D0%B0%D0%BA#%D0%BD%D0%B8%D0%B7"
    )
    assert found[1] == "https://harbour.example/a%20b/%3Cc%3E%22d'%7Ce%5Cf%5Eg%60%7Bh%7D%20"
    assert found[2:] == [f"{newsroom.SHOW.base_url}episodes/story-{number}/" for number in (2, 1)]


@pytest.mark.parametrize("year", [1, 1969, 2026, 9999])
def test_dates_at_the_ends_of_time(sample, empty, year):
    far = timezone(timedelta(hours=14 if year == 1 else -14))
    edge = datetime(year, 1, 1, tzinfo=far) if year == 1 else datetime(year, 12, 31, 23, 59, tzinfo=far)
    (episode,) = shelf(sample, 1)
    data = feeds(empty, [replace(episode, published=edge, generated=edge)], SHOW)["feed.xml"]
    assert faults(data) == []


def test_the_same_episodes_give_the_same_bytes(sample, empty):
    episodes = shelf(sample, 30)
    before = feeds(empty, episodes, SHOW)
    copies = [
        replace(episode, generated=episode.generated.astimezone(timezone(timedelta(hours=5)))) for episode in episodes
    ]
    random.Random(7).shuffle(copies)
    assert feeds(empty, sorted(copies, key=lambda episode: episode.order), SHOW) == before


def test_the_build_date_is_that_of_the_newest_recording(sample, empty):
    episodes = shelf(sample, 3)
    episodes[2] = replace(episodes[2], generated=datetime(2026, 9, 9, 9, 9, 9, tzinfo=UTC))
    assert channel_of(feeds(empty, episodes)["feed.xml"]).findtext("lastBuildDate") == "Wed, 09 Sep 2026 09:09:09 +0000"


def test_only_files_that_are_there_are_linked(sample, empty, tmp_path):
    (tmp_path / "captions.vtt").write_text("WEBVTT")
    data = feeds(empty, shelf(sample, 1, folder=tmp_path))["feed.xml"]
    assert data.count(b"<podcast:transcript") == 1
    assert b"podcast:chapters" not in data
    assert faults(data) == []


def test_other_forms_are_offered_with_their_hashes(sample, empty):
    data = feeds(empty, shelf(sample, 1, alternates=(feedshelf.FLAC,)))["feed.xml"]
    main, other = channel_of(data).iter("{https://podcastindex.org/namespace/1.0}alternateEnclosure")
    assert main.get("default") == "true"
    assert (other.get("type"), other.get("length"), other.get("title"), other.get("default")) == (
        "audio/flac",
        str(feedshelf.FLAC.size),
        "archive",
        None,
    )
    assert other[0].get("uri").endswith("/episodes/story-1/sample.0a1b2c3d.flac")
    assert len(other) == 2


def test_whatever_a_file_is_called_its_address_is_one(sample, empty):
    form = replace(feedshelf.FLAC, file="javascript:a b?c#d%.flac")
    data = feeds(empty, shelf(sample, 1, alternates=(form,)))["feed.xml"]
    assert faults(data) == []
    sources = [one.get("uri") for one in channel_of(data).iter("{https://podcastindex.org/namespace/1.0}source")]
    assert sources[1] == f"{newsroom.SHOW.base_url}episodes/story-1/javascript:a%20b%3Fc%23d%25.flac"
