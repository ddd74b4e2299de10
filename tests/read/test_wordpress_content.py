"""WordPress's stored texts: paragraphs by blank lines, shortcodes, block comments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.model import BlockKind
from articleaudio.read.html.page import body_of, parse
from articleaudio.read.html.reader import read_body
from articleaudio.read.wordpress.access import access_of
from articleaudio.read.wordpress.content import content_of
from articleaudio.read.wordpress.paragraphs import paragraphs
from articleaudio.read.wordpress.shortcodes import without_shortcodes


def spoken(raw: str) -> list[str]:
    return [block.text for block in read_body(content_of(raw).html).blocks]


def ledger(raw: str) -> list[tuple[str, str]]:
    content = content_of(raw)
    return [(piece.reason, piece.text) for piece in content.dropped + read_body(content.html).dropped]


# ── Paragraphs ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("one\ntwo", "<p>one<br />\ntwo</p>"),
        ("one<br>\ntwo<br/>\nthree", "<p>one<br />\ntwo<br />\nthree</p>"),
        ("one<br />\n<br />two", "<p>one</p>\n<p>two</p>"),
        ("one\r\n\r\ntwo", "<p>one</p>\n<p>two</p>"),
        ("  \n\n", ""),
        ("a<div>b</div>c", "<p>a</p>\n<div>\nb\n</div>\n<p>c</p>"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>"),
        ("a<hr />b", "<p>a</p>\n<hr />\n<p>b</p>"),
        ("<p>a\n\nb</p>", "<p>\na\n</p><p>\nb\n</p>"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "<ul>\n<li>\na\n</li>\n<li>\nb\n</li>\n</ul>"),
        ("x\n\n<pre>a\n\nb</pre>\n\ny", "<p>x</p>\n<pre>a\n\nb</pre>\n<p>y</p>"),
        ("<em>a</em>\n\n<strong>b</strong>", "<p><em>a</em></p>\n<p><strong>b</strong></p>"),
        ("one <a\nhref='x'>two</a>", "<p>one <a\nhref='x'>two</a></p>"),
        ("<script>\n\nlet a;\n</script>", "<p><script>\n\nlet a;\n</script></p>"),
        ("<h2>a\n\nb</h2>c", "<h2>\na b\n</h2>\n<p>c</p>"),
        ("</div>a</div>", "</div>\n<p>a</p>\n</div>"),
        ("<h2>a</h2>\nb\n<h3>c</h3>", "<h2>\na\n</h2>\n<p>b</p>\n<h3>\nc\n</h3>"),
    ],
)
def test_paragraphs(stored: str, shown: str) -> None:
    assert paragraphs(stored) == shown


@pytest.mark.parametrize("block", ["div", "section", "h4", "td", "li", "address", "aside", "details"])
def test_blocks_stand_for_themselves(block: str) -> None:
    assert "<p>" not in paragraphs(f"<{block}>foo</{block}>\n\n<{block} class='x'>\nfoo\n</{block}>")


@given(st.lists(st.sampled_from(["a", "bé", " ", "\n", "\n\n", "<b>", "</b>", "<div>", "</div>", "<br>", "<pre>"])))
def test_paragraphs_change_no_letter(parts: list[str]) -> None:
    stored = "".join(parts)
    letters = [letter for letter in read_letters(paragraphs(stored)) if letter.isalpha()]
    assert letters == [letter for letter in read_letters(stored) if letter.isalpha()]


def read_letters(html: str) -> str:
    return str(body_of(parse(f"<i></i>{html}", "x")).text_content())


@pytest.mark.parametrize(
    "stored",
    [
        "<script>" * 20_000,
        "<" * 200_000,
        "a" + " " * 200_000 + "b",
        '<a "' * 50_000,
        "\n " * 100_000 + "x",
        "x<br>\n" * 50_000,
    ],
    ids=["unclosed", "signs", "spaces", "quotes", "lines", "breaks"],
)
def test_long_texts_take_no_longer_than_they_are(stored: str) -> None:
    assert len(paragraphs(stored)) < 3 * len(stored) + 100


# ── Shortcodes ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_captions() -> None:
    raw = 'One.\n\n[caption id="a" width="9"]<a href="x"><img src="y" /></a> A dog. (Photo: [Ida])[/caption]\n\nTwo.'
    assert spoken(raw) == ["One.", "Two."]
    assert ledger(raw) == [("caption", "A dog. (Photo: [Ida])")]
    old = '[wp_caption caption="A dog."]<img src="y" />[/wp_caption]'
    assert ledger(old) == [("caption", "A dog.")]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ('[gallery ids="1,2"]', "gallery"),
        ("[gallery]", "gallery"),
        ("[embed]https://example.org/v[/embed]", "embed"),
        ('[video src="x.mp4"][/video]', "player"),
        ('[audio mp3="x.mp3"]', "player"),
        ('[button link="x"]Click[/button]', "form"),
        ("[contact-form-7 id=3]", "placeholder"),
        ("[my_slider]", "placeholder"),
        ("[slider /]", "placeholder"),
        ("[youtube https://example.org/v]", "placeholder"),
        ("[/stray]", "placeholder"),
    ],
)
def test_what_holds_no_text_is_in_the_ledger(raw: str, reason: str) -> None:
    assert spoken(f"One.\n\n{raw}\n\nTwo.") == ["One.", "Two."]
    assert [kind for kind, _ in ledger(f"One.\n\n{raw}\n\nTwo.")] == [reason]


def test_unknown_ones_go_and_their_text_stays() -> None:
    raw = 'It was [highlight color="red"]very[/highlight] wet.\n\n[box]\nOne.\n\nTwo.[/box]\n\n[b]Three[/b].'
    assert spoken(raw) == ["It was very wet.", "One.", "Two.", "Three."]
    assert ledger(raw) == [("placeholder", '[highlight color="red"]')]


def test_a_name_may_say_what_it_encloses() -> None:
    raw = (
        "The river rose for nine days and then it fell.\n\n[pullquote]The river rose for nine days[/pullquote]\n\nOne."
    )
    assert spoken(raw) == ["The river rose for nine days and then it fell.", "One."]
    assert ledger(raw) == [("pull-quote", "The river rose for nine days")]
    assert spoken("[dropcap]T[/dropcap]he river rose.") == ["The river rose."]


@pytest.mark.parametrize(
    "prose",
    [
        "He said [sic] so.",
        "“[The mayor] left,” she said.",
        "It [well-known since 1990] fell.",
        "[Applause]",
        "See [1] and [a].",
    ],
)
def test_brackets_in_prose_stay(prose: str) -> None:
    assert spoken(prose) == [prose]


def test_escaped_ones_are_shown() -> None:
    assert spoken("Write [[gallery]] for pictures.") == ["Write [gallery] for pictures."]


def test_in_tags_they_are_left_alone() -> None:
    raw = 'One <a title="[box x=1]" href="https://example.org/">two</a>.'
    assert without_shortcodes(raw).html == raw


def test_crossed_and_nested() -> None:
    assert spoken("[a x=1]One [b]two[/a] three[/b].") == ["One two three."]
    assert spoken("[row][col]One.[/col][col]Two.[/col][/row]") == ["One. Two."]


# ── Who may read it ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "whom"),
    [
        ("members_only", "members"),
        ("member", "members"),
        ("restrict", "members"),
        ("is_logged_in", "members"),
        ("paid", "paid"),
        ("jetpack/paywall", "paid"),
        ("premium-content/subscriber-view", "paid"),
        ("pmpro_member", "paid"),
        ("non-member", "outsiders"),
        ("nonmember", "outsiders"),
        ("premium-content/logged-out-view", "outsiders"),
        ("visitor", "outsiders"),
        ("team_member", ""),
        ("member_directory", ""),
        ("premium/heading", ""),
        ("guest_post", ""),
        ("box", ""),
        ("subscriptions", ""),
    ],
)
def test_whom_a_name_lets_in(name: str, whom: str) -> None:
    assert access_of(name) == whom


def test_parts_for_members() -> None:
    content = content_of("One.\n\n[member]Two.[/member]\n\n[nonmember]Join now.[/nonmember]")
    assert content.visibility == "members"
    assert spoken("One.\n\n[member]Two.[/member]\n\n[nonmember]Join now.[/nonmember]") == ["One.", "Two."]
    assert [(piece.reason, piece.text) for piece in content.dropped] == [("plea", "Join now.")]


def test_blocks_for_members() -> None:
    raw = """<!-- wp:paragraph --><p>One.</p><!-- /wp:paragraph -->
