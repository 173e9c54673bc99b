"""Sellers with their letterheads, number series, and the register of what was issued."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from tourreg.columns import Bilingual, Instant, Key, OnPublicPages, Plain, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.papers.kinds import KINDS


class Issuer(OnPublicPages, Base):
    """A seller and its letterhead.

    tax_id_label  what the number is called: EIN, 统一社会信用代码
    mark          a drawing of static/papers/marks, without its ending, or ""
    banks         the ways to pay by currency: a list of `sheets.Account`, in the order in which papers print them
    sample        a seller of a demonstration, whose papers say so
    seller_registrations  what states ask of sellers of travel to print on the letterhead, one line for each
    mark_sha256, seal_sha256  pictures that the office has filed; its own mark stands in the place of the drawing
    w9_sha256     the seller's signed Form W-9, if the office has filed one
    """

    __tablename__ = "issuers"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Bilingual]
    address: Mapped[Bilingual]
    phone: Mapped[str] = mapped_column(String(40))
    email: Mapped[str] = mapped_column(String(254))
    tax_id: Mapped[str] = mapped_column(String(40))
    tax_id_label: Mapped[Bilingual]
    zone: Mapped[str] = mapped_column(String(64))
    series_prefix: Mapped[str] = mapped_column(String(8))
    accent: Mapped[str] = mapped_column(String(20))
    mark: Mapped[str] = mapped_column(String(40), default="")
    country: Mapped[str] = mapped_column(String(2))
    banks: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    tax_note: Mapped[Bilingual]
    sample: Mapped[bool] = mapped_column(default=False)
    seller_registrations: Mapped[Bilingual]
    mark_sha256: Mapped[str | None] = mapped_column(String(64))
    seal_sha256: Mapped[str | None] = mapped_column(String(64))
    w9_sha256: Mapped[str | None] = mapped_column(String(64))
    w9_pages: Mapped[int | None]
    w9_filed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Signatory(Base):
    """Somebody who signs papers of a seller.

    kinds             of kinds.SIGNED, which ones
    signature_sha256  a picture of the signature, printed on what is issued; without one there is room for ink
    """

    __tablename__ = "signatories"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuers.id"), index=True)
    position_in_list: Mapped[int]
    name: Mapped[Bilingual]
    position: Mapped[Bilingual]
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    signature_sha256: Mapped[str | None] = mapped_column(String(64))

    issuer: Mapped[Issuer] = relationship()


class Series(Base):
    """The last number given out for one kind of paper in one year of the issuer's zone."""

    __tablename__ = "series"
    __table_args__ = (UniqueConstraint("issuer_id", "kind", "year"),)

    id: Mapped[Key]
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuers.id"))
    kind: Mapped[str] = mapped_column(String(32))
    year: Mapped[int]
    last: Mapped[int]


class Paper(Base):
    """One issued paper: its number, the frozen sheet it is made from, and the hashes of its files once rendered.

    The database refuses to change or remove what is issued, but for the failure before the files are made.

    about        the public id of what it speaks of: a folio or an event
    subject      the public id of whom or what it was made for where a kind is made for each of several, else ""
    language     "both" sets English and Chinese side by side
    rendered_at  when its files were made; none as long as they are not, and then failure may say why
    verify_code  by which anybody may ask whether the paper is in force; of kinds in VERIFIED
    pdf_bytes    how large its PDF is; unknown of papers that were made before it was noted
    programme_version  of the itinerary that it shows; none of what shows no programme, or was made of the draft
    """

    __tablename__ = "papers"
    __table_args__ = (Index("ix_papers_about_kind", "about", "kind"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuers.id"))
    kind: Mapped[str] = mapped_column(String(32))
    number: Mapped[str] = mapped_column(String(40), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    language: Mapped[str] = mapped_column(choice("en", "zh", "both", name="language"))
    page_size: Mapped[str] = mapped_column(choice("letter", "a4", name="page_size"))
    template: Mapped[str] = mapped_column(String(60))
    template_version: Mapped[str] = mapped_column(String(20))
    sheet: Mapped[Plain]
    about: Mapped[str] = mapped_column(String(22))
    subject: Mapped[str] = mapped_column(String(22), default="")
    recipient: Mapped[str] = mapped_column(String(200), default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("papers.id"))
    issued_at: Mapped[Instant]
    issued_by: Mapped[str] = mapped_column(String(80))
    rendered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    html_sha256: Mapped[str | None] = mapped_column(String(64))
    failure: Mapped[str] = mapped_column(String(500), default="")
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    verify_code: Mapped[str | None] = mapped_column(String(12), unique=True, index=True)
    pdf_bytes: Mapped[int | None]
    programme_version: Mapped[int | None]

    issuer: Mapped[Issuer] = relationship()
    replaces: Mapped[Paper | None] = relationship(remote_side="Paper.id")

    @validates("kind")
    def _known(self, _: str, kind: str) -> str:
        if kind not in KINDS:
            raise ValueError(f"there is no paper of the kind {kind!r}")
        return kind


class Withdrawal(Base):
    """That a paper no longer holds, though nothing takes its place; its bytes stay as they were issued."""

    __tablename__ = "paper_withdrawals"

    id: Mapped[Key]
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"), unique=True)
    reason: Mapped[str] = mapped_column(String(300))
    withdrawn_at: Mapped[Instant]
    withdrawn_by: Mapped[str] = mapped_column(String(80))


class Opening(Base):
    """That somebody has opened a paper, how often, and when first and last.

    opener  an actor: "staff:<public id>", "contact:<public id of a registration>", "payer:<of a bill>"
    """

    __tablename__ = "paper_openings"
    __table_args__ = (UniqueConstraint("paper_id", "opener"),)

    id: Mapped[Key]
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"))
    opener: Mapped[str] = mapped_column(String(80))
    first_at: Mapped[Instant]
    last_at: Mapped[Instant]
    times: Mapped[int] = mapped_column(default=1)
