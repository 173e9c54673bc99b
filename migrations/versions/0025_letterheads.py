"""Sellers have signatories, and pictures of their mark and seal.

Going back keeps them under other names, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

PICTURES = ("mark_sha256", "seal_sha256")


def upgrade() -> None:
    known = sa.inspect(op.get_bind())
    if known.has_table("kept_signatories"):
        op.rename_table("kept_signatories", "signatories")
        for name in PICTURES:
            op.execute(f"ALTER TABLE issuers RENAME COLUMN kept_{name} TO {name}")
    else:
        _make_signatories()
        for name in PICTURES:
            op.add_column("issuers", sa.Column(name, sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_signatories_issuer_id"), "signatories", ["issuer_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_signatories_issuer_id"), "signatories")
    for name in PICTURES:
        op.execute(f"ALTER TABLE issuers RENAME COLUMN {name} TO kept_{name}")
    op.rename_table("signatories", "kept_signatories")


def _make_signatories() -> None:
    op.create_table(
        "signatories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("position_in_list", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("position", sa.JSON(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("signature_sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["issuer_id"], ["issuers.id"], name=op.f("fk_signatories_issuer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatories")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signatories_public_id")),
    )
