"""Participants tell host cities who they are and what they want to learn; until they do, cities read nothing of it.

Going back keeps what was told under other names, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
TOLD = {"about": 600, "goals": 400}


def upgrade() -> None:
    known = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("participants")}
    for name, longest in TOLD.items():
        if f"kept_{name}" in known:
            op.execute(f"ALTER TABLE participants RENAME COLUMN kept_{name} TO {name}")
        else:
            op.execute(f"ALTER TABLE participants ADD COLUMN {name} VARCHAR({longest}) DEFAULT '' NOT NULL")


def downgrade() -> None:
    for name in TOLD:
        op.execute(f"ALTER TABLE participants RENAME COLUMN {name} TO kept_{name}")
