"""What people choose of an itinerary is an add-on like others, marked as such.

Going back keeps the marks under another name, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    if "kept_is_option" in {column["name"] for column in sa.inspect(op.get_bind()).get_columns("add_ons")}:
        op.execute("ALTER TABLE add_ons RENAME COLUMN kept_is_option TO is_option")
        return
    op.add_column("add_ons", sa.Column("is_option", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.execute("ALTER TABLE add_ons RENAME COLUMN is_option TO kept_is_option")
