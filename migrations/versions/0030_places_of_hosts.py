"""A sign-up names the place that its city was chosen from, and the office how it confirmed who writes for the city.

Going back keeps both under other names, so that going forward again finds them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

COLUMNS = ("place_key", "office_confirmed")


def upgrade() -> None:
    known = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("host_profiles")}
    if "kept_place_key" in known:
        for name in COLUMNS:
            op.execute(f"ALTER TABLE host_profiles RENAME COLUMN kept_{name} TO {name}")
    else:
        op.add_column("host_profiles", sa.Column("place_key", sa.String(length=20), nullable=True))
        op.add_column("host_profiles", sa.Column("office_confirmed", sa.String(length=500), nullable=True))
    op.execute("UPDATE host_profiles SET office_confirmed = '' WHERE office_confirmed IS NULL")
    with op.batch_alter_table("host_profiles") as table:
        table.alter_column("office_confirmed", existing_type=sa.String(length=500), nullable=False)
    op.create_index(op.f("ix_host_profiles_place_key"), "host_profiles", ["place_key"])


def downgrade() -> None:
    op.drop_index(op.f("ix_host_profiles_place_key"), "host_profiles")
    with op.batch_alter_table("host_profiles") as table:
        table.alter_column("office_confirmed", existing_type=sa.String(length=500), nullable=True)
    for name in COLUMNS:
        op.execute(f"ALTER TABLE host_profiles RENAME COLUMN {name} TO kept_{name}")
