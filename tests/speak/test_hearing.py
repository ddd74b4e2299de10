"""Hearing what was spoken: the comparison by itself, and flite heard by pocketsphinx, both real."""

import importlib.util
import itertools
import shutil
import subprocess
import wave

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articleaudio.errors import EngineError
from articleaudio.speak.hearing import Heard, compare, open_recogniser
from articleaudio.speak.hearing.compare import alike

SENTENCE = "The committee will publish its findings in the spring."

needs_flite = pytest.mark.skipif(not shutil.which("flite"), reason="flite is not installed")
needs_pocketsphinx = pytest.mark.skipif(
    importlib.util.find_spec("pocketsphinx") is None, reason="pocketsphinx is not installed"
)


def heard(text):
    return [Heard(word, at / 2, at / 2 + 0.4, 1.0) for at, word in enumerate(text.split())]


def missed(said, told):
    return [word.word for word in compare(said, heard(told)).missed]


def extra(said, told):
    return [word.word for word in compare(said, heard(told)).extra]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("The council met on Tuesday.", "the council met on tuesday"),
        ("They're at the pier.", "their at the peer"),
        ("It cost one thousand two hundred dollars.", "It cost 1,200 dollars."),
        ("The I.C.B.M. flew.", "The ICBM flew"),
        ("The colour of the airport", "the color of the air port"),
        ("Élise saw the café", "elise saw the cafe"),
        ("Міська рада ухвалила бюджет.", "міська рада ухвалила бюджет"),
        ("", ""),
    ],
)
def test_the_same_written_differently_is_the_same(said, told):
    found = compare(said, heard(told))
    assert (found.missed, found.extra, found.score) == ((), (), 1.0)


def test_words_not_heard_and_words_too_much_are_told_with_their_place():
    said = "The mayor did not sign the contract on Monday"
    found = compare(said, heard("the mayor did sign the contract on monday thank you for watching"))
    (word,) = found.missed
    assert (word.word, word.first) == ("not", said.index("not"))
    assert [extra.word for extra in found.extra] == ["thank", "you", "for", "watching"]
    assert found.extra[0].start == 4.0
    assert found.score == pytest.approx(8 / 9)


def test_another_word_is_both_missing_and_too_much():
    assert missed("the river rose", "the budget rose") == ["river"]
    assert extra("the river rose", "the budget rose") == ["budget"]


def test_nothing_heard_is_everything_missed():
    found = compare("Nobody came.", [])
    assert [word.word for word in found.missed] == ["nobody", "came"]
    assert found.score == 0.0


words = st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), max_size=12)


@given(words, words)
@settings(max_examples=60)
def test_every_word_is_accounted_for(said, told):
    found = compare(" ".join(said), heard(" ".join(told)))
    assert 0.0 <= found.score <= 1.0
    assert len(found.extra) <= len(told)
    assert compare(" ".join(said), heard(" ".join(said))).missed == ()


@given(st.text(max_size=10), st.text(max_size=10))
@settings(max_examples=60)
def test_a_word_is_most_like_itself(one, other):
    assert alike(one, one) == 1.0
    assert 0.0 <= alike(one, other) <= 1.0


@pytest.fixture(scope="module")
def recogniser():
    return open_recogniser()


def flite(text, folder):
    subprocess.run(["flite", "-voice", "slt", "-t", text, "-o", folder / "x.wav"], check=True)
    with wave.open(str(folder / "x.wav")) as file:
        return file.readframes(file.getnframes()), file.getframerate()


@needs_flite
@needs_pocketsphinx
def test_a_whole_sentence_is_heard_and_half_of_it_is_not(recogniser, tmp_path):
    pcm, rate = flite(SENTENCE, tmp_path)
    whole = recogniser.hear(pcm, rate, "en-us")
    assert compare(SENTENCE, whole).score > 0.9
    assert all(before.end <= after.start + 0.02 for before, after in itertools.pairwise(whole))
    assert whole[-1].end <= len(pcm) / 2 / rate + 0.02
    half = compare(SENTENCE, recogniser.hear(pcm[: len(pcm) // 4 * 2], rate, "en-us"))
    assert half.score < 0.7
    assert half.missed[-1].word == "spring"


@needs_pocketsphinx
def test_pocketsphinx_knows_english_only(recogniser):
    assert recogniser.understands("en-GB")
    assert not recogniser.understands("uk")


def test_a_folder_without_a_model_is_refused_before_anything_is_fetched(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)
    with pytest.raises(EngineError, match=r"holds no model for faster-whisper: model\.bin, config\.json, tokenizer"):
        open_recogniser(tmp_path)


def test_a_missing_package_is_told_with_its_extra(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EngineError) as caught:
        open_recogniser(tmp_path)
    assert "articleaudio[asr]" in caught.value.hint
