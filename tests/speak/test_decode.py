"""Bytes to samples: every format, every way to be wrong."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.errors import SpeechFailedError
from articleaudio.speak.decode import hear, mp3
from speak.services.server import RATE, encoded, spoken

SOUND = spoken("The committee said nothing at all")
SAMPLES = np.frombuffer(SOUND.pcm, "<i2")
KINDS = ("wav", "flac", "mp3", "opus", "ogg_vorbis")
WHOLE = {kind: encoded(SOUND, kind) for kind in KINDS}
MAGIC = (b"", b"RIFF\0\0\0\0WAVE", b"fLaC", b"OggS", b"ID3", b"\xff\xfb\x90\0")


def wav(data, *, kind=1, channels=1, rate=RATE, bits=16, size=None, riff=None, before=b"", extensible=False):
    block = channels * bits // 8
    fmt = struct.pack("<HHIIHH", 0xFFFE if extensible else kind, channels, rate, rate * block, block, bits)
    if extensible:
        fmt += struct.pack("<HHIH", 22, bits, 0, kind) + bytes.fromhex("000000001000800000aa00389b71")
    size = len(data) if size is None else size
    body = b"WAVE" + struct.pack("<4sI", b"fmt ", len(fmt)) + fmt + before + struct.pack("<4sI", b"data", size) + data
    return b"RIFF" + struct.pack("<I", len(body) if riff is None else riff) + body


def as_float(pcm):
    return np.frombuffer(pcm, "<i2").astype(float)


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_is_known_by_its_bytes(kind):
    heard = hear(WHOLE[kind])
    assert heard.warnings == ()
    assert abs(heard.duration - SOUND.duration) < 0.2
    assert np.abs(as_float(heard.pcm)).max() > 5_000
    if kind in ("wav", "flac"):
        assert (heard.pcm, heard.rate) == (SOUND.pcm, RATE)


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF, 0x7FFFFFFF, 0x7FFFFFDB, 0xFFFFFFFF - 36])
@pytest.mark.parametrize("riff", [0, 0xFFFFFFFF, None])
def test_wav_whose_sizes_were_never_filled_in(size, riff):
    heard = hear(wav(SOUND.pcm, size=size, riff=riff))
    assert (heard.pcm, heard.rate) == (SOUND.pcm, RATE)


@pytest.mark.parametrize(
    ("data", "kind", "bits"),
    [
        ((SAMPLES // 256 + 128).astype("u1").tobytes(), 1, 8),
        (b"".join(b"\0" + struct.pack("<h", sample) for sample in SAMPLES), 1, 24),
        ((SAMPLES.astype("<i4") << 16).astype("<i4").tobytes(), 1, 32),
        ((SAMPLES / 2**15).astype("<f4").tobytes(), 3, 32),
        ((SAMPLES / 2**15).astype("<f8").tobytes(), 3, 64),
    ],
)
@pytest.mark.parametrize("extensible", [False, True])
def test_wav_of_every_kind_of_sample(data, kind, bits, extensible):
    heard = hear(wav(data, kind=kind, bits=bits, extensible=extensible))
    assert np.abs(as_float(heard.pcm) - SAMPLES).max() <= (256 if bits == 8 else 0)


def test_stereo_is_mixed_and_other_chunks_are_passed_over():
    both = np.repeat(SAMPLES, 2).tobytes()
    assert hear(wav(both, channels=2, before=b"LIST\3\0\0\0abc\0")).pcm == SOUND.pcm


@given(st.binary(max_size=120), st.integers(0, 9), st.sampled_from([1, 3, 7]), st.sampled_from([0, 8, 16, 24, 32, 64]))
def test_any_wav_is_read_or_refused(data, channels, kind, bits):
    for body in (b"RIFF\0\0\0\0WAVE" + data, wav(data, kind=kind, channels=channels, bits=bits)):
        try:
            heard = hear(body)
        except SpeechFailedError:
            continue
        assert len(heard.pcm) % 2 == 0


def test_what_follows_the_samples_is_not_heard():
    assert hear(wav(SOUND.pcm) + b"LIST\x04\0\0\0abcd").pcm == SOUND.pcm


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_cut_is_noticed(kind, data):
    whole = WHOLE[kind]
    at = data.draw(st.integers(1, len(whole) - 1))
    try:
        heard = hear(whole[:at])
    except SpeechFailedError:
        return
    # A stream may be cut where one frame or page ends: MP3 of the LAME kind promises its frames, Ogg marks its end.
    assert kind in ("opus", "ogg_vorbis")
    assert heard.warnings


@pytest.mark.parametrize("kind", ["wav", "opus", "ogg_vorbis"])
def test_files_one_after_the_other_are_not_taken_for_the_first(kind):
    with pytest.raises(SpeechFailedError, match=r"several|pages"):
        hear(WHOLE[kind] + encoded(spoken("And something else"), kind))


def test_a_cut_stream_of_wav_is_noticed_within_a_sample():
    with pytest.raises(SpeechFailedError, match="within a sample"):
        hear(wav(SOUND.pcm, size=0xFFFFFFFF)[:-1])


def test_an_mp3_without_its_last_frame_is_noticed():
    whole = WHOLE["mp3"]
    at, last = 0, 0
    while length := mp3._frame(whole, at):
        at, last = at + length, at
    assert at == len(whole)
    with pytest.raises(SpeechFailedError, match="breaks off"):
        hear(whole[:last])


def test_an_mp3_stream_without_a_table_is_heard():
    whole = WHOLE["mp3"]
    stream = whole[mp3._frame(whole, 0) :]
    assert abs(hear(stream).duration - SOUND.duration) < 0.2
    with pytest.raises(SpeechFailedError, match="within a frame"):
        hear(stream[:-10])
    with pytest.raises(SpeechFailedError, match="something else"):
        hear(stream + stream[:3])
    assert hear(stream + b"TAG" + bytes(125)).duration > 1
    with pytest.raises(SpeechFailedError, match="something else"):
        hear(stream + b"upstream error" + stream)


def test_a_page_lost_in_the_middle_is_noticed():
    whole = encoded(spoken("word " * 200), "ogg_vorbis")
    pages = whole.split(b"OggS")
    assert len(pages) > 5
    with pytest.raises(SpeechFailedError, match="pages are missing"):
        hear(b"OggS".join([*pages[:4], *pages[5:]]))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><head><style>p{}</style></head><p>Bad <b>gateway</b></p>", "“Bad gateway”"),
        (b'{"error": {"message": "no such voice"}}', "no such voice"),
        (b"upstream connect error", "upstream connect error"),
        (b"\0\0\0\x20ftypM4A \0\0\0\0" + bytes(100), "AAC"),
        ((b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(9)) * 3, "AAC"),
        (b"\x1f\x8b\x08" + bytes(100), "gzip"),
        (b"\x12\x34" * 100 + b"\xff\0", "no sound we know"),
        (b"ID3" + bytes(50), "MP3"),
        (b"fLaC" + bytes(50), "FLAC"),
        (b"OggS" + bytes(50), "Ogg"),
        (b"RIFF\0\0\0\0WAVE", "WAV"),
        (wav(b"\0\0\xc0\x7f" * 50, kind=3, bits=32), "no numbers"),
        (wav(SOUND.pcm, kind=7, bits=16), "kind 7"),
        (wav(SOUND.pcm, channels=0), "0 channels"),
        (wav(SOUND.pcm, rate=0), "0 samples a second"),
        (encoded(SOUND, "aiff")[:-500], "AIFF file breaks off"),
    ],
)
def test_what_is_no_sound_is_told(body, says):
    with pytest.raises(SpeechFailedError) as told:
        hear(body)
    assert says in str(told.value)


def test_headerless_samples_are_believed_only_where_they_were_asked_for():
    with pytest.raises(SpeechFailedError):
        hear(SOUND.pcm)
    heard = hear(SOUND.pcm, pcm_rate=RATE)
    assert (heard.pcm, heard.rate) == (SOUND.pcm, RATE)
    assert hear(encoded(SOUND, "wav"), pcm_rate=24_000).rate == RATE
    with pytest.raises(SpeechFailedError, match="break off"):
        hear(SOUND.pcm[:-1], pcm_rate=RATE)
    with pytest.raises(SpeechFailedError, match="quota"):
        hear(b'{"detail": "quota used up"}', pcm_rate=RATE)


def test_an_aiff_file_is_read_as_macos_writes_it():
    heard = hear(encoded(SOUND, "aiff"))
    assert (heard.pcm, heard.rate) == (SOUND.pcm, RATE)


def test_samples_that_begin_as_other_formats_do_are_samples():
    for begin in (-3_841, -1_537):  # as a header of AAC does
        pcm = np.array([begin, *range(100)], "<i2").tobytes()
        assert hear(pcm, pcm_rate=RATE).pcm == pcm


def test_whoever_sent_it_is_named():
    with pytest.raises(SpeechFailedError, match=r"^flite sent a text and no sound: “no such voice”$"):
        hear(b"no such voice", sender="flite")


def test_quiet_samples_are_no_text():
    quiet = np.zeros(4_000, "<i2").tobytes()
    assert hear(quiet, pcm_rate=RATE).pcm == quiet


@given(st.binary(max_size=400), st.sampled_from(MAGIC))
def test_anything_is_sound_or_refused(body, magic):
    try:
        heard = hear(magic + body, pcm_rate=RATE)
    except SpeechFailedError:
        return
    assert len(heard.pcm) % 2 == 0
    assert heard.rate > 0
