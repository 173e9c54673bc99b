"""Host cities are given certificates of recognition, which can be verified, revoked and replaced.

Going back keeps them under another name, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"

STANDS = sa.text("state = 'issued'")
INDEXES = {
    "ix_certificates_city_id": ["city_id", "issued_at"],
    "ix_certificates_event_id": ["event_id"],
    "ix_certificates_issued_at": ["issued_at"],
}


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_certificates"):
        op.rename_table("kept_certificates", "certificates")
    else:
        _make_certificates()
    for name, columns in INDEXES.items():
        op.create_index(op.f(name), "certificates", columns)
    op.create_index(
        op.f("uq_certificates_standing"),
        "certificates",
        ["kind", "event_id", "city_id"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def downgrade() -> None:
    for name in (*INDEXES, "uq_certificates_standing"):
        op.drop_index(op.f(name), "certificates")
    op.rename_table("certificates", "kept_certificates")


def _make_certificates() -> None:
    op.create_table(
        "certificates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.JSON(), nullable=False),
        sa.Column("citation", sa.JSON(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("kind IN ('host_recognition')", name=op.f("ck_certificates_kind")),
        sa.CheckConstraint("state IN ('issued', 'revoked', 'replaced')", name=op.f("ck_certificates_state")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_certificates_event_id")),
        sa.ForeignKeyConstraint(["city_id"], ["cities.id"], name=op.f("fk_certificates_city_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_certificates_paper_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["certificates.id"], name=op.f("fk_certificates_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("public_id", name=op.f("uq_certificates_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_certificates_submission_key")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_certificates_paper_id")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_certificates_replaces_id")),
    )
