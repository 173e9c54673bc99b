"""The texts that people are asked to agree to."""

from datetime import datetime

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.consents.models import KINDS, ConsentText


def current_texts(now: datetime) -> list[ConsentText]:
    """Return the version of each kind of text that applies now, in the order of KINDS; none where none was written.

    A version applies from its date in UTC.
    """
    dated = select(ConsentText).where(ConsentText.version_on <= now.date()).order_by(ConsentText.version_on)
    newest = {text.kind: text for text in db.session.scalars(dated)}
    return [newest[kind] for kind in KINDS if kind in newest]
