"""Pictures that people send, of a letterhead, a signature, a seal or a city: examined, and made over into plain ones.

Only PNG and JPEG are taken, told by what they hold. A drawing in SVG is refused: it can hold scripts, fonts and
addresses of its own. What is kept is made anew from the pixels, so that nothing else of the file is kept: no place, no
camera, no second picture behind the first.
"""

from __future__ import annotations

import io
import warnings
from typing import Any

from tourreg.adapters.aside import aside
from tourreg.kernel.file_kinds import kind_of
from tourreg.kernel.refusals import Refusal

LARGEST_FILE = 5 * 1024 * 1024
MOST_PIXELS = 16_000_000
# As broad as a seal of 85 mm at 300 dots to the inch; what is larger is made smaller.
LONGEST_SIDE = 1_000
LEAST_SIDE = 40
# Photographs come from telephones; what is kept of them is for screens.
LARGEST_PHOTO_FILE = 20 * 1024 * 1024
MOST_PIXELS_OF_PHOTO = 50_000_000
LONGEST_PHOTO = 1_600
LEAST_SIDE_OF_PHOTO = 300
LONGEST_SECONDS = 15
# What stands near the end of each kind unless it was cut; readers of PNG do not always mind.
_ENDS = {"png": b"IEND", "jpeg": b"\xff\xd9"}
_TAIL = 2_048


class NotAPicture(Refusal):
    """The file is neither PNG nor JPEG, whatever its name says."""


class PictureTooLarge(Refusal):
    """The picture has more pixels than anybody needs in print; facts: megapixels."""


class PictureTooSmall(Refusal):
    """The picture has too few pixels to be printed."""


class PictureBroken(Refusal):
    """The file begins as a picture and cannot be read to its end."""


def plain_picture(content: bytes) -> bytes:
    """Return the picture as a plain PNG, at most LONGEST_SIDE long, made in a child of this process.

    raises  NotAPicture, PictureTooLarge, PictureTooSmall, PictureBroken, aside.DidNotFinish
    """
    kind = kind_of(content)
    if kind not in _ENDS:
        raise NotAPicture
    if _ENDS[kind] not in content[-_TAIL:]:
        raise PictureBroken
    return aside(_made_plain, content, seconds=LONGEST_SECONDS)


def plain_photo(content: bytes) -> bytes:
    """Return a photograph as a plain JPEG, at most LONGEST_PHOTO long, made in a child of this process.

    raises  NotAPicture, PictureTooLarge, PictureTooSmall, PictureBroken, aside.DidNotFinish
    """
    kind = kind_of(content)
    if kind not in _ENDS:
        raise NotAPicture
    if _ENDS[kind] not in content[-_TAIL:]:
        raise PictureBroken
    return aside(_made_photo, content, seconds=LONGEST_SECONDS)


def _made_photo(content: bytes) -> bytes:
    from PIL import Image, ImageOps

    with _opened(content, most=MOST_PIXELS_OF_PHOTO) as picture:
        if min(picture.size) < LEAST_SIDE_OF_PHOTO:
            raise PictureTooSmall
        picture.draft("RGB", (LONGEST_PHOTO, LONGEST_PHOTO))  # what is read smaller takes less memory
        seen = _read(picture)
        seen.thumbnail((LONGEST_PHOTO, LONGEST_PHOTO), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(seen).convert("RGBA")
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.getchannel("A"))
    plain = io.BytesIO()
    flat.save(plain, "JPEG", quality=82, optimize=True)
    return plain.getvalue()


def _made_plain(content: bytes) -> bytes:
    from PIL import Image, ImageOps

    with _opened(content) as picture:
        upright = ImageOps.exif_transpose(_read(picture)).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    plain = io.BytesIO()
    upright.save(plain, "PNG", optimize=True)
    return plain.getvalue()


def _opened(content: bytes, most: int = MOST_PIXELS) -> Any:
    """Return the picture with its size known and its pixels not yet read."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we count for ourselves, below
            picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(megapixels=2 * (Image.MAX_IMAGE_PIXELS or 0) // 1_000_000) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureBroken from error
    if picture.width * picture.height > most:
        raise PictureTooLarge(megapixels=picture.width * picture.height // 1_000_000)
    if min(picture.size) < LEAST_SIDE:
        raise PictureTooSmall
    return picture


def _read(picture: Any) -> Any:
    try:
        picture.load()
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise PictureBroken from error
    return picture
