"""Covers, good and bad."""

import struct

import pytest

from articleaudio.errors import ConfigError
from articleaudio.master.cover import tag_cover
from master.making import png


def jpeg(width=1400, height=1400, *, marker=0xC0, end=b"\xff\xd9") -> bytes:
    """The frame of a JPEG file: what a reader needs to know its size."""
    app = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + bytes(9)
    fill = b"\xff"
    tables = b"\xff\xc4" + struct.pack(">H", 5) + bytes(3)
    header = bytes((0xFF, marker)) + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(9)
    return b"\xff\xd8" + app + fill + tables + header + b"\xff\xda" + bytes(40) + end


def test_png():
    cover = tag_cover(png(1500, 1400))
    assert (cover.mime, cover.width, cover.height) == ("image/png", 1500, 1400)


@pytest.mark.parametrize("marker", [0xC0, 0xC1, 0xC2])
def test_jpeg(marker):
    cover = tag_cover(jpeg(3000, 2000, marker=marker))
    assert (cover.mime, cover.width, cover.height) == ("image/jpeg", 3000, 2000)


def test_the_samples_cover_is_good(request):
    folder = request.config.rootpath / "samples"
    paths = [path for path in folder.glob("cover.*") if path.suffix in {".png", ".jpg"}]
    assert paths
    for path in paths:
        assert tag_cover(path.read_bytes()).width >= 1400


BAD = {
    "empty": b"",
    "text": b"<html>not found</html>",
    "gif": b"GIF89a" + bytes(100),
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "cut png": png()[:-20],
    "flipped png": png().replace(b"IDAT", b"IDAU"),
    "cut jpeg": jpeg(end=b""),
    "jpeg without a frame": jpeg(marker=0xE1),
    "no pixels": png(0, 0),
    "forty megapixels": png(8000, 5000),
    "many bytes": jpeg() + bytes(9 << 20),
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_bad_covers_are_refused_with_a_hint(data):
    with pytest.raises(ConfigError) as caught:
        tag_cover(data)
    assert "1400" in caught.value.hint
