"""WordPress: the interface's posts, and the export of a site."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.errors import NoArticleError, SourceError
from articleaudio.model import Article, BlockKind, Failure
from articleaudio.read import Reader, Source, read_articles, text_view
from articleaudio.read.reasons import REASONS
from articleaudio.read.registry import pick
from articleaudio.read.wordpress import READER, export
from articleaudio.testing import ReaderContract

from .golden import written

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED = Path(__file__).parent / "expected"
EXPORT = (SAMPLES / "wordpress-export.xml").read_bytes()
POSTS = (SAMPLES / "wordpress-post.json").read_bytes()
HEAD = EXPORT[: EXPORT.index(b"\t<item>")]
FOOT = b"</channel></rss>"


def told(path: Path) -> str:
    """Each article of a sample as a person would check it."""
    parts = []
    for article in read_articles(Source(name=path.name, path=path, relative=path.name)):
        assert isinstance(article, Article)
        head = [f"source: {article.source}", f"status: {article.status}, {article.visibility}"]
        head += [f"slug: {article.slug}"] * bool(article.slug) + [f"known by: {alias}" for alias in article.aliases]
        parts.append("\n".join(head) + "\n" + written(article))
    return "\n".join(parts)


def read(data: bytes | str | list[Any] | dict[str, Any], name: str = "posts.json") -> list[Article | Failure]:
    given_data = data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data)).encode()
    return list(READER.read(Source(name=name, data=given_data, relative=name), ""))


def post(**fields: Any) -> dict[str, Any]:
    return {
        "id": 5,
        "link": "https://example.org/rain/",
        "title": {"rendered": "Rain"},
        "content": {"rendered": "<p>It rained all day.</p>", "protected": False},
        **fields,
    }


def one(**fields: Any) -> Article:
    (article,) = read(post(**fields))
    assert isinstance(article, Article)
    return article


def item(**fields: str) -> bytes:
    """An item of an export; underscores of a name's first word stand for the colon."""
    told = {"wp:post_id": "5", "wp:post_type": "post", "wp:status": "publish", "title": "Rain"}
    told |= {key.replace("__", ":"): value for key, value in fields.items()}
    inner = "".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in told.items())
    return f"<item>{inner}</item>".encode()


def exported(*items: bytes) -> list[Article | Failure]:
    return read(HEAD + b"".join(items) + FOOT, "site.xml")


def lines(article: Article | Failure) -> list[str]:
    assert isinstance(article, Article)
    return text_view(article).splitlines()


class TestContract(ReaderContract):
    reader: ClassVar[Reader] = READER
    sources: ClassVar[tuple[bytes, ...]] = (
        json.dumps(json.loads(POSTS)[:1]).encode(),
        json.dumps(post()).encode(),
        HEAD + item(content__encoded="One.\n\nTwo [b]bold[/b].\n\nCorrection: three.\n\nFour.") + FOOT,
    )


@pytest.mark.parametrize("name", ["wordpress-export.xml", "wordpress-post.json"])
def test_sample(name: str) -> None:
    assert told(SAMPLES / name) == (EXPECTED / f"{name}.expected").read_text("utf-8")


@pytest.mark.parametrize("name", ["wordpress-export.xml", "wordpress-post.json"])
def test_ledgers_give_known_reasons(name: str) -> None:
    for article in read_articles(Source(name=name, path=SAMPLES / name)):
        assert isinstance(article, Article)
        assert {piece.reason for piece in article.dropped} <= set(REASONS)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xml", EXPORT),
        ("a.wxr", EXPORT),
        ("-", EXPORT),
        ("a.json", POSTS),
        ("-", POSTS),
        ("-", json.dumps(post()).encode()),
        ("a.json", json.dumps({"title": {"rendered": "x"}, "date_gmt": "2026-01-01T00:00:00"}).encode()),
        ("a.json", b'{"code": "rest_post_invalid_id", "message": "Invalid post ID.", "data": {"status": 404}}'),
        ("a.xml", EXPORT.decode().replace('encoding="UTF-8"', "").encode("utf-16")),
    ],
)
def test_is_picked(name: str, data: bytes) -> None:
    assert pick(Source(name=name, data=data), data[: 64 * 1024]).name == "wordpress"


