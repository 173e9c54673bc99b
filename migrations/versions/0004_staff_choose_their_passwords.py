"""Administrators add colleagues by a form, and a link in a letter lets each choose a password."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BEFORE = ("sign_in", "registration", "fresh_code", "host_confirmation", "host_profile")
AFTER = (*BEFORE, "staff_password")


def upgrade() -> None:
    with op.batch_alter_table("staff") as table:
        table.add_column(sa.Column("submission_key", sa.String(length=40), nullable=True))
        table.create_unique_constraint(op.f("uq_staff_submission_key"), ["submission_key"])
    _allow_purposes(AFTER)


def downgrade() -> None:
    """Forget the links to choose a password, which the program of before does not know; others can be sent."""
    op.execute("DELETE FROM links WHERE purpose = 'staff_password'")
    _allow_purposes(BEFORE)
    with op.batch_alter_table("staff") as table:
        table.drop_constraint(op.f("uq_staff_submission_key"), type_="unique")
        table.drop_column("submission_key")


def _allow_purposes(purposes: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{purpose}'" for purpose in purposes)
    with op.batch_alter_table("links") as table:
        table.drop_constraint(op.f("ck_links_purpose"), type_="check")
        table.create_check_constraint(op.f("ck_links_purpose"), f"purpose IN ({listed})")
