"""Bills say whom they go to, by what order, and have links of their own; payers are kept for next time.

Going back keeps what the program of before does not know under other names, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

PURPOSES = ("sign_in", "registration", "fresh_code", "host_confirmation", "host_profile", "staff_password")
TABLES = ("payer_profiles", "order_lines", "order_files")
# Columns of a bill with their lengths; none is null.
WORDS = {"payer_attention": 200, "tax_id": 60, "tax_exemption": 120, "cost_centre": 60, "requester": 120}
EMPTY = "UPDATE folios SET payer_attention = '', tax_id = '', tax_exemption = '', cost_centre = '', requester = ''"
KEEP = """
CREATE TABLE kept_folio_payers AS
SELECT id AS folio_id, payer_attention, tax_id, tax_exemption, cost_centre, requester, po_on, profile_id FROM folios
"""
PUT_BACK = """
UPDATE folios SET (payer_attention, tax_id, tax_exemption, cost_centre, requester, po_on, profile_id) =
  (SELECT kept.payer_attention, kept.tax_id, kept.tax_exemption, kept.cost_centre, kept.requester, kept.po_on,
          kept.profile_id
   FROM kept_folio_payers AS kept WHERE kept.folio_id = folios.id)
WHERE id IN (SELECT folio_id FROM kept_folio_payers)
"""


def upgrade() -> None:
    if _has("kept_payer_profiles"):
        for table in TABLES:
            op.execute(f"ALTER TABLE kept_{table} RENAME TO {table}")
    else:
        _make_tables()
    with op.batch_alter_table("folios") as table:
        for name, length in WORDS.items():
            table.add_column(sa.Column(name, sa.String(length=length), nullable=True))
        table.add_column(sa.Column("po_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("profile_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_folios_profile_id"), "payer_profiles", ["profile_id"], ["id"])
    _fill_in()
    _allow_purposes((*PURPOSES, "bill"))
    if _has("kept_bill_links"):
        op.execute("INSERT INTO links SELECT * FROM kept_bill_links")
        op.drop_table("kept_bill_links")
    with op.batch_alter_table("folios") as table:
        for name, length in WORDS.items():
            table.alter_column(name, existing_type=sa.String(length=length), nullable=False)


def downgrade() -> None:
    op.execute("CREATE TABLE kept_bill_links AS SELECT * FROM links WHERE purpose = 'bill'")
    op.execute("DELETE FROM links WHERE purpose = 'bill'")
    _allow_purposes(PURPOSES)
    op.execute(KEEP)
    with op.batch_alter_table("folios") as table:
        table.drop_constraint(op.f("fk_folios_profile_id"), type_="foreignkey")
        for name in (*WORDS, "po_on", "profile_id"):
            table.drop_column(name)
    for name in TABLES:
        op.execute(f"ALTER TABLE {name} RENAME TO kept_{name}")


def _fill_in() -> None:
    op.execute(EMPTY)
    if _has("kept_folio_payers"):
        op.execute(PUT_BACK)
        op.drop_table("kept_folio_payers")


def _make_tables() -> None:
    op.create_table(
        "payer_profiles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.Column("department", sa.String(length=200), nullable=False),
        sa.Column("attention", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("vendor_number", sa.String(length=60), nullable=False),
        sa.Column("tax_id", sa.String(length=60), nullable=False),
        sa.Column("tax_exemption", sa.String(length=120), nullable=False),
        sa.Column("cost_centre", sa.String(length=60), nullable=False),
        sa.Column("demands", sa.JSON(), nullable=False),
        sa.Column("terms_days", sa.Integer(), nullable=True),
        sa.Column("w9_sent_on", sa.Date(), nullable=True),
        sa.Column("source_title", sa.String(length=200), nullable=False),
        sa.Column("source_address", sa.String(length=500), nullable=False),
        sa.Column("source_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payer_profiles")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payer_profiles_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_payer_profiles_submission_key")),
    )
    op.create_index(op.f("ix_payer_profiles_sort_key"), "payer_profiles", ["sort_key"])
    op.create_table(
        "order_lines",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("po_line", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_order_lines_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_order_lines")),
    )
    op.create_table(
        "order_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("folio_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("kind IN ('pdf', 'png', 'jpeg')", name=op.f("ck_order_files_kind")),
        sa.ForeignKeyConstraint(["folio_id"], ["folios.id"], name=op.f("fk_order_files_folio_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_files")),
        sa.UniqueConstraint("public_id", name=op.f("uq_order_files_public_id")),
        sa.UniqueConstraint("folio_id", "sha256", name=op.f("uq_order_files_folio_id")),
    )


def _allow_purposes(purposes: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{purpose}'" for purpose in purposes)
    with op.batch_alter_table("links") as table:
        table.drop_constraint(op.f("ck_links_purpose"), type_="check")
        table.create_check_constraint(op.f("ck_links_purpose"), f"purpose IN ({listed})")


def _has(table: str) -> bool:
    return sa.inspect(op.get_bind()).has_table(table)