@pytest.mark.parametrize(
    "data", [b"<rss version='2.0'><channel/></rss>", b'{"posts": [{"html": "<p>x</p>"}]}', b"", b"[1]"]
)
def test_leaves_others_alone(data: bytes) -> None:
    assert not READER.accepts("-", data)


# ── The interface ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("status", "ours"),
    [
        ("publish", "published"),
        ("future", "scheduled"),
        ("draft", "draft"),
        ("pending", "draft"),
        ("private", "private"),
        ("trash", "trash"),
        ("in-progress", "in-progress"),
        ("", "published"),
    ],
)
def test_statuses(status: str, ours: str) -> None:
    assert one(status=status).status == ours
    (article,) = exported(item(wp__status=status, content__encoded="Text."))
    assert isinstance(article, Article)
    assert article.status == ours


def test_protected_posts_need_a_password() -> None:
    article = one(content={"rendered": "", "protected": True}, excerpt={"rendered": "No excerpt.", "protected": True})
    assert (article.visibility, article.dek) == ("password", "")
    assert one(password="drizzle").visibility == "password"


def test_entities_in_titles() -> None:
    assert one(title={"rendered": "K&amp;T &#8220;climbs&#8221; &hellip;"}).title == "K&T “climbs” …"


def test_what_is_stored_is_read_where_nothing_is_shown() -> None:
    article = one(content={"raw": "One.\n\nTwo.", "protected": False}, title={"raw": "Rain & sun"})
    assert lines(article) == ["One.", "Two."]
    assert article.title == "Rain & sun"


def test_an_excerpt_that_is_the_beginning_is_no_standfirst() -> None:
    body = {"rendered": "<p>It rained all day, and nobody minded.</p>"}
    assert one(content=body, excerpt={"rendered": "<p>It rained all day [&hellip;]</p>"}).dek == ""
    assert one(content=body, excerpt={"rendered": "<p>It rained all day, and nobody</p>"}).dek == ""
    assert one(content=body, excerpt={"rendered": "<p>A wet town is happy.</p>"}).dek == "A wet town is happy."
    assert one(content=body, excerpt={"raw": "By hand…", "rendered": "x"}).dek == "By hand…"


def test_the_search_plug_in_fills_gaps() -> None:
    head = {
        "og_site_name": "The Meridian Daily",
        "og_locale": "en_GB",
        "og_image": [{"url": "https://example.org/i.jpg"}],
        "description": "A wet town is happy.",
        "schema": {
            "@graph": [{"@type": "NewsArticle", "author": {"name": "Ada Quill"}, "articleSection": ["Weather"]}, 7]
        },
    }
    article = one(yoast_head_json=head)
    assert article.authors == ("Ada Quill",)
    assert (article.site, article.language, article.section) == ("The Meridian Daily", "en-gb", "Weather")
    assert (article.image, article.dek) == ("https://example.org/i.jpg", "A wet town is happy.")


