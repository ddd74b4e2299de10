from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsroom
from articleaudio.model import Article, Block, Mark, Span, Token, Voice
from articleaudio.plain import dump, plain
from articleaudio.publish.rebuild import rebuild


@given(st.builds(Token) | st.builds(Span) | st.builds(Mark) | st.builds(Block))
def test_a_noun_survives_json(noun):
    assert repr(rebuild(type(noun), json.loads(dump(noun)))) == repr(noun)  # nan is not equal to itself


def test_nested_nouns_dates_and_nothing_survive():
    item = newsroom.article(updated=datetime(2026, 1, 2, tzinfo=UTC))
    assert rebuild(Article, json.loads(dump(item))) == item
    assert rebuild(Article, plain(newsroom.article(published=None))).published is None


def test_unknown_fields_are_ignored_and_missing_ones_take_their_default():
    assert rebuild(Span, {"kind": "pause", "start": 0, "end": 1.5, "later": True}) == Span("pause", 0.0, 1.5)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "Span: an object"),
        ({"kind": "pause", "start": 0.0}, "end"),
        ({"kind": "noise", "start": 0.0, "end": 1.0}, "noise"),
        ({"kind": "pause", "start": "0", "end": 1.0}, r"Span\.start: float"),
        ({"kind": "pause", "start": 0.0, "end": 1.0, "segment": True}, r"Span\.segment: a number"),
        ({"kind": "pause", "start": 0.0, "end": 1.0, "segment": 1.5}, r"Span\.segment: int"),
    ],
)
def test_what_is_not_as_declared_is_named(value, message):
    with pytest.raises(ValueError, match=message):
        rebuild(Span, value)


def test_a_type_without_a_reader_is_named():
    with pytest.raises(ValueError, match=r"Voice\.options: no reader"):
        rebuild(Voice, plain(newsroom.VOICE))
