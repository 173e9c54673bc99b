"""The office notes which host cities it has invited to pair with a city of the other country, and which not.

Going back keeps it under another name, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_pairings"):
        op.rename_table("kept_pairings", "pairings")
        return
    op.create_table(
        "pairings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=80), nullable=True),
        sa.CheckConstraint("state IN ('open', 'invited', 'dismissed')", name=op.f("ck_pairings_state")),
        sa.ForeignKeyConstraint(["city_id"], ["cities.id"], name=op.f("fk_pairings_city_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["cities.id"], name=op.f("fk_pairings_partner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pairings_public_id")),
        sa.UniqueConstraint("city_id", name=op.f("uq_pairings_city_id")),
    )


def downgrade() -> None:
    op.rename_table("pairings", "kept_pairings")
