"""A fee says whom it admits and what shows it; people give numbers and cities; lists of members are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

ADMITTED = (
    "anyone", "member", "non_member", "alliance_city", "host_city", "government", "student", "partner_seat",
)  # fmt: skip
PROOFS = ("none", "number", "code", "approval")


FEES = ("admits", "proof", "member_list_id", "population_most", "pool_id")
PEOPLE = ("member_number", "city_id")
# What a row has that was written while the version of before ran.
USUAL = {("fees", "admits"): "anyone", ("fees", "proof"): "none", ("participants", "member_number"): ""}
LENGTHS = {"admits": 32, "proof": 32, "member_number": 40}


def upgrade() -> None:
    """Make tables and columns, or take back those that were kept when somebody went back."""
    if sa.inspect(op.get_bind()).has_table("kept_members"):
        _rename("kept_", "")
        _need(True)
        return
    _make_lists()
    with op.batch_alter_table("fees") as table:
        table.add_column(sa.Column("admits", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("proof", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("member_list_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("population_most", sa.Integer(), nullable=True))
        table.add_column(sa.Column("pool_id", sa.Integer(), nullable=True))
    with op.batch_alter_table("participants") as table:
        table.add_column(sa.Column("member_number", sa.String(length=40), nullable=True))
        table.add_column(sa.Column("city_id", sa.Integer(), nullable=True))
    _need(True)
    with op.batch_alter_table("fees") as table:
        table.create_check_constraint(op.f("ck_fees_admits"), f"admits IN ({_listed(ADMITTED)})")
        table.create_check_constraint(op.f("ck_fees_proof"), f"proof IN ({_listed(PROOFS)})")
        table.create_foreign_key(op.f("fk_fees_member_list_id"), "member_lists", ["member_list_id"], ["id"])
        table.create_foreign_key(op.f("fk_fees_pool_id"), "pools", ["pool_id"], ["id"])
    with op.batch_alter_table("participants") as table:
        table.create_foreign_key(op.f("fk_participants_city_id"), "cities", ["city_id"], ["id"])
        table.create_index(op.f("ix_participants_member_number"), ["member_number"])


def downgrade() -> None:
    _need(False)
    _rename("", "kept_")


def _need(needed: bool) -> None:
    """Let the words be needed, those that lack filled in, or not be needed, for the version of before."""
    for (name, column), usual in USUAL.items():
        if needed:
            rows = sa.table(name, sa.column(column))
            op.execute(rows.update().where(rows.c[column].is_(None)).values({column: usual}))
        with op.batch_alter_table(name) as table:
            table.alter_column(column, existing_type=sa.String(length=LENGTHS[column]), nullable=not needed)


def _rename(before: str, after: str) -> None:
    for table in ("member_lists", "members"):
        op.execute(f"ALTER TABLE {before}{table} RENAME TO {after}{table}")
    for table, columns in (("fees", FEES), ("participants", PEOPLE)):
        for column in columns:
            op.execute(f"ALTER TABLE {table} RENAME COLUMN {before}{column} TO {after}{column}")


def _make_lists() -> None:
    op.create_table(
        "member_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_lists")),
        sa.UniqueConstraint("public_id", name=op.f("uq_member_lists_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_member_lists_submission_key")),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["member_lists.id"], name=op.f("fk_members_list_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("list_id", "number", name=op.f("uq_members_list_id")),
    )
    op.create_index(op.f("ix_members_list_id"), "members", ["list_id"])


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)
