"""Articles in our own form: what is printed reads back, and mistakes are told with their place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articleaudio.errors import SourceError
from articleaudio.model import Article, Block, BlockKind, Dropped, Failure, Mark, MarkKind
from articleaudio.plain import dump, plain
from articleaudio.read import Reader, Source, read_articles, read_one, registry, schema
from articleaudio.read.article_json import READER
from articleaudio.read.rich import clean
from articleaudio.testing import ReaderContract

from .golden import PAGES, read

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "article.schema.json").read_text("utf-8"))
VALID = jsonschema.Draft202012Validator(SCHEMA)
SMALL: Mapping[str, Any] = {
    "title": "Rain",
    "blocks": [{"kind": "paragraph", "text": "It rained all day in the town."}],
}


def source_of(value: object, name: str = "rain.json") -> Source:
    return Source(name=name, data=json.dumps(value).encode(), relative=name)


class TestArticle(ReaderContract):
    reader: ClassVar[Reader] = READER
    sources: ClassVar[tuple[bytes, ...]] = (
        json.dumps(SMALL).encode(),
        b'[{"blocks": [{"text": " It  rained. ", "kind": "note"}, {"kind": "quote", "text": "No."}], "title": "R"}]',
        dump(read(PAGES / "ghost-cards.html"), indent=2).encode(),
    )


WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).map(clean).filter(bool)
ANY = st.text(st.characters(codec="utf-8"), max_size=20)
ADDRESS = ANY.map(lambda text: f"https://example.org/{text}")
ZONES = st.none() | st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENT = st.none() | st.datetimes(timezones=ZONES)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    kind = draw(st.sampled_from(BlockKind))
    text = draw(WORDS)
    marks = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text) - 1))
        mark = draw(st.sampled_from(MarkKind))
        value = draw(ADDRESS if mark is MarkKind.LINK else ANY)
        marks.append(Mark(mark, start, draw(st.integers(start + 1, len(text))), value))
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    level = draw(st.integers(1, 6)) if kind is BlockKind.HEADING else 0
    return Block(kind, text, level, draw(ANY), tuple(marks))


def notes_last(body: list[Block]) -> tuple[Block, ...]:
    return tuple(sorted(body, key=lambda block: block.kind is BlockKind.NOTE))


ARTICLES = st.builds(
    Article,
    id=st.uuids().map(str),
    aliases=st.lists(WORDS, min_size=1, max_size=3).map(tuple),
    title=WORDS,
    language=st.sampled_from(["en", "en-gb", "uk", "zh-hant-tw"]),
    blocks=st.lists(blocks(), max_size=5).map(notes_last),
    dropped=st.lists(st.builds(Dropped, WORDS, WORDS, st.none() | st.integers(0, 9)), max_size=3).map(tuple),
    dek=ANY,
    authors=st.lists(WORDS, max_size=3).map(tuple),
    published=MOMENT,
    updated=MOMENT,
    url=ADDRESS | st.just(""),
    site=ANY,
    section=ANY,
    image=ADDRESS | st.just(""),
    status=WORDS,
    visibility=st.sampled_from(["public", "members", "paid", "password"]),
    source=ANY,
    slug=ANY,
    cut=ANY,
)


@settings(max_examples=150, deadline=None)
@given(ARTICLES)
def test_every_article_reads_back_as_it_was(article: Article) -> None:
    text = dump(article)
    VALID.validate(json.loads(text))
    (found,) = READER.read(Source(name="x.json", relative="x.json"), text)
    assert found == article


def test_the_schema_and_the_reader_know_every_field() -> None:
    assert set(SCHEMA["properties"]) == set(Article.__dataclass_fields__) == set(schema._ARTICLE)
    assert set(SCHEMA["$defs"]["block"]["properties"]) == set(Block.__dataclass_fields__) == set(schema._BLOCK)
    assert set(SCHEMA["$defs"]["mark"]["properties"]) == set(Mark.__dataclass_fields__) == set(schema._MARK)
    assert set(SCHEMA["$defs"]["dropped"]["properties"]) == set(Dropped.__dataclass_fields__) == set(schema._DROPPED)
    assert all(field.get("description") for field in SCHEMA["properties"].values())
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.html"))[::7], ids=lambda page: page.stem)
def test_pages_read_back(page: Path) -> None:
    article = read(page)
    VALID.validate(plain(article))
    assert read_one(source_of(plain(article))) == article


def test_many_at_once() -> None:
    one = {**SMALL, "id": "6a0f1c9e-0000-4000-8000-000000000001"}
    other = {**SMALL, "title": "Snow", "slug": "snow"}
    lines = f"{json.dumps(one)}\n{json.dumps(other)}\n"
    pretty = f"{json.dumps(one, indent=2)}\n{json.dumps(other, indent=2)}\n"
    listed = json.dumps([one, other])
    found = [
        [
            (article.title, article.source, article.aliases)
            for article in read_articles(Source("a.json", data=data.encode()))
        ]
        for data in (lines, pretty, listed)
    ]
    assert found[0] == found[1] == found[2]
    assert [source for _, source, _ in found[0]] == ["a.json#1", "a.json#snow"]


def test_one_broken_of_many_is_a_failure() -> None:
    first, second = read_articles(source_of([{**SMALL, "titel": "x"}, SMALL]))
    assert isinstance(first, Failure)
    assert "$[0].titel is no field" in first.message
    assert first.hint == "did you mean `title`?"
    assert isinstance(second, Article)


def test_what_is_left_out_is_derived() -> None:
    article = read_one(source_of({**SMALL, "url": "https://example.org/rain/"}))
    assert article.aliases == ("url:https://example.org/rain", "path:rain.json")
    assert UUID(article.id).version == 5
    assert (article.language, article.source, article.status) == ("en", "rain.json", "published")


def test_ids() -> None:
    own = "6a0f1c9e-0000-4000-8000-000000000001"
    assert read_one(source_of({**SMALL, "id": own})).id == own
    named = read_one(source_of({**SMALL, "id": "desk-17"}))
    assert named.aliases == ("id:desk-17", "path:rain.json")
    assert named.id != "desk-17"


def test_text_is_tidied_and_marks_stay_on_their_words() -> None:
    block = {
        "kind": "paragraph",
        "text": "  It\n rained  all day. ",
        "marks": [{"kind": "emphasis", "start": 5, "end": 13}],
    }
    article = read_one(source_of({"title": " Rain ", "blocks": [block]}))
    (found,) = article.blocks
    assert found.text == "It rained all day."
    assert [found.text[mark.start : mark.end] for mark in found.marks] == ["rained"]


def test_dates() -> None:
    article = read_one(source_of({**SMALL, "published": "2026-02-04T08:20:41Z", "updated": "2026-02-05"}))
    assert article.published == datetime(2026, 2, 4, 8, 20, 41, tzinfo=UTC)
    assert article.updated == datetime(2026, 2, 5)  # noqa: DTZ001 -- the source names no zone


def block(**fields: object) -> dict[str, object]:
    return {"title": "Rain", "blocks": [{"kind": "paragraph", "text": "It rained.", **fields}]}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"title": "Rain", "status": "published"}, r"\$\.blocks is missing"),
        ({"blocks": []}, r"\$\.title is missing"),
        ({**SMALL, "title": 5}, r"\$\.title is a number; text is wanted"),
        ({**SMALL, "title": " "}, r"\$\.title is empty"),
        ({**SMALL, "titles": "x"}, r"\$\.titles is no field"),
        ({**SMALL, "authors": "Jane Roe"}, r"\$\.authors is text; a list is wanted"),
        ({**SMALL, "authors": ["Jane Roe", None]}, r"\$\.authors\[1\] is null; text is wanted"),
        ({**SMALL, "published": "soon"}, r"\$\.published is no date: soon"),
        ({**SMALL, "published": True}, r"\$\.published is true or false; text is wanted"),
        ({**SMALL, "language": "English language"}, r"\$\.language is no language tag"),
        ({**SMALL, "visibility": "everybody"}, r"\$\.visibility is `everybody`"),
        ({**SMALL, "url": "javascript:alert(1)"}, r"\$\.url is no address of the web"),
        ({**SMALL, "image": " data:image/png;base64,"}, r"\$\.image is no address of the web"),
        ({**SMALL, "blocks": {}}, r"\$\.blocks is an object; a list is wanted"),
        ({**SMALL, "blocks": ["It rained."]}, r"\$\.blocks\[0\] is text; an object is wanted"),
        (block(kind="para"), r"\$\.blocks\[0\]\.kind is `para`"),
        (block(text=""), r"\$\.blocks\[0\]\.text is empty"),
        (block(level=2), r"\$\.blocks\[0\]\.level is 2"),
        (block(kind="heading", level=0), r"\$\.blocks\[0\]\.level is 0"),
        (block(kind="heading", level=7), r"\$\.blocks\[0\]\.level is 7"),
        (block(level=True), r"\$\.blocks\[0\]\.level is true or false"),
        (block(marks=[{"kind": "link", "start": 0}]), r"\$\.blocks\[0\]\.marks\[0\]\.end is missing"),
        (block(marks=[{"kind": "link", "start": -1, "end": 2}]), r"\$\.blocks\[0\]\.marks\[0\]\.start is a number"),
        ({**SMALL, "dropped": [{"text": "x"}]}, r"\$\.dropped\[0\]\.reason is missing"),
        ({**SMALL, "dropped": [{"text": "x", "reason": "meta", "before": "1"}]}, r"\$\.dropped\[0\]\.before is text"),
    ],
)
def test_mistakes_are_told_with_their_place_by_schema_and_reader(value: dict[str, object], message: str) -> None:
    assert not VALID.is_valid(value)
    with pytest.raises(SourceError, match=message) as caught:
        list(READER.read(source_of(value), json.dumps(value)))
    assert caught.value.message.startswith("rain.json: ")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("marks", "message"),
    [
        ([{"kind": "emphasis", "start": 3, "end": 30}], "reach from 3 to 30 in 10 characters"),
        ([{"kind": "emphasis", "start": 3, "end": 3}], "reach from 3 to 3"),
        ([{"kind": "link", "start": 0, "end": 3, "value": "javascript:x"}], "is no address of the web"),
    ],
)
def test_marks_that_no_schema_can_judge(marks: list[object], message: str) -> None:
    with pytest.raises(SourceError, match=message):
        list(READER.read(source_of(block(marks=marks)), json.dumps(block(marks=marks))))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"title": "a", "title": "b", "blocks": []}', "the key “title” stands twice"),
        ('{"title": "a", "blocks": [', "is not valid JSON: Expecting value, line 1, column 27"),
        ('{"title": NaN, "blocks": []}', r"\$\.title is null"),
        ('{"title": "a", "blocks": ' + "9" * 5000 + "}", "a number in it has thousands of digits"),
        ('{"title": "a", "blocks": ' + "[" * 100_000, "nests its JSON more than 150 deep"),
        ('{"title": "a", "blocks": ' + "[" * 200 + "]" * 200 + "}", "nests its JSON more than 150 deep"),
        ("5", r"\$ is a number; an object is wanted"),
    ],
)
def test_broken_json(text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        list(READER.read(Source("rain.json", data=text.encode()), text))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(Article.__dataclass_fields__)), JSON), JSON)
def test_nothing_but_a_source_error_comes_of_any_json(fields: dict[str, object], one: object) -> None:
    value = {**SMALL, **fields, "blocks": [{"kind": "paragraph", "text": one, "marks": one}, one]}
    for tried in (value, {**SMALL, **fields}):
        try:
            items = list(READER.read(Source("x.json"), json.dumps(tried)))
        except SourceError:
            continue
        assert all(isinstance(item, Article) for item in items)


@pytest.mark.parametrize(
    "head",
    [
        b'{"title": "Rain", "blocks": []}',
        b'  [\n {"dropped": [], "title": "Rain", "language": "en"',
        b'\xef\xbb\xbf{"title":"Rain"}',
        '{"blocks": ['.encode("utf-16"),
    ],
)
def test_is_picked_for_its_own(head: bytes) -> None:
    assert registry.pick(Source("x.json"), head).name == "article"
    assert registry.pick(Source("-"), head).name == "article"


def test_a_json_file_of_no_known_kind_is_refused_with_what_can_be_read() -> None:
    with pytest.raises(SourceError, match=r"is none of the \.json files that can be read") as caught:
        list(read_articles(source_of({"name": "package", "dependencies": {}})))
    assert "article" in caught.value.hint


def test_an_article_that_is_not_public_is_given_without_a_body() -> None:
    article = read_one(source_of({**SMALL, "blocks": [], "status": "draft"}))
    assert (article.status, article.blocks) == ("draft", ())
