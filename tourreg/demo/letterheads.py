"""Who signs for the sellers of the sample season, with drawn signatures and seals that say what they are."""

import io
from datetime import datetime
from math import cos, pi, sin

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import select

from tourreg.blueprints import outside
from tourreg.db import db, writing
from tourreg.demo.issuers import ISSUERS
from tourreg.demo.programme import text
from tourreg.domain.papers.kinds import SIGNED
from tourreg.domain.papers.letterheads import SignatoryPlan, file_picture, file_signature, write_signatory
from tourreg.domain.papers.models import Issuer

BY = "worker"
RED, INK = "#b3261e", "#26357a"
CLEAR = (255, 255, 255, 0)


def file_letterheads(now: datetime) -> None:
    """Let each seller have its first signatory, with a signature, its second for approving offices, and a seal."""
    signature = outside.files().put(_signature())
    seals = {"CN": outside.files().put(_seal(RED)), "US": outside.files().put(_seal(INK))}
    with writing():
        for entry in ISSUERS:
            issuer = db.session.scalars(select(Issuer).where(Issuer.key == entry["key"])).one()
            for place, content in enumerate(entry["signatories"]):
                kinds = SIGNED if place == 0 else SIGNED[-1:]
                plan = SignatoryPlan(text(content["name"]), text(content["position"]), kinds)
                signatory = write_signatory(issuer, None, plan, now=now, by=BY)
                if place == 0:
                    file_signature(signatory, signature, now=now, by=BY)
            file_picture(issuer, "seal", seals[issuer.country], now=now, by=BY)


def _signature() -> bytes:
    """Return a wave of ink that nobody writes."""
    picture = Image.new("RGBA", (600, 160), CLEAR)
    points = [(20 + place * 1.9, 80 + 46 * sin(place / 14) * cos(place / 53)) for place in range(290)]
    ImageDraw.Draw(picture).line(points, fill=INK, width=5, joint="curve")
    return _written(picture)


def _seal(colour: str) -> bytes:
    """Return a ring with a star that says SAMPLE."""
    picture = Image.new("RGBA", (500, 500), CLEAR)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((12, 12, 488, 488), outline=colour, width=12)
    corners = [
        (250 + reach * sin(turn * pi / 5), 210 - reach * cos(turn * pi / 5)) for turn, reach in enumerate([95, 38] * 5)
    ]
    draw.polygon(corners, fill=colour)
    draw.text((250, 365), "SAMPLE", fill=colour, font=ImageFont.load_default(62), anchor="mm")
    return _written(picture)


def _written(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()