<!-- wp:premium-content/container --><!-- wp:premium-content/logged-out-view --><!-- wp:heading --><h2>Join</h2>
<!-- /wp:heading --><p>Now.</p><!-- /wp:premium-content/logged-out-view --><!-- wp:premium-content/subscriber-view -->
<p>Two.</p><!-- /wp:premium-content/subscriber-view --><!-- /wp:premium-content/container -->"""
    assert content_of(raw).visibility == "paid"
    assert spoken(raw) == ["One.", "Two."]
    assert ledger(raw) == [("plea", "Join"), ("plea", "Now.")]


# ── Comments ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_blocks() -> None:
    raw = '<!-- wp:heading {"level":3} --><h3>A</h3><!-- /wp:heading -->\n<!-- wp:paragraph -->\n<p>One\ntwo.</p>\n'
    raw += '<!-- /wp:paragraph --><!-- wp:latest-posts {"n":3} /--><!-- wp:spacer /-->'
    assert spoken(raw) == ["A", "One two."]
    assert ledger(raw) == [("placeholder", '[latest-posts {"n":3}]')]


def test_pages_are_joined_and_more_goes() -> None:
    assert spoken("One.\n<!--nextpage-->Two.\n<!--more Go on-->\nThree <!--more-->four.<!--noteaser-->") == [
        "One.",
        "Two.",
        "Three four.",
    ]


def test_a_comment_that_never_ends_takes_nothing_along() -> None:
    assert "One." in content_of("One.\n\n<!-- two").html


def test_kinds() -> None:
    blocks = read_body(
        content_of("One.\n\n<h3>Two</h3>\n<blockquote>Three.</blockquote>\n<ol>\n<li>Four</li>\n</ol>").html
    )
    assert [block.kind for block in blocks.blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.QUOTE,
        BlockKind.LIST_ITEM,
    ]
