"""RSS and Atom."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.errors import FetchError, NoArticleError, SourceError, TooLongError
from articleaudio.model import Article, Failure
from articleaudio.read import Reader, Settings, Source, read_articles, text_view
from articleaudio.read.feed import READER
from articleaudio.read.reasons import REASONS
from articleaudio.read.registry import pick
from articleaudio.read.source import Page
from articleaudio.testing import ReaderContract

from .golden import written

SAMPLE = Path(__file__).parents[2] / "samples" / "feed.xml"
EXPECTED = Path(__file__).parent / "expected" / "feed.xml.expected"
TEXT = "<p>" + "It rained all day, and nobody in the town of Millbrook minded much. " * 3 + "</p><p>So it went.</p>"
NAMES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def told(path: Path) -> str:
    """Each article of a sample as a person would check it."""
    parts = []
    for article in read_articles(Source(name=path.name, path=path, relative=path.name)):
        assert isinstance(article, Article)
        head = [f"source: {article.source}", *(f"known by: {alias}" for alias in article.aliases)]
        parts.append("\n".join(head) + "\n" + written(article))
    return "\n".join(parts)


def rss(*items: str, about: str = "<title>The Meridian Daily</title>") -> bytes:
    whole = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0" {NAMES}><channel>{about}{whole}</channel></rss>'.encode()


def full(text: str = TEXT) -> str:
    return f"<content:encoded><![CDATA[{text}]]></content:encoded>"


def atom(entry: str, about: str = "") -> bytes:
    feed = f"<title>The Meridian Daily</title>{about}<entry><id>tag:example.org,2026:1</id>{entry}</entry>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/news/">{feed}</feed>'.encode()


def read(data: bytes, url: str = "", settings: Settings | None = None) -> list[Article | Failure]:
    source = Source(name="feed.xml", data=data, relative="feed.xml", url=url, settings=settings or Settings())
    return list(READER.read(source, ""))


def one(data: bytes, url: str = "") -> Article:
    (article,) = read(data, url)
    assert isinstance(article, Article), article
    return article


def failure(data: bytes) -> Failure:
    (found,) = read(data)
    assert isinstance(found, Failure)
    return found


class TestContract(ReaderContract):
    reader: ClassVar[Reader] = READER
    sources: ClassVar[tuple[bytes, ...]] = (
        SAMPLE.read_bytes(),
        rss(f"<title>Rain</title><link>https://example.org/rain</link>{full()}"),
        atom(f'<title>Rain</title><link href="rain"/><content type="html"><![CDATA[{TEXT}]]></content>'),
    )


def test_sample() -> None:
    assert told(SAMPLE) == EXPECTED.read_text("utf-8")


def test_ledgers_give_known_reasons() -> None:
    for article in read(SAMPLE.read_bytes()):
        assert isinstance(article, Article)
        assert {piece.reason for piece in article.dropped} <= set(REASONS)


RDF = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    b'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    b'<channel rdf:about="https://example.org/"><title>The Meridian Daily</title></channel>'
    b'<item rdf:about="https://example.org/rain"><title>Rain</title><link>https://example.org/rain</link>'
    b"<dc:date>2026-06-01T08:00:00+02:00</dc:date><dc:creator>Nora Keane</dc:creator>"
    b"<content:encoded><![CDATA[" + TEXT.encode() + b"]]></content:encoded></item></rdf:RDF>"
)
OLD = (
    b'<?xml version="1.0"?>\n<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
    b'"http://my.netscape.com/publish/formats/rss-0.91.dtd">\n<rss version="0.91"><channel><title>T</title>'
    b"<item><title>Rain</title><link>https://example.org/rain</link><description>"
    + b"It rained all day and nobody minded. " * 15
    + b"</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("feed.xml", SAMPLE.read_bytes()),
        ("-", SAMPLE.read_bytes()),
        ("x.xml", atom("<title>x</title>")),
        ("-", RDF),
        ("x.xml", OLD),
        ("x.xml", rss(full()).decode().partition("?>")[2].encode("utf-16")),
    ],
)
def test_is_picked(name: str, data: bytes) -> None:
    assert pick(Source(name=name, data=data), data).name == "feed"


@pytest.mark.parametrize("data", [b"<!doctype html><title>404</title>", b"<html/>", b"<article/>", b"", b"{}"])
def test_leaves_others_alone(data: bytes) -> None:
    assert not READER.accepts("-", data)
    with pytest.raises(SourceError, match=r"x\.xml is none of the \.xml files") as caught:
        pick(Source(name="x.xml", data=data), data)
    assert "feed" in caught.value.hint


def test_older_versions() -> None:
    article = one(RDF)
    assert (article.title, article.authors, article.url) == ("Rain", ("Nora Keane",), "https://example.org/rain")
    assert article.published == datetime(2026, 6, 1, 8, tzinfo=timezone(timedelta(hours=2)))
    assert one(OLD).title == "Rain"


def test_atom() -> None:
    entry = """<title type="html">Rain &amp;amp; &lt;b&gt;sun&lt;/b&gt;</title><link href="2026/rain"/>
    <published>2026-06-01T08:00:00+02:00</published><updated>2026-06-02T08:00:00Z</updated>
    <author><name>Nora Keane</name><email>nora@example.org</email></author><category term="x" label="Town"/>
    <link rel="enclosure" type="image/jpeg" href="rain.jpg"/><summary>A wet town.</summary>
    <content type="xhtml" xml:lang="en-GB"><div xmlns="http://www.w3.org/1999/xhtml"><h2>One</h2><p>It was <a
    href="wet">wet</a>.</p><figure><img src="x"/><figcaption>A puddle.</figcaption></figure></div></content>"""
    article = one(atom(entry))
    assert article.title == "Rain & sun"
    assert article.aliases == ("url:https://example.org/news/2026/rain", "id:tag:example.org,2026:1")
    assert article.published == datetime(2026, 6, 1, 8, tzinfo=timezone(timedelta(hours=2)))
    assert article.updated == datetime(2026, 6, 2, 8, tzinfo=UTC)
    assert (article.authors, article.section, article.language) == (("Nora Keane",), "Town", "en-gb")
    assert (article.image, article.dek) == ("https://example.org/news/rain.jpg", "A wet town.")
    assert text_view(article) == "# One\nIt was wet.\n"
    assert [mark.value for block in article.blocks for mark in block.marks] == ["https://example.org/news/wet"]
    assert [(piece.reason, piece.text) for piece in article.dropped] == [("caption", "A puddle.")]


def test_the_feeds_own_author_stands_for_an_entry_without_one() -> None:
    entry = f'<title>Rain</title><content type="html"><![CDATA[{TEXT}]]></content>'
    assert one(atom(entry, "<author><name>Ada Quill</name></author>")).authors == ("Ada Quill",)


def test_facts() -> None:
    article = one(
        rss(
            "<title>K&amp;amp;T &lt; 5%</title><link>/rain?utm_source=rss</link><dc:creator>Nora Keane</dc:creator>"
            "<dc:creator>Sam Oduya</dc:creator><author>ed@example.org (Ada Quill)</author>"
            "<pubDate>Mon, 01 Jun 2026 08:00:00 +0200</pubDate><category>Uncategorized</category>"
            '<category>Town</category><guid isPermaLink="false">17</guid>'
            '<enclosure type="image/png" url="https://example.org/r.png" length="1"/>'
            f"<media:content url='https://example.org/v.mp4' medium='video'/>{full()}",
            about="<title>The Meridian Daily</title><language>en-us</language>",
        ),
        url="https://example.org/feed/",
    )
    assert article.authors == ("Nora Keane", "Sam Oduya", "Ada Quill")
    assert article.title == "K&T < 5%"
    assert article.published == datetime(2026, 6, 1, 8, tzinfo=timezone(timedelta(hours=2)))
    assert article.aliases == ("url:https://example.org/rain", "id:example.org:17")
    assert (article.section, article.site, article.language) == ("Town", "The Meridian Daily", "en-us")
    assert article.image == "https://example.org/r.png"
    assert article.updated is None


def test_what_a_link_was_before_a_service_replaced_it() -> None:
    item = f"<link>https://feeds.example.net/~r/x/1</link><feedburner:origLink>https://example.org/rain</feedburner:origLink>{full()}"
    assert one(rss(item)).url == "https://example.org/rain"


def test_a_guid_that_is_the_link() -> None:
    assert one(rss(f"<guid>https://example.org/rain</guid>{full()}")).aliases == ("url:https://example.org/rain",)
    elsewhere = f'<guid isPermaLink="false">https://example.org/?p=5</guid>{full()}<title>Rain</title>'
    assert one(rss(elsewhere)).aliases == ("title:rain",)


def test_wordpress_feeds_know_the_post_as_its_interface_does() -> None:
    item = f'<link>https://example.org/rain/</link><guid isPermaLink="false">https://example.org/?p=5</guid>{full()}'
    article = one(rss(item, about="<generator>https://wordpress.org/?v=6.8</generator>"))
    assert article.aliases == ("cms:wordpress:example.org:5", "url:https://example.org/rain")


def test_words_to_a_picture_are_not_those_of_the_item() -> None:
    item = (
        '<media:content url="https://example.org/r.jpg" medium="image"><media:description>A puddle.</media:description>'
        f"</media:content><description>A wet town.</description>{full()}"
    )
    assert one(rss(item)).dek == "A wet town."


def test_plain_text_has_its_paragraphs_parted_by_blank_lines() -> None:
    text = "It rained all day, and 3 &lt; 5. " * 20
    article = one(rss(f"<link>https://example.org/rain</link><description>{text}\n\nSo it went.</description>"))
    assert [block.text[:20] for block in article.blocks] == ["It rained all day, a", "So it went."]
    assert "3 < 5" in article.blocks[0].text


def test_a_text_without_a_title_is_called_by_its_beginning() -> None:
    assert one(rss(f"<link>https://example.org/rain</link>{full()}")).title.startswith("It rained all day")


def test_what_blogs_add_is_in_the_ledger() -> None:
    added = (
        '<p>The post <a href="https://example.org/rain">Rain</a> appeared first on <a href="https://example.org/">The '
        'Meridian</a>.</p><div class="feedflare"><a href="https://f.example.net/x"><img src="x"/></a></div>'
    )
    article = one(rss(full(TEXT + added)))
    assert article.blocks[-1].text == "So it went."
    assert [piece.reason for piece in article.dropped] == ["syndication"]


# ── Excerpts, podcasts, nothing ─────────────────────────────────────────────────────────────────────────────────────


class Shelf:
    """A way to pages that lie here."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def get(self, url: str) -> Page:
        self.asked.append(url)
        if url not in self.pages:
            raise FetchError(f"{url} is not there", hint="check the address")
        return Page(url, self.pages[url].encode(), ".html")


