"""A seller's bank accounts, the statements that were imported, and each booking with what became of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Currency, Instant, Key, Minor, Plain, PublicId, choice
from tourreg.db import Base
from tourreg.domain.billing.models import Entry, Refund
from tourreg.domain.papers.models import Issuer
from tourreg.kernel.money import Money

# What came in is open until bills have taken all of it; what went out waits for the refund that it was.
LINE_MOVES = {
    "open": ("part_applied", "applied", "set_aside"),
    "part_applied": ("applied", "set_aside"),
    "applied": (),
    "outgoing": ("tied", "set_aside"),
    "tied": (),
    "set_aside": ("open", "part_applied", "outgoing"),
}
ASIDE_REASONS = ("not_for_us", "bank_fee", "interest", "own_transfer", "sent_back", "repeated", "refund", "other")


class BankAccount(Base):
    """An account of a seller at a bank, in one currency.

    number   as statements name it, or its last signs; "" where it is not told
    mapping  how the bank's CSV is read, as `mappings.plain` writes it; empty until the first was imported
    """

    __tablename__ = "bank_accounts"
    __table_args__ = (UniqueConstraint("issuer_id", "name"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuers.id"))
    name: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(40), default="")
    currency: Mapped[Currency]
    mapping: Mapped[Plain]
    submission_key: Mapped[str] = mapped_column(String(40), unique=True)

    issuer: Mapped[Issuer] = relationship()


class BankDraft(Base):
    """A file that was sent and is not imported yet; it goes when it is, or after a day."""

    __tablename__ = "bank_drafts"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    account_id: Mapped[int] = mapped_column(ForeignKey("bank_accounts.id"))
    name: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sent_at: Mapped[Instant] = mapped_column(index=True)
    sent_by: Mapped[str] = mapped_column(String(80))

    account: Mapped[BankAccount] = relationship()


class BankStatement(Base):
    """A file whose bookings were taken over.

    name     of the file
    draft    public id of the draft that it came from, so that importing twice leads to the same
    known    bookings of it that had come with an earlier file
    left_out rows that could not be read
    """

    __tablename__ = "bank_statements"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    account_id: Mapped[int] = mapped_column(ForeignKey("bank_accounts.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    draft: Mapped[str] = mapped_column(String(22), unique=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    known: Mapped[int]
    left_out: Mapped[int]
    imported_at: Mapped[Instant] = mapped_column(index=True)
    imported_by: Mapped[str] = mapped_column(String(80))

    account: Mapped[BankAccount] = relationship()


class BankLine(Base):
    """One booking, kept once however often it comes.

    identity       what it is known by in every file, as `values.identities` names it
    row            where it stood in its file
    amount_minor   positive when it came in, negative when it went out
    applied_minor  how much of it bills have taken
    reference      the bank's own id of it
    aside_reason   why it is set aside, while it is
    refund_id      the refund that it paid out
    """

    __tablename__ = "bank_lines"
    __table_args__ = (
        UniqueConstraint("account_id", "identity"),
        Index("ix_bank_lines_statement_id", "statement_id", "state"),
        Index("ix_bank_lines_state", "state"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId] = mapped_column(insert_sentinel=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("bank_statements.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("bank_accounts.id"))
    identity: Mapped[str] = mapped_column(String(64))
    row: Mapped[int]
    booked_on: Mapped[date]
    valued_on: Mapped[date | None]
    amount_minor: Mapped[Minor]
    applied_minor: Mapped[Minor] = mapped_column(default=0)
    currency: Mapped[Currency]
    text: Mapped[str] = mapped_column(String(1000), default="")
    payer: Mapped[str] = mapped_column(String(200), default="")
    reference: Mapped[str] = mapped_column(String(80), default="")
    is_reversal: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(choice(*LINE_MOVES, name="state"), default="open")
    aside_reason: Mapped[str | None] = mapped_column(choice(*ASIDE_REASONS, name="aside_reason"))
    aside_note: Mapped[str] = mapped_column(String(300), default="")
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refunds.id"), unique=True)

    statement: Mapped[BankStatement] = relationship()
    account: Mapped[BankAccount] = relationship()
    refund: Mapped[Refund | None] = relationship()
    shares: Mapped[list[LineShare]] = relationship(back_populates="line", order_by="LineShare.id")

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def rest(self) -> Money:
        """Return what no bill has taken yet."""
        return Money(self.amount_minor - self.applied_minor, self.currency)

    @property
    def is_waiting(self) -> bool:
        return self.state in ("open", "part_applied")


class LineShare(Base):
    """That a payment in the ledger is a part of a booking.

    was_recorded  somebody had recorded it by hand before the statement came
    """

    __tablename__ = "bank_line_shares"

    id: Mapped[Key]
    line_id: Mapped[int] = mapped_column(ForeignKey("bank_lines.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), unique=True)
    was_recorded: Mapped[bool] = mapped_column(default=False)

    line: Mapped[BankLine] = relationship(back_populates="shares")
    entry: Mapped[Entry] = relationship()
