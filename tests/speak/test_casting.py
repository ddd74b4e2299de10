"""Which voice speaks what: by language, role and stretch; and what happens when one cannot."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from articleaudio.errors import BudgetError, SpeechFailedError, VoiceError
from articleaudio.model import Role, Switch, TokenKind
from articleaudio.speak import Speaker
from articleaudio.speak.casting import Cast
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
