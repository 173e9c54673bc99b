"""Finance says what each seller's books call the accounts of the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ACCOUNTS = ("receivable", "income", "discounts", "cancellation_fees", "write_offs", "stripe", "bank", "checks", "cash")


def upgrade() -> None:
    op.create_table(
        "account_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column(
            "account",
            sa.Enum(*ACCOUNTS, name="account", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["issuer_id"], ["issuers.id"], name=op.f("fk_account_codes_issuer_id_issuers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_codes")),
        sa.UniqueConstraint("issuer_id", "account", name=op.f("uq_account_codes_issuer_id")),
    )


def downgrade() -> None:
    op.drop_table("account_codes")
