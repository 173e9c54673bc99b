"""An event has a programme book, with what it says beside the days.

Going back keeps the books under another name, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_event_books"):
        op.rename_table("kept_event_books", "event_books")
        return
    op.create_table(
        "event_books",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_books_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_books")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_books_event_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_event_books_public_id")),
    )


def downgrade() -> None:
    op.rename_table("event_books", "kept_event_books")
