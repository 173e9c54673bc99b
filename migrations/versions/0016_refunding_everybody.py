"""An event that is called off refunds everybody in one batch; a participant can be replaced, consents then end."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

STATES = ("running", "stopped", "done")
TABLES = ("refund_batch_items", "refund_batches")
COLUMNS = (("cancellations", "batch_id"), ("consents", "ended_at"), ("consents", "ended_by"))


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_refund_batches"):
        _rename("kept_", "")
        return
    _make_tables()
    with op.batch_alter_table("consents") as table:
        table.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("ended_by", sa.String(length=80), nullable=True))
    with op.batch_alter_table("cancellations") as table:
        table.add_column(sa.Column("batch_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_cancellations_batch_id_refund_batches"), "refund_batches", ["batch_id"], ["id"]
        )
        table.create_index(op.f("ix_cancellations_batch_id"), ["batch_id"])


def downgrade() -> None:
    """Keep all of it under other names, so that going forward again finds who was refunded already."""
    _rename("", "kept_")


def _rename(before: str, after: str) -> None:
    for table in TABLES:
        op.rename_table(f"{before}{table}", f"{after}{table}")
    for table, column in COLUMNS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {before}{column} TO {after}{column}")


def _make_tables() -> None:
    op.create_table(
        "refund_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("by_terms", sa.Boolean(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_refund_batches_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_batches")),
        sa.UniqueConstraint("event_id", name=op.f("uq_refund_batches_event_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_refund_batches_public_id")),
    )
    op.create_table(
        "refund_batch_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(length=500), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["refund_batches.id"], name=op.f("fk_refund_batch_items_batch_id_refund_batches")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_refund_batch_items_registration_id_registrations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_batch_items")),
        sa.UniqueConstraint("batch_id", "registration_id", name=op.f("uq_refund_batch_items_batch_id")),
    )