def test_moments_are_on_the_sites_clock() -> None:
    article = one(date_gmt="2026-03-01T02:30:00", date="2026-02-28T21:30:00")
    assert article.published == datetime(2026, 2, 28, 21, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert one(date_gmt="2026-03-01T02:30:00").published == datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
    assert one(date_gmt=None, date="2026-03-01T02:30:00").published == datetime(2026, 3, 1, 2, 30)  # noqa: DTZ001


def test_known_by_the_same_id_in_interface_and_export() -> None:
    (from_export,) = exported(item(link="https://example.org/rain/", content__encoded="Text."))
    assert isinstance(from_export, Article)
    assert one().id == from_export.id
    assert one().aliases[:2] == ("cms:wordpress:example.org:5", "url:https://example.org/rain")


def test_sites_that_share_a_host_are_told_apart() -> None:
    links = {"self": [{"href": "https://example.org/north/wp-json/wp/v2/posts/5"}]}
    assert one(_links=links).aliases[0] == "cms:wordpress:example.org/north:5"


def test_a_list_may_be_mixed_with_what_is_none() -> None:
    assert [article.source for article in read([post(slug="a"), 3, None, post(slug="b", id=6)])] == [
        "posts.json#a",
        "posts.json#b",
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("[]", "holds no post"),
        ("7", "holds no post"),
        ('{"code": "rest_forbidden", "message": "Sorry."}', "a refusal by WordPress: Sorry"),
        ('[{"content": ', "not valid JSON"),
        ("[" * 5000 + "]" * 5000, "JSON"),
    ],
)
def test_bad_json(data: str, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read(data)
    assert caught.value.hint


# ── The export ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_only_posts_are_articles() -> None:
    kinds = ("post", "page", "attachment", "nav_menu_item", "revision", "feedback", "wp_block", "analysis")
    found = exported(*(item(wp__post_type=kind, title=kind, content__encoded="Text.") for kind in kinds))
    assert [article.title for article in found if isinstance(article, Article)] == ["post", "analysis"]


def test_an_export_without_posts_says_what_it_holds() -> None:
    with pytest.raises(NoArticleError, match="holds no posts, only: 1 nav_menu_item, 2 page"):
        exported(*(item(wp__post_type=kind) for kind in ("page", "nav_menu_item", "page")))


def test_guest_authors_and_co_authors() -> None:
    guest = b"""<item><title>Ida Marsh</title><wp:post_type>guest-author</wp:post_type>
    <wp:postmeta><wp:meta_key>cap-user_login</wp:meta_key><wp:meta_value>ida</wp:meta_value></wp:postmeta>
    <wp:postmeta><wp:meta_key>cap-display_name</wp:meta_key><wp:meta_value>Ida Marsh</wp:meta_value></wp:postmeta>
    </item>"""
    signed = item(dc__creator="tref", content__encoded="Text.").replace(
        b"</item>", b'<category domain="author" nicename="cap-ida">ida</category>'
        b'<category domain="author" nicename="cap-nkeane">nkeane</category></item>',
    )  # fmt: skip
    (article,) = exported(signed, guest)
    assert isinstance(article, Article)
    assert article.authors == ("Ida Marsh", "Nora Keane")


def test_the_main_category_is_the_section() -> None:
    filed = item(content__encoded="Text.").replace(
        b"</item>", b'<category domain="post_tag" nicename="wet">wet</category>'
        b'<category domain="category" nicename="sport">Sport</category>'
        b"<wp:postmeta><wp:meta_key>_yoast_wpseo_primary_category</wp:meta_key><wp:meta_value>12</wp:meta_value></wp:postmeta></item>",
    )  # fmt: skip
    (article,) = exported(filed)
    assert isinstance(article, Article)
    assert article.section == "Town & Life"


def test_newsletter_posts_are_for_members() -> None:
    key = b"<wp:meta_key>_jetpack_newsletter_access</wp:meta_key>"
    meta = b"<wp:postmeta>" + key + b"<wp:meta_value>%s</wp:meta_value></wp:postmeta></item>"
    posts = [
        item(content__encoded="Text.").replace(b"</item>", meta % value)
        for value in (b"everybody", b"subscribers", b"paid_subscribers")
    ]
    assert [article.visibility for article in exported(*posts) if isinstance(article, Article)] == [
        "public",
        "members",
        "paid",
    ]


def test_an_export_that_breaks_off_gives_what_is_whole_and_says_so() -> None:
    data = HEAD + item(content__encoded="Text.") + item(wp__post_id="6", content__encoded="Half a")[:-40]
    found = READER.read(Source(name="site.xml", data=data), "")
    assert lines(next(found)) == ["Text."]
    with pytest.raises(SourceError, match=r"the export site\.xml breaks off or is damaged after 1 posts") as caught:
        next(found)
    assert "export again" in caught.value.hint


def test_what_was_read_is_let_go() -> None:
    one_item = item(content__encoded="Text.")
    data = HEAD + one_item * 2000 + FOOT
    beside = [len(element.getparent()) for element in export._elements(data, ("item",))]
    assert len(beside) == 2000
    # The parser reads on in pieces of 32 KiB; nothing but what is in the one at hand is held.
    assert max(beside) < 40_000 / len(one_item) + 20


def test_control_characters_do_no_harm() -> None:
    (article,) = exported(item(content__encoded="One\x0b.\x00\n\nTwo\x1f."))
    assert lines(article) == ["One.", "Two."]


def test_other_charsets() -> None:
    data = (HEAD + item(content__encoded="Сім коней.") + FOOT).decode()
    for encoded in (data.encode("utf-16"), data.replace("UTF-8", "windows-1251").encode("windows-1251")):
        (article,) = read(encoded, "site.xml")
        assert lines(article) == ["Сім коней."]


BOMB = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = b'<?xml version="1.0"?>\n<!DOCTYPE rss [<!-- \' --><!ENTITY x SYSTEM "file:///etc/hostname">]>'
PARAMETER = b'<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://example.org/x.dtd"> %x;]>'
UNFINISHED = b'<!DOCTYPE rss [<!ENTITY a "ha'


@pytest.mark.parametrize("prolog", [BOMB, OUTSIDE, PARAMETER, UNFINISHED, b"<!-- x -->" + BOMB])
def test_entities_that_could_do_harm_are_refused(prolog: bytes) -> None:
    body = HEAD[HEAD.index(b"<rss") :] + item(content__encoded="Text.") + b"<title>&x;</title>" + FOOT
    with pytest.raises(SourceError, match="declares entities that could fill the memory"):
        read(prolog + body, "site.xml")


def test_xinclude_is_inert() -> None:
    inside = b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'
    (article,) = exported(item(content__encoded="Text.").replace(b"<title><![CDATA[Rain]]>", b"<title>Rain" + inside))
    assert lines(article) == ["Text."]
    assert isinstance(article, Article)
    assert article.title == "Rain"


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("id", "link", "title", "content", "excerpt", "date", "date_gmt", "status", "slug", "_embedded", "_links")
FIELDS += ("yoast_head_json", "meta", "password", "modified_gmt")


@given(st.dictionaries(st.sampled_from(FIELDS), JUNK))
def test_whatever_a_post_holds(fields: dict[str, Any]) -> None:
    try:
        read(fields)
    except SourceError:
        return


BITS = ["[a]", "[/a]", "[caption", " x='1'", "]", "[[", "<!--", "-->", "<!-- wp:x ", "/-->", "<p>", "</p>", "<", ">"]
MARKUP = st.lists(st.sampled_from([*BITS, "\n\n", "rain", "\x00"]) | st.text(max_size=5)).map("".join)


@given(MARKUP, st.text(max_size=20))
def test_whatever_an_export_holds(content: str, value: str) -> None:
    try:
        exported(item(content__encoded=content.replace("]]>", ""), link=value, wp__post_date_gmt=value, title=value))
    except SourceError:
        return


def test_texts_for_members_are_not_public() -> None:
    (article,) = exported(item(content__encoded="One.\n\n[members_only]Two.[/members_only]"))
    assert isinstance(article, Article)
    assert article.visibility == "members"
    assert [block.kind for block in article.blocks] == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


if __name__ == "__main__":  # write what is read now; look at every difference before keeping it
    for path in (SAMPLES / "wordpress-export.xml", SAMPLES / "wordpress-post.json"):
        (EXPECTED / f"{path.name}.expected").write_text(told(path), "utf-8")
