"""Pieces: their keys, how they are kept, and what they hold."""

from dataclasses import fields, replace

import pytest

from articleaudio.errors import ArticleAudioError, SpeechFailedError
from articleaudio.master import PODCAST, SHAPING, WEB, Shaping, keys
from articleaudio.master import pieces as module
from articleaudio.master.frames import FrameFormat
from articleaudio.master.keys import piece_key
from articleaudio.master.pieces import KIND, PieceMaker, make_piece, pack, unpack
from articleaudio.model import Clip
from articleaudio.store import Store
from master.making import NoiseSource, Shelf, segment

ONE = segment(0, "One sentence about the weather.")
MP3 = FrameFormat.of(PODCAST)


@pytest.fixture
def piece():
    return make_piece(NoiseSource().clip(ONE), PODCAST, SHAPING)


def test_a_piece_is_silent_for_a_frame_at_both_edges(piece):
    assert piece.start == 1152
    assert piece.frames * 1152 - 1105 - (piece.start + piece.samples) >= 1152


def test_words_move_with_the_speech(piece):
    clip = NoiseSource().clip(ONE)
    moved = [after.start - before.start for before, after in zip(clip.words, piece.words, strict=True)]
    assert max(moved) == pytest.approx(-0.08, abs=0.011)
    assert [(word.first, word.last) for word in piece.words] == [(w.first, w.last) for w in clip.words]
    assert piece.words[-1].end <= piece.samples / PODCAST.rate


def test_words_outside_the_sound_are_brought_inside():
    clip = NoiseSource().clip(ONE)
    wide = (replace(clip.words[0], start=-1.0, end=0.0), replace(clip.words[-1], start=9.0, end=10.0))
    first, last = make_piece(replace(clip, words=wide), PODCAST, SHAPING).words
    assert (first.start, first.end) == (0.0, 0.0)
    assert last.start == last.end > 0


def test_a_piece_is_read_as_it_was_kept(piece):
    odd = replace(piece, warnings=("перевищення",))
    assert unpack(pack(odd), MP3) == odd


def test_a_damaged_piece_is_made_again(piece):
    kept = pack(piece)
    damaged = (b"", b"\n", b"{}\n", b"[]\n", kept[:-1], kept[:50], kept.replace(b"samples", b"sampels"), b"\xff" + kept)
    assert [unpack(payload, MP3) for payload in damaged] == [None] * len(damaged)


def test_the_second_time_nothing_is_spoken(tmp_path):
    clips = NoiseSource()
    maker = PieceMaker(clips, PODCAST, SHAPING, Store(tmp_path))
    first, key, spoken = maker.piece(ONE)
    assert (key, spoken) == (clips.key(ONE), True)
    assert maker.piece(ONE) == (first, key, False)
    assert clips.asked == ["s0001"]


def test_an_empty_store_is_used(tmp_path):
    shelf = Shelf()
    PieceMaker(NoiseSource(), PODCAST, SHAPING, shelf).piece(ONE)
    assert [kind for kind, _ in shelf] == [KIND]


def test_a_kept_clip_is_not_spoken_now():
    assert PieceMaker(NoiseSource(cached=True), PODCAST, SHAPING, None).piece(ONE)[2] is False


def test_everything_that_changes_the_sound_changes_the_key(monkeypatch):
    found = [piece_key("clip", PODCAST, SHAPING), piece_key("other", PODCAST, SHAPING), piece_key("clip", WEB, SHAPING)]
    found += [piece_key("clip", replace(PODCAST, quality=q), SHAPING) for q in (2, 7)]
    found += [
        piece_key("clip", PODCAST, Shaping(**{item.name: item.default + 0.001}))  # each setting counts
        for item in fields(Shaping)
    ]
    monkeypatch.setattr(keys, "binding", lambda: "lameenc 0.0")
    found.append(piece_key("clip", PODCAST, SHAPING))
    assert len(set(found)) == len(found)


def test_a_name_changes_no_sound():
    assert piece_key("clip", replace(PODCAST, name="other"), SHAPING) == piece_key("clip", PODCAST, SHAPING)


def test_no_sound_names_the_segment():
    class Mute(NoiseSource):
        def clip(self, segment):
            return Clip(self.key(segment), 22_050, b"", ())

    with pytest.raises(SpeechFailedError, match=r"segment s0001 \('One sentence about the weather\.'\)") as caught:
        PieceMaker(Mute(), PODCAST, SHAPING, None).piece(ONE)
    assert caught.value.hint


def test_an_encoder_that_keeps_back_frames_is_found_out(monkeypatch):
    clip = NoiseSource().clip(ONE)
    whole = module.encode
    monkeypatch.setattr(module, "encode", lambda pcm, profile: whole(pcm[: len(pcm) // 2], profile))
    with pytest.raises(ArticleAudioError, match="too few"):
        make_piece(clip, PODCAST, SHAPING)


@pytest.mark.parametrize("gain", [0.0, 12.0, 25.0])
@pytest.mark.parametrize("profile", [PODCAST, WEB])
def test_no_finished_piece_has_a_peak_above_the_limit(gain, profile):
    clip = NoiseSource().clip(ONE)
    made = make_piece(clip, profile, replace(SHAPING, gain=gain))
    assert made.peak <= -1.0
    assert len(made.energies) >= made.frames - 1
