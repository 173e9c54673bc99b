"""What every paper is made from, whatever it is about: its head, and texts in both languages."""

from datetime import datetime

from tourreg.domain.papers.models import Issuer
from tourreg.domain.papers.sheets import Bilingual, Head, Organisation
from tourreg.kernel.bilingual import Text


def head(kind: str, issuer: Issuer, *, made_at: datetime | None) -> Head:
    """Return the head of a paper that has no number yet.

    made_at  of a working copy; None where the paper is issued at once
    """
    return {
        "kind": kind,
        "number": "",
        "version": 1,
        "issued_at": made_at.isoformat() if made_at else "",
        "zone": issuer.zone,
        "replaces": "",
        "seller": _seller(issuer),
        "question": {"name": both(issuer.name), "phone": issuer.phone, "email": issuer.email},
        "sample": issuer.sample,
    }


def _seller(issuer: Issuer) -> Organisation:
    """Return the issuer as the head of a paper names it."""
    own: Organisation = {
        "name": both(issuer.name),
        "address": both(issuer.address),
        "phone": issuer.phone,
        "email": issuer.email,
        "tax_id": issuer.tax_id,
        "tax_id_label": both(issuer.tax_id_label),
        "registrations": both(issuer.seller_registrations),
        "mark": issuer.mark,
        "accent": issuer.accent,
    }
    return {**own, "picture": issuer.mark_sha256} if issuer.mark_sha256 else own


def both(text: Text) -> Bilingual:
    """Return the text as sheets keep it."""
    return {"en": text.en, "zh": text.zh}
