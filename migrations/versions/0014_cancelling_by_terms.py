"""An event's cancellation terms apply to each line; what was cancelled, and what was kept of it, is on record.

Going back keeps all of it under other names, so that going forward again finds what was promised and cancelled.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

# Table, column, its type, and what it says of the rows that are there.
NEW: tuple[tuple[str, str, Callable[[], Any], Any], ...] = (
    ("events", "cancellation_terms", sa.JSON, {}),
    ("registrations", "cancellation_terms", sa.JSON, {}),
    ("registrations", "asked_to_give_up", sa.JSON, {}),
    ("refunds", "cause", lambda: sa.String(length=22), ""),
)


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_cancellations"):
        _rename("kept_", "")
    else:
        _make_table()
        for table, column, kind, _before in NEW:
            with op.batch_alter_table(table) as batch:
                batch.add_column(sa.Column(column, kind(), nullable=True))
    _require_columns()
    op.create_index(op.f("ix_refunds_cause"), "refunds", ["cause"])


def downgrade() -> None:
    op.drop_index(op.f("ix_refunds_cause"), "refunds")
    for table, column, kind, _before in NEW:
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=kind(), nullable=True)
    _rename("", "kept_")


def _rename(before: str, after: str) -> None:
    op.rename_table(f"{before}cancellations", f"{after}cancellations")
    for table, column, _kind, _before in NEW:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {before}{column} TO {after}{column}")


def _require_columns() -> None:
    """Every row so far, and those made while the version of before ran, was promised nothing and cancelled nothing."""
    for table, column, kind, before in NEW:
        known = sa.table(table, sa.column(column, kind()))
        op.execute(sa.update(known).where(known.c[column].is_(None)).values({column: before}))
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=kind(), nullable=False)


def _make_table() -> None:
    op.create_table(
        "cancellations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("submission_key", sa.String(length=60), nullable=False),
        sa.Column("is_everything", sa.Boolean(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("things", sa.JSON(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("kept_minor", sa.BigInteger(), nullable=False),
        sa.Column("back_minor", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("exemption_why", sa.String(length=500), nullable=False),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("document_name", sa.String(length=200), nullable=False),
        sa.Column("document_kind", sa.String(length=20), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registrations.id"], name=op.f("fk_cancellations_registration_id_registrations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cancellations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_cancellations_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_cancellations_submission_key")),
    )
    op.create_index(op.f("ix_cancellations_registration_id"), "cancellations", ["registration_id"])
