"""Certificates: what somebody is given by name, with a number that anybody can ask after."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Bilingual, Instant, Key, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.papers.models import Paper

CERTIFICATE_KINDS = ("host_recognition",)
CERTIFICATE_MOVES: dict[str, tuple[str, ...]] = {
    "issued": ("revoked", "replaced"),
    "revoked": (),
    "replaced": (),
}
_STANDS = text("state = 'issued'")


class Certificate(Base):
    """One certificate of a city for one programme; of a kind, one stands at a time.

    holder    as it is printed, frozen
    citation  a sentence of the office's own, or nothing
    people    how many were received, as it is printed; None prints no number
    paper     its number, sheet, files and verify code
    replaces  the certificate whose words were wrong
    reason    why it was revoked or replaced, for the office; "" while it stands
    """

    __tablename__ = "certificates"
    __table_args__ = (
        Index(
            "uq_certificates_standing",
            "kind", "event_id", "city_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("ix_certificates_city_id", "city_id", "issued_at"),
        Index("ix_certificates_issued_at", "issued_at"),
    )  # fmt: skip

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(choice(*CERTIFICATE_KINDS, name="kind"))
    state: Mapped[str] = mapped_column(choice(*CERTIFICATE_MOVES, name="state"), default="issued")
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id"))
    holder: Mapped[Bilingual]
    citation: Mapped[Bilingual]
    people: Mapped[int | None]
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"), unique=True)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificates.id"), unique=True)
    issued_at: Mapped[Instant]
    issued_by: Mapped[str] = mapped_column(String(80))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(300), default="")

    event: Mapped[Event] = relationship()
    city: Mapped[City] = relationship()
    paper: Mapped[Paper] = relationship()
    replaces: Mapped[Certificate | None] = relationship(remote_side="Certificate.id")
