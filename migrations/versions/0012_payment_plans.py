"""An event offers plans by which a bill is paid; each bill knows its plan and the instalments that were agreed.

Going back keeps both under other names, so that going forward again finds what was agreed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

KINDS = ("in_full", "deposit", "instalments", "after_event")


TABLES = ("instalments", "payment_terms")
COLUMNS = {"plan": sa.String(length=32), "reminders_stopped": sa.Boolean()}


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_instalments"):
        _rename("kept_", "")
    else:
        _make_tables()
        with op.batch_alter_table("folios") as table:
            for name, kind in COLUMNS.items():
                table.add_column(sa.Column(name, kind, nullable=True))
    _require_plans()


def downgrade() -> None:
    with op.batch_alter_table("folios") as table:
        table.drop_constraint(op.f("ck_folios_plan"), type_="check")
        for name, kind in COLUMNS.items():
            table.alter_column(name, existing_type=kind, nullable=True)
    _rename("", "kept_")


def _rename(before: str, after: str) -> None:
    for table in TABLES:
        op.rename_table(f"{before}{table}", f"{after}{table}")
    for name in COLUMNS:
        op.execute(f"ALTER TABLE folios RENAME COLUMN {before}{name} TO {after}{name}")


def _require_plans() -> None:
    """Every bill so far, and those made while the version of before ran, is to be paid in full and is reminded of."""
    op.execute("UPDATE folios SET plan = 'in_full' WHERE plan IS NULL")
    no = sa.text("UPDATE folios SET reminders_stopped = :no WHERE reminders_stopped IS NULL")
    op.execute(no.bindparams(no=False))
    listed = ", ".join(f"'{kind}'" for kind in KINDS)
    with op.batch_alter_table("folios") as table:
        for name, kind in COLUMNS.items():
            table.alter_column(name, existing_type=kind, nullable=False)
        table.create_check_constraint(op.f("ck_folios_plan"), f"plan IN ({listed})")


def _make_tables() -> None:
    op.create_table(
        "instalments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folio_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_instalments_amount")),
        sa.ForeignKeyConstraint(["folio_id"], ["folios.id"], name=op.f("fk_instalments_folio_id_folios")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instalments")),
        sa.UniqueConstraint("folio_id", "position", name=op.f("uq_instalments_folio_id")),
    )
    op.create_index(op.f("ix_instalments_folio_id"), "instalments", ["folio_id"])
    op.create_index(op.f("ix_instalments_due_on"), "instalments", ["due_on"])
    op.create_table(
        "payment_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("plans", sa.JSON(), nullable=False),
        sa.Column("release_after_days", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_payment_terms_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_terms")),
        sa.UniqueConstraint("event_id", name=op.f("uq_payment_terms_event_id")),
    )
