"""Article → Script: order, roles, boundaries, chapters, coverage."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articleaudio.model import Article, Block, BlockKind, Boundary, Mark, MarkKind, Role, TokenKind
from articleaudio.script import AcronymStyle, Style, explain_view, rules, spoken_form, text_view, write_script

ARTICLE = Article(
    id="a",
    aliases=("id:a",),
    title="Ukraine gets 19 F-16s",
    language="en",
    authors=("Olena Kovalenko", "Mark Reyes"),
    blocks=(
        Block(BlockKind.PARAGRAPH, "Denmark sent $4.5M. Dr. Smith agreed."),
        Block(BlockKind.NOTE, "Correction: the figure was 5%."),
        Block(BlockKind.HEADING, "What next", level=2, anchor="next"),
        Block(BlockKind.QUOTE, "“We won 3-1,” he said."),
        Block(BlockKind.LIST_ITEM, "One more."),
    ),
)
STYLE = Style(disclosure={"en": "This audio is created with AI assistance"})


def test_order_roles_and_boundaries() -> None:
    script = write_script(ARTICLE, STYLE)
    assert [(segment.role, segment.boundary) for segment in script.segments] == [
        (Role.DISCLOSURE, Boundary.DISCLOSURE),
        (Role.HEADLINE, Boundary.HEADLINE),
        (Role.BYLINE, Boundary.BYLINE),
        (Role.BODY, Boundary.SENTENCE),
        (Role.BODY, Boundary.SECTION),
        (Role.HEADING, Boundary.HEADING),
        (Role.QUOTE, Boundary.QUOTE),
        (Role.LIST_ITEM, Boundary.LIST_ITEM),
        (Role.NOTE, Boundary.END),
    ]
    assert [segment.id for segment in script.segments][:2] == ["s0001", "s0002"]
    assert [segment.block for segment in script.segments] == [None, None, None, 0, 0, 2, 3, 4, 1]


def test_text_view_is_one_segment_a_line() -> None:
    assert text_view(write_script(ARTICLE, STYLE)) == (
        "This audio is created with A.I. assistance\n"
        "Ukraine gets nineteen F. sixteens\n"
        "By Olena Kovalenko and Mark Reyes.\n"
        "Denmark sent four point five million dollars.\n"
        "Doctor Smith agreed.\n"
        "What next\n"
        "“We won three to one,” he said.\n"
        "One more.\n"
        "Correction: the figure was five percent.\n"
    )


def test_explain_view_names_the_rule() -> None:
    assert "    $4.5M → four point five million dollars  [money, 100%]" in explain_view(write_script(ARTICLE))


def test_chapters_are_the_headline_and_the_headings() -> None:
    script = write_script(ARTICLE, STYLE)
    assert [(mark.title, mark.segment, mark.anchor) for mark in script.chapters] == [
        ("Ukraine gets 19 F-16s", 0, ""),
        ("What next", 5, "next"),
    ]


def test_byline_and_disclosure_can_be_off() -> None:
    roles = {segment.role for segment in write_script(ARTICLE, Style(byline=False)).segments}
    assert Role.BYLINE not in roles
    assert Role.DISCLOSURE not in roles


def test_fingerprint_follows_what_is_said() -> None:
    first = write_script(ARTICLE).fingerprint
    assert first == write_script(ARTICLE).fingerprint
    assert first != write_script(replace(ARTICLE, title="Ukraine gets 18 F-16s")).fingerprint


def test_a_rule_can_be_switched_off() -> None:
    off = write_script(ARTICLE, Style(off=frozenset({"money", "left-over"})))
    assert "$" in text_view(off)


def test_unknown_language_passes_through_with_a_notice() -> None:
    script = write_script(replace(ARTICLE, language="fi"))
    assert script.flags[0].segment == ""
    assert "$4.5M" in text_view(script)


def test_marks_say_what_the_markup_asks_for() -> None:
    block = Block(BlockKind.PARAGRAPH, "The GIF won.", marks=(Mark(MarkKind.SAY_AS, 4, 7, "jif"),))
    script = write_script(replace(ARTICLE, blocks=(block,)))
    assert script.segments[-1].spoken == "The jif won."


DEFINED = replace(
    ARTICLE,
    title="A missile",
    blocks=(
        Block(BlockKind.PARAGRAPH, "It fired an intercontinental ballistic missile (ICBM)."),
        Block(BlockKind.PARAGRAPH, "The ICBM fell. The ISW said so. The ISW agreed."),
    ),
)


@pytest.mark.parametrize(
    ("acronyms", "said"),
    [
        (
            AcronymStyle.LETTERS,
            (
                "It fired an intercontinental ballistic missile, I.C.B.M.\nThe I.C.B.M. fell.\nThe I.S.W. said so.\n"
                "The I.S.W. agreed.\n"
            ),
        ),
        (
            AcronymStyle.EXPAND_FIRST,
            (
                "It fired an intercontinental ballistic missile, I.C.B.M.\nThe I.C.B.M. fell.\n"
                "The Institute for the Study of War said so.\nThe I.S.W. agreed.\n"
            ),
        ),
        (
            AcronymStyle.ALWAYS_EXPAND,
            (
                "It fired an intercontinental ballistic missile.\nThe intercontinental ballistic missile fell.\n"
                "The Institute for the Study of War said so.\nThe Institute for the Study of War agreed.\n"
            ),
        ),
    ],
)
def test_acronym_styles(acronyms: AcronymStyle, said: str) -> None:
    assert text_view(write_script(DEFINED, Style(acronyms=acronyms, byline=False))).partition("\n")[2] == said


def test_rules_are_listed_by_name_and_unique() -> None:
    names = [(rule.language, rule.name) for rule in rules()]
    assert len(names) == len(set(names))
    assert ("en", "money") in names


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.language == "en"], ids=lambda rule: rule.name)
def test_the_example_of_a_rule_is_true(rule) -> None:
    assert spoken_form(rule.written, language=rule.language) == rule.said


TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("0123456789.,:;-–—%$€£°'\"“”()[]/ \u00a0@#&+*ABCIVXMabcdefst’½²₂\u00ad\u200b\u202e\x00"),
        st.characters(),
    ),
    max_size=120,
)


@given(text=TEXTS, limit=st.integers(20, 400), language=st.sampled_from(["en", "uk", "de"]))
@settings(max_examples=300, deadline=None)
def test_any_text_is_covered_in_order(text: str, limit: int, language: str) -> None:
    if not text.strip():
        return
    article = replace(ARTICLE, title="T", language=language, authors=(), blocks=(Block(BlockKind.PARAGRAPH, text),))
    body = [segment for segment in write_script(article, Style(limit=limit)).segments if segment.block == 0]
    at = 0
    for segment in body:
        assert text[segment.offset : segment.offset + len(segment.written)] == segment.written
        assert segment.offset >= at
        assert not text[at : segment.offset].strip()
        assert len(segment.written) <= limit
        at = segment.offset + len(segment.written)
        end = 0
        for token in segment.tokens:
            assert end <= token.start < token.end <= len(segment.written)
            assert not any(char.isalnum() for char in segment.written[end : token.start])
            assert token.kind is not TokenKind.LETTERS or token.say.strip() == token.say
            end = token.end
        assert not any(char.isalnum() for char in segment.written[end:])
    assert not text[at:].strip()