PAGE = "<html lang='en'><body><article><h1>Rain</h1>" + "<p>It rained all day, and nobody minded at all.</p>" * 1
PAGE += "<p>The mayor of Millbrook went out without a hat, which had not happened since 1998, and waved.</p></article>"


def test_an_excerpt_is_followed_to_its_page() -> None:
    web = Shelf({"https://example.org/rain": PAGE})
    items = [
        "<title>Rain</title><link>https://example.org/rain</link><description>It rained […]</description>",
        "<title>Sun</title><link>https://example.org/sun</link><description>It shone […]</description>",
        f"<title>Fog</title><link>https://example.org/fog</link>{full()}",
    ]
    rain, sun, fog = read(rss(*items), settings=Settings(web=web))
    assert web.asked == ["https://example.org/rain", "https://example.org/sun"]
    assert isinstance(rain, Article)
    assert rain.blocks[-1].text.startswith("The mayor of Millbrook")
    assert isinstance(sun, Failure)
    assert "https://example.org/sun is not there" in sun.message
    assert isinstance(fog, Article)


def test_an_excerpt_that_cannot_be_followed_is_a_failure() -> None:
    assert (
        "holds only an excerpt" in failure(rss("<title>Rain</title><description>It rained […]</description>")).message
    )


def test_episodes_of_a_podcast_are_no_articles() -> None:
    sound = '<enclosure type="audio/mpeg" url="https://example.org/a.mp3" length="1"/>'
    found = failure(rss(f"<title>Talk</title>{sound}<itunes:duration>12:00</itunes:duration>{full()}"))
    assert "“Talk” is an episode of a podcast" in found.message
    assert found.exit_code == 3
    assert isinstance(read(rss(f"<title>Read aloud</title>{sound}{full()}"))[0], Article)


