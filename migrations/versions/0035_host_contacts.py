"""Host cities have several contacts, who are invited by links.

Going back keeps both in tables of other names, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

BEFORE = (
    "sign_in", "registration", "fresh_code", "host_confirmation", "host_profile", "staff_password", "bill",
    "itinerary", "calendar",
)  # fmt: skip
ADDED = "host_invitation"


def upgrade() -> None:
    _allow_purposes((*BEFORE, ADDED))
    if sa.inspect(op.get_bind()).has_table("kept_host_contacts"):
        op.rename_table("kept_host_contacts", "host_contacts")
        op.execute("INSERT INTO links SELECT * FROM kept_host_invitations")
        op.drop_table("kept_host_invitations")
    else:
        _make_contacts()
    op.create_index(op.f("ix_host_contacts_profile_id"), "host_contacts", ["profile_id"])
    op.create_index(op.f("ix_host_contacts_email"), "host_contacts", ["email"])


def downgrade() -> None:
    op.drop_index(op.f("ix_host_contacts_email"), "host_contacts")
    op.drop_index(op.f("ix_host_contacts_profile_id"), "host_contacts")
    op.rename_table("host_contacts", "kept_host_contacts")
    op.execute(f"CREATE TABLE kept_host_invitations AS SELECT * FROM links WHERE purpose = '{ADDED}'")  # noqa: S608
    op.execute(f"DELETE FROM links WHERE purpose = '{ADDED}'")  # noqa: S608
    _allow_purposes(BEFORE)


def _make_contacts() -> None:
    op.create_table(
        "host_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('asked', 'invited', 'active', 'ended')", name=op.f("ck_host_contacts_state")),
        sa.CheckConstraint("language IN ('en', 'zh')", name=op.f("ck_host_contacts_language")),
        sa.ForeignKeyConstraint(["profile_id"], ["host_profiles.id"], name=op.f("fk_host_contacts_profile_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_contacts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_host_contacts_public_id")),
    )


def _allow_purposes(purposes: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{purpose}'" for purpose in purposes)
    with op.batch_alter_table("links") as table:
        table.drop_constraint(op.f("ck_links_purpose"), type_="check")
        table.create_check_constraint(op.f("ck_links_purpose"), f"purpose IN ({listed})")
