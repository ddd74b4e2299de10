"""Embeds as other sites use them: the frame's page, the oEmbed document, and messages between frame and page."""

from __future__ import annotations

import json
from dataclasses import replace

import lxml.html
import pytest
from PIL import Image

import newsroom
import wordpress
from articleaudio.site.embed import snippets
from articleaudio.site.shelf import read_episode

LONG = "Ferry & <b>bridge</b> “news” " * 400
TITLES = {
    "script": newsroom.HOSTILE,
    "closing": "\"></iframe></blockquote><script>alert(1)</script>'",
    "rtl": "מעבורת האיים חוזרת \u202eלהפליג",
    "long": LONG.strip()[:10_000],
}


def published(site, title=""):
    """An episode in a built site, read back."""
    item = newsroom.article(**({"title": title} if title else {}))
    episode = newsroom.publish(site.library, item)
    site.build()
    return read_episode(episode.folder / "episode.json")


def oembed_of(episode) -> dict:
    return json.loads((episode.folder / "oembed.json").read_text("utf-8"))


def test_the_oembed_document_has_what_the_standard_asks_for(site):
    episode = published(site)
    told = oembed_of(episode)
    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert isinstance(told["width"], int)
    assert isinstance(told["height"], int)
    assert told["html"].count("<iframe ") == 1
    assert not {"thumbnail_url", "thumbnail_width", "thumbnail_height"} & set(told), "all three, or none"
    assert told["title"] == episode.title
    assert told["author_name"] == "Mara Lindqvist, Tom Okafor"
    assert told["author_url"] == newsroom.SHOW.link
    assert told["provider_name"] == newsroom.SHOW.title
    assert told["provider_url"] == newsroom.SHOW.base_url
    frame = lxml.html.fragment_fromstring(told["html"], create_parent=True).find("iframe")
    assert frame.get("src") == f"{newsroom.SHOW.base_url}{episode.path}embed.html"
    assert frame.get("title") == episode.title
    assert (int(frame.get("width")), int(frame.get("height"))) == (told["width"], told["height"])


def test_the_cover_is_told_with_its_measures(site, tmp_path):
    Image.new("RGB", (1400, 1400), "#a63a1e").save(tmp_path / "cover.png")
    newsroom.publish(site.library, newsroom.article())
    site.build(replace(newsroom.SHOW, image=tmp_path / "cover.png"))
    (path,) = site.out.glob("episodes/*/oembed.json")
    told = json.loads(path.read_text("utf-8"))
    assert (told["thumbnail_width"], told["thumbnail_height"]) == (1400, 1400)
    name = told["thumbnail_url"].removeprefix(newsroom.SHOW.base_url)
    assert (site.out / name).is_file()


def test_little_is_known_of_an_article_and_less_is_told(site):
    newsroom.publish(site.library, newsroom.article(authors=(), site="", url=""))
    site.build(replace(newsroom.SHOW, author="", link=""))
    (path,) = site.out.glob("episodes/*/oembed.json")
    told = json.loads(path.read_text("utf-8"))
    assert told["author_name"] == "The Harbour Post", "the publisher stands in"
    assert "author_url" not in told
    page = lxml.html.parse(path.with_name("embed.html"))
    assert [link.get("href") for link in page.iterfind(".//p[@class='source']/a")] == [
        f"{newsroom.SHOW.base_url}{path.parent.relative_to(site.out).as_posix()}/"
    ]


def test_without_a_base_url_there_is_a_frame_but_no_oembed(site):
    episode = newsroom.publish(site.library, newsroom.article())
    site.build(replace(newsroom.SHOW, base_url=""))
    assert not (episode.folder / "oembed.json").exists()
    page = (episode.folder / "embed.html").read_text("utf-8")
    assert "oembed" not in page
    assert 'rel="canonical" href="index.html"' in page


def test_both_pages_lead_to_the_oembed_document(site):
    episode = published(site)
    for name in ("index.html", "embed.html"):
        page = lxml.html.parse(episode.folder / name)
        (link,) = page.iterfind(".//head/link[@type='application/json+oembed']")
        assert link.get("rel") == "alternate"
        assert link.get("href") == f"{newsroom.SHOW.base_url}{episode.path}oembed.json"


def test_the_frames_page_holds_a_player_and_nothing_inline(site):
    episode = published(site)
    page = lxml.html.parse(episode.folder / "embed.html").getroot()
    assert page.find(".//meta[@name='robots']").get("content") == "noindex"
    assert page.find(".//link[@rel='canonical']").get("href") == f"{newsroom.SHOW.base_url}{episode.path}"
    (audio,) = page.iter("audio")
    assert "controls" in audio.attrib
    assert audio.get("src") == episode.audio
    assert page.findtext(".//p[@class='disclosure']") == newsroom.DISCLOSURE
    article, _show = page.iterfind(".//p[@class='source']/a")
    assert (article.get("href"), article.get("target"), article.get("rel")) == (episode.url, "_blank", "noopener")
    assert [script.get("src") is None or script.text for script in page.iter("script")] == [None]
    assert not list(page.iter("style"))
    assert not page.xpath("//@style | //@*[starts-with(name(), 'on')]")


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_titles_stay_text_everywhere(site, title):
    episode = published(site, title)
    shown = episode.title if len(episode.title) <= 200 else episode.title[:199].rstrip() + "…"
    assert oembed_of(episode)["title"] == episode.title
    pasted = snippets(episode, newsroom.SHOW)
    for html, names in (
        (oembed_of(episode)["html"], ["blockquote", "a", "iframe"]),
        (pasted.iframe, ["iframe"]),
        (pasted.player, ["script", "article-audio", "audio"]),
    ):
        body = lxml.html.fragment_fromstring(html, create_parent="div")
        assert [element.tag for element in body.iterdescendants()] == names
        assert shown in {*body.xpath(".//@title | .//@aria-label | .//a/text()")}
    page = lxml.html.document_fromstring((episode.folder / "embed.html").read_bytes().decode("utf-8"))
    assert page.findtext(".//h1") == episode.title
    assert len(list(page.iter("script"))) == 1


@pytest.mark.parametrize("title", ["", *TITLES.values()], ids=["plain", *TITLES])
def test_wordpress_keeps_the_embed_whole(site, title):
    episode = published(site, title)
    html = oembed_of(episode)["html"]
    assert "\n" not in html, "WordPress joins lines"
    body = lxml.html.fragment_fromstring(wordpress.embedded(html), create_parent=True)
    quotation, frame = body
    assert (quotation.tag, frame.tag) == ("blockquote", "iframe")
    assert quotation.find("a").get("href") == f"{newsroom.SHOW.base_url}{episode.path}"
    original = lxml.html.fragment_fromstring(html, create_parent=True).find("iframe")
    assert frame.get("src") == f"{original.get('src')}#?secret={wordpress.SECRET}"
    assert [frame.get(name) for name in ("title", "width", "height")] == [
        original.get(name) for name in ("title", "width", "height")
    ]
