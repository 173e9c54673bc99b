"""Host cities name their mayor and their council, to whom thanks are addressed.

Going back keeps it under other names, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"

TABLE = "host_particulars"
COLUMNS = ("mayor", "mayor_title", "council")


def upgrade() -> None:
    known = {column["name"] for column in sa.inspect(op.get_bind()).get_columns(TABLE)}
    for name in COLUMNS:
        if f"kept_{name}" in known:
            op.execute(f"ALTER TABLE {TABLE} RENAME COLUMN kept_{name} TO {name}")
        else:
            unsaid = sa.text("""'{"en": "", "zh": ""}'""")
            op.add_column(TABLE, sa.Column(name, sa.JSON(), server_default=unsaid, nullable=False))


def downgrade() -> None:
    for name in COLUMNS:
        op.execute(f"ALTER TABLE {TABLE} RENAME COLUMN {name} TO kept_{name}")
