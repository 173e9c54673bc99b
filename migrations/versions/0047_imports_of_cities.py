"""The office imports cities with those whom it knows there, and looks up later what became of each file.

Going back keeps both under other names, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"

TABLES = ("city_contacts", "city_imports")


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_city_contacts"):
        for table in TABLES:
            op.rename_table(f"kept_{table}", table)
        return
    op.create_table(
        "city_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("language IN ('en', 'zh')", name=op.f("ck_city_contacts_language")),
        sa.ForeignKeyConstraint(["city_id"], ["cities.id"], name=op.f("fk_city_contacts_city_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_contacts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_city_contacts_public_id")),
        sa.UniqueConstraint("city_id", "email", name=op.f("uq_city_contacts_city_id")),
    )
    op.create_index("ix_city_contacts_email", "city_contacts", ["email"])
    op.create_table(
        "city_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.String(length=80), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_imports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_city_imports_public_id")),
        sa.UniqueConstraint("file", name=op.f("uq_city_imports_file")),
    )


def downgrade() -> None:
    for table in TABLES:
        op.rename_table(table, f"kept_{table}")
