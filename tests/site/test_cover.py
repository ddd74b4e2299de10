from __future__ import annotations

import struct
import zlib
from dataclasses import replace

import pytest

import newsroom
from articleaudio.site.cover import kind_and_size, place_cover


def png(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = b"IHDR" + header
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(header)) + data + struct.pack(">I", zlib.crc32(data))


def jpeg(width, height):
    comment = b"\xff\xfe\x00\x06note"
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + comment + b"\xff" + frame + b"\xff\xd9"


def test_kind_and_size_come_from_the_bytes():
    assert kind_and_size(png(1400, 1500)) == ("png", (1400, 1500))
    assert kind_and_size(jpeg(3000, 2000)) == ("jpg", (3000, 2000))
    assert kind_and_size(b"<svg/>") == ("", None)
    assert kind_and_size(b"\x89PNG\r\n\x1a\n") == ("png", None)
    assert kind_and_size(b"\xff\xd8\xff\xe0") == ("jpg", None)
    assert kind_and_size(b"\xff\xd8\xff\xd9" + bytes(20)) == ("jpg", None)


def test_a_cover_is_copied_once(tmp_path):
    image = tmp_path / "logo.jpeg"
    image.write_bytes(jpeg(1400, 1400))
    assert place_cover(image, tmp_path / "out", pytest.fail) == ("cover.jpg", True)
    assert (tmp_path / "out" / "cover.jpg").read_bytes() == image.read_bytes()
    assert place_cover(image, tmp_path / "out", pytest.fail) == ("cover.jpg", False)
    assert place_cover(None, tmp_path / "out", pytest.fail) == ("", False)


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (jpeg(1200, 1200), "cover.jpg", "1200 x 1200"),
        (png(2000, 1400), "cover.png", "square"),
        (b"GIF89a", "", "neither JPEG nor PNG"),
        (None, "", "cannot be read"),
    ],
)
def test_what_directories_would_refuse_is_said(tmp_path, data, name, told):
    image = tmp_path / "logo"
    if data is not None:
        image.write_bytes(data)
    warnings = []
    assert place_cover(image, tmp_path / "out", warnings.append)[0] == name
    assert len(warnings) == 1
    assert told in warnings[0]


def test_the_cover_is_on_the_index_and_in_the_feed(site, tmp_path):
    image = tmp_path / "logo.png"
    image.write_bytes(png(1400, 1400))
    site.build(replace(newsroom.SHOW, image=image))
    assert 'src="cover.png"' in (site.out / "index.html").read_text("utf-8")
    assert 'href="https://audio.harbour.example/listen/cover.png"' in (site.out / "feed.xml").read_text("utf-8")
    assert site.warnings == []
