"""After a visit the city reports how many came, what it gave in kind, and how it was.

Going back keeps it all under other names, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"

TABLES = ("visit_reports", "visit_attendance", "visit_gifts")


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_visit_reports"):
        for table in TABLES:
            op.rename_table(f"kept_{table}", table)
        return
    _make_reports()
    _make_attendance()
    _make_gifts()


def downgrade() -> None:
    for table in TABLES:
        op.rename_table(table, f"kept_{table}")


def _make_reports() -> None:
    op.create_table(
        "visit_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("may_be_quoted", sa.Boolean(), nullable=False),
        sa.Column("reported_name", sa.String(length=120), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=80), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("visit_reports.state IN ('draft', 'sent')", name=op.f("ck_visit_reports_state")),
        sa.ForeignKeyConstraint(["request_id"], ["hosting_requests.id"], name=op.f("fk_visit_reports_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_reports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_visit_reports_public_id")),
        sa.UniqueConstraint("request_id", name=op.f("uq_visit_reports_request_id")),
    )


def _make_attendance() -> None:
    op.create_table(
        "visit_attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("item", sa.String(length=22), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.CheckConstraint("came >= 0", name=op.f("ck_visit_attendance_came")),
        sa.ForeignKeyConstraint(["report_id"], ["visit_reports.id"], name=op.f("fk_visit_attendance_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_attendance")),
    )
    op.create_index(op.f("ix_visit_attendance_report_id"), "visit_attendance", ["report_id"])


def _make_gifts() -> None:
    op.create_table(
        "visit_gifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("value_minor", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("value_minor >= 0", name=op.f("ck_visit_gifts_value")),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_visit_gifts_time")),
        sa.ForeignKeyConstraint(["report_id"], ["visit_reports.id"], name=op.f("fk_visit_gifts_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_gifts")),
    )
    op.create_index(op.f("ix_visit_gifts_report_id"), "visit_gifts", ["report_id"])
