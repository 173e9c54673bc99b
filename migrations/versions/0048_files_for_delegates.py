"""The office shows files of a host city to the delegates; files that were sent before stay with city and office.

Going back keeps what was shown under another name, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    known = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("hosting_files")}
    if "kept_shown_at" in known:
        op.execute("ALTER TABLE hosting_files RENAME COLUMN kept_shown_at TO shown_at")
    else:
        op.add_column("hosting_files", sa.Column("shown_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.execute("ALTER TABLE hosting_files RENAME COLUMN shown_at TO kept_shown_at")
