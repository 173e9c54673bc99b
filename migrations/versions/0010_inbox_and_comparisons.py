"""Finance sees what became of each of Stripe's events, and each comparison of Stripe's lists with our books is kept."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

KINDS_BEFORE = ("late_payment", "overpaid", "wrong_amount", "unknown_payment", "failed_refund", "unknown_refund")
# Each new kind, and the nearest that the older version has; a case's key begins with its kind.
NEW_KINDS = {
    "paid_twice": "overpaid",
    "slow_refund": "unknown_refund",
    "dispute": "unknown_refund",
    "dispute_lost": "unknown_refund",
    "unknown_event": "unknown_payment",
    "stale_session": "unknown_payment",
    "ledger_differs": "unknown_payment",
    "missing_at_stripe": "unknown_payment",
}
NOTES = {
    "happened_at": sa.DateTime(timezone=True),
    "strange": sa.String(20),
    "attempts": sa.Integer(),
    "failure": sa.String(500),
    "replays": sa.Integer(),
    "replayed_at": sa.DateTime(timezone=True),
    "replayed_by": sa.String(80),
    "folio_id": sa.Integer(),
    "entry_id": sa.Integer(),
}
AT_FIRST = {"strange": "", "attempts": "0", "failure": "", "replays": "0", "replayed_by": ""}
INSTANTS = ("happened_at", "replayed_at")
# Under this name an event's body keeps the notes for which the older version has no columns.
ASIDE = "later_notes"
EVENTS = sa.table("stripe_events", sa.column("id"), sa.column("body", sa.JSON), *map(sa.column, NOTES))


def upgrade() -> None:
    with op.batch_alter_table("stripe_events") as table:
        for name, kind in NOTES.items():
            needed = name in AT_FIRST
            table.add_column(sa.Column(name, kind, nullable=not needed, server_default=AT_FIRST.get(name)))
        table.create_foreign_key(op.f("fk_stripe_events_folio_id"), "folios", ["folio_id"], ["id"])
        table.create_foreign_key(op.f("fk_stripe_events_entry_id"), "entries", ["entry_id"], ["id"])
    with op.batch_alter_table("stripe_events") as table:
        for name in AT_FIRST:
            table.alter_column(name, server_default=None)
    op.create_index(op.f("ix_stripe_events_received_at"), "stripe_events", ["received_at"])
    _take_notes_out_of_bodies()
    if not sa.inspect(op.get_bind()).has_table("comparisons"):
        _create_comparisons()
    _allow((*KINDS_BEFORE, *NEW_KINDS))
    for kind in NEW_KINDS:
        op.execute(f"UPDATE desk_cases SET kind = '{kind}' WHERE key LIKE '{kind}:%'")  # noqa: S608


def downgrade() -> None:
    """Keep all: cases take the nearest kind, notes on events go into their bodies, and comparisons stay unused."""
    for kind, nearest in NEW_KINDS.items():
        op.execute(f"UPDATE desk_cases SET kind = '{nearest}' WHERE kind = '{kind}'")  # noqa: S608
    _allow(KINDS_BEFORE)
    _put_notes_into_bodies()
    op.drop_index(op.f("ix_stripe_events_received_at"), "stripe_events")
    with op.batch_alter_table("stripe_events") as table:
        for name in ("entry_id", "folio_id"):
            table.drop_constraint(op.f(f"fk_stripe_events_{name}"), type_="foreignkey")
        for name in NOTES:
            table.drop_column(name)


def _create_comparisons() -> None:
    op.create_table(
        "comparisons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(22), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_dry", sa.Boolean(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.String(80), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("failure", sa.String(500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparisons")),
        sa.UniqueConstraint("public_id", name=op.f("uq_comparisons_public_id")),
    )


def _allow(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("desk_cases") as table:
        table.drop_constraint(op.f("ck_desk_cases_kind"), type_="check")
        table.create_check_constraint(op.f("ck_desk_cases_kind"), f"kind IN ({listed})")


def _put_notes_into_bodies() -> None:
    connection = op.get_bind()
    raw = sa.text(f"SELECT id, body, {', '.join(NOTES)} FROM stripe_events")  # noqa: S608
    for row in connection.execute(raw).mappings().all():
        body = row["body"] if isinstance(row["body"], dict) else json.loads(row["body"])
        notes = {name: _plain(row[name]) if name in INSTANTS else row[name] for name in NOTES}
        _write(row["id"], body={**body, ASIDE: notes})


def _take_notes_out_of_bodies() -> None:
    for event_id, body in op.get_bind().execute(sa.select(EVENTS.c.id, EVENTS.c.body)).all():
        if ASIDE in body:
            notes = body.pop(ASIDE)
            _write(event_id, body=body, **notes)


def _plain(instant: object) -> str | None:
    return None if instant is None else str(instant)


def _write(event_id: int, **values: object) -> None:
    op.get_bind().execute(EVENTS.update().where(EVENTS.c.id == event_id).values(**values))
