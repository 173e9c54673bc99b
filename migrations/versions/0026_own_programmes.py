"""Participants have links to their own programme and to their own calendar.

Going back keeps them in a table of their own, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

BEFORE = ("sign_in", "registration", "fresh_code", "host_confirmation", "host_profile", "staff_password", "bill")
ADDED = ("itinerary", "calendar")
THEIRS = f"purpose IN ({', '.join(repr(purpose) for purpose in ADDED)})"


def upgrade() -> None:
    _allow_purposes((*BEFORE, *ADDED))
    if sa.inspect(op.get_bind()).has_table("kept_programme_links"):
        op.execute("INSERT INTO links SELECT * FROM kept_programme_links")
        op.drop_table("kept_programme_links")


def downgrade() -> None:
    op.execute(f"CREATE TABLE kept_programme_links AS SELECT * FROM links WHERE {THEIRS}")  # noqa: S608
    op.execute(f"DELETE FROM links WHERE {THEIRS}")  # noqa: S608
    _allow_purposes(BEFORE)


def _allow_purposes(purposes: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{purpose}'" for purpose in purposes)
    with op.batch_alter_table("links") as table:
        table.drop_constraint(op.f("ck_links_purpose"), type_="check")
        table.create_check_constraint(op.f("ck_links_purpose"), f"purpose IN ({listed})")
