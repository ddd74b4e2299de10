"""From engine events to written words."""

import array
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.api import convert
from articleaudio.config import load_house, load_voice, voice_folders
from articleaudio.model import TimedSegment, TokenKind
from articleaudio.publish.document import _words
from articleaudio.speak import Sound, WordEvent, open_engine
from articleaudio.speak.render import render
from articleaudio.speak.timing import word_times
from speak.making import make_segment, make_token

SHIPS = {"🚢": "ship", "15,000": "fifteen thousand", "ships": "ships", "left": "left"}


def later(word):
    return replace(word, start=word.start + 2.0, end=word.end + 2.0)


def sound(seconds, *words):
    return Sound(bytes(int(seconds * 1000) * 2), 1000, tuple(WordEvent(*word) for word in words))


def times(segment, heard):
    found = word_times(segment, render(segment), heard)
    return [(segment.written[word.first : word.last], round(word.start, 3), round(word.end, 3)) for word in found]


def test_one_event_a_word():
    heard = sound(2.0, (0.0, 0.4, 0, 3), (0.5, 1.0, 4, 7), (1.2, 1.9, 9, 14))
    assert times(make_segment("One two, three."), heard) == [("One", 0.0, 0.4), ("two", 0.5, 1.0), ("three", 1.2, 1.9)]


def test_an_event_that_holds_its_neighbour_is_split_by_letters():
    heard = sound(2.0, (0.0, 0.6, 0, 2), (0.6, 1.0, 7, 10))
    assert times(make_segment("of the war"), heard) == [("of", 0.0, 0.2), ("the", 0.3, 0.6), ("war", 0.6, 1.0)]


def test_a_token_of_several_words_lasts_from_its_first_to_its_last():
    written = "fired 15,000 of them"
    tokens = [
        make_token(written, "fired", "fired"),
        make_token(written, "15,000", "fifteen thousand"),
        make_token(written, "of", "of"),
        make_token(written, "them", "them"),
    ]
    heard = sound(3.0, (0.0, 0.5, 0, 5), (0.5, 1.0, 6, 13), (1.1, 1.8, 14, 22), (1.9, 2.3, 23, 25), (2.3, 2.8, 26, 30))
    assert times(make_segment(written, tokens), heard) == [
        ("fired", 0.0, 0.5),
        ("15,000", 0.5, 1.8),
        ("of", 1.9, 2.3),
        ("them", 2.3, 2.8),
    ]


def test_a_first_word_without_an_event_shares_the_next_ones():
    heard = sound(1.0, (0.2, 0.8, 4, 8))
    assert times(make_segment("The word"), heard) == [("The", 0.2, 0.425), ("word", 0.5, 0.8)]


def test_without_events_they_are_estimated():
    samples = array.array("h", [8_000, -8_000] * 200 + [0] * 300 + [8_000, -8_000] * 400)
    heard = Sound(samples.tobytes(), 1_000)
    assert times(make_segment("One, four more."), heard)[:2] == [("One", 0.0, 0.4), ("four", 0.7, 1.095)]


def test_what_is_written_is_timed_while_other_words_are_heard():
    """A figure is one token, whatever it takes to say; an emoji before it is two units of UTF-16 in episode.json."""
    written = "🚢 15,000 ships left."
    tokens = [make_token(written, stretch, say) for stretch, say in SHIPS.items()]
    segment = make_segment(written, tokens)
    prompt = render(segment)
    assert "fifteen thousand" in prompt.text
    heard = open_engine("pyttsx3").speak(prompt, load_voice("en-us", voice_folders()))
    for told in (heard, replace(heard, words=(), exact=False)):
        words = word_times(segment, prompt, told)
        timed = TimedSegment(segment, 2.0, 2.0 + heard.duration, 0, tuple(later(word) for word in words), "key")
        public = _words(timed)
        units = written.encode("utf-16-le")
        assert [units[2 * first : 2 * last].decode("utf-16-le") for _, _, first, last in public] == [*SHIPS]
        start, end, first, last = public[-3]
        assert (first, last) == (3, 9)
        onset = next(event.start for event in heard.words if prompt.text[event.first :].startswith("fifteen"))
        following = next(event.start for event in heard.words if prompt.text[event.first :].startswith("ships"))
        assert start == pytest.approx(2.0 + onset, abs=0.002 if told.exact else 0.25)
        assert end == pytest.approx(2.0 + following, abs=0.1 if told.exact else 0.25)


def test_a_real_episode_has_the_figure_timed(tmp_path):
    source = tmp_path / "ships.md"
    source.write_text("---\ntitle: The fleet\n---\n\n🚢 15,000 ships left the harbour on Monday morning.\n", "utf-8")
    episode = convert(source, load_house(folder=tmp_path), out=tmp_path / "out")
    document = json.loads((episode.folder / "episode.json").read_text("utf-8"))
    segment = next(one for one in document["segments"] if "15,000" in one["written"])
    units = segment["written"].encode("utf-16-le")
    spans = {
        units[2 * first : 2 * last].decode("utf-16-le"): (start, end) for start, end, first, last in segment["words"]
    }
    start, end = spans["15,000"]
    assert end - start > 0.6  # "fifteen thousand", and not "fifteen"
    assert spans["ships"][0] >= end


def test_pauses_and_what_makes_no_sound_have_no_time():
    written = "one — … two"
    tokens = [
        make_token(written, "one", "one"),
        make_token(written, "—", ",", TokenKind.PAUSE),
        make_token(written, "…", "…"),
        make_token(written, "two", "two"),
    ]
    heard = sound(1.0, (0.0, 0.3, 0, 3), (0.5, 0.9, 6, 9))
    assert [time[0] for time in times(make_segment(written, tokens), heard)] == ["one", "two"]


def test_events_that_go_back_in_the_text_lengthen_the_one_before():
    heard = sound(2.0, (0.0, 0.4, 0, 3), (0.5, 0.8, 4, 7), (0.8, 1.2, 4, 6), (1.3, 1.8, 8, 13))
    assert times(make_segment("one two three"), heard) == [("one", 0.0, 0.4), ("two", 0.5, 1.2), ("three", 1.3, 1.8)]


@pytest.mark.parametrize("written", ["", "…", "“”"])
def test_nothing_said_nothing_timed(written):
    assert times(make_segment(written), sound(0.1)) == []


EVENTS = st.lists(
    st.tuples(st.floats(-1, 9), st.floats(-1, 9), st.integers(-5, 60), st.integers(-5, 60)).map(
        lambda e: WordEvent(*e)
    ),
    max_size=12,
)


@given(written=st.text("ab, .—“”1é😀", max_size=40), events=EVENTS, seconds=st.floats(0.01, 8))
def test_times_are_in_order_and_inside_whatever_the_engine_says(written, events, seconds):
    segment = make_segment(written)
    heard = Sound(bytes(int(seconds * 8000) * 2), 8000, tuple(events))
    found = word_times(segment, render(segment), heard)
    assert [(word.first, word.last) for word in found] == [(token.start, token.end) for token in segment.tokens]
    at = 0.0
    for word in found:
        assert at <= word.start <= word.end <= heard.duration
        at = word.end