def test_an_item_without_text_and_link_is_a_failure() -> None:
    first, second = read(rss("<title>Rain</title>", f"<title>Sun</title><link>https://example.org/sun</link>{full()}"))
    assert isinstance(first, Failure)
    assert "item 1 of feed.xml has neither a text nor a link" in first.message
    assert isinstance(second, Article)


# ── Broken and bad ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    broken = rss(f"<title>Rain & sun</title><link>https://example.org/rain</link>{full()}")
    assert one(broken).title == "Rain & sun"
    assert one(broken).cut == ""


def test_a_feed_that_breaks_off_has_no_whole_last_item() -> None:
    items = (f"<title>{name}</title><link>https://example.org/{name}</link>{full()}" for name in ("a", "b"))
    first, last = read(rss(*items)[:-120])
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert (first.cut, last.cut) == ("", "the feed breaks off in the middle of it")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<!DOCTYPE html>\n<html><title>404</title><p>Gone</p></html>", "is a web page, not a feed"),
        (b"<HTML><body>Log in</body></HTML>", "is a web page, not a feed"),
        (b"<rss", "is no feed that can be read"),
        (b"hello", "is no feed that can be read"),
        (b"\x89PNG\r\n\x1a\n\x01\x02", "is no feed that can be read"),
        (rss(), "has no items"),
    ],
)
def test_what_is_no_feed(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read(data)
    assert caught.value.hint


def test_no_items_is_no_article() -> None:
    with pytest.raises(NoArticleError):
        read(rss())


def test_too_long() -> None:
    with pytest.raises(TooLongError, match="feeds are read up to 16 MB"):
        read(rss(full()) + b" " * 17_000_000)


def test_too_many() -> None:
    with pytest.raises(TooLongError, match="has over 60,000 items and links"):
        read(rss("<link/>" * 60_001))


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;">',
        '<!ENTITY x SYSTEM "file:///etc/hostname">',
        '<!ENTITY % x SYSTEM "http://example.org/x.dtd"> %x;',
        f'<!ENTITY a "{"ha" * 5000}">',
        '<!entity a "&#38;b;">' * 501,
    ],
)
def test_entities_that_could_do_harm_are_refused(declared: str) -> None:
    data = f"<!DOCTYPE rss [{declared}]>".encode() + rss(full("&x;")).partition(b"?>")[2]
    with pytest.raises(SourceError, match="declares entities that could fill the memory"):
        read(data)


