from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest

import newsroom
from articleaudio.site.marks import json_ld
from articleaudio.site.shelf import read_episode


def parsed(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(path.read_bytes().decode("utf-8"))


def page_of(site, item=None, **settings):
    episode = newsroom.publish(site.library, item or newsroom.article(), **settings)
    site.build()
    return parsed(episode.folder / "index.html")


def text(element) -> str:
    return " ".join(element.text_content().split())


def test_the_page_tells_and_plays_the_story(site):
    page = page_of(site)
    item = newsroom.article()
    assert page.get("lang") == "en"
    assert text(page.find(".//h1")) == item.title
    assert text(page.find_class("dek")[0]) == item.dek
    assert text(page.find_class("byline")[0]) == "By Mara Lindqvist and Tom Okafor · The Harbour Post"
    assert text(page.find_class("kicker")[0]) == "Islands 13 March 2026 1 min"
    assert text(page.find_class("disclosure")[0]) == newsroom.DISCLOSURE
    (audio,) = page.iter("audio")
    assert audio.get("preload") == "metadata"
    assert "controls" in audio.attrib
    assert [text(link) for link in page.find_class("chapters")[0].iter("a")] == [
        "Island ferry sails again after 41 days 0:00",
        "Two sailings a day 0:27",
        "What it costs 0:44",
    ]


def test_the_transcript_has_the_shape_of_the_article(site):
    (transcript,) = page_of(site).find_class("transcript")
    shape = [element.tag for element in transcript]
    assert shape == ["h2", "p", "p", "p", "h3", "p", "blockquote", "h3", "ul", "p"]
    assert [text(element) for element in transcript.iter("h3")] == ["0:27 Two sailings a day", "0:44 What it costs"]
    said = [text(element) for element in transcript.iter("span")]
    assert said == [segment.written for segment in newsroom.script_of(newsroom.article()).segments]
    assert len(transcript.findall(".//li")) == 2


def test_chapters_and_times_work_without_a_script(site):
    page = page_of(site)
    (audio,) = page.iter("audio")
    links = [link.get("href") for link in page.iter("a") if "#t=" in link.get("href")]
    assert len(links) == 3 + 9 + 1
    assert all(re.fullmatch(rf"{re.escape(audio.get('src'))}#t=\d+\.\d+", link) for link in links)


def test_every_relative_link_leads_to_a_file(show_folder):
    pages = [show_folder / "index.html", *show_folder.glob("episodes/*/index.html")]
    assert len(pages) == 5
    checked = 0
    for path in pages:
        for element, _, link, _ in parsed(path).iterlinks():
            parts = urlsplit(link)
            if parts.scheme or not parts.path:
                continue
            assert not parts.path.startswith("/"), f"{link} is tied to the root of a host"
            assert (path.parent / unquote(parts.path)).is_file(), f"{element.tag} {link} of {path}"
            checked += 1
    assert checked > 50


def test_pages_are_the_same_wherever_the_site_is_served(site):
    page_of(site)
    before = (site.out / "index.html").read_text("utf-8").replace(newsroom.SHOW.base_url, "BASE")
    site.build(replace(newsroom.SHOW, base_url="https://x.example/a/b/"))
    assert (site.out / "index.html").read_text("utf-8").replace("https://x.example/a/b/", "BASE") == before


def test_json_ld_tells_how_the_audio_came_to_be(site):
    page = page_of(site, newsroom.article(image="https://harbour.example/a.jpg"))
    (script,) = page.xpath('//script[@type="application/ld+json"]')
    told = json.loads(script.text_content())
    assert (told["@type"], told["headline"]) == ("NewsArticle", newsroom.article().title)
    assert told["author"] == [{"@type": "Person", "name": name} for name in newsroom.article().authors]
    assert told["audio"]["@type"] == "AudioObject"
    assert told["audio"]["contentUrl"].startswith(newsroom.SHOW.base_url)
    assert told["audio"]["duration"] == "PT55.950S"
    assert told["audio"]["digitalSourceType"] == "https://schema.org/AlgorithmicMediaDigitalSource"
    assert told["audio"]["creditText"] == newsroom.DISCLOSURE


def test_json_ld_without_a_base_url_is_relative(site):
    episode = newsroom.publish(site.library, newsroom.article(authors=(), url="", aliases=("path:x",)))
    told = json_ld(read_episode(episode.folder / "episode.json"), "")
    assert told["audio"]["contentUrl"] == episode.audio.name
    assert "author" not in told
    assert "url" not in told


@pytest.mark.parametrize(
    "title", [newsroom.HOSTILE, '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "</script><script>alert(1)"]
)
def test_nothing_an_article_says_becomes_markup(site, title):
    item = newsroom.article(title=title, dek=title, authors=(title,), section=title, site=title)
    page = page_of(site, item, disclosure=title)
    for each in (page, parsed(site.out / "index.html")):
        assert not each.xpath("//img | //*[@onerror]")
        assert len(each.xpath("//script")) == len(each.xpath("//script[@src or @type='application/ld+json']"))
        assert title in each.xpath("//title/text()")[0] or text(each.find(".//h3")) == title
    assert text(page.find(".//h1")) == title
    (script,) = page.xpath('//script[@type="application/ld+json"]')
    assert json.loads(script.text_content())["headline"] == title


def test_open_graph_and_feed_discovery(site):
    page = page_of(site)
    meta = {tag.get("property"): tag.get("content") for tag in page.iter("meta") if tag.get("property")}
    assert meta["og:audio"].startswith(f"{newsroom.SHOW.base_url}episodes/island-ferry")
    assert meta["og:audio:type"] == "audio/mpeg"
    assert page.xpath('//link[@rel="alternate" and @type="application/rss+xml"]/@href') == ["../../feed.xml"]
    assert page.xpath('//link[@rel="canonical"]/@href') == ["https://harbour.example/news/ferry-1"]


def test_one_chapter_is_no_chapter_list(site):
    item = newsroom.article(blocks=newsroom.article().blocks[:1], url="", aliases=("path:x",))
    page = page_of(site, item)
    assert page.find_class("chapters") == []
    assert [text(link) for link in page.find_class("button")] == ["Download MP3"]


def test_languages_have_their_own_words_and_direction(show_folder):
    ukrainian = parsed(next(show_folder.glob("episodes/porom-*/index.html")))
    assert ukrainian.get("lang") == "uk"
    assert text(ukrainian.find_class("kicker")[0]) == "Острови 13 березня 2026 1 хв"
    hebrew = next(page for page in map(parsed, show_folder.glob("episodes/*/index.html")) if page.get("lang") == "he")
    assert hebrew.get("dir") == "rtl"
    cards = parsed(show_folder / "index.html").find_class("card")
    assert [card.get("lang") for card in cards] == [None, "he", "uk", None]


def test_the_index_has_each_episode_with_its_player_newest_first(show_folder):
    index = parsed(show_folder / "index.html")
    assert [text(title) for title in index.iter("h3")][-1] == newsroom.article().title
    assert len(list(index.iter("audio"))) == 4
    assert text(index.find(".//h1")) == newsroom.SHOW.title


def test_an_empty_show_says_so(site):
    assert site.build().episodes == 0
    assert "There are no episodes yet." in (site.out / "index.html").read_text("utf-8")
