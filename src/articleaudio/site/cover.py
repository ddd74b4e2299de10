"""The show's cover: a square JPEG or PNG of 1400 to 3000 pixels a side in RGB, as podcast directories ask for.

A local picture that is so is published byte by byte; another is made so, once, and what was done is said. Nothing is
fetched.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from articleaudio.files import write

if TYPE_CHECKING:
    from PIL.Image import Image

SMALLEST, LARGEST = 1400, 3000
"""Pixels a side that Apple and Spotify take."""

MOST_BYTES, MOST_PIXELS = 32 << 20, 50_000_000
"""Of a picture that is opened, so that a hostile one cannot take all memory."""

QUALITY = 90
"""Of the JPEG that is made."""

RECIPE = b"articleaudio cover 1 of "
"""Begins the comment in a cover that was made; its picture's hash follows, so that it need not be made again."""

_SHRINK = frozenset({"L", "RGB", "RGBA", "CMYK", "YCbCr"})
"""Colours in which a picture can be made smaller before they are changed."""
_SUFFIXES = {"JPEG": "jpg", "PNG": "png"}
_FORMATS = (*_SUFFIXES, "WEBP", "GIF", "TIFF", "BMP")
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TURNED = 0x0112
"""EXIF: orientation."""


def place_cover(image: Path | None, out: Path, on_warning: Callable[[str], None]) -> tuple[str, bool]:
    """Put the show's cover into the output folder; gives its name (empty: none) and whether it was written.

    The name holds a hash of the picture, for directories take another picture only from another address. Raises
    OutputError.
    """
    if image is None:
        return "", False
    try:
        data = image.read_bytes()
    except OSError as error:
        on_warning(
            f"the cover {image} cannot be read ({error.strerror}); set `image` under [show] to a JPEG or PNG file"
        )
        return "", False
    from PIL import Image as pillow  # noqa: N813, PLC0415 -- only who has a cover needs it; named like its class
    from PIL import UnidentifiedImageError  # noqa: PLC0415 -- as above

    digest = hashlib.sha256(data).hexdigest()
    try:
        if len(data) > MOST_BYTES:
            raise ValueError(f"it has {len(data) / 1e6:.0f} MB, at most {MOST_BYTES >> 20} will do")  # noqa: TRY301
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow has to say of odd metadata; sizes are checked below
            with pillow.open(io.BytesIO(data), formats=_FORMATS) as picture:
                return _place(picture, data, digest, out, lambda what: on_warning(f"the cover {image} {what}"))
    except (OSError, ValueError, SyntaxError, pillow.DecompressionBombError) as error:
        reason = "it is no JPEG, PNG or other known picture" if isinstance(error, UnidentifiedImageError) else error
        on_warning(f"the cover {image} cannot be used: {reason}; it is left out")
        return "", False


def faults(picture: Image) -> list[str]:
    """What directories would refuse in a picture, and what is done about it; pixels are not looked at."""
    found = []
    if picture.format not in _SUFFIXES:
        found.append(f"is a {picture.format} file, and was made into a JPEG")
    if picture.mode != "RGB" or picture.has_transparency_data:
        found.append(f"has other colours than RGB without transparent parts ({picture.mode}), and was changed to that")
    if picture.getexif().get(_TURNED, 1) != 1:
        found.append("lies on its side, as cameras do it, and was turned upright")
    width, height = picture.size
    if width != height:
        found.append(f"is no square ({width} x {height} pixels), and was set on one")
    side = max(width, height)
    if side < SMALLEST:
        found.append(f"has {width} x {height} pixels, and was blown up to {SMALLEST}: a larger one looks better")
    elif side > LARGEST:
        found.append(f"has {width} x {height} pixels, and was made smaller")
    return found


def _place(picture: Image, data: bytes, digest: str, out: Path, on_warning: Callable[[str], None]) -> tuple[str, bool]:
    width, height = picture.size
    if not 0 < width * height <= MOST_PIXELS:
        raise ValueError(f"it has {width} x {height} pixels, at most 7000 x 7000 will do")
    found = faults(picture)
    if not found:
        name = f"cover.{digest[:8]}.{_SUFFIXES[str(picture.format)]}"
        if not (out / name).is_file():
            picture.load()  # a damaged file is found here
        return name, write(out / name, data)
    on_warning("; ".join(found))
    name = f"cover.{digest[:8]}.jpg"
    comment = RECIPE + digest.encode()
    if _carries(out / name, comment):
        return name, False
    return name, write(out / name, _made(picture, comment))


def _carries(path: Path, comment: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return comment in file.read(1024)
    except OSError:
        return False


def _made(picture: Image, comment: bytes) -> bytes:
    """Upright, opaque, RGB, square on the colour of its corner, of a size that directories take."""
    from PIL import Image as pillow  # noqa: N813, PLC0415 -- as above
    from PIL import ImageOps  # noqa: PLC0415 -- as above

    profile = picture.info.get("icc_profile") if picture.mode == "RGB" else None
    picture.draft("RGB", (LARGEST, LARGEST))  # a JPEG is decoded smaller at once
    if picture.mode in _SHRINK:  # before copies of it are made, each of which would be as large
        picture.thumbnail((LARGEST, LARGEST), pillow.Resampling.LANCZOS, reducing_gap=3.0)
    plain = _rgb(ImageOps.exif_transpose(picture))
    side = min(max(*plain.size, SMALLEST), LARGEST)
    fitted = ImageOps.contain(plain, (side, side), pillow.Resampling.LANCZOS)
    square = pillow.new("RGB", (side, side), plain.getpixel((0, 0)))
    square.paste(fitted, ((side - fitted.width) // 2, (side - fitted.height) // 2))
    file = io.BytesIO()
    square.save(file, "JPEG", quality=QUALITY, optimize=True, dpi=(72, 72), comment=comment, icc_profile=profile)
    return file.getvalue()


def _rgb(picture: Image) -> Image:
    from PIL import Image as pillow  # noqa: N813, PLC0415 -- as above

    if picture.mode.startswith("I"):  # 16 bits, grey
        return picture.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        return pillow.alpha_composite(pillow.new("RGBA", clear.size, "white"), clear).convert("RGB")
    return picture.convert("RGB")


def kind_and_size(data: bytes) -> tuple[str, tuple[int, int] | None]:
    """`jpg` or `png` with width and height in pixels; an empty kind for anything else, no size for a broken header."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        size = data[16:24]
        return "png", (int.from_bytes(size[:4], "big"), int.from_bytes(size[4:], "big")) if len(size) == 8 else None
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg", _jpeg_size(data)
    return "", None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Walk a JPEG's segments to the frame header, which holds height and width."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _JPEG_SIZES:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
