"""The ledger is complete: every word of a page is spoken or left out with a reason, as often as it stands there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articleaudio.model import Article, Block, BlockKind, Dropped, SiteRule
from articleaudio.read import ledger
from articleaudio.read.html.data import table, words
from articleaudio.read.html.inline import whole_text
from articleaudio.read.html.page import body_of, parse
from articleaudio.read.html.reader import read_body, read_page
from articleaudio.read.reasons import REASONS
from articleaudio.read.rich import shorten
from articleaudio.read.source import Source

from .golden import PAGES

WORD = re.compile(r"w\d+x")
NEVER = set(words("elements", "never"))
VOID = {"br", "wbr", "hr", "img", "input", "link", "meta", "base", "source", "track", "area", "embed", "param", "col"}
INLINE = (
    "a abbr b bdo big cite code del em font i ins kbd label mark q s small span strike strong sub sup time tt u var"
)
ELEMENTS = sorted(
    (set(words("elements", "blocks")) | set(words("elements", "silent")) | set(INLINE.split()))
    - VOID
    - {"html", "body", "head", "frameset", "frame", "rt", "rp"}
)
CLASSES = sorted(
    {word for part in table("boxes").values() for rows in part.values() for word in rows if word.isalpha()}
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        "",
        " hidden",
        ' aria-hidden="true"',
        ' style="display:none"',
        ' href="https://a.example/b"',
        ' href="#x"',
        ' role="navigation"',
        ' role="presentation"',
        ' id="here"',
    ]
)


def trees() -> st.SearchStrategy[object]:
    """Trees of real elements: a leaf is a count of words, or an empty element."""
    leaf = st.integers(0, 3) | st.just("br")

    def node(children: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
        names = st.sampled_from(["", "", *CLASSES])
        return st.tuples(st.sampled_from(ELEMENTS), names, ATTRIBUTES, st.lists(children, max_size=5)) | tables(
            children
        )

    return st.recursive(leaf, node, max_leaves=25)


def tables(children: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Tables with as many cells as data have, and with what does not belong into tables."""

    def part(tag: str, inside: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
        return st.tuples(st.just(tag), st.just(""), ATTRIBUTES, st.lists(inside | children, min_size=3, max_size=4))

    return part("table", part("tr", part("td", children)) | part("caption", children))


def html_of(tree: object, count: list[int]) -> str:
    """A tree as HTML; every word on the page is another one."""
    if tree == "br":
        return "<br>"
    if isinstance(tree, int):
        count[0] += tree
        return " " + " ".join(f"w{number}x" for number in range(count[0] - tree, count[0])) + " "
    tag, name, attribute, children = tree  # type: ignore[misc]
    inner = "".join(html_of(child, count) for child in children)
    return f'<{tag} class="{name}"{attribute}>{inner}</{tag}>'


def told(blocks: tuple[Block, ...], dropped: tuple[Dropped, ...]) -> Counter[str]:
    return Counter(WORD.findall(" ".join([block.text for block in blocks] + [piece.text for piece in dropped])))


@contextmanager
def uncut() -> Iterator[None]:
    """Nothing in the ledger is cut short: a text area of markup may be longer than an entry."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("articleaudio.read.html.reader.shorten", lambda text: text)
        yield


def held(html: str) -> Counter[str]:
    """The words that the parsed page holds, but those in scripts, styles and templates."""
    return Counter(WORD.findall(whole_text(body_of(parse(html, "page")))))


@given(st.lists(trees(), max_size=4))
@settings(max_examples=150, deadline=None)
def test_every_word_of_a_body_is_told_once(parts: list[object]) -> None:
    count = [0]
    html = "".join(html_of(part, count) for part in parts)
    with uncut():
        body = read_body(html)
    assert told(body.blocks, body.dropped) == held(html) if html.strip() else body.blocks == ()
    assert {piece.reason for piece in body.dropped} <= set(REASONS)
    places = [piece.before for piece in body.dropped]
    assert places == sorted(places)
    assert all(0 <= place <= len(body.blocks) for place in places)


PROSE = "".join(f"<p>{'It rained on the harbour and the boats came home early. ' * 3}</p>" for _ in range(3))


@given(st.lists(trees(), max_size=3), st.lists(trees(), max_size=3))
@settings(max_examples=40, deadline=None)
def test_every_word_of_a_page_is_told_once(above: list[object], below: list[object]) -> None:
    count = [0]
    first, last = ("".join(html_of(part, count) for part in parts) for parts in (above, below))
    html = f"<html><body>{first}<article>{PROSE}</article>{last}</body></html>"
    with uncut():
        article = read_page(Source("page.html"), html)
    assert told(article.blocks, article.dropped) == held(html)


pages = pytest.mark.parametrize("page", sorted(PAGES.glob("*.html")), ids=lambda page: page.stem)
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−")


def whole(text: str, monkeypatch: pytest.MonkeyPatch) -> Article:
    """The article of a page, with nothing in its ledger cut short."""
    monkeypatch.setattr("articleaudio.read.html.reader.shorten", lambda text: text)
    return read_page(Source("page.html"), text)


@pages
def test_every_letter_of_the_golden_pages_is_told_once(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    html = page.read_text("utf-8")
    article = whole(html, monkeypatch)
    pieces = [*(block.text for block in article.blocks), *(piece.text for piece in article.dropped)]
    there, found = whole_text(body_of(parse(html, page.name))), " ".join(pieces).translate(RAISED)
    # Elements part words without a space between them: so letters are counted.
    assert Counter(re.findall(r"[\w−]", found)) == Counter(re.findall(r"[\w−]", there))


SELECTORS = st.lists(st.sampled_from([*ELEMENTS, *INLINE.split(), "td > *", "[hidden]"]), max_size=4).map(tuple)


@given(st.lists(trees(), max_size=4), SELECTORS, SELECTORS, SELECTORS, st.sampled_from(["", "div", "section", "td"]))
@settings(max_examples=100, deadline=None)
def test_every_word_is_told_once_whatever_a_house_rules(
    parts: list[object], keep: tuple[str, ...], drop: tuple[str, ...], note: tuple[str, ...], body: str
) -> None:
    count = [0]
    html = "<p>Seen.</p>" + "".join(html_of(part, count) for part in parts)
    read = read_body(html, "", (SiteRule("*", keep, drop, note, body),))
    assert told(read.blocks, read.dropped) == held(html)


def test_what_silent_elements_hold_is_told_but_scripts_are_no_text() -> None:
    body = read_body(
        "<p>Seen.<script>w1x</script><style>w2x</style><template>w3x</template></p><noscript>Turn it on.</noscript>"
        "<p>So <math><mi>x</mi></math> and <ruby>字<rt>zi</rt></ruby>.</p><svg><text>Map</text></svg>"
        "<select><option>Pick</option></select><iframe>Old browser</iframe>"
    )
    assert [block.text for block in body.blocks] == ["Seen.", "So and 字."]
    assert [(piece.reason, piece.text) for piece in body.dropped] == [
        ("hidden", "Turn it on."),
        ("formula", "x"),
        ("ruby", "zi"),
        ("embed", "Map"),
        ("form", "Pick"),
        ("embed", "Old browser"),
    ]


def test_a_piece_knows_before_which_block_it_stood() -> None:
    body = read_body(
        "<nav>Way</nav><p>One is here.</p><figure><figcaption>Two boats</figcaption></figure><p>Three is here.</p>"
        "<p>Correction: it was three.</p><p>Four is here.</p><aside>Five</aside>"
    )
    assert [block.text for block in body.blocks][-1] == "Correction: it was three."
    assert [(piece.text, piece.before) for piece in body.dropped] == [("Way", 0), ("Two boats", 1), ("Five", 3)]


def test_the_places_move_when_the_headline_is_taken_out() -> None:
    blocks = (Block(BlockKind.HEADING, "Head", 1), Block(BlockKind.PARAGRAPH, "Text."))
    dropped = (Dropped("a", "meta", 0), Dropped("b", "meta", 1), Dropped("c", "meta"), Dropped("d", "meta", 2))
    left, moved = ledger.opened(blocks, dropped)
    assert [block.text for block in left] == ["Text."]
    assert [(piece.text, piece.before) for piece in moved] == [
        ("a", 0),
        ("Head", 0),
        ("b", 0),
        ("c", None),
        ("d", 1),
    ]


def test_a_very_long_piece_is_cut_at_a_word_and_says_so() -> None:
    text = "word " * 300
    (piece,) = read_body(f"<p>Seen.</p><nav>{text}</nav>").dropped
    assert piece.text == shorten(text.strip())
    assert piece.text.endswith("word…")
    assert 590 < len(piece.text) <= 600


def test_a_drawing_may_nest_without_end() -> None:
    deep = "<g>" * 1500 + "deep" + "</g>" * 1500
    assert [piece.text for piece in read_body(f"<p>Seen.</p><svg>{deep}</svg>").dropped] == ["deep"]


@pytest.mark.parametrize(
    "tag", ["x-box", "ruby", "figure", "header", "h2", "div", "table", "td", "li", "q", "sup", "a"]
)
def test_nothing_is_lost_however_deep_it_lies(tag: str) -> None:
    body = read_body("<p>Seen.</p>" + f"<{tag}>" * 1500 + " w1x w2x ")
    assert told(body.blocks, body.dropped) == Counter(["w1x", "w2x"])