def test_harmless_entities_are_read() -> None:
    data = (
        b'<!DOCTYPE rss [\n<!ENTITY copy "&#169;">\n]>' + rss(f"<title>&copy; Rain</title>{full()}").partition(b"?>")[2]
    )
    assert one(data).title == "© Rain"


def test_outside_files_stay_outside() -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'
    article = one(rss(f"<title>Rain{include}</title>{full()}"))
    assert article.title == "Rain"
    # A name of a file is a text like any other.
    with pytest.raises(SourceError):
        read(b"/etc/hostname")


def test_other_charsets() -> None:
    text = rss(f"<title>Дощ</title>{full('<p>' + 'Сім коней у полі. ' * 9 + '</p>')}").decode()
    for encoded in (text.encode("utf-16"), text.replace("?>", ' encoding="windows-1251"?>', 1).encode("windows-1251")):
        assert one(encoded).title == "Дощ"


FIELDS = ("title", "link", "guid", "pubDate", "dc:creator", "author", "category", "description", "content:encoded")
FIELDS += (
    "media:content",
    "enclosure",
    "itunes:duration",
    "source",
    "dc:date",
    "media:thumbnail",
    "feedburner:origLink",
)


@given(st.lists(st.tuples(st.sampled_from(FIELDS), st.text(max_size=40)), max_size=6), st.text(max_size=20))
def test_whatever_an_item_holds(fields: list[tuple[str, str]], address: str) -> None:
    item = "".join(
        f"<{name} url={json.dumps(address)} type='audio/x'><![CDATA[{value.replace(']]>', '')}]]></{name}>"
        for name, value in fields
    )
    try:
        found = read(rss(item).decode("utf-8", "replace").encode(), url="https://example.org/feed")
    except SourceError:
        return
    assert len(found) == 1


@given(st.binary(max_size=200))
def test_whatever_a_file_holds(data: bytes) -> None:
    for start in (b"", b"<rss>", b"<feed><entry>"):
        try:
            read(start + data)
        except SourceError:
            continue


if __name__ == "__main__":  # write what is read now; look at every difference before keeping it
    EXPECTED.write_text(told(SAMPLE), "utf-8")
