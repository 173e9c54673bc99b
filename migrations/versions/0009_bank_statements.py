"""Finance imports the statements of a seller's bank accounts and says which bills each booking pays.

Going back keeps them under other names, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

STATES = ("open", "part_applied", "applied", "outgoing", "tied", "set_aside")
ASIDE_REASONS = ("not_for_us", "bank_fee", "interest", "own_transfer", "sent_back", "repeated", "refund", "other")
TABLES = ("bank_accounts", "bank_drafts", "bank_statements", "bank_lines", "bank_line_shares")


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_bank_accounts"):
        _rename("kept_", "")
    else:
        _make_tables()


def downgrade() -> None:
    _rename("", "kept_")


def _rename(before: str, after: str) -> None:
    for table in TABLES:
        op.rename_table(f"{before}{table}", f"{after}{table}")


def _make_tables() -> None:
    _accounts()
    _drafts()
    _statements()
    _lines()
    _shares()


def _accounts() -> None:
    op.create_table(
        "bank_accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["issuer_id"], ["issuers.id"], name=op.f("fk_bank_accounts_issuer_id_issuers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_accounts")),
        sa.UniqueConstraint("issuer_id", "name", name=op.f("uq_bank_accounts_issuer_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_accounts_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_bank_accounts_submission_key")),
    )


def _drafts() -> None:
    op.create_table(
        "bank_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", _instant(), nullable=False),
        sa.Column("sent_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["bank_accounts.id"], name=op.f("fk_bank_drafts_account_id_bank_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_drafts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_drafts_public_id")),
    )
    op.create_index(op.f("ix_bank_drafts_sent_at"), "bank_drafts", ["sent_at"])


def _statements() -> None:
    op.create_table(
        "bank_statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("draft", sa.String(length=22), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("imported_at", _instant(), nullable=False),
        sa.Column("imported_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["bank_accounts.id"], name=op.f("fk_bank_statements_account_id_bank_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_statements")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_statements_public_id")),
        sa.UniqueConstraint("draft", name=op.f("uq_bank_statements_draft")),
    )
    op.create_index(op.f("ix_bank_statements_account_id"), "bank_statements", ["account_id"])
    op.create_index(op.f("ix_bank_statements_imported_at"), "bank_statements", ["imported_at"])


def _lines() -> None:
    op.create_table(
        "bank_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("valued_on", sa.Date(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("applied_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("payer", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("is_reversal", sa.Boolean(), nullable=False),
        sa.Column("state", _word(*STATES, name="state"), nullable=False),
        sa.Column("aside_reason", _word(*ASIDE_REASONS, name="aside_reason"), nullable=True),
        sa.Column("aside_note", sa.String(length=300), nullable=False),
        sa.Column("refund_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["bank_accounts.id"], name=op.f("fk_bank_lines_account_id_bank_accounts")
        ),
        sa.ForeignKeyConstraint(["refund_id"], ["refunds.id"], name=op.f("fk_bank_lines_refund_id_refunds")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["bank_statements.id"], name=op.f("fk_bank_lines_statement_id_bank_statements")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_lines")),
        sa.UniqueConstraint("account_id", "identity", name=op.f("uq_bank_lines_account_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_lines_public_id")),
        sa.UniqueConstraint("refund_id", name=op.f("uq_bank_lines_refund_id")),
    )
    op.create_index("ix_bank_lines_statement_id", "bank_lines", ["statement_id", "state"])
    op.create_index("ix_bank_lines_state", "bank_lines", ["state"])


def _shares() -> None:
    op.create_table(
        "bank_line_shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("was_recorded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_bank_line_shares_entry_id_entries")),
        sa.ForeignKeyConstraint(["line_id"], ["bank_lines.id"], name=op.f("fk_bank_line_shares_line_id_bank_lines")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_line_shares")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_bank_line_shares_entry_id")),
    )
    op.create_index(op.f("ix_bank_line_shares_line_id"), "bank_line_shares", ["line_id"])


def _word(*words: str, name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _instant() -> sa.DateTime:
    return sa.DateTime(timezone=True)
