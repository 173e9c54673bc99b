"""A host city proposes changes of its own days, which the office accepts or declines.

Going back keeps what was proposed under another name, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"

TABLE = "hosting_proposals"


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table(f"kept_{TABLE}"):
        op.rename_table(f"kept_{TABLE}", TABLE)
        return
    states = "'proposed', 'accepted', 'declined', 'withdrawn', 'overtaken'"
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=22), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("proposed_name", sa.String(length=120), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint(f"hosting_proposals.state IN ({states})", name=op.f("ck_hosting_proposals_state")),
        sa.ForeignKeyConstraint(["request_id"], ["hosting_requests.id"], name=op.f("fk_hosting_proposals_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosting_proposals")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hosting_proposals_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_hosting_proposals_submission_key")),
    )
    op.create_index(op.f("ix_hosting_proposals_request_id"), TABLE, ["request_id", "state"])


def downgrade() -> None:
    op.rename_table(TABLE, f"kept_{TABLE}")
