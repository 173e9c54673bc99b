"""The database itself refuses to change or remove a posting or a move, whoever asks."""

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = ("entries", "moves")
ACTIONS = ("UPDATE", "DELETE")

REFUSE_ON_POSTGRESQL = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    if on_postgresql:
        op.execute(REFUSE_ON_POSTGRESQL)
    for table in TABLES:
        for action in ACTIONS:
            body = (
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
                if on_postgresql
                else f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
            op.execute(f"CREATE TRIGGER {_name(table, action)} BEFORE {action} ON {table} {body}")


def downgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in TABLES:
        for action in ACTIONS:
            op.execute(f"DROP TRIGGER {_name(table, action)}" + (f" ON {table}" if on_postgresql else ""))
    if on_postgresql:
        op.execute("DROP FUNCTION refuse_change()")


def _name(table: str, action: str) -> str:
    return f"{table}_refuse_{action.lower()}"
