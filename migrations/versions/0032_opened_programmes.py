"""It is known who has had which version of an itinerary before their eyes on their own page.

Going back keeps it under another name, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_version_openings"):
        op.rename_table("kept_version_openings", "version_openings")
        return
    op.create_table(
        "version_openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(length=22), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["itinerary_versions.id"], name=op.f("fk_version_openings_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_openings")),
        sa.UniqueConstraint("version_id", "reader", name=op.f("uq_version_openings_version_id")),
    )


def downgrade() -> None:
    op.rename_table("version_openings", "kept_version_openings")
