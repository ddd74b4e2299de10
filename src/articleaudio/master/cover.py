"""The cover in the tag: a JPEG or PNG of a size that every player can bear.

A good file is kept byte by byte. A large one is made smaller, and what players do not show (CMYK, 16 bits, moving or
turned pictures, WebP …) is made into what they do, which is told. Sources: JPEG, ITU-T T.81 annex B (markers); PNG, W3C
third edition, section 5 (chunks).
"""

from __future__ import annotations

import io
import warnings
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from articleaudio.errors import ConfigError

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 1400
"""Pixels: the longer side in the tag, which is more than any player shows."""
KEPT_BYTES = 600_000
"""Bytes: the cover lies before the sound, and every listener has to load it first."""
MOST_BYTES = 32 << 20
"""Bytes of a file that is looked at."""
MOST_PIXELS = 50_000_000
"""Pixels of a picture that is decoded, in some 400 MB at most; half as many where it is neither JPEG nor PNG."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_HINT = "give a JPEG or PNG file, square, 1400 to 3000 pixels wide"
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP")
_AS_IT_IS = {"JPEG": "image/jpeg", "PNG": "image/png"}
_PLAIN = {"1", "L", "RGB", "P"}
_SHRINK = {"L", "RGB", "RGBA", "CMYK", "YCbCr"}
"""Of what can be made smaller before its colours are changed."""
_TURNED = 0x0112
"""EXIF: orientation."""
_TRIES = tuple((side, quality) for side in (SIDE, 1000, 700) for quality in (88, 75, 60))
"""Sides and JPEG qualities until the file is small enough; the last of them is."""


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover as the tag carries it."""

    data: bytes
    """The file."""
    mime: str
    """`image/jpeg` or `image/png`."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    repairs: tuple[str, ...] = ()
    """What was wrong with the file that was given, and what was done about it."""


@lru_cache(maxsize=2)
def tag_cover(data: bytes) -> Cover:
    """Make a cover fit for a tag. The same file gives the same bytes with the same release of Pillow.

    Raises ConfigError when it is no picture, is damaged, or is larger than can be decoded.
    """
    if len(data) > MOST_BYTES:
        raise ConfigError(f"the cover has {len(data) / 1e6:.1f} MB, at most 32 will do", hint=_HINT)
    if _cut_off(data):
        raise ConfigError("the cover is a damaged picture: the file is not whole", hint=_HINT)
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 -- only who has a cover needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow has to say of odd metadata; sizes are checked below
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                return _fit(image, data)
    except ConfigError:
        raise
    except UnidentifiedImageError as error:
        raise ConfigError(f"the cover is no picture: it begins with {data[:8]!r}", hint=_HINT) from error
    except Image.DecompressionBombError as error:
        raise ConfigError("the cover has far too many pixels, at most 5000 × 5000 will do", hint=_HINT) from error
    except Exception as error:  # a decoder that is fed with a hostile file may raise anything
        raise ConfigError(f"the cover is a damaged picture: {error}", hint=_HINT) from error


def _fit(image: Image, data: bytes) -> Cover:
    """Keep the file where it is good and small, else make one that is."""
    width, height = image.size
    if not width * height:
        raise ConfigError("the cover is a damaged picture: it has no pixels", hint=_HINT)
    if width * height > (MOST_PIXELS if image.format in {*_AS_IT_IS, "MPO"} else MOST_PIXELS // 2):
        raise ConfigError(f"the cover has {width} × {height} pixels, at most 5000 × 5000 will do", hint=_HINT)
    repairs = tuple(f"the cover {what}" for what in _faults(image, data))
    if not repairs and max(width, height) <= SIDE and len(data) <= KEPT_BYTES:
        image.load()
        return Cover(data, _AS_IT_IS[str(image.format)], width, height)
    profile = image.info.get("icc_profile") if image.mode == "RGB" else None
    plain = _plain(image)
    made, size = b"", plain.size
    for side, quality in _TRIES:
        small = plain.copy()
        small.thumbnail((side, side), reducing_gap=3.0)
        file = io.BytesIO()
        small.save(file, "JPEG", quality=quality, optimize=True, icc_profile=profile)
        made, size = file.getvalue(), small.size
        if len(made) <= KEPT_BYTES:
            break
    return Cover(made, "image/jpeg", *size, repairs)


def _faults(image: Image, data: bytes) -> list[str]:
    """What players would not show, or not as it is meant."""
    found = []
    if image.format not in {*_AS_IT_IS, "MPO"}:
        found.append(f"is a {image.format} file, and was made into a JPEG: players show JPEG and PNG only")
    if getattr(image, "n_frames", 1) > 1 and image.format != "MPO":
        found.append("moves; its first picture was taken")
    if image.mode == "CMYK":
        found.append("is made for print (CMYK); its colours were changed to RGB and may look different")
    if image.mode.startswith(("I", "F")) or (data.startswith(_PNG) and data[24] == 16):
        found.append("has 16 bits a channel, and was brought to 8")
    if image.has_transparency_data:
        found.append("has a channel for transparent parts, and was laid on white: players lay it on any colour")
    if image.getexif().get(_TURNED, 1) != 1:
        found.append("lies on its side, as cameras do it, and was turned upright")
    if not found and image.mode not in _PLAIN:
        found.append(f"has colours that players do not know ({image.mode}), and was changed to RGB")
    return found


def _plain(image: Image) -> Image:
    """Decode to upright RGB or grey, without transparency, 8 bits a channel."""
    from PIL import Image as pillow  # noqa: N813, PLC0415 -- as above; the module is named like its class
    from PIL import ImageOps  # noqa: PLC0415 -- as above

    if image.mode in _SHRINK:  # before anything is copied; a JPEG is even decoded smaller at once
        image.thumbnail((SIDE, SIDE), reducing_gap=3.0)
    image.load()
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):
        return upright.convert("I").point(lambda value: value / 256).convert("L")
    if upright.has_transparency_data:
        clear = upright.convert("RGBA")
        return pillow.alpha_composite(pillow.new("RGBA", clear.size, "white"), clear).convert("RGB")
    return upright.convert("L" if upright.mode in {"1", "L", "F"} else "RGB")


def _cut_off(data: bytes) -> bool:
    """Whether a JPEG or PNG lacks its end, or a chunk of a PNG is not what its check sum says."""
    if data.startswith(_JPEG):
        return b"\xff\xd9" not in data[-64:]  # some cameras and tools leave a few bytes after it
    return data.startswith(_PNG) and not _whole_png(data)


def _whole_png(data: bytes) -> bool:
    view, at = memoryview(data), len(_PNG)
    while at + 12 <= len(data):
        end = at + 8 + int.from_bytes(view[at : at + 4], "big")
        if zlib.crc32(view[at + 4 : end]).to_bytes(4, "big") != view[end : end + 4]:
            return False
        if data[at + 4 : at + 8] == b"IEND":
            return True
        at = end + 4
    return False
