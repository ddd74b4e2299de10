"""Posts whose HTML is missing are rendered from what Ghost's editors hold."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articleaudio.read.ghost import lexical, mobiledoc
from articleaudio.read.ghost.cards import card
from articleaudio.read.html.reader import read_body


def text(words: str, bits: int = 0) -> dict[str, Any]:
    return {"type": "extended-text", "text": words, "format": bits}


def node(kind: str, *children: object, **fields: object) -> dict[str, Any]:
    return {
        "type": kind,
        "children": [text(child) if isinstance(child, str) else child for child in children],
        **fields,
    }


def lexed(*children: object) -> str:
    return lexical.body({"root": node("root", *children)}).html


@pytest.mark.parametrize(
    ("children", "html"),
    [
        ([node("paragraph", "a < b ", text("c", 3))], "<p>a &lt; b <em><strong>c</strong></em></p>"),
        ([node("paragraph", text("no", 4), {"type": "linebreak"}, "x", {"type": "tab"})], "<p><s>no</s><br>x </p>"),
        ([node("extended-heading", "Head", tag="h3")], "<h3>Head</h3>"),
        ([node("heading", "Head", tag="script")], "<h2>Head</h2>"),
        ([node("extended-quote", "q"), node("aside", "a")], "<blockquote>q</blockquote><blockquote>a</blockquote>"),
        (
            [node("list", node("listitem", "one"), node("listitem", node("list", node("listitem", "two"))), tag="ol")],
            "<ol><li>one</li><li><ul><li>two</li></ul></li></ol>",
        ),
        ([node("paragraph", node("link", "x", url='/a"b'))], '<p><a href="/a&quot;b">x</a></p>'),
        ([node("something-new", "kept")], "<div>kept</div>"),
        ([{"type": "horizontalrule"}, {"type": "paywall"}], "<hr><!--members-only-->"),
        ([{"type": "image", "src": "x", "caption": "<b>c</b>"}], None),
    ],
)
def test_lexical(children: list[object], html: str | None) -> None:
    if html is None:
        html = '<figure class="kg-card kg-image-card"><figcaption><b>c</b></figcaption></figure>'
    assert lexed(*children) == html


def test_an_unknown_card_goes_to_the_ledger_with_its_words() -> None:
    odd = {
        "type": "poll",
        "version": 1,
        "question": "Is it <b>wet</b>?",
        "answers": [{"label": "Yes"}, {"label": "No"}],
    }
    body = lexical.body({"root": node("root", {**odd, "color": "#ff0000", "url": "https://example.org/poll"})})
    assert body.html == ""
    assert [(piece.text, piece.reason) for piece in body.dropped] == [("poll: Is it wet? Yes No", "card")]


CARDS = [
    ({"type": "callout", "calloutEmoji": "!", "calloutText": "The <b>ferry</b> runs."}, ["The ferry runs."], []),
    ({"type": "toggle", "heading": "Why?", "content": "<p>It rusts.</p>"}, ["Why?", "It rusts."], []),
    (
        {"type": "header", "header": "Crossing", "subheader": "It is long.", "buttonText": "Book"},
        ["Crossing", "It is long."],
        ["promo"],
    ),
    ({"type": "markdown", "markdown": "## Head\n\nIt *rains*."}, ["Head", "It rains."], []),
    ({"type": "html", "html": "<p>It is 40 feet wide.</p>"}, ["It is 40 feet wide."], []),
    ({"type": "bookmark", "metadata": {"title": "T & Co", "author": "A"}, "caption": "c"}, [], ["related"] * 3),
    ({"type": "call-to-action", "textValue": "<p>Join</p>", "buttonText": "Now"}, [], ["plea"] * 2),
    ({"type": "signup", "header": "News", "disclaimer": "No spam."}, [], ["signup"] * 2),
    ({"type": "product", "productTitle": "Hat", "productDescription": "<p>Warm</p>"}, [], ["promo"] * 2),
    ({"type": "button", "buttonText": "Press"}, [], ["promo"]),
    ({"type": "file", "fileTitle": "Plan", "fileName": "plan.pdf"}, [], ["promo"] * 2),
    ({"type": "audio", "title": "Listen"}, [], ["player"]),
    ({"type": "video", "caption": "Film"}, [], ["player"]),
    ({"type": "gallery", "images": [{"src": "x"}], "caption": "Pictures"}, [], ["gallery"]),
    ({"type": "embed", "html": "<iframe></iframe>", "caption": "Map"}, [], ["embed"]),
    ({"type": "code", "code": "a < b", "caption": "A line"}, [], ["code", "caption"]),
    ({"type": "email", "html": "<p>Hi {first_name}</p>"}, [], ["hidden"]),
    ({"type": "email-cta", "html": "<p>Hi</p>", "buttonText": "Join"}, [], ["hidden"] * 2),
    ({"type": "collection", "header": "Latest"}, [], ["feed"]),
    ({"type": "transistor"}, [], []),
    ({"type": "paywall-v2", "webHeading": "Read on", "webTextValue": "<p>Join us</p>"}, [], ["plea"] * 2),
    ({"type": "html", "html": "<p>By mail.</p>", "visibility": {"emailOnly": True}}, [], ["hidden"]),
    ({"type": "html", "html": "<p>By mail.</p>", "visibility": {"showOnWeb": False}}, [], ["hidden"]),
    (
        {"type": "html", "html": "<p>Nobody.</p>", "visibility": {"web": {"nonMember": False, "memberSegment": ""}}},
        [],
        ["hidden"],
    ),
]


@pytest.mark.parametrize(
    ("fields", "spoken", "reasons"), CARDS, ids=lambda value: value.get("type") if isinstance(value, dict) else ""
)
def test_cards_are_judged_as_on_a_page(fields: dict[str, Any], spoken: list[str], reasons: list[str]) -> None:
    around = "<p>The council met on Tuesday to talk about the bridge for a long time.</p>"
    after = "<p>The mayor said on Friday that work on the road would soon begin.</p>"
    made = card(fields["type"], fields)
    body = read_body(around + made.html + after)
    assert not made.dropped
    assert [block.text for block in body.blocks[1:-1]] == spoken
    assert [piece.reason for piece in body.dropped if piece.text != "!"] == reasons


def test_a_card_for_some_is_marked() -> None:
    html = card(
        "html", {"html": "x", "visibility": {"web": {"nonMember": False, "memberSegment": 'status:free"-->'}}}
    ).html
    assert (
        html
        == '<!--kg-gated-block:begin nonMember:false memberSegment:"status:free--" -->\nx\n<!--kg-gated-block:end-->'
    )


def test_mobiledoc() -> None:
    document = {
        "atoms": [["soft-return", "", {}], ["mention", "@ida", {}]],
        "cards": [
            ["image", {"caption": "c"}],
            ["hr", {}],
            ["card-markdown", {"markdown": "*m*"}],
            ["odd", {"note": "Odd words"}],
        ],
        "markups": [["em"], ["a", ["href", "/x", "rel", "y"]], ["script"]],
        "sections": [
            [1, "h2", [[0, [], 0, "Head"]]],
            [
                1,
                "p",
                [[0, [0], 0, "a"], [0, [1], 1, "b"], [0, [], 1, "c"], [1, [], 0, 0], [1, [], 0, 1], [0, [2], 1, "<"]],
            ],
            [3, "ol", [[[0, [], 0, "one"]], [[0, [0], 0, "two"]]]],
            [10, 0],
            [10, 1],
            [10, 2],
            [10, 3],
            [1, "aside", [[0, [], 0, "q"]]],
            [2, "picture.jpg"],
        ],
    }
    body = mobiledoc.body(document)
    assert body.html == (
        '<h2>Head</h2><p><em>a<a href="/x">b</a>c</em><br>@ida<span>&lt;</span></p>'
        "<ol><li>one</li><li><em>two</em></li></ol>"
        '<figure class="kg-card kg-image-card"><figcaption>c</figcaption></figure><hr><p><em>m</em></p>\n'
        "<blockquote>q</blockquote>"
    )
    assert [(piece.text, piece.reason) for piece in body.dropped] == [("odd: Odd words", "card")]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 12)
    | st.text(max_size=5)
    | st.sampled_from(["p", "a", "html", "image"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["type", "children", "text"]), inner),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(JSON, max_size=4), JSON, JSON)
def test_any_document_renders(sections: list[object], markups: object, cards: object) -> None:
    mobiledoc.body({"sections": sections, "markups": markups, "atoms": cards, "cards": cards})
    lexical.body({"root": {"children": sections}})
    lexical.body({"root": markups})


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.text(
            st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\ufffc"),
            min_size=3,
            max_size=12,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_every_word_of_a_text_arrives(words: list[str]) -> None:
    html = lexed(*(node("paragraph", text(word, number * 3)) for number, word in enumerate(words)))
    body = read_body(f"<p>The council met on Tuesday to talk about it.</p>{html}")
    arrived = " ".join([block.text for block in body.blocks] + [piece.text for piece in body.dropped])
    assert all(unicodedata.normalize("NFC", word) in arrived for word in words)
