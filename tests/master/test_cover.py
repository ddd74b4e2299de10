"""Covers: kept as they are, made smaller, put right, refused."""

import io
import random
import struct
import tracemalloc
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from articleaudio.errors import ConfigError
from articleaudio.master import TagFacts, make_recording
from articleaudio.master.cover import KEPT_BYTES, SIDE, Cover, tag_cover
from master.making import NoiseSource, png, script


def file(image: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def halves(mode="RGB", size=(400, 300), left=(200, 30, 30), right=(30, 30, 200)) -> Image.Image:
    """A picture whose left and right halves can be told apart."""
    image = Image.new("RGB", size, right)
    image.paste(left, (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


def noise(size: int) -> Image.Image:
    """What no encoder can make small."""
    return Image.fromarray(np.random.default_rng(1).integers(0, 256, (size, size, 3), np.uint8))


def pixels(cover: Cover) -> Image.Image:
    """What a player would show."""
    with Image.open(io.BytesIO(cover.data)) as image:
        image.load()
        assert image.size == (cover.width, cover.height)
        assert image.get_format_mimetype() == cover.mime
        return image.convert("RGB")


def near(image: Image.Image, x: float, y: float, colour) -> bool:
    found = image.getpixel((int(x * image.width), int(y * image.height)))
    return max(abs(one - other) for one, other in zip(found, colour, strict=True)) <= 12


KEPT = {
    "jpeg": file(halves(), "JPEG"),
    "progressive jpeg": file(halves(), "JPEG", progressive=True),
    "grey jpeg": file(halves("L"), "JPEG"),
    "png": file(halves(), "PNG"),
    "palette png": file(halves("P"), "PNG"),
    "black and white png": png(1400, 1400),
    "jpeg with a few bytes behind it": file(halves(), "JPEG") + b"\0\0",
    "png with all opaque palette": file(halves("P"), "PNG", optimize=True),
}


@pytest.mark.parametrize("data", KEPT.values(), ids=KEPT)
def test_a_good_file_is_kept_byte_by_byte(data):
    cover = tag_cover(data)
    assert cover.data == data
    assert cover.repairs == ()
    assert pixels(cover)


def test_the_samples_cover_is_good(request):
    data = (request.config.rootpath / "samples" / "cover.png").read_bytes()
    assert tag_cover(data).data == data


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(3000, 3000), (2000, 1000), (1000, 1401)], ids=str)
def test_a_large_picture_is_made_smaller_without_a_word(kind, size):
    cover = tag_cover(file(halves(size=size), kind))
    assert max(cover.width, cover.height) == SIDE
    assert cover.width / cover.height == pytest.approx(size[0] / size[1], rel=0.002)
    assert (cover.mime, cover.repairs) == ("image/jpeg", ())
    assert near(pixels(cover), 0.2, 0.5, (200, 30, 30))
    assert near(pixels(cover), 0.8, 0.5, (30, 30, 200))


def test_a_heavy_picture_is_made_lighter():
    data = file(noise(1300), "PNG")
    assert len(data) > 5_000_000
    cover = tag_cover(data)
    assert len(cover.data) <= KEPT_BYTES
    assert cover.repairs == ()


def test_forty_megapixels_are_made_smaller_in_bounded_memory():
    grey = png(8000, 5000)
    assert tag_cover(grey).width == SIDE
    photo = file(halves(size=(8000, 5000)), "JPEG")
    tracemalloc.start()
    assert (tag_cover(photo).width, tag_cover(photo).height) == (1400, 875)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000  # what Python holds; Pillow decodes a JPEG small at once
    tracemalloc.stop()


def sixteen(colour: int, channels: int) -> bytes:
    """A PNG of 16 bits a channel, all of one level."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    row = b"\0" + struct.pack(">H", colour) * channels * 64
    header = struct.pack(">IIBBBBB", 64, 64, 16, 2 if channels == 3 else 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(row * 64)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def turned(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    upright = halves()
    lying = upright.transpose(Image.Transpose.ROTATE_90 if orientation == 6 else Image.Transpose.ROTATE_180)
    return file(lying, "JPEG", exif=exif)


def clear() -> bytes:
    image = halves("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 400, 100))
    return file(image, "PNG")


RED, BLUE = (200, 30, 30), (30, 30, 200)
REPAIRED = {
    "webp": (file(halves(), "WEBP", lossless=True), "WEBP", RED, BLUE),
    "gif": (file(halves(), "GIF"), "GIF", RED, BLUE),
    "tiff": (file(halves(), "TIFF"), "TIFF", RED, BLUE),
    "bmp": (file(halves(), "BMP"), "BMP", RED, BLUE),
    "moving gif": (file(halves(), "GIF", save_all=True, append_images=[halves(left=BLUE)]), "moves", RED, BLUE),
    "moving png": (file(halves(), "PNG", save_all=True, append_images=[halves(left=BLUE)]), "moves", RED, BLUE),
    "cmyk": (file(halves("CMYK"), "JPEG"), "CMYK", RED, BLUE),
    "16 bit colours": (sixteen(0x8080, 3), "16 bits", (128,) * 3, (128,) * 3),
    "16 bit grey": (sixteen(0x8080, 1), "16 bits", (128,) * 3, (128,) * 3),
    "on its side": (turned(6), "side", RED, BLUE),
    "on its head": (turned(3), "side", RED, BLUE),
    "transparent": (clear(), "transparent", RED, BLUE),
    "transparent palette": (file(halves("P"), "PNG", transparency=0), "transparent", None, None),
    "grey and transparent": (file(halves("LA"), "PNG"), "transparent", None, None),
}


@pytest.mark.parametrize(("data", "told", "left", "right"), REPAIRED.values(), ids=REPAIRED)
def test_what_players_do_not_show_is_put_right_and_told(data, told, left, right):
    cover = tag_cover(data)
    assert any(told in repair for repair in cover.repairs)
    assert cover.mime == "image/jpeg"
    shown = pixels(cover)
    assert left is None or near(shown, 0.2, 0.5, left)
    assert right is None or near(shown, 0.8, 0.5, right)


def test_transparency_lies_on_white():
    assert near(pixels(tag_cover(clear())), 0.2, 0.1, (255, 255, 255))


def test_a_colour_profile_is_kept():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    cover = tag_cover(file(halves(size=(2000, 2000)), "JPEG", icc_profile=profile))
    with Image.open(io.BytesIO(cover.data)) as image:
        assert image.info["icc_profile"] == profile


def test_the_same_file_gives_the_same_bytes():
    data = file(halves(size=(1800, 1800)), "PNG")
    first = tag_cover(data)
    tag_cover.cache_clear()
    assert tag_cover(data) == first


def bomb() -> bytes:
    """A small file of 40,000 × 40,000 pixels."""
    whole = bytearray(png(8, 8))
    whole[16:24] = struct.pack(">II", 40_000, 40_000)
    whole[29:33] = struct.pack(">I", zlib.crc32(whole[12:29]))
    return bytes(whole)


BAD = {
    "empty": b"",
    "text": b"<html>not found</html>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "cut png": png()[:-20],
    "flipped png": png().replace(b"IDAT", b"IDAU"),
    "cut jpeg": file(noise(300), "JPEG")[:-9000],
    "cut webp": file(noise(300), "WEBP")[:-9000],
    "cut gif": file(noise(300), "GIF")[:-30_000],
    "no pixels": png(0, 0),
    "a bomb": bomb(),
    "sixty megapixels": png(10_000, 6_000),
    "forty megapixels of an odd kind": file(Image.new("1", (8000, 5000)), "BMP"),
    "many bytes": file(halves(), "JPEG") + bytes(33 << 20),
    "only a head": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_bad_covers_are_refused_with_a_hint(data):
    with pytest.raises(ConfigError, match="the cover ") as caught:
        tag_cover(data)
    assert "1400" in caught.value.hint


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([*KEPT.values(), *(case[0] for case in REPAIRED.values())]), st.integers(), st.integers(1, 20))
def test_a_file_with_flipped_bytes_is_shown_or_refused(data, seed, count):
    rng, broken = random.Random(seed), bytearray(data)
    for _ in range(count):
        broken[rng.randrange(len(broken))] = rng.randrange(256)
    try:
        cover = tag_cover(bytes(broken))
    except ConfigError:
        return
    assert max(cover.width, cover.height) <= SIDE
    assert len(cover.data) <= KEPT_BYTES


def test_a_bad_cover_is_told_before_anything_is_spoken(tmp_path):
    clips = NoiseSource()
    with pytest.raises(ConfigError):
        make_recording(script("One."), clips, tmp_path / "a.mp3", tags=TagFacts("T", cover=b"GIF89a"))
    assert clips.asked == []


def test_what_was_put_right_is_among_the_warnings(tmp_path):
    facts = TagFacts("T", cover=file(halves("CMYK"), "JPEG"))
    made = make_recording(script("One."), NoiseSource(), tmp_path / "a.mp3", tags=facts)
    assert any("CMYK" in warning for warning in made.warnings)
