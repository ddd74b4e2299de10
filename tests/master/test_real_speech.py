"""The real speaker, mastered: what it said is heard, every word where it should be."""

import numpy as np
import pytest

from articleaudio.config import load_voice, voice_folders
from articleaudio.master import PODCAST, SHAPING, TagFacts, make_recording
from articleaudio.master.shape import shape
from articleaudio.model import Article, Block, BlockKind, TokenKind
from articleaudio.script import Style, write_script
from articleaudio.speak import Speaker
from articleaudio.store import Store
from master.making import decode, offset

TEXT = (
    "The council approved a budget of $4.2 billion on Nov. 3, 2026, after a night of talks.",
    "Fifty ships left the harbour, half of them empty. “Safe at last,” said the pilot.",
)


@pytest.fixture(scope="module")
def script():
    blocks = (Block(BlockKind.PARAGRAPH, TEXT[0]), Block(BlockKind.HEADING, "On the docks", 2, "docks"))
    blocks += (Block(BlockKind.PARAGRAPH, TEXT[1]),)
    return write_script(Article("id", ("id:1",), "Budget passes", "en", blocks), Style())


@pytest.fixture(scope="module")
def speaker():
    with Speaker({"en": load_voice("en-us", voice_folders())}, None) as speaker:
        yield speaker


@pytest.fixture(scope="module")
def recording(script, speaker, tmp_path_factory):
    path = tmp_path_factory.mktemp("speech") / "a.mp3"
    return make_recording(script, speaker, path, tags=TagFacts("Budget passes", language="en"))


def test_what_was_said_is_heard_at_its_very_sample(recording, speaker):
    heard = decode(recording.path)
    assert len(heard) == round(recording.duration * 44_100)
    for timed in recording.segments:
        said = np.frombuffer(shape(speaker.clip(timed.segment), 44_100, SHAPING).pcm, "<i2").astype(float)
        late, alike = offset(heard, round(timed.start * 44_100), said)
        assert (late, alike) == (0, pytest.approx(1.0, abs=0.02)), timed.segment.written


def test_every_word_has_its_time(recording):
    for timed in recording.segments:
        said = [token for token in timed.segment.tokens if token.kind is not TokenKind.PAUSE]
        assert [(word.first, word.last) for word in timed.words] == [(token.start, token.end) for token in said]
        assert all(timed.start <= word.start < word.end <= timed.end for word in timed.words)


def test_the_voice_is_clean(recording):
    assert recording.warnings == ()


def test_chapters_are_the_headings(recording):
    assert [chapter.title for chapter in recording.chapters] == ["Budget passes", "On the docks"]


def test_a_second_speaker_gives_the_same_bytes(script, recording, tmp_path):
    store = Store(tmp_path / "cache")
    with Speaker({"en": load_voice("en-us", voice_folders())}, store) as speaker:
        again = make_recording(
            script,
            speaker,
            tmp_path / "b.mp3",
            tags=TagFacts("Budget passes", language="en"),
            profile=PODCAST,
            store=store,
        )
        third = make_recording(script, speaker, tmp_path / "c.mp3", tags=TagFacts("Other"), store=store)
    assert again.sha256 == recording.sha256
    assert (again.spoken_now, third.spoken_now) == (len(script.segments), 0)
