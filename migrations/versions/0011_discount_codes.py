"""People pay less by a code: the codes, who used them, and which charge a discount lessens.

Going back keeps them under other names, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

KINDS = ("percent", "amount", "free_seat", "entry")
# The same words for both databases: SQLite adds the column without making the ledger, and its triggers, anew.
ADD_REDUCES = (
    "ALTER TABLE entries ADD COLUMN reduces_id INTEGER CONSTRAINT fk_entries_reduces_id REFERENCES entries(id)"
)
TABLES = ("codes", "code_uses")


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_codes"):
        _rename("kept_", "")
    else:
        _make_tables()
        op.execute(ADD_REDUCES)


def downgrade() -> None:
    _rename("", "kept_")


def _rename(before: str, after: str) -> None:
    for table in TABLES:
        op.rename_table(f"{before}{table}", f"{after}{table}")
    op.execute(f"ALTER TABLE entries RENAME COLUMN {before}reduces_id TO {after}reduces_id")


def _make_tables() -> None:
    op.create_table(
        "codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("word", sa.String(length=30), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("off_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("most_uses", sa.Integer(), nullable=True),
        sa.Column("most_per_contact", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("fees", sa.JSON(), nullable=False),
        sa.Column("budget_minor", sa.BigInteger(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("spent_minor", sa.BigInteger(), nullable=False),
        sa.Column("switched_off", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("used >= 0 AND (most_uses IS NULL OR used <= most_uses)", name=op.f("ck_codes_uses")),
        sa.CheckConstraint(
            "spent_minor >= 0 AND (budget_minor IS NULL OR spent_minor <= budget_minor)", name=op.f("ck_codes_budget")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_codes_public_id")),
        sa.UniqueConstraint("word", name=op.f("uq_codes_word")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_codes_submission_key")),
    )
    op.create_table(
        "code_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("registration", sa.String(length=22), nullable=False),
        sa.Column("contact", sa.String(length=254), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("off_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["code_id"], ["codes.id"], name=op.f("fk_code_uses_code_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_uses")),
    )
    op.create_index(op.f("ix_code_uses_registration"), "code_uses", ["registration"])
    op.create_index("ix_code_uses_code_id", "code_uses", ["code_id", "contact"])
