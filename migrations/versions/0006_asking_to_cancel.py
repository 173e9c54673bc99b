"""A contact can ask the office to cancel; where that stands is known of each registration."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

STATES = ("none", "asked", "kept", "cancelled")
# Steps are never removed, so that going back and forth again loses no request.
FROM_THE_MOVES = """
UPDATE registrations SET cancellation_state = COALESCE(
  (SELECT moves."after" FROM moves WHERE moves.axis = 'cancellation' AND moves.subject = registrations.public_id
   ORDER BY moves.id DESC LIMIT 1), 'none')
"""


def upgrade() -> None:
    with op.batch_alter_table("registrations") as table:
        table.add_column(sa.Column("cancellation_state", sa.String(length=32), nullable=True))
    op.execute(FROM_THE_MOVES)
    listed = ", ".join(f"'{state}'" for state in STATES)
    with op.batch_alter_table("registrations") as table:
        table.alter_column("cancellation_state", existing_type=sa.String(length=32), nullable=False)
        table.create_check_constraint(op.f("ck_registrations_cancellation_state"), f"cancellation_state IN ({listed})")


def downgrade() -> None:
    with op.batch_alter_table("registrations") as table:
        table.drop_constraint(op.f("ck_registrations_cancellation_state"), type_="check")
        table.drop_column("cancellation_state")
