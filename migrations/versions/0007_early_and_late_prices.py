"""A fee can cost less until a day and more from a day on.

Going back keeps the prices under other names, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

COLUMNS = {
    "early_minor": sa.BigInteger,
    "early_until_on": sa.Date,
    "late_minor": sa.BigInteger,
    "late_from_on": sa.Date,
}


def upgrade() -> None:
    if "kept_early_minor" in {column["name"] for column in sa.inspect(op.get_bind()).get_columns("fees")}:
        _rename("kept_", "")
        return
    with op.batch_alter_table("fees") as table:
        for name, kind in COLUMNS.items():
            table.add_column(sa.Column(name, kind(), nullable=True))


def downgrade() -> None:
    _rename("", "kept_")


def _rename(before: str, after: str) -> None:
    for name in COLUMNS:
        op.execute(f"ALTER TABLE fees RENAME COLUMN {before}{name} TO {after}{name}")
