"""Which voice speaks what: by language, role and stretch; and what happens when one cannot."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.errors import BudgetError, SpeechFailedError, VoiceError
from articleaudio.model import Boundary, Role, Switch, TokenKind
from articleaudio.speak import Speaker
from articleaudio.speak.casting import BREAK, GAP, Cast, gaps
from articleaudio.speak.render import render, sounds
from articleaudio.speak.spending import Ledger, cost
from articleaudio.store import Store

from .making import make_segment, make_voice

WRITTEN = "The word “мир” means peace."
START = WRITTEN.index("мир")


@pytest.fixture
def english():
    return replace(make_voice(), name="english")


@pytest.fixture
def ukrainian():
    return replace(make_voice(loudness="4000"), name="ukrainian", language="uk")


@pytest.fixture
def mixed():
    return replace(make_segment(WRITTEN), switches=(Switch(START, START + 3, "uk"),))


def test_roles_have_voices_of_their_own(english):
    quotes = replace(english, name="quotes")
    voice = replace(english, roles=MappingProxyType({"quote": "quotes"}))
    cast = Cast({"en": voice}, {"quotes": quotes})
    assert cast.of(make_segment("It rained.")) is voice
    assert cast.of(replace(make_segment("It rained."), role=Role.QUOTE)) is quotes
    with pytest.raises(VoiceError, match="names 'quotes', which is not there"):
        Cast({"en": voice}, {}).of(replace(make_segment("It rained."), role=Role.QUOTE))


def test_a_stretch_in_another_language_is_cut_out(english, ukrainian, mixed):
    cast = Cast({"en": english, "uk": ukrainian}, {})
    stretches = cast.stretches(mixed)
    assert [(part.written, voice.name) for part, voice in stretches] == [
        ("The word ", "english"), ("“мир”", "ukrainian"), (" means peace.", "english"),
    ]  # fmt: skip
    assert "".join(part.written for part, _ in stretches) == WRITTEN
    said = [token for part, _ in stretches for token in part.tokens if token.kind is TokenKind.WORDS]
    assert len(said) == len(mixed.tokens)
    for part, _ in stretches:
        assert all(part.written[t.start : t.end] == t.say for t in part.tokens if t.kind is TokenKind.WORDS)


def test_a_language_without_a_voice_stays_with_the_rest(english, mixed):
    assert Cast({"en": english}, {}).stretches(mixed) == ((mixed, english),)
    assert Cast({"*": english}, {}).stretches(mixed) == ((mixed, english),)


def test_stretches_are_spliced_into_one_clip(brought, tmp_path, english, ukrainian, mixed):
    with Speaker({"en": english, "uk": ukrainian}, Store(tmp_path)) as speaker:
        clip = speaker.clip(mixed)
        assert clip.key == speaker.key(mixed)
        spans = [WRITTEN[word.first : word.last] for word in clip.words]
        assert spans == ["The", "word", "мир", "means", "peace"]
        at = 0.0
        for word in clip.words:
            assert at <= word.start <= word.end <= clip.duration
            at = word.end
        assert speaker.clip(mixed).cached
        plain = speaker.clip(make_segment(WRITTEN))
        assert plain.key != clip.key


def test_levels_of_two_voices_are_brought_together(brought, english, ukrainian, mixed):
    loud = replace(ukrainian, gain=6.0)
    with Speaker({"en": english, "uk": ukrainian}, None) as even, Speaker({"en": english, "uk": loud}, None) as louder:
        assert even.key(mixed) != louder.key(mixed)
        assert even.clip(mixed).pcm != louder.clip(mixed).pcm


def test_a_fallback_speaks_where_a_voice_cannot_and_says_so(brought, tmp_path, english):
    bad = replace(make_voice("bad"), name="bad", fallback="english")
    segment = make_segment("It is silence now.")
    with Speaker({"*": bad}, Store(tmp_path), cast={"english": english}) as speaker:
        clip = speaker.clip(segment)
        assert clip.voice == "english"
        assert "spoken by 'english' instead of 'bad'" in clip.warnings[0]
        assert clip.key != speaker.key(segment)
        assert clip.pcm == Speaker({"*": english}, None).clip(segment).pcm
    with Speaker({"*": replace(bad, fallback="")}, None) as speaker, pytest.raises(SpeechFailedError):
        speaker.clip(segment)


def test_money_is_counted_before_it_is_spent(brought, tmp_path, english):
    dear = replace(english, price=100.0)
    one, two = make_segment("It rained all day."), make_segment("It rained all night.")
    price = cost("It rained all day.", dear)
    ledger = Ledger(tmp_path / "spent", limit=1.5 * price)
    with Speaker({"*": dear}, Store(tmp_path / "cache"), ledger=ledger) as speaker:
        speaker.clip(one)
        with pytest.raises(BudgetError, match="would cost more than"):
            speaker.clip(two)
        assert speaker.clip(one).cached
    assert ledger.spent() == pytest.approx(price)


def switched(written, *parts):
    """A segment in which each part, found by its text, is in a language."""
    found = [Switch(written.index(part), written.index(part) + len(part), tag) for part, tag in parts]
    return replace(make_segment(written), switches=tuple(found))


def told(cast, segment):
    return [(part.written, voice.name) for part, voice in cast.stretches(segment)]


@pytest.mark.parametrize(
    ("written", "parts", "expected"),
    [
        ("The (мир), and “світ”!", ["мир", "світ"],
         [("The ", "english"), ("(мир),", "ukrainian"), (" and ", "english"), ("“світ”!", "ukrainian")]),
        ("Олена, Київ — both.", ["Олена", "Київ"], [("Олена, Київ", "ukrainian"), (" — both.", "english")]),
        ("“мир” it is.", ["мир"], [("“мир”", "ukrainian"), (" it is.", "english")]),
        ("… мир", ["мир"], [("… мир", "ukrainian")]),
        ("“Слава Україні!”", ["Слава Україні"], [("“Слава Україні!”", "ukrainian")]),
        ("A — мир — z", ["мир"], [("A — ", "english"), ("мир", "ukrainian"), (" — z", "english")]),
    ],
)  # fmt: skip
def test_marks_go_where_they_are_heard_and_silence_is_no_line_of_its_own(english, ukrainian, written, parts, expected):
    cast = Cast({"en": english, "uk": ukrainian}, {})
    segment = switched(written, *((part, "uk") for part in parts))
    assert told(cast, segment) == expected
    assert "".join(part.written for part, _ in cast.stretches(segment)) == written


def test_a_voice_that_speaks_both_languages_speaks_on(english, mixed):
    same = replace(english, options=MappingProxyType(dict(english.options)))
    assert Cast({"en": english, "uk": same}, {}).stretches(mixed) == ((mixed, english),)


def test_roles_hold_in_every_language(english, ukrainian, mixed):
    deep = replace(ukrainian, name="deep")
    cast = Cast({"en": english, "uk": replace(ukrainian, roles=MappingProxyType({"quote": "deep"}))}, {"deep": deep})
    assert [voice.name for _, voice in cast.stretches(replace(mixed, role=Role.QUOTE))] == [
        "english",
        "deep",
        "english",
    ]


def test_a_stretch_that_goes_on_is_told_so(english, ukrainian, mixed):
    prompts = [render(part).text for part, _ in Cast({"en": english, "uk": ukrainian}, {}).stretches(mixed)]
    assert prompts == ["The word,", "мир,", "means peace."]


def test_a_pause_is_heard_where_it_is_written(english, ukrainian):
    cast = Cast({"en": english, "uk": ukrainian}, {})
    for written, expected in (("The мир is.", [0.0, GAP, GAP]), ("The — мир, is.", [0.0, BREAK, BREAK])):
        parts = [part for part, _ in cast.stretches(switched(written, ("мир", "uk")))]
        assert gaps(parts) == expected


def test_no_stretch_is_silent(brought, english, ukrainian):
    segment = switched("мир — paix", ("мир", "uk"), ("paix", "fr"))
    french = replace(ukrainian, name="french", language="fr")
    with Speaker({"en": english, "uk": ukrainian, "fr": french}, None) as speaker:
        clip = speaker.clip(segment)
        assert not any("nothing in this segment" in warning for warning in clip.warnings)
        assert clip.voice == "ukrainian + french"
        assert [segment.written[word.first : word.last] for word in clip.words] == ["мир", "paix"]


def test_keys_change_only_where_something_audible_does(brought, english, ukrainian, mixed):
    def key(segment, **voices):
        with Speaker({"en": english, "uk": ukrainian} | voices, None) as speaker:
            return speaker.key(segment)

    plain = make_segment("It rained.")
    assert key(plain) == key(plain, uk=replace(ukrainian, gain=3.0))
    assert key(mixed) == key(replace(mixed, id="s0077", boundary=Boundary.END), fr=ukrainian)
    assert key(mixed) == key(mixed, uk=replace(ukrainian, name="other", description="other"))
    assert key(mixed) != key(mixed, uk=replace(ukrainian, rate=100))
    assert key(mixed) != key(replace(mixed, switches=()))
    assert key(replace(mixed, switches=())) == key(mixed, uk=english)


@given(st.text(alphabet="aдб .,“”()—!", min_size=1, max_size=30), st.data())
def test_stretches_are_the_whole_segment(written, data):
    words = [m.span() for m in re.finditer(r"\w+", written)]
    chosen = [span for span in words if data.draw(st.booleans())]
    switches = tuple(Switch(*span, data.draw(st.sampled_from(["uk", "fr"]))) for span in chosen)
    segment = replace(make_segment(written), switches=switches)
    voices = {tag: replace(make_voice(), name=tag) for tag in ("en", "uk", "fr")}
    parts = Cast(voices, {}).stretches(segment)
    assert "".join(part.written for part, _ in parts) == written
    assert all(left.name != right.name for (_, left), (_, right) in pairwise(parts))
    assert len(parts) == 1 or all(sounds(render(part).text) for part, _ in parts)
    by = {
        token.start + part.offset: voice.name
        for part, voice in parts
        for token in part.tokens
        if token.kind is TokenKind.WORDS
    }
    languages = {switch.start: switch.language for switch in switches}
    assert by == {token.start: languages.get(token.start, "en") for token in segment.tokens}
