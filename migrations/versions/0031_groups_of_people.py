"""Participants are put into group A or B of a divided programme, or among its guests.

Going back keeps it under another name, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

GROUPS = "'', 'a', 'b', 'guests'"


def upgrade() -> None:
    if "kept_group" in {column["name"] for column in sa.inspect(op.get_bind()).get_columns("participants")}:
        op.execute('ALTER TABLE participants RENAME COLUMN kept_group TO "group"')
        return
    op.execute(
        "ALTER TABLE participants ADD COLUMN \"group\" VARCHAR(32) DEFAULT '' NOT NULL "
        f'CONSTRAINT {op.f("ck_participants_group")} CHECK ("group" IN ({GROUPS}))'
    )


def downgrade() -> None:
    op.execute('ALTER TABLE participants RENAME COLUMN "group" TO kept_group')
