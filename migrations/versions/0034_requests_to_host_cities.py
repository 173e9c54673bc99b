"""Host cities are asked for named groups and days, and answer by a deadline.

Going back keeps it all under other names, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

TABLES = ("hosting_requests", "hosting_answers", "hosting_approvals")


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_hosting_requests"):
        for table in TABLES:
            op.rename_table(f"kept_{table}", table)
        return
    _make_requests()
    _make_answers()
    _make_approvals()


def downgrade() -> None:
    for table in TABLES:
        op.rename_table(table, f"kept_{table}")


def _make_requests() -> None:
    states = "'asked', 'held', 'countered', 'confirmed', 'lapsed', 'declined', 'withdrawn'"
    op.create_table(
        "hosting_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("deadline_on", sa.Date(), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counter_first_on", sa.Date(), nullable=True),
        sa.Column("counter_last_on", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_hosting_requests_in_order")),
        sa.CheckConstraint("people >= 1", name=op.f("ck_hosting_requests_people")),
        sa.CheckConstraint(f"hosting_requests.state IN ({states})", name=op.f("ck_hosting_requests_state")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_hosting_requests_event_id")),
        sa.ForeignKeyConstraint(["city_id"], ["cities.id"], name=op.f("fk_hosting_requests_city_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["host_offers.id"], name=op.f("fk_hosting_requests_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosting_requests")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hosting_requests_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_hosting_requests_submission_key")),
    )
    op.create_index(op.f("ix_hosting_requests_event_id"), "hosting_requests", ["event_id"])
    op.create_index(op.f("ix_hosting_requests_city_id"), "hosting_requests", ["city_id", "state"])
    op.create_index(op.f("ix_hosting_requests_offer_id"), "hosting_requests", ["offer_id", "state"])
    op.create_index(op.f("ix_hosting_requests_state"), "hosting_requests", ["state", "deadline_at"])


def _make_answers() -> None:
    op.create_table(
        "hosting_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(length=80), nullable=False),
        sa.Column("given_name", sa.String(length=120), nullable=False),
        sa.CheckConstraint(
            "hosting_answers.answer IN ('held', 'confirmed', 'declined', 'countered')",
            name=op.f("ck_hosting_answers_answer"),
        ),
        sa.ForeignKeyConstraint(["request_id"], ["hosting_requests.id"], name=op.f("fk_hosting_answers_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosting_answers")),
    )
    op.create_index(op.f("ix_hosting_answers_request_id"), "hosting_answers", ["request_id"])


def _make_approvals() -> None:
    op.create_table(
        "hosting_approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("file_kind", sa.String(length=8), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("hosting_approvals.step IN ('manager', 'council')", name=op.f("ck_hosting_approvals_step")),
        sa.ForeignKeyConstraint(["request_id"], ["hosting_requests.id"], name=op.f("fk_hosting_approvals_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosting_approvals")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hosting_approvals_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_hosting_approvals_submission_key")),
    )
    op.create_index(op.f("ix_hosting_approvals_request_id"), "hosting_approvals", ["request_id"])
