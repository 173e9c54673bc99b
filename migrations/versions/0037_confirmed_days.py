"""The days that a host city confirms stand in the draft of the programme, and what stands in their way is known.

Going back keeps it all under another name, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_hosting_days"):
        op.rename_table("kept_hosting_days", "hosting_days")
        return
    op.create_table(
        "hosting_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("day", sa.String(length=22), nullable=False),
        sa.Column("item", sa.String(length=22), nullable=False),
        sa.Column("left_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["request_id"], ["hosting_requests.id"], name=op.f("fk_hosting_days_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosting_days")),
        sa.UniqueConstraint("request_id", "on_date", name=op.f("uq_hosting_days_request_id")),
    )


def downgrade() -> None:
    op.rename_table("hosting_days", "kept_hosting_days")
