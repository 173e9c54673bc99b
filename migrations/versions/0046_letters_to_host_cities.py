"""The office writes one letter to the contacts of many host cities, and sees what became of it.

Going back keeps the letters under other names, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_city_letters"):
        op.rename_table("kept_city_letters", "city_letters")
        op.rename_table("kept_city_letter_cities", "city_letter_cities")
        op.create_index(op.f("ix_city_letter_cities_city_id"), "city_letter_cities", ["city_id"])
        return
    op.create_table(
        "city_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_letters")),
        sa.UniqueConstraint("public_id", name=op.f("uq_city_letters_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_city_letters_submission_key")),
    )
    op.create_table(
        "city_letter_cities",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["letter_id"], ["city_letters.id"], name=op.f("fk_city_letter_cities_letter_id")),
        sa.ForeignKeyConstraint(["city_id"], ["cities.id"], name=op.f("fk_city_letter_cities_city_id")),
        sa.PrimaryKeyConstraint("letter_id", "city_id", name=op.f("pk_city_letter_cities")),
    )
    op.create_index(op.f("ix_city_letter_cities_city_id"), "city_letter_cities", ["city_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_city_letter_cities_city_id"), "city_letter_cities")
    op.rename_table("city_letter_cities", "kept_city_letter_cities")
    op.rename_table("city_letters", "kept_city_letters")
