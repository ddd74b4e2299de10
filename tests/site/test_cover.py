from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

import newsroom
from articleaudio.site.cover import kind_and_size, place_cover

GOOD = (1400, 1400)


@pytest.fixture
def draw(tmp_path):
    """Write a picture with a white corner and a red middle."""

    def paint(size, mode="RGB", kind="PNG", **settings):
        picture = Image.new("RGB", size, "white")
        picture.paste("red", (size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2))
        path = tmp_path / "logo"
        picture.convert(mode).save(path, kind, **settings)
        return path

    return paint


def placed(image, out):
    """The cover's name, what was said, and the published picture."""
    warnings = []
    name, _ = place_cover(image, out, warnings.append)
    picture = Image.open(io.BytesIO((out / name).read_bytes())) if name else None
    return name, warnings, picture


@pytest.mark.parametrize(("kind", "suffix"), [("PNG", "png"), ("JPEG", "jpg")])
@pytest.mark.parametrize("side", [1400, 3000])
def test_a_good_cover_is_copied_byte_by_byte_and_once(draw, tmp_path, kind, suffix, side):
    image, out = draw((side, side), kind=kind), tmp_path / "out"
    name, written = place_cover(image, out, pytest.fail)
    assert written
    assert name.endswith(f".{suffix}")
    assert (out / name).read_bytes() == image.read_bytes()
    assert place_cover(image, out, pytest.fail) == (name, False)
    assert place_cover(None, out, pytest.fail) == ("", False)


@pytest.mark.parametrize(
    ("size", "settings", "told", "side"),
    [
        ((1200, 1200), {}, "blown up to 1400", 1400),
        ((3100, 3100), {"kind": "JPEG"}, "made smaller", 3000),
        ((1600, 1500), {}, "no square (1600 x 1500", 1600),
        ((400, 3600), {}, "no square", 3000),
        (GOOD, {"mode": "CMYK", "kind": "JPEG"}, "CMYK", 1400),
        (GOOD, {"mode": "L"}, "other colours than RGB", 1400),
        (GOOD, {"mode": "RGBA"}, "transparent", 1400),
        (GOOD, {"mode": "P", "kind": "GIF"}, "GIF", 1400),
        (GOOD, {"kind": "WEBP"}, "WEBP", 1400),
        (GOOD, {"mode": "I;16"}, "I;16", 1400),
    ],
)
def test_what_directories_would_refuse_is_put_right_and_said(draw, tmp_path, size, settings, told, side):
    image, out = draw(size, **settings), tmp_path / "out"
    name, warnings, picture = placed(image, out)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (side, side))
    assert name.endswith(".jpg")
    assert len(warnings) == 1
    assert told in warnings[0]
    corner, middle = picture.getpixel((3, 3)), picture.getpixel((side * 3 // 8, side * 3 // 8))
    if settings.get("mode") not in {"L", "I;16"} and size[0] > 400:
        assert min(corner) > 240
        assert middle[0] > 200
        assert max(middle[1:]) < 90


def test_a_turned_photograph_is_set_upright(draw, tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    _, warnings, picture = placed(draw(GOOD, kind="JPEG", exif=exif), tmp_path / "out")
    assert "turned upright" in warnings[0]
    assert max(picture.getpixel((875, 875))[1:]) < 90  # the red was at the upper left


def test_a_cover_is_made_once_and_its_bytes_are_always_the_same(draw, tmp_path):
    image = draw((1200, 900))
    first, _, _ = placed(image, tmp_path / "one")
    second, _, _ = placed(image, tmp_path / "two")
    made = tmp_path / "one" / first
    assert made.read_bytes() == (tmp_path / "two" / second).read_bytes()
    told = []
    assert place_cover(image, tmp_path / "one", told.append) == (first, False)
    assert len(told) == 1  # it is said until the picture is mended
    made.write_bytes(b"lost")
    assert place_cover(image, tmp_path / "one", told.append) == (first, True)


def test_kind_and_size_come_from_the_first_bytes(draw):
    assert kind_and_size(draw((7, 9)).read_bytes()[:30]) == ("png", (7, 9))
    assert kind_and_size(draw((30, 20), kind="JPEG", progressive=True, comment="note").read_bytes()) == (
        "jpg",
        (30, 20),
    )
    assert kind_and_size(b"<svg/>") == ("", None)
    assert kind_and_size(b"\x89PNG\r\n\x1a\n") == ("png", None)
    assert kind_and_size(b"\xff\xd8\xff\xe0") == ("jpg", None)
    assert kind_and_size(b"\xff\xd8\xff\xd9" + bytes(20)) == ("jpg", None)


def test_another_picture_gets_another_address(draw, tmp_path):
    before, _ = place_cover(draw(GOOD), tmp_path / "out", pytest.fail)
    after, _ = place_cover(draw((1500, 1500)), tmp_path / "out", pytest.fail)
    assert before != after


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<svg/>", "no JPEG, PNG or other known picture"),
        (b"", "no JPEG, PNG or other known picture"),
        (None, "cannot be read"),
        (bytes(33 << 20), "35 MB"),
        ("half", "cannot be used"),
        ("bomb", "8000 x 8000"),
    ],
    ids=["svg", "empty", "missing", "heavy", "half", "bomb"],
)
def test_what_is_no_picture_is_left_out_and_said(draw, tmp_path, data, told):
    image = tmp_path / "logo"
    if data == "half":
        whole = draw(GOOD).read_bytes()
        data = whole[: len(whole) // 2]
    if data == "bomb":
        file = io.BytesIO()
        Image.new("1", (8000, 8000)).save(file, "PNG")
        data = file.getvalue()
    if data is not None:
        image.write_bytes(data)
    name, warnings, _ = placed(image, tmp_path / "out")
    assert name == ""
    assert len(warnings) == 1
    assert told in warnings[0]


def test_the_cover_is_on_the_index_and_in_the_feed(site, draw):
    site.build(replace(newsroom.SHOW, image=draw(GOOD)))
    (cover,) = site.out.glob("cover.*.png")
    assert f'src="{cover.name}"' in (site.out / "index.html").read_text("utf-8")
    assert f'href="{newsroom.SHOW.base_url}{cover.name}"' in (site.out / "feed.xml").read_text("utf-8")
    assert site.warnings == []
