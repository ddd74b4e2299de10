"""Ghost's JSON in all its shapes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articleaudio.errors import NoArticleError, SourceError
from articleaudio.model import Article, Dropped, Failure
from articleaudio.plain import dump
from articleaudio.read import Reader, Source, read_articles, read_one, registry
from articleaudio.read.ghost import READER
from articleaudio.testing import ReaderContract

SAMPLES = Path(__file__).parents[2] / "samples"
KEY = "66c9f2a4d1e8b70001a3c5f1"
UUID = "0b6c1d0e-8a52-4f0e-9d53-6a1f2f0c7b11"
TEXT = "<p>It rained all day in the town.</p>"
POST: dict[str, Any] = {"id": KEY, "uuid": UUID, "title": "Rain", "slug": "rain", "html": TEXT, "status": "published"}
POST |= {"visibility": "public", "url": "https://example.org/rain/"}


def source_of(value: object, name: str = "rain.json") -> Source:
    return Source(name=name, data=json.dumps(value).encode(), relative=name)


def one(**fields: object) -> Article:
    return read_one(source_of({"posts": [{**POST, **fields}]}))


class TestGhost(ReaderContract):
    reader: ClassVar[Reader] = READER
    sources: ClassVar[tuple[bytes, ...]] = (
        (SAMPLES / "ghost-post.json").read_bytes(),
        (SAMPLES / "ghost-export.json").read_bytes(),
        json.dumps({"post": {"current": POST, "previous": {"title": "Sun"}}}).encode(),
    )


@pytest.mark.parametrize(
    "value",
    [
        {"posts": [POST], "meta": {"pagination": {}}},
        {"pages": [POST]},
        {"post": {"current": POST, "previous": {}}, "event": "post.published"},
        {"page": {"current": POST, "previous": {}}},
        {"post": POST},
        POST,
    ],
    ids=["list", "pages", "webhook", "page webhook", "wrapped", "bare"],
)
def test_every_shape_gives_the_same_post(value: object) -> None:
    article = read_one(source_of(value))
    assert article.aliases == (f"cms:ghost:{KEY}", "url:https://example.org/rain", f"id:{UUID}")
    assert (article.title, article.slug, article.source) == ("Rain", "rain", "rain.json")
    assert [block.text for block in article.blocks] == ["It rained all day in the town."]


def test_many_posts() -> None:
    other = {**POST, "id": "66c9f2a4d1e8b70001a3c5f2", "uuid": "x", "slug": "snow", "url": None}
    for value in ([POST, other], {"posts": [POST, other]}):
        first, second = read_articles(source_of(value))
        assert isinstance(first, Article)
        assert isinstance(second, Article)
        assert (first.source, second.source) == ("rain.json#rain", "rain.json#snow")
        assert not [alias for alias in (*first.aliases, *second.aliases) if alias.startswith("path:")]


def test_the_facts_of_a_post() -> None:
    article = one(
        title="Q&A: is 3 < 4 & <b> a tag?",
        custom_excerpt="All of it & more",
        excerpt="It rained",
        published_at="2026-08-25T05:30:00.000+00:00",
        updated_at="2026-08-26T05:30:00.000Z",
        authors=[{"name": "Jane Roe", "email": "jane@example.org"}, {"name": "John Doe, Staff <j@example.org>"}],
        tags=[{"name": "#internal"}, {"name": "Weather"}],
        feature_image="https://example.org/rain.jpg",
        feature_image_caption="<em>Rain</em>, by Ida Berg",
        canonical_url="https://example.com/first/",
    )
    assert article.title == "Q&A: is 3 < 4 & <b> a tag?"
    assert article.dek == "All of it & more"
    assert article.published == datetime(2026, 8, 25, 5, 30, tzinfo=UTC)
    assert article.updated == datetime(2026, 8, 26, 5, 30, tzinfo=UTC)
    assert article.authors == ("Jane Roe", "John Doe")
    assert "@" not in dump(article)
    assert (article.section, article.image) == ("Weather", "https://example.org/rain.jpg")
    assert article.url == "https://example.com/first/"
    assert article.dropped == (Dropped("Rain, by Ida Berg", "caption"),)


@pytest.mark.parametrize(
    ("fields", "status", "visibility", "cut"),
    [
        ({}, "published", "public", ""),
        ({"status": None, "visibility": None}, "published", "public", ""),
        ({"status": "draft"}, "draft", "public", ""),
        ({"status": "scheduled"}, "scheduled", "public", ""),
        ({"visibility": "members"}, "published", "members", ""),
        ({"visibility": "paid"}, "published", "paid", ""),
        ({"visibility": "tiers"}, "published", "paid", ""),
        ({"visibility": "something new"}, "published", "paid", ""),
        ({"visibility": "paid", "access": False}, "published", "paid", "a paywall cuts it off"),
        ({"access": True}, "published", "public", ""),
        ({"status": "sent"}, "published", "members", ""),
        ({"status": "sent", "visibility": "paid"}, "published", "paid", ""),
        ({"email_only": 1}, "published", "members", ""),
        ({"status": "draft", "email_only": True}, "draft", "public", ""),
        ({"type": "page"}, "published", "public", ""),
    ],
)
def test_who_may_hear_it(fields: dict[str, object], status: str, visibility: str, cut: str) -> None:
    article = one(**fields)
    assert (article.status, article.visibility, article.cut) == (status, visibility, cut)


@pytest.mark.parametrize("body", [{"current": {}, "previous": {"title": "Rain"}}, {"previous": {"title": "Rain"}}])
def test_a_deleted_post_is_told(body: object) -> None:
    with pytest.raises(NoArticleError, match=r"no article in rain\.json: it tells that “Rain” was deleted") as caught:
        list(read_articles(source_of({"post": body})))
    assert "withdraw" in caught.value.hint


def test_old_ids_do_not_tell_sites_apart() -> None:
    assert one(id="7", url=None).aliases[0] == f"cms:ghost:{UUID}"
    assert one(id=7, uuid=None, url=None).aliases[0] == "cms:ghost:7"


WALLED = TEXT + "<!--members-only--><p>The dam broke.</p><figure><figcaption>The dam</figcaption></figure>"
GATED = (
    TEXT
    + '<!--kg-gated-block:begin nonMember:false memberSegment:"status:free,status:-free" --><p>Hello member.</p>'
    + '<!--kg-gated-block:end--><!--kg-gated-block:begin nonMember:true memberSegment:"" --><p>Hello visitor.</p>'
    + "<!--kg-gated-block:end-->"
)


def test_the_part_below_the_paywall_of_a_public_post_is_for_members() -> None:
    article = one(html=WALLED)
    assert [block.text for block in article.blocks] == ["It rained all day in the town."]
    assert article.dropped == (Dropped("The dam broke.", "members"), Dropped("The dam", "members"))
    assert [block.text for block in one(html=WALLED, visibility="paid").blocks][1:] == ["The dam broke."]


def test_gated_blocks() -> None:
    public, paid = one(html=GATED), one(html=GATED, visibility="members")
    assert [block.text for block in public.blocks[1:]] == ["Hello visitor."]
    assert public.dropped == (Dropped("Hello member.", "members"),)
    assert [block.text for block in paid.blocks[1:]] == ["Hello member."]
    assert paid.dropped == (Dropped("Hello visitor.", "members"),)


def test_gates_that_are_never_closed_or_say_nothing() -> None:
    begin, end = "<!--kg-gated-block:begin nonMember:false -->", "<!--kg-gated-block:end-->"
    assert len(one(html=TEXT + begin + "<p>Open end.</p>").blocks) == 2
    assert [piece.reason for piece in one(html=f"{TEXT}<!--kg-gated-block:begin x:y --><p>No.</p>{end}").dropped] == [
        "members"
    ]
    nested = one(html=f"{TEXT}{begin}<p>Outer.</p>{begin}<p>Inner.</p>{end}<p>It snowed.</p>")
    assert [block.text for block in nested.blocks][1:] == ["It snowed."]
    assert len(one(html=TEXT + begin * 50_000).blocks) == 1


def test_an_export_is_joined() -> None:
    found = list(read_articles(Source("export.json", path=SAMPLES / "ghost-export.json", relative="export.json")))
    assert all(isinstance(item, Article) for item in found)
    light, quay, harbor, news = (item for item in found if isinstance(item, Article))
    assert light.authors == ("Ida Berg", "Tomas Reyes-Lind")
    assert (light.section, light.site, light.language) == ("Coast", "The Meridian Daily", "en")
    assert light.blocks[-1].text.startswith("Correction, July 15, 2026:")
    assert Dropped("The tower at noon. Photo: Ida Berg", "caption") == light.dropped[0]
    assert not [word for word in ("GHOST_URL", "@") if word in dump(light)]
    assert [(item.status, item.visibility) for item in (quay, harbor, news)] == [
        ("draft", "public"),
        ("published", "paid"),
        ("published", "members"),
    ]
    assert quay.blocks[0].text == "A draft about the old quay, begun in 2019 and never finished."
    assert len(harbor.blocks) == 2


def test_one_broken_post_does_not_take_the_export_along() -> None:
    broken = {**POST, "html": None, "lexical": '{"root":', "slug": "broken"}
    failure, article = read_articles(source_of({"db": [{"data": {"posts": [broken, POST]}}]}))
    assert isinstance(failure, Failure)
    assert failure.source == "rain.json#broken"
    assert "the lexical of a post in rain.json is not valid JSON" in failure.message
    assert isinstance(article, Article)


def test_old_markdown_and_plain_text() -> None:
    assert [block.text for block in one(html=None, markdown="# Head\n\nIt *rained*.").blocks] == ["Head", "It rained."]
    plain = one(html=None, plaintext="It rained & poured.\n\nThen it stopped.")
    assert [block.text for block in plain.blocks] == ["It rained & poured.", "Then it stopped."]


PICKED = [
    ({"meta": {}, "posts": []}, "ghost"),
    ({"posts": [{"html": "<p>" + "x" * 100_000, "title": "late"}]}, "ghost"),
    ([{"slug": "a", "mobiledoc": "{}"}], "ghost"),
    ({"title": "a", "html": "<p>b</p>"}, "ghost"),
    ({"db": [{"meta": {"version": "5"}, "data": {"actions": [{"x": 1}] * 9000}}]}, "ghost"),
    ({"data": {"posts": []}, "meta": {"exported_on": 1}}, "ghost"),
    ({"post": {"previous": {}, "current": {}}}, "ghost"),
    ({"version": "https://jsonfeed.org/version/1.1", "items": [{"content_html": "x"}]}, "jsonfeed"),
    ({"items": [{"content_text": "x" * 100_000}], "version": "https://jsonfeed.org/version/1"}, "jsonfeed"),
    ({"blocks": [], "title": "x"}, "article"),
]


@pytest.mark.parametrize(("value", "name"), PICKED)
@pytest.mark.parametrize("indent", [None, 2])
def test_is_picked_by_its_first_keys(value: object, name: str, indent: int | None) -> None:
    head = json.dumps(value, indent=indent).encode()[: registry.SNIFF]
    assert registry.pick(Source("x.json"), head).name == name
    assert registry.pick(Source("-"), head).name == name


@pytest.mark.parametrize(
    "value",
    [
        [{"id": 1, "title": {"rendered": "x"}, "content": {"rendered": "<p>x</p>"}, "slug": "x"}],
        {"id": 1, "title": {"rendered": "x"}, "content": {"rendered": "<p>x</p>"}},
        {"posts": [{"ID": 1, "content": "x"}]},
        {"name": "package"},
        {"data": [1]},
        "posts",
        [],
    ],
)
def test_others_are_left_alone(value: object) -> None:
    assert not READER.accepts("x.json", json.dumps(value).encode())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["<p>x</p>", "<html>", "{}"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = sorted(
    {*POST, "authors", "tags", "primary_tag", "lexical", "mobiledoc", "plaintext", "published_at", "access"}
)
RECORD = st.dictionaries(st.sampled_from([*FIELDS, "email_only", "markdown", "feature_image_caption"]), JSON)
TABLES = ("posts", "users", "tags", "settings", "posts_meta", "posts_authors", "posts_tags")


@settings(max_examples=120, deadline=None)
@given(RECORD, JSON, st.dictionaries(st.sampled_from(TABLES), st.lists(RECORD, max_size=2) | JSON))
def test_nothing_but_a_source_error_comes_of_any_json(
    record: dict[str, object], odd: object, tables: dict[str, object]
) -> None:
    shapes: list[object] = [{"posts": [record, odd]}, {"posts": odd}, {"post": {"current": record}}, {"post": odd}]
    shapes += [{"db": [{"data": {**tables, "posts": [record]}}, odd]}, {"db": odd}, [record, odd], record, odd]
    for shape in shapes:
        try:
            items = list(READER.read(Source("x.json"), json.dumps(shape)))
        except SourceError:
            continue
        assert all(isinstance(item, Article | Failure) for item in items)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"posts": ' + "9" * 5000 + "}", '{"posts": [', '{"posts": []} x', '{"posts": "\ud800"']
)
def test_broken_json_is_a_clear_error(text: str) -> None:
    with pytest.raises(SourceError, match=r"^x\.json ") as caught:
        list(READER.read(Source("x.json"), text))
    assert caught.value.hint


def test_keys_that_stand_twice_and_numbers_that_are_none_do_no_harm() -> None:
    text = '{"posts": [{"title": "a", "title": "Rain \\ud800", "html": "<p>It rained.</p>", "reading_time": NaN}]}'
    (article,) = READER.read(Source("x.json"), text)
    assert isinstance(article, Article)
    assert article.title == "Rain"
