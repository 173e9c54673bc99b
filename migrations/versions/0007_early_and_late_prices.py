"""A fee can cost less until a day and more from a day on."""

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
    with op.batch_alter_table("fees") as table:
        for name, kind in COLUMNS.items():
            table.add_column(sa.Column(name, kind(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("fees") as table:
        for name in reversed(COLUMNS):
            table.drop_column(name)
