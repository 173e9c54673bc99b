"""A host city and the office ask each other in one thread, and the city sends maps and menus for a visit.

Going back keeps it all under other names, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"

TABLES = ("hosting_messages", "hosting_files")


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_hosting_messages"):
        for table in TABLES:
            op.rename_table(f"kept_{table}", table)
        return
    _make_messages()
    _make_files()


def downgrade() -> None:
    for table in TABLES:
        op.rename_table(table, f"kept_{table}")


def _make_messages() -> None:
    op.create_table(
        "hosting_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("from_office", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=80), nullable=False),
        sa.Column("written_name", sa.String(length=120), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["request_id"], ["hosting_requests.id"], name=op.f("fk_hosting_messages_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosting_messages")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hosting_messages_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_hosting_messages_submission_key")),
    )
    op.create_index(op.f("ix_hosting_messages_request_id"), "hosting_messages", ["request_id", "id"])
    op.create_index(op.f("ix_hosting_messages_settled_at"), "hosting_messages", ["settled_at", "from_office"])


def _make_files() -> None:
    kinds = "'map', 'menu', 'parking', 'photo', 'other'"
    op.create_table(
        "hosting_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("file_kind", sa.String(length=8), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint(f"hosting_files.kind IN ({kinds})", name=op.f("ck_hosting_files_kind")),
        sa.ForeignKeyConstraint(["request_id"], ["hosting_requests.id"], name=op.f("fk_hosting_files_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosting_files")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hosting_files_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_hosting_files_submission_key")),
    )
    op.create_index(op.f("ix_hosting_files_request_id"), "hosting_files", ["request_id"])
