"""Tours have legs that look for cities, the office weighs what speaks for one, and routes are searched.

Going back keeps all three under other names, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"

TABLES = ("tour_legs", "matching_weights", "route_searches")
OF_EVENTS = ("tour_legs", "route_searches")


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_tour_legs"):
        for table in TABLES:
            op.rename_table(f"kept_{table}", table)
    else:
        _make_legs()
        _make_weights()
        _make_searches()
    for table in OF_EVENTS:
        op.create_index(op.f(f"ix_{table}_event_id"), table, ["event_id"])


def downgrade() -> None:
    for table in OF_EVENTS:
        op.drop_index(op.f(f"ix_{table}_event_id"), table)
    for table in TABLES:
        op.rename_table(table, f"kept_{table}")


def _make_legs() -> None:
    op.create_table(
        "tour_legs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("nights", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("near", sa.String(length=16), nullable=False),
        sa.Column("towards", sa.String(length=16), nullable=False),
        sa.Column("within_km", sa.Integer(), nullable=True),
        sa.Column("homestay", sa.Boolean(), nullable=False),
        sa.Column("budget_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_tour_legs_in_order")),
        sa.CheckConstraint("nights >= 0", name=op.f("ck_tour_legs_nights")),
        sa.CheckConstraint("people >= 1", name=op.f("ck_tour_legs_people")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_tour_legs_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour_legs")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tour_legs_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_tour_legs_submission_key")),
    )


def _make_weights() -> None:
    op.create_table(
        "matching_weights",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matching_weights")),
    )


def _make_searches() -> None:
    op.create_table(
        "route_searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("fixed", sa.JSON(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("best", sa.Integer(), nullable=True),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("made_of", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'stopped')", name=op.f("ck_route_searches_state")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_route_searches_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_searches")),
        sa.UniqueConstraint("public_id", name=op.f("uq_route_searches_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_route_searches_submission_key")),
    )
