"""A registration's lines may stand on several bills, and one bill may be that of several registrations.

Going back keeps what the program of before does not know under other names, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ALONE = "uq_registrations_folio_id"
SHARED = "SELECT count(*) FROM (SELECT folio_id FROM registrations GROUP BY folio_id HAVING count(*) > 1) AS shared"


def upgrade() -> None:
    names = {unique["name"] for unique in sa.inspect(op.get_bind()).get_unique_constraints("registrations")}
    with op.batch_alter_table("registrations") as table:
        if ALONE in names:
            table.drop_constraint(op.f(ALONE), type_="unique")
        table.create_index(op.f("ix_registrations_folio_id"), ["folio_id"])
    if _has("kept_further_folios"):
        op.execute("ALTER TABLE kept_further_folios RENAME TO further_folios")
        op.execute("ALTER TABLE seats RENAME COLUMN kept_folio_id TO folio_id")
        return
    op.create_table(
        "further_folios",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("folio_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registrations.id"], name=op.f("fk_further_folios_registration_id")
        ),
        sa.ForeignKeyConstraint(["folio_id"], ["folios.id"], name=op.f("fk_further_folios_folio_id")),
        sa.PrimaryKeyConstraint("registration_id", "folio_id", name=op.f("pk_further_folios")),
    )
    op.create_index(op.f("ix_further_folios_folio_id"), "further_folios", ["folio_id"])
    with op.batch_alter_table("seats") as table:
        table.add_column(sa.Column("folio_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_seats_folio_id"), "folios", ["folio_id"], ["id"])


def downgrade() -> None:
    """Go back; bills that several registrations share stay shared, which the program of before cannot show."""
    op.execute("ALTER TABLE further_folios RENAME TO kept_further_folios")
    op.execute("ALTER TABLE seats RENAME COLUMN folio_id TO kept_folio_id")
    shared = op.get_bind().scalar(sa.text(SHARED))
    with op.batch_alter_table("registrations") as table:
        table.drop_index(op.f("ix_registrations_folio_id"))
        if not shared:
            table.create_unique_constraint(op.f(ALONE), ["folio_id"])


def _has(table: str) -> bool:
    return sa.inspect(op.get_bind()).has_table(table)
