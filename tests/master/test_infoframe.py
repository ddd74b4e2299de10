"""The Info frame and its checksums."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.master import PODCAST, WEB
from articleaudio.master import infoframe as module
from articleaudio.master.frames import FrameFormat
from articleaudio.master.infoframe import crc16, crc16_of_file, info_frame


def bit_by_bit(data: bytes, crc: int = 0) -> int:
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def test_the_known_check_value():
    assert crc16(b"123456789") == 0xBB3D


@given(st.binary(max_size=9000), st.integers(0, 0xFFFF))
def test_the_quick_sum_is_the_plain_sum(data, start):
    assert crc16(data, start) == bit_by_bit(data, start)


def test_a_file_is_summed_in_blocks(monkeypatch):
    monkeypatch.setattr(module, "_BLOCK", 1000)
    data = bytes(range(256)) * 11
    assert crc16_of_file(BytesIO(data)) == bit_by_bit(data)


@pytest.mark.parametrize("profile", [PODCAST, WEB], ids=lambda profile: profile.name)
def test_fields(profile):
    mp3 = FrameFormat.of(profile)
    frame = info_frame(mp3, 1000, 313_469, 0xABCD, encoder="LAME4.0", quality=5)
    assert mp3.count(frame) == 1
    body = frame[4 + mp3.side :]
    assert body[:4] == b"Info"
    assert int.from_bytes(body[8:12], "big") == 1000
    assert int.from_bytes(body[12:16], "big") == 313_469 + len(frame)
    seek = body[16:116]
    assert list(seek) == sorted(seek)
    assert 125 <= seek[50] <= 131
    lame = body[120:156]
    assert lame[:9] == b"LAME4.0\0\0"
    assert lame[9] & 15 == 1
    assert lame[20] == profile.bitrate // 1000
    delays = int.from_bytes(lame[21:24], "big")
    assert (delays >> 12, delays & 0xFFF) == (576, 576)
    assert int.from_bytes(lame[28:32], "big") == 313_469 + len(frame)
    assert int.from_bytes(lame[32:34], "big") == 0xABCD
    upto = frame.index(lame) + 34
    assert int.from_bytes(lame[34:36], "big") == bit_by_bit(frame[:upto])


def test_a_file_of_nothing_but_the_info_frame_has_a_seek_table():
    assert info_frame(FrameFormat.of(PODCAST), 0, 0, 0, encoder="LAME4.0", quality=5)
