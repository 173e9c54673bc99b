"""Folios: the running bill of one payer for one event in one currency, with an append-only ledger."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Bilingual, Currency, Instant, Key, Minor, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.billing.payer_models import PayerProfile
from tourreg.domain.billing.plans import PLAN_KINDS
from tourreg.domain.papers.models import Issuer, Paper
from tourreg.kernel.money import Money

ENTRY_KINDS = (
    "charge",
    "discount",
    "payment",
    "refund",
    "refund_returned",
    "cancellation",
    "cancellation_fee",
    "write_off",
)
ACCOUNTS = (
    "receivable",
    "income",
    "discounts",
    "cancellation_fees",
    "write_offs",
    "stripe",
    "bank",
    "checks",
    "cash",
)
MEANS = ("card", "wire", "check", "ach", "cash", "alipay", "wechat_pay")
CREDIT_MOVES = {"none": ("asked",), "asked": ("granted", "refused"), "granted": (), "refused": ("asked",)}
REFUND_MOVES = {
    "requested": ("pending", "succeeded", "failed"),
    "pending": ("succeeded", "failed"),
    "failed": ("pending", "succeeded"),
    "succeeded": ("failed",),
}


class Folio(Base):
    """One payer's bill.

    event         the event's public id
    credit_state  whether finance lets this payer pay later against an invoice
    terms_days    days from the invoice to its due date
    plan          by which its payer pays; the instalments that follow were agreed once and stay
    reminders_stopped  whether staff let nobody be reminded of it
    encloses_w9   whether the seller's Form W-9 follows on its invoices
    vendor_number the payer's number for the seller
    tax_exemption the payer's certificate or law by which no sales tax is due
    profile       from which the payer's details came; they are copied, so that no bill follows a change of it
    """

    __tablename__ = "folios"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    reference: Mapped[str] = mapped_column(String(24), unique=True)
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuers.id"))
    event: Mapped[str] = mapped_column(String(22), index=True)
    currency: Mapped[Currency]
    language: Mapped[str] = mapped_column(choice("en", "zh", name="language"))
    credit_state: Mapped[str] = mapped_column(choice(*CREDIT_MOVES, name="credit_state"), default="none")
    terms_days: Mapped[int] = mapped_column(default=30)
    payer_name: Mapped[str] = mapped_column(String(200))
    payer_department: Mapped[str] = mapped_column(String(200), default="")
    payer_address: Mapped[str] = mapped_column(String(500), default="")
    payer_email: Mapped[str] = mapped_column(String(254))
    payer_country: Mapped[str] = mapped_column(String(2), default="")
    payer_attention: Mapped[str] = mapped_column(String(200), default="")
    vendor_number: Mapped[str] = mapped_column(String(60), default="")
    tax_id: Mapped[str] = mapped_column(String(60), default="")
    tax_exemption: Mapped[str] = mapped_column(String(120), default="")
    po_number: Mapped[str] = mapped_column(String(60), default="")
    po_on: Mapped[date | None]
    cost_centre: Mapped[str] = mapped_column(String(60), default="")
    requester: Mapped[str] = mapped_column(String(120), default="")
    profile_id: Mapped[int | None] = mapped_column(ForeignKey("payer_profiles.id"))
    plan: Mapped[str] = mapped_column(choice(*PLAN_KINDS, name="plan"), default="in_full")
    reminders_stopped: Mapped[bool] = mapped_column(default=False)
    encloses_w9: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Instant]

    issuer: Mapped[Issuer] = relationship()
    profile: Mapped[PayerProfile | None] = relationship()
    instalments: Mapped[list[AgreedInstalment]] = relationship(
        back_populates="folio", order_by="AgreedInstalment.position", cascade="all, delete-orphan"
    )
    entries: Mapped[list[Entry]] = relationship(back_populates="folio", order_by="Entry.id")
    invoices: Mapped[list[Invoice]] = relationship(back_populates="folio", order_by="Invoice.id")
    refunds: Mapped[list[Refund]] = relationship(back_populates="folio", order_by="Refund.id")


class AgreedInstalment(Base):
    """A part of the bill as it was agreed; `plans.as_charged` says what the bill has made of it since.

    position  from 1
    """

    __tablename__ = "instalments"
    __table_args__ = (
        UniqueConstraint("folio_id", "position"),
        CheckConstraint("amount_minor > 0", name="amount"),
        Index("ix_instalments_due_on", "due_on"),
    )

    id: Mapped[Key]
    folio_id: Mapped[int] = mapped_column(ForeignKey("folios.id"), index=True)
    position: Mapped[int]
    due_on: Mapped[date]
    amount_minor: Mapped[Minor]

    folio: Mapped[Folio] = relationship(back_populates="instalments")


class Entry(Base):
    """One posting. Charges and fees are positive, what the payer gives or is let off negative; the balance is the sum.

    subject         public id of the participant (or other thing) that a charge is for
    reference       names the money or the act, so that the same thing can post only once
    detail          how a payment is recognised: last four digits, check or wire number
    reverses        the charge that a cancellation takes back
    reduces         the charge that a discount lessens, so that papers show the two in one line
    submission_key  of the form by which a person recorded it
    """

    __tablename__ = "entries"
    __table_args__ = (
        CheckConstraint(
            "(kind IN ('charge', 'refund', 'cancellation_fee') AND amount_minor >= 0)"
            " OR (kind IN ('discount', 'payment', 'refund_returned', 'cancellation', 'write_off')"
            " AND amount_minor <= 0)",
            name="sign",
        ),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    folio_id: Mapped[int] = mapped_column(ForeignKey("folios.id"), index=True)
    kind: Mapped[str] = mapped_column(choice(*ENTRY_KINDS, name="kind"))
    subject: Mapped[str] = mapped_column(String(22), default="", index=True)
    description: Mapped[Bilingual]
    quantity: Mapped[int] = mapped_column(default=1)
    unit_minor: Mapped[Minor]
    amount_minor: Mapped[Minor]
    service_from: Mapped[date | None]
    service_to: Mapped[date | None]
    means: Mapped[str | None] = mapped_column(choice(*MEANS, name="means"))
    detail: Mapped[str] = mapped_column(String(120), default="")
    received_on: Mapped[date | None]
    reference: Mapped[str] = mapped_column(String(120), unique=True)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), unique=True)
    reduces_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    posted_at: Mapped[Instant]
    posted_by: Mapped[str] = mapped_column(String(80))
    why: Mapped[str] = mapped_column(String(500), default="")

    folio: Mapped[Folio] = relationship(back_populates="entries")
    reverses: Mapped[Entry | None] = relationship(foreign_keys="Entry.reverses_id", remote_side="Entry.id")
    reduces: Mapped[Entry | None] = relationship(foreign_keys="Entry.reduces_id", remote_side="Entry.id")

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.folio.currency)


class Invoice(Base):
    """An invoice, or a credit note that takes a whole invoice back."""

    __tablename__ = "invoices"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    folio_id: Mapped[int] = mapped_column(ForeignKey("folios.id"), index=True)
    kind: Mapped[str] = mapped_column(choice("invoice", "credit_note", name="kind"))
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"), unique=True)
    total_minor: Mapped[Minor]
    due_on: Mapped[date | None]
    credits_id: Mapped[int | None] = mapped_column(ForeignKey("invoices.id"), unique=True)
    issued_at: Mapped[Instant]

    folio: Mapped[Folio] = relationship(back_populates="invoices")
    paper: Mapped[Paper] = relationship()
    credits: Mapped[Invoice | None] = relationship(remote_side="Invoice.id")
    lines: Mapped[list[InvoicedEntry]] = relationship(back_populates="invoice", order_by="InvoicedEntry.id")


class InvoicedEntry(Base):
    """That a charge stands on an invoice."""

    __tablename__ = "invoiced_entries"

    id: Mapped[Key]
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)

    invoice: Mapped[Invoice] = relationship(back_populates="lines")
    entry: Mapped[Entry] = relationship()


class Receipt(Base):
    """That a payment was acknowledged by a paper."""

    __tablename__ = "receipts"

    id: Mapped[Key]
    folio_id: Mapped[int] = mapped_column(ForeignKey("folios.id"), index=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), unique=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"), unique=True)

    payment: Mapped[Entry] = relationship()
    paper: Mapped[Paper] = relationship()


class Refund(Base):
    """Money on its way back over one payment; posted to the ledger when it has left.

    key      makes asking for it twice harmless
    means    "stripe" goes back over the charge, "by_hand" is paid out by finance
    detail   how finance paid it out: the number of the wire or check
    returns  times that money which had left came back
    cause    public id of the cancellation that asked for it; "" where nothing was cancelled
    """

    __tablename__ = "refunds"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    folio_id: Mapped[int] = mapped_column(ForeignKey("folios.id"), index=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    means: Mapped[str] = mapped_column(choice("stripe", "by_hand", name="means"))
    amount_minor: Mapped[Minor]
    state: Mapped[str] = mapped_column(choice(*REFUND_MOVES, name="state"), default="requested")
    external_id: Mapped[str | None] = mapped_column(String(80), unique=True)
    failure: Mapped[str] = mapped_column(String(500), default="")
    detail: Mapped[str] = mapped_column(String(120), default="")
    returns: Mapped[int] = mapped_column(default=0)
    why: Mapped[str] = mapped_column(String(500), default="")
    cause: Mapped[str] = mapped_column(String(22), default="", index=True)
    requested_at: Mapped[Instant]
    requested_by: Mapped[str] = mapped_column(String(80))
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    folio: Mapped[Folio] = relationship(back_populates="refunds")
    payment: Mapped[Entry] = relationship()

    @hybrid_property
    def is_to_pay_out(self) -> bool:
        """Tell, also in a statement, whether finance has to pay it out: asked for so, or failed on its way."""
        return (self.state == "failed") | ((self.means == "by_hand") & (self.state == "requested"))

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.folio.currency)


class AccountCode(Base):
    """What a seller's books call one of the accounts of the journal."""

    __tablename__ = "account_codes"
    __table_args__ = (UniqueConstraint("issuer_id", "account"),)

    id: Mapped[Key]
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuers.id"))
    account: Mapped[str] = mapped_column(choice(*ACCOUNTS, name="account"))
    code: Mapped[str] = mapped_column(String(20))
