"""An event has a price list for each of several currencies, and a rate for information; people bring guests by name.

Going back keeps it all under other names, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

BEFORE = ("pre_tour", "post_tour", "single_room", "other")
KINDS = ("pre_tour", "post_tour", "single_room", "guest", "other")
LISTS = {("events", "other_currencies"): [], ("fees", "other_prices"): {}, ("add_ons", "other_prices"): {}}
WORDS = {("events", "rate"): 16, ("events", "rate_currency"): 3, ("participants", "guest"): 120}
DAY = ("events", "rate_on")


def upgrade() -> None:
    """Add the columns, or take back those that were kept when somebody went back."""
    if "kept_rate_on" in {column["name"] for column in sa.inspect(op.get_bind()).get_columns("events")}:
        _rename("kept_", "")
        _allow(KINDS)
        op.execute("UPDATE add_ons SET kind = 'guest' WHERE kept_kind = 'guest' AND kind = 'other'")
        with op.batch_alter_table("add_ons") as table:
            table.drop_column("kept_kind")
    else:
        _add()
        _allow(KINDS)
    _fill()
    _need(True)


def downgrade() -> None:
    """Go back; a guest becomes another add-on meanwhile."""
    with op.batch_alter_table("add_ons") as table:
        table.add_column(sa.Column("kept_kind", sa.String(length=32), nullable=True))
    op.execute("UPDATE add_ons SET kept_kind = kind")
    op.execute("UPDATE add_ons SET kind = 'other' WHERE kind = 'guest'")
    _allow(BEFORE)
    _need(False)
    _rename("", "kept_")


def _add() -> None:
    for name, column in LISTS:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column(column, sa.JSON(), nullable=True))
    for (name, column), length in WORDS.items():
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column(column, sa.String(length=length), nullable=True))
    with op.batch_alter_table(DAY[0]) as table:
        table.add_column(sa.Column(DAY[1], sa.Date(), nullable=True))


def _fill() -> None:
    """Give what was written before, or while the version of before ran, no further currency, rate or guest."""
    for (name, column), usual in {**LISTS, **dict.fromkeys(WORDS, "")}.items():
        kind = sa.JSON() if (name, column) in LISTS else sa.String()
        rows = sa.table(name, sa.column(column, kind))
        op.execute(rows.update().where(sa.column(column).is_(sa.null())).values({column: usual}))


def _need(needed: bool) -> None:
    kinds: dict[tuple[str, str], sa.types.TypeEngine[object]] = dict.fromkeys(LISTS, sa.JSON())
    kinds |= {place: sa.String(length=length) for place, length in WORDS.items()}
    for (name, column), kind in kinds.items():
        with op.batch_alter_table(name) as table:
            table.alter_column(column, existing_type=kind, nullable=not needed)


def _allow(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("add_ons") as table:
        table.drop_constraint(op.f("ck_add_ons_kind"), type_="check")
        table.create_check_constraint(op.f("ck_add_ons_kind"), f"kind IN ({listed})")


def _rename(before: str, after: str) -> None:
    for name, column in (*LISTS, *WORDS, DAY):
        op.execute(f"ALTER TABLE {name} RENAME COLUMN {before}{column} TO {after}{column}")
