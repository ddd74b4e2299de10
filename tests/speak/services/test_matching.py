"""Word times: from what services tell to places in the text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.errors import SpeechFailedError
from articleaudio.speak.contract import Prompt, Sound, WordEvent
from articleaudio.speak.services.client import Answer
from articleaudio.speak.services.matching import Told, are_enough, by_letters, fitted, matched
from articleaudio.speak.services.pieces import clean, cut, spoken_in_pieces
from articleaudio.speak.services.polly import _words
from articleaudio.speak.services.ssml import feed


def told(*words):
    return [Told(word, float(at), at + 0.9) for at, word in enumerate(words)]


def found(text, *words):
    return [text[event.first : event.last] for event in matched(text, told(*words))]


def test_words_are_found_in_order():
    assert found("the man and the sea", "the", "man", "and", "the", "sea") == ["the", "man", "and", "the", "sea"]


def test_punctuation_split_words_and_other_forms():
    text = "Don't go to I.C.B.M. — said “Anna”, twenty-one."
    assert found(text, "Don", "'t", " go", "to", "ICBM", ".", "—", "said", "“", "anna", "”", ",", "twenty", "one") == [
        "Don", "t", "go", "to", "I.C.B.M", "said", "Anna", "twenty", "one",
    ]  # fmt: skip


def test_what_is_not_there_is_left_out():
    said = ["It", "cost", "five", "euros", "and", "that", "is", "all"]
    assert found("It cost 5 euros and that is all.", *said) == [word for word in said if word != "five"]


def test_a_short_word_is_not_found_within_another():
    assert [event.first for event in matched("cat sat at", told("cat", "at"))] == [0, 8]


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=10))
def test_places_are_in_order_and_inside(text, words):
    events = list(matched(text, told(*words)))
    assert all(0 <= event.first < event.last <= len(text) for event in events)
    assert [event.first for event in events] == sorted(event.first for event in events)


@given(st.lists(st.sampled_from(["Straße", "Дім", "don't", "😀", "café", "ﬁsh", "x"]), min_size=1, max_size=12))
def test_every_word_of_the_text_is_found(words):
    text = " ".join(words)
    events = list(matched(text, told(*words)))
    assert [text[event.first : event.last] for event in events] == [word for word in words if word != "😀"]


def test_character_times_become_words():
    text = "Hi 😀, it's me"
    starts = [float(at) for at in range(len(text))]
    events = list(by_letters(text, list(text), starts, [start + 1 for start in starts]))
    assert [(text[event.first : event.last], event.start, event.end) for event in events] == [
        ("Hi", 0, 2), ("it's", 6, 10), ("me", 11, 13),
    ]  # fmt: skip


def test_character_times_of_another_text_are_matched():
    said = "it costs five euros today"
    events = by_letters("It costs 5 euros today", list(said), list(range(len(said))), list(range(1, len(said) + 1)))
    assert ["It costs 5 euros today"[event.first : event.last] for event in events] == ["It", "costs", "euros", "today"]


def test_times_are_brought_into_the_sound():
    events = [WordEvent(2, 9, 5, 6), WordEvent(-1, 1, 0, 2), WordEvent(float("nan"), 1, 3, 4)]
    assert fitted(events, 3.0) == (WordEvent(0, 1, 0, 2), WordEvent(2, 3.0, 5, 6))


def test_a_sound_that_ends_before_its_words_breaks_off():
    with pytest.raises(SpeechFailedError, match="breaks off"):
        fitted([WordEvent(4, 5, 0, 2)], 3.0)


def test_enough_words():
    assert are_enough("one two three", [WordEvent(0, 1, 0, 3), WordEvent(1, 2, 4, 7)])
    assert not are_enough("one two three", [WordEvent(0, 1, 0, 3)])
    assert not are_enough("…", [])


def marks_of(fed, *stretches):
    lines = [
        {"time": 100 * number, "type": "word", "start": len(fed.text[:first].encode()),
         "end": len(fed.text[:last].encode()), "value": fed.text[first:last]}
        for number, (first, last) in enumerate(stretches)
    ]  # fmt: skip
    return Answer({}, b"\n".join(json.dumps(line).encode() for line in lines))


@pytest.mark.parametrize("speed", [1, 1.1])
def test_places_in_bytes_become_characters(speed):
    text = "Ще 😀 & “ні”, пане < café"
    fed = feed(Prompt(text), speed)
    words = ["Ще", "ні", "пане", "café"]
    stretches = [(fed.text.index(word), fed.text.index(word) + len(word)) for word in words]
    events = _words(marks_of(fed, *stretches), text, fed, Sound(bytes(48_000), 24_000))
    assert [text[event.first : event.last] for event in events] == words
    assert [event.start for event in events] == [0, 0.1, 0.2, 0.3]
    assert [event.end for event in events] == [0.1, 0.2, 0.3, 1.0]


def test_places_that_cannot_be_right_are_not_believed():
    text = "one two three"
    fed = feed(Prompt(text), 1)
    shifted = [
        {"time": 100 * at, "type": "word", "start": 50, "end": 53, "value": word}
        for at, word in enumerate(text.split())
    ]
    body = b"\n".join(json.dumps(mark).encode() for mark in shifted)
    events = _words(Answer({}, body), text, fed, Sound(bytes(48_000), 24_000))
    assert [text[event.first : event.last] for event in events] == ["one", "two", "three"]


def test_speech_marks_that_break_off():
    fed = feed(Prompt("one two"), 1)
    whole = marks_of(fed, (0, 3), (4, 7)).body
    with pytest.raises(SpeechFailedError, match="break off"):
        _words(Answer({}, whole[:-9]), "one two", fed, Sound(bytes(48_000), 24_000))


def test_phonemes_and_everything_else_escaped():
    prompt = Prompt('Kyiv & <speak> "so"', phonemes=((0, 4, "ˈkɪ'iv"),))
    assert feed(prompt, 1).text == (
        '<speak><phoneme alphabet="ipa" ph="ˈkɪ&apos;iv">Kyiv</phoneme> &amp; &lt;speak&gt; &quot;so&quot;</speak>'
    )
    assert not feed(Prompt("<speak>"), 1).is_ssml


@given(st.text("ab .,!?😀", max_size=80), st.integers(1, 20))
def test_pieces_are_the_text(text, most):
    parts = list(cut(Prompt(text), lambda part: len(part.text) <= most))
    assert "".join(part.text for _, part in parts) == text
    assert all(text[first:].startswith(part.text) and len(part.text) <= most for first, part in parts)


def test_pieces_end_with_sentences_and_are_joined():
    said = []

    def say(part):
        said.append((part.before, part.text, part.after))
        return Sound(b"\1\0" * 100, 100, (WordEvent(0.2, 0.4, 0, 3),))

    prompt = Prompt("One is here. Two is there. Six.", before="B", after="A")
    sound = spoken_in_pieces(prompt, lambda part: len(part.text) <= 20, say)
    assert [text for _, text, _ in said] == ["One is here. ", "Two is there. Six."]
    assert said[0][0] == "B"
    assert said[1][0] == "One is here. "
    assert said[1][2] == "A"
    assert sound.duration == 2.0
    assert [(word.start, word.first) for word in sound.words] == [(0.2, 0), (1.2, 13)]


def test_a_stretch_with_phonemes_stays_whole():
    prompt = Prompt("aaaa bb cc dd", phonemes=((5, 10, "x"),))
    parts = list(cut(prompt, lambda part: len(part.text) <= 10))
    assert sum(len(part.phonemes) for _, part in parts) == 1


def test_clean_keeps_places():
    assert clean("a\0b\ud800c\x9f[d]", "[]") == "a b c  d "
