"""A picture for the sample season, drawn here, that says what it is."""

import io

from PIL import Image, ImageDraw, ImageFont


def sample_picture() -> bytes:
    """Return a river under a sky that says what it is."""
    picture, written = Image.new("RGB", (960, 640), "#a9c4d6"), io.BytesIO()
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 400, 960, 640), fill="#4d6f84")
    draw.polygon([(0, 400), (220, 310), (470, 360), (720, 290), (960, 400)], fill="#5f7a5a")
    draw.text((480, 520), "SAMPLE", fill="#f4f2ec", font=ImageFont.load_default(80), anchor="mm")
    picture.save(written, "JPEG", quality=80)
    return written.getvalue()
