"""Host cities tell of themselves over time, and have photographs.

Going back keeps both under other names, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

GOVERNMENTS = (
    "council_manager", "mayor_council", "commission", "town_meeting", "county_board",
    "cn_municipality", "cn_prefecture", "cn_district", "cn_county", "other",
)  # fmt: skip
TABLES = ("host_particulars", "host_topics", "host_photos")


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_host_photos"):
        for table in TABLES:
            op.rename_table(f"kept_{table}", table)
    else:
        _make_particulars()
        _make_photos()
    op.create_index(op.f("ix_host_photos_profile_id"), "host_photos", ["profile_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_host_photos_profile_id"), "host_photos")
    for table in TABLES:
        op.rename_table(table, f"kept_{table}")


def _make_particulars() -> None:
    listed = ", ".join(f"'{kind}'" for kind in GOVERNMENTS)
    op.create_table(
        "host_particulars",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("region", sa.JSON(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("population_source", sa.JSON(), nullable=False),
        sa.Column("government", sa.String(length=32), nullable=True),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("budget_minor", sa.BigInteger(), nullable=True),
        sa.Column("budget_currency", sa.String(length=3), nullable=True),
        sa.Column("budget_year", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("sisters", sa.JSON(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("revised_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"government IN ({listed})", name=op.f("ck_host_particulars_government")),
        sa.ForeignKeyConstraint(["profile_id"], ["host_profiles.id"], name=op.f("fk_host_particulars_profile_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_particulars")),
        sa.UniqueConstraint("profile_id", name=op.f("uq_host_particulars_profile_id")),
    )
    op.create_table(
        "host_topics",
        sa.Column("particulars_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["particulars_id"], ["host_particulars.id"], name=op.f("fk_host_topics_particulars_id")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_host_topics_topic_id")),
        sa.PrimaryKeyConstraint("particulars_id", "topic_id", name=op.f("pk_host_topics")),
    )


def _make_photos() -> None:
    op.create_table(
        "host_photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("caption", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["profile_id"], ["host_profiles.id"], name=op.f("fk_host_photos_profile_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_photos")),
        sa.UniqueConstraint("public_id", name=op.f("uq_host_photos_public_id")),
    )
