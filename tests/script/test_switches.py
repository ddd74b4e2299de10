"""Stretches in another language: what the markup names, words in other letters, and how both are read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_linear import calls

from articleaudio.model import Article, Block, BlockKind, LexiconEntry, Mark, MarkKind, Script
from articleaudio.read import read_articles
from articleaudio.read.source import Source
from articleaudio.script import Lexicon, Style, explain_view, write_script
from articleaudio.script.page import html_view


def script(text: str, *marks: tuple[str, str], tag: str = "en", kind=MarkKind.LANGUAGE, **style) -> Script:
    """The script of one paragraph in which the marks name languages."""
    made = [Mark(kind, text.index(part), text.index(part) + len(part), value) for part, value in marks]
    block = Block(BlockKind.PARAGRAPH, text, marks=tuple(sorted(made, key=lambda mark: (mark.start, -mark.end))))
    article = Article(id="", aliases=(), title="", language=tag, blocks=(block,))
    return write_script(article, Style(byline=False, **style))


def found(made: Script) -> list[tuple[str, str]]:
    return [(one.written[cut.start : cut.end], cut.language) for one in made.segments for cut in one.switches]


def spoken(made: Script) -> str:
    return " ".join(segment.spoken for segment in made.segments)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The word “мир” means peace.", [("мир", "uk")]),
        ("They sang «Слава Україні!» twice.", [("Слава Україні", "uk")]),
        ("He said ты and мы.", [("ты", "ru"), ("мы", "ru")]),
        ("Both България and объект.", [("България", "bg"), ("объект", "ru")]),
        ("The paper Ён піша ў «Ніву» is small.", [("Ён піша ў «Ніву", "be")]),
        ("Олена, Київ, 12 млн грн (2024) in all.", [("Олена, Київ, 12 млн грн", "uk")]),
        ("The Greek Κόσμε and the Hebrew שלום and سلام too.", [("Κόσμε", "el"), ("שלום", "he"), ("سلام", "ar")]),
        ("東京 and かな and 서울.", [("東京", "zh"), ("かな", "ja"), ("서울", "ko")]),
        ("The T-72 (Т-72) has Δ = 5 and π.", []),
        ("A spoofed pаypal is no word.", []),
        ("No other letters here: naïve façade.", []),
    ],
)
def test_words_in_other_letters_are_found(text, expected):
    assert found(script(text)) == expected


def test_latin_words_in_cyrillic_text_stay_unless_they_are_marked():
    text = "Компанія Google купила F-16 за 5 млн, the best of both worlds, і НАТО."
    assert found(script(text, tag="uk")) == []
    assert found(script(text, ("the best of both worlds", "en"), tag="uk")) == [("the best of both worlds", "en")]


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("Such joie de vivre here.", [("joie de vivre", "fr")], [("joie de vivre", "fr")]),
        ("Two coups here.", [("coup", "fr")], [("coups", "fr")]),
        ("A Colour here.", [("Colour", "en-GB")], []),
        ("Tags said here.", [("Tags", "und"), ("said", "French please"), ("here", "")], []),
        ("A wrong mark here.", [("wrong", "uk"), ("mark", "sr-Latn")], []),
        ("In 1789 they rose.", [("1789", "fr")], [("1789", "fr")]),
        ("Le mot time flies ici même.", [("Le mot time flies ici même", "fr"), ("time flies", "en")],
         [("Le mot", "fr"), ("ici même.", "fr")]),
        ("Ukrainian in German: мир.", [("German", "de"), ("мир", "ru")], [("German", "de"), ("мир", "ru")]),
        ("A dash – here.", [("–", "fr")], []),
    ],
)  # fmt: skip
def test_marks_count_where_they_can_be_true(text, marks, expected):
    assert [(part.rstrip("."), tag) for part, tag in found(script(text, *marks))] == [
        (part.rstrip("."), tag) for part, tag in expected
    ]


def test_each_stretch_is_read_by_its_own_rules():
    text = "On Feb. 4 the bill was 12 млн, за 12 млн грн, and 12% of it late."
    made = script(text)
    assert "за дванадцять мільйонів гривень" in spoken(made)
    assert "February fourth" in spoken(made)
    assert "twelve percent" in spoken(made)
    assert made.flags == ()
    back = script("Він сказав: about 12% of $5 million, і ще 12%.", ("about 12% of $5 million", "en"), tag="uk")
    assert "about twelve percent of five million dollars" in spoken(back)
    assert spoken(back).count("дванадцять відсотків") == 1
    assert back.flags == ()


def test_the_guard_judges_figures_in_the_language_of_their_stretch():
    made = script("They paid за 12 грн there.")
    (segment,) = made.segments
    from articleaudio.script.guard import differences  # noqa: PLC0415 -- beside its one use

    assert list(differences(segment)) == []
    wrong = tuple(replace(t, say=t.say.replace("дванадцять", "тринадцять")) for t in segment.tokens)
    assert "13 is heard" in "".join(differences(replace(segment, tokens=wrong)))
    assert list(differences(replace(segment, switches=()))) != []


def test_sentences_are_cut_as_without_marks():
    text = "It was “la fin. Et alors?” she said. " + "Then, " * 90 + "au revoir."
    bare, marked = script(text), script(text, ("la fin. Et alors?", "fr"), ("au revoir", "fr"))
    assert [(s.written, s.boundary) for s in bare.segments] == [(s.written, s.boundary) for s in marked.segments]
    assert found(marked)[0] == ("la fin.", "fr")
    assert found(marked)[-1] == ("au revoir", "fr")


def test_the_fingerprint_knows_of_switches():
    text = "Such joie de vivre."
    prints = {script(text).fingerprint, *(script(text, ("joie", tag)).fingerprint for tag in ("fr", "de", "en-gb"))}
    assert len(prints) == 3


def test_a_house_without_the_voice_is_told():
    text = "The words Слава, שלום and Zeit."
    made = script(text, ("Zeit", "de"), languages=frozenset({"en", "uk"}))
    assert found(made) == [("Слава", "uk")]
    (flag,) = made.flags
    assert "שלום" in flag.message
    assert "no voice here speaks he" in flag.message
    assert found(script(text, languages=frozenset())) == []
    assert found(script("The мир.", languages=frozenset({"en", "bg"}))) == [("мир", "bg")]


def test_what_the_house_reads_itself_stays():
    entry = LexiconEntry("Київ", "Kyiv", language="en")
    made = script("In Київ and Львів.", lexicon=Lexicon([entry]))
    assert found(made) == [("Львів", "uk")]
    assert "In Kyiv" in spoken(made)
    assert found(script("In Київ now.", ("Київ", "Kyiv"), kind=MarkKind.SAY_AS)) == []


def test_markup_is_read_into_marks():
    page = (
        "# Title\n\nThe old friends spoke of <i lang=fr>joie</i> and <b xml:lang='de'>Zeit</b> at home, and of it all"
        " they said that it was for the best.\n\n<blockquote lang='fr'><p>Bonjour le monde.</p></blockquote>\n"
    )
    (article,) = read_articles(Source(name="a.md", data=page.encode(), relative="a.md"))
    said = [
        (block.text[mark.start : mark.end], mark.value)
        for block in article.blocks
        for mark in block.marks
        if mark.kind is MarkKind.LANGUAGE
    ]
    assert said == [("joie", "fr"), ("Zeit", "de"), ("Bonjour le monde.", "fr")]
    assert found(write_script(article)) == said


def test_people_see_the_stretches_and_their_languages():
    block = Block(BlockKind.PARAGRAPH, "The word <мир> is old.")
    article = Article(id="", aliases=(), title="Words", language="en", blocks=(block,))
    made = write_script(article, Style(byline=False))
    assert "    мир → [uk]\n" in explain_view(made)
    assert '<ul class="tongues"><li lang="uk">мир <b>uk</b></li></ul>' in html_view(made, article)
    assert html_view(script("It rained."), article).count("<ul") == html_view(made, article).count("<ul") - 1


PIECES = [
    "the ",
    "мир",
    "Київ ",
    "5 km ",
    "12 млн ",
    "“",
    "”. ",
    "(",
    ") ",
    "—",
    "$5",
    "Gen. ",
    "שלום ",
    "Δ",
    "-",
    "'s ",
    ", ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.lists(st.tuples(*[st.integers(0, 60)] * 2), max_size=4))
def test_tokens_lie_wholly_inside_or_outside(pieces, spans):
    text = " ".join("".join(pieces).split())
    marks = tuple(
        sorted(
            (Mark(MarkKind.LANGUAGE, a, b, ("fr", "uk", "de")[a % 3]) for a, b in spans if a < b <= len(text)),
            key=lambda mark: (mark.start, -mark.end),
        )
    )
    for tag in ("en", "uk"):
        block = Block(BlockKind.PARAGRAPH, text or "x", marks=marks)
        made = write_script(Article(id="", aliases=(), title="", language=tag, blocks=(block,)))
        for segment in made.segments:
            at = 0
            for token in segment.tokens:
                assert at <= token.start <= token.end <= len(segment.written)
                at = token.end
            at = 0
            for cut in segment.switches:
                assert at <= cut.start < cut.end <= len(segment.written)
                at = cut.end
                assert segment.written[cut.start : cut.end] == segment.written[cut.start : cut.end].strip()
                for token in segment.tokens:
                    inside = cut.start <= token.start and token.end <= cut.end
                    assert inside or token.end <= cut.start or token.start >= cut.end


@pytest.mark.parametrize("piece", ["мир ", "мир. Мир. ", "мир the ", "Т-", "мир 5 ", "שם мир "])
def test_twice_the_text_is_at_most_twice_the_work(piece):
    short = piece * (1200 // len(piece))
    calls(short[:300], "en")
    assert calls(short * 2, "en") <= 2.2 * calls(short, "en")
