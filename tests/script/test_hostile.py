"""Hostile text: kept, never run, never a crash; the same work for each character however many there are."""

import pytest

from articleaudio.model import Article, Block, BlockKind, TokenKind
from articleaudio.script import Style, spoken_form, write_script

CASES = [
    ("\ud800 lone", "\ud800 lone"),
    ("a\x00b", "a\x00b"),
    ("１２３ people", "one hundred twenty-three people"),
    ("٤٢ people", "forty-two people"),
    ("1/0", "one over zero"),
    ("31 February", "the thirty-first of February"),
    ("inter\u00adnational and zero\u200bwidth", "international and zerowidth"),
    ("[[h@'loU]] you", "h at 'loU you"),
    ("<speak>hi</speak>", "<speak>hi<speak>"),
    ("Ｆ-16", "F. sixteen"),
    ("cafe\u0301 5", "cafe\u0301 five"),
    ("\u202e5 drones\u202c", "\u202efive drones\u202c"),
]


@pytest.mark.parametrize(("text", "said"), CASES)
def test_text_is_kept(text: str, said: str) -> None:
    assert spoken_form(text) == said


def test_ten_thousand_digits_are_said_one_by_one() -> None:
    assert spoken_form("7" * 10_000).split() == ["seven"] * 10_000


def test_what_is_said_already_stays() -> None:
    said = spoken_form("Denmark sent 19 F-16s, worth $4.5M, on Feb. 4 at 5:30 p.m.")
    assert spoken_form(said) == said


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize(
    "piece", ["a.", "a@", "1", "1,", "1.", "U.S.", "http://", "(", "$1", "1/", "No. ", "\ud800", "½", "Іа."]
)
def test_long_runs_are_bounded(piece: str, language: str) -> None:
    text = piece * (3000 // len(piece))
    article = Article(id="", aliases=(), title="", language=language, blocks=(Block(BlockKind.PARAGRAPH, text),))
    segments = write_script(article, Style(byline=False)).segments
    assert all(len(segment.written) <= 400 for segment in segments)
    assert "".join(segment.written for segment in segments).replace(" ", "") == text.replace(" ", "")
    assert all(token.kind in TokenKind for segment in segments for token in segment.tokens)
