"""Pictures that people send are examined, and nothing is kept of them but their pixels."""

import io
import struct
import zlib

import pytest
from PIL import Image

from tourreg.adapters.pictures import (
    LONGEST_SIDE,
    MOST_PIXELS,
    NotAPicture,
    PictureBroken,
    PictureTooLarge,
    PictureTooSmall,
    plain_photo,
    plain_picture,
)


def a_picture(width=300, height=200, kind="PNG", **more):
    drawn = io.BytesIO()
    Image.new("RGB", (width, height), "#aa2211").save(drawn, kind, **more)
    return drawn.getvalue()


def a_header_of(width, height):
    """Return a PNG that says how large it is and holds no pixels: a few bytes for any size."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_kept_as_plain_png(kind):
    with Image.open(io.BytesIO(plain_picture(a_picture(kind=kind)))) as kept:
        assert (kept.format, kept.size, kept.mode) == ("PNG", (300, 200), "RGBA")


def test_what_is_larger_than_print_needs_is_made_smaller():
    with Image.open(io.BytesIO(plain_picture(a_picture(2_400, 1_200)))) as kept:
        assert kept.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_a_photograph_is_turned_upright_and_loses_what_its_camera_wrote():
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "A camera of the mayor"  # on its side; the maker

    with Image.open(io.BytesIO(plain_picture(a_picture(kind="JPEG", exif=notes)))) as kept:
        assert kept.size == (200, 300)
        assert not kept.getexif()


@pytest.mark.parametrize(
    "content",
    [b"", b"plain words", b"%PDF-1.7", b"GIF89a" + bytes(40), b'<svg xmlns="http://www.w3.org/2000/svg"/>'],
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(NotAPicture):
        plain_picture(content)


@pytest.mark.parametrize(
    "content",
    [a_picture(kind="JPEG")[:600], a_picture()[:80], b"\xff\xd8\xff\xe0 no more", b"\x89PNG\r\n\x1a\n<html>"],
)
def test_a_picture_that_ends_too_soon_is_refused(content):
    with pytest.raises(PictureBroken):
        plain_picture(content)


@pytest.mark.parametrize(("width", "height"), [(8_000, 5_000), (60_000, 60_000), (MOST_PIXELS, 2)])
def test_forty_megapixels_are_refused_before_a_pixel_is_read(width, height):
    with pytest.raises(PictureTooLarge) as refusal:
        plain_picture(a_header_of(width, height))

    assert refusal.value.megapixels >= 32


def test_a_picture_of_a_few_pixels_is_refused():
    with pytest.raises(PictureTooSmall):
        plain_picture(a_picture(39, 200))


def test_a_photograph_from_a_telephone_loses_its_place_and_is_turned_upright():
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "A camera of the mayor"
    notes.get_ifd(0x8825)[1] = "N"  # where it was taken
    notes.get_ifd(0x8825)[2] = (41.0, 33.0, 25.0)
    sent = a_picture(4_000, 3_000, kind="JPEG", exif=notes)
    assert b"Exif" in sent

    kept = plain_photo(sent)

    assert b"Exif" not in kept
    with Image.open(io.BytesIO(kept)) as seen:
        assert (seen.format, seen.size) == ("JPEG", (1_200, 1_600))
        assert not seen.getexif()


def test_a_photograph_with_holes_stands_on_white():
    drawn = io.BytesIO()
    Image.new("RGBA", (400, 400), (0, 0, 0, 0)).save(drawn, "PNG")

    with Image.open(io.BytesIO(plain_photo(drawn.getvalue()))) as seen:
        assert seen.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"<script>alert(1)</script>", NotAPicture),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', NotAPicture),
        (b"\xff\xd8\xff" + b"<script>" * 40, PictureBroken),
        (a_header_of(20_000, 20_000), PictureTooLarge),
        (a_picture(200, 200), PictureTooSmall),
    ],
)
def test_what_is_no_photograph_is_refused(content, refusal):
    with pytest.raises(refusal):
        plain_photo(content)
