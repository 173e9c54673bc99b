"""Host cities say whether their profile and photographs may stand on their public page; until they do, they do not.

Going back keeps the answers under another name, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    if "kept_published" in {column["name"] for column in sa.inspect(op.get_bind()).get_columns("host_particulars")}:
        op.execute("ALTER TABLE host_particulars RENAME COLUMN kept_published TO published")
        return
    op.execute("ALTER TABLE host_particulars ADD COLUMN published BOOLEAN DEFAULT false NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE host_particulars RENAME COLUMN published TO kept_published")
