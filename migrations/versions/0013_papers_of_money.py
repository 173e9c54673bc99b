"""Quotes, statements, reminders and refund advices are papers too; sellers keep what their letterhead and a W-9 need.

Going back leaves the wider words where they are, since papers of these kinds may have been issued, and keeps what
sellers and bills had in a table aside, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

KINDS = (
    "invoice",
    "credit_note",
    "receipt",
    "quote",
    "statement",
    "reminder",
    "refund_advice",
    "itinerary",
    "roster",
)
LISTED = ", ".join(f"'{kind}'" for kind in KINDS)
NO_TEXT = """UPDATE issuers SET seller_registrations = '{"en": "", "zh": ""}'"""
KEPT_OF_ISSUERS = """
UPDATE issuers SET (seller_registrations, w9_sha256, w9_pages, w9_filed_at) =
  (SELECT kept.seller_registrations, kept.w9_sha256, kept.w9_pages, kept.w9_filed_at
   FROM issuers_of_0013 kept WHERE kept.id = issuers.id)
WHERE id IN (SELECT id FROM issuers_of_0013)
"""


def upgrade() -> None:
    triggers = _triggers_of_papers()
    for table in ("series", "papers"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_kind"), type_="check")
            batch.create_check_constraint(op.f(f"ck_{table}_kind"), f"kind IN ({LISTED})")
    for trigger in triggers:
        op.execute(trigger)
    with op.batch_alter_table("issuers") as batch:
        batch.add_column(sa.Column("seller_registrations", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("w9_sha256", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("w9_pages", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("w9_filed_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("folios") as batch:
        batch.add_column(sa.Column("encloses_w9", sa.Boolean(), nullable=True))
    op.execute(NO_TEXT)
    op.execute("UPDATE folios SET encloses_w9 = (1 = 0)")
    _bring_back()
    with op.batch_alter_table("issuers") as batch:
        batch.alter_column("seller_registrations", existing_type=sa.JSON(), nullable=False)
    with op.batch_alter_table("folios") as batch:
        batch.alter_column("encloses_w9", existing_type=sa.Boolean(), nullable=False)


def downgrade() -> None:
    op.execute(
        "CREATE TABLE issuers_of_0013 AS SELECT id, seller_registrations, w9_sha256, w9_pages, w9_filed_at FROM issuers"
    )
    op.execute("CREATE TABLE folios_of_0013 AS SELECT id FROM folios WHERE encloses_w9")
    with op.batch_alter_table("folios") as batch:
        batch.drop_column("encloses_w9")
    with op.batch_alter_table("issuers") as batch:
        for column in ("seller_registrations", "w9_sha256", "w9_pages", "w9_filed_at"):
            batch.drop_column(column)


def _triggers_of_papers() -> list[str]:
    """Return what makes the triggers of papers again, which SQLite forgets with the table that it replaces."""
    if op.get_bind().dialect.name == "postgresql":
        return []
    found = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'papers' ORDER BY name")
    return list(op.get_bind().scalars(found))


def _bring_back() -> None:
    """Put back what an earlier way back had kept."""
    if not sa.inspect(op.get_bind()).has_table("issuers_of_0013"):
        return
    op.execute(KEPT_OF_ISSUERS)
    op.execute("UPDATE folios SET encloses_w9 = (1 = 1) WHERE id IN (SELECT id FROM folios_of_0013)")
    op.drop_table("issuers_of_0013")
    op.drop_table("folios_of_0013")
