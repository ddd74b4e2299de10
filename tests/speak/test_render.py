"""What an engine is fed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.model import TokenKind
from articleaudio.speak.render import render, sounds
from speak.making import make_segment, make_token

PLAIN = {
    "A plain sentence.": "A plain sentence.",
    "Quotes “are” not 'heard', nor «these».": "Quotes are not heard, nor these.",
    "He said: “Nothing.”": "He said: Nothing.",
    "“Stop!” he cried (twice), then left.": "Stop! he cried, twice, then left.",
    "A dash — or two – and one - more": "A dash — or two — and one — more",
    "to—them": "to — them",
    "Russian–Ukrainian and well-known": "Russian-Ukrainian and well-known",
    "wait... then… go": "wait… then… go",
    "really?! yes": "really? yes",
    "*bold* _under_ `code` ~struck~ <b>tag</b> [[x]] {y} |z|": "bold under code struck b tag b, x, y z",
    "Biden’s dog, rock ’n’ roll, the dogs’ bowls": "Biden's dog, rock n roll, the dogs bowls",
    "so\u00adft zero\u200bwidth \u202eturned\ufeff": "soft zerowidth turned",
    "and/or, his/her": "and or, his her",
    "NUL\0 and \x01\x1b controls\nand\ttabs": "NUL and controls and tabs",
    "lone \ud800 surrogate": "lone surrogate",
    "5 + 3 = 8 & 50 % of $7": "5 + 3 = 8 & 50 % of $7",
    "😀 emoji 👩‍👩‍👧": "😀 emoji 👩‍👩‍👧",
    "¿Qué pasa? ¡Nada!": "Qué pasa? Nada!",
    "(In brackets)": "In brackets,",
    "": "",
    "***": "",
    "… — “”": "",
}


@pytest.mark.parametrize(("written", "fed"), PLAIN.items())
def test_plain_words(written, fed):
    assert render(make_segment(written)).text == fed


@pytest.mark.parametrize(
    ("say", "language", "fed"),
    [
        ("ICBM", "en", "the I.C.B.M flew"),
        ("UAVs", "en-gb", "the U.A.V.'s flew"),
        ("A", "en", "the A- flew"),
        ("A", "de", "the A flew"),
        ("B", "en", "the B flew"),
        ("As", "en", "the A's flew"),
        ("СБУ", "uk", "the С.Б.У flew"),
        ("ICBM", "uk", "the I C B M flew"),
        ("F16", "en", "the F 1 6 flew"),
        ("", "en", "the flew"),
    ],
)
def test_letters_are_named(say, language, fed):
    written = "the XX flew"
    tokens = [
        make_token(written, "the", "the"),
        make_token(written, "XX", say, TokenKind.LETTERS),
        make_token(written, "flew", "flew"),
    ]
    assert render(make_segment(written, tokens, language=language)).text == fed


def test_initials_in_words_lose_their_full_stops():
    written = "K&T and A&B rose."
    tokens = [
        make_token(written, "K&T", "K. and T."),
        make_token(written, "A&B", "A. and B."),
        make_token(written, "rose", "rose"),
    ]
    assert render(make_segment(written, tokens)).text == "K and T and A- and B rose."


def test_no_full_stop_after_letters_ends_the_sentence():
    written = "The U.S. Navy"
    tokens = [
        make_token(written, "The", "The"),
        make_token(written, "U.S.", "US", TokenKind.LETTERS),
        make_token(written, "Navy", "Navy"),
    ]
    assert render(make_segment(written, tokens)).text == "The U.S Navy"


def test_a_letter_before_a_hyphen_has_one_hyphen():
    written = "the A-Team"
    tokens = [
        make_token(written, "the", "the"),
        make_token(written, "A", "A", TokenKind.LETTERS),
        make_token(written, "Team", "Team"),
    ]
    assert render(make_segment(written, tokens)).text == "the A-Team"


def test_tokens_say_what_they_say_and_the_spans_tell_where():
    written = "It fired 15,000 shells (155mm) in Feb."
    tokens = [
        make_token(written, "It", "It"),
        make_token(written, "fired", "fired"),
        make_token(written, "15,000", "fifteen thousand"),
        make_token(written, "shells", "shells"),
        make_token(written, "155", "one hundred fifty-five"),
        make_token(written, "mm", " millimeter"),
        make_token(written, "in", "in"),
        make_token(written, "Feb.", "February"),
    ]
    prompt = render(make_segment(written, tokens))
    assert prompt.text == "It fired fifteen thousand shells, one hundred fifty-five millimeter, in February"
    said = [prompt.text[first:last] for first, last in prompt.spans]
    assert said == [token.say.strip() for token in tokens]


def test_a_pause_is_punctuation():
    written = "one two"
    tokens = [
        make_token(written, "one", "one"),
        make_token(written, " ", ",", TokenKind.PAUSE),
        make_token(written, "two", "two"),
    ]
    prompt = render(make_segment(written, tokens))
    assert prompt.text == "one, two"
    assert prompt.spans == ((0, 3), (3, 3), (5, 8))


def test_phonemes_are_fed_as_the_written_word():
    written = "in Kyiv"
    tokens = [make_token(written, "in", "in"), make_token(written, "Kyiv", "ˈkɪjiu", TokenKind.PHONEMES)]
    assert render(make_segment(written, tokens)).text == "in Kyiv"


@pytest.mark.parametrize("word", ["a" * 3_000, "7" * 90, "W" * 70, "ж" * 200])
def test_an_endless_word_is_parted_for_engines_drop_the_rest_of_it(word):
    written = f"See {word} now."
    prompt = render(make_segment(written))
    assert max(map(len, prompt.text.split())) <= 26
    first, last = prompt.spans[1]
    assert prompt.text[first:last].replace(", ", "") == word
    assert render(make_segment(word[:24])).text == word[:24]


def test_words_that_no_token_covers_are_not_lost():
    written = "one “two’s” three-and 4% five."
    tokens = [make_token(written, "one", "one"), make_token(written, "five", "five")]
    assert render(make_segment(written, tokens)).text == "one two's three-and 4% five."


@given(st.text(), st.data())
def test_no_letter_or_figure_is_ever_lost_and_spans_fit(written, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(written)), max_size=8)))
    tokens = [make_token(written, "", written[a:b]) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    tokens = [type(t)(a, b, t.kind, t.say, t.rule) for t, a, b in zip(tokens, cuts[::2], cuts[1::2], strict=False)]
    prompt = render(make_segment(written, tokens))
    assert letters(prompt.text) == letters(written)
    assert len(prompt.spans) == len(tokens)
    at = 0
    for (first, last), token in zip(prompt.spans, tokens, strict=True):
        assert at <= first <= last <= len(prompt.text)
        assert letters(prompt.text[first:last]) == letters(token.say)
        at = last
    assert prompt.text == prompt.text.strip()
    assert not [c for c in prompt.text if unicodedata.category(c) in {"Cc", "Cs", "Cn", "Co"}]


def letters(text):
    return [c for c in text if unicodedata.category(c)[0] in "LN"]


@pytest.mark.parametrize("text", ["a", "é", "5", "½", "$", "%", "😀", "м", "中"])
def test_what_sounds(text):
    assert sounds(text)


@pytest.mark.parametrize("text", ["", " ", "…", "“”", "—", "*", "<>", "()", "|", "\0"])
def test_what_does_not(text):
    assert not sounds(text)
