"""Each contact of a host city has a link of their own to what the city is asked.

Going back keeps the links under another name, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"

BEFORE = (
    "sign_in", "registration", "fresh_code", "host_confirmation", "host_profile", "staff_password", "bill",
    "itinerary", "calendar", "host_invitation",
)  # fmt: skip
ADDED = "host_contact"
KEPT = "kept_host_contact_links"


def upgrade() -> None:
    _allow_purposes((*BEFORE, ADDED))
    if sa.inspect(op.get_bind()).has_table(KEPT):
        op.execute(f"INSERT INTO links SELECT * FROM {KEPT}")  # noqa: S608
        op.drop_table(KEPT)


def downgrade() -> None:
    op.execute(f"CREATE TABLE {KEPT} AS SELECT * FROM links WHERE purpose = '{ADDED}'")  # noqa: S608
    op.execute(f"DELETE FROM links WHERE purpose = '{ADDED}'")  # noqa: S608
    _allow_purposes(BEFORE)


def _allow_purposes(purposes: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{purpose}'" for purpose in purposes)
    with op.batch_alter_table("links") as table:
        table.drop_constraint(op.f("ck_links_purpose"), type_="check")
        table.create_check_constraint(op.f("ck_links_purpose"), f"purpose IN ({listed})")
