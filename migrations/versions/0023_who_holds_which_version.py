"""Papers name the version of the itinerary that they show, and a batch tells each reader what has changed since theirs.

The version is read from the sheets of papers that were issued before. What batches noted is kept under other names
where one goes back, so that going forward again finds it.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

FROZEN = (
    "public_id",
    "issuer_id",
    "kind",
    "number",
    "version",
    "language",
    "page_size",
    "template",
    "template_version",
    "sheet",
    "about",
    "recipient",
    "replaces_id",
    "issued_at",
    "issued_by",
    "subject",
    "verify_code",
)
NOTED_ONCE = ("pdf_sha256", "html_sha256", "rendered_at", "pdf_bytes")
REFUSAL = "an issued paper is never changed"
NOTED = ("version_before", "version_after")


def upgrade() -> None:
    op.add_column("papers", sa.Column("programme_version", sa.Integer(), nullable=True))
    _note_versions()
    columns = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("batch_papers")}
    for name in NOTED:
        if f"kept_{name}" in columns:
            op.execute(f"ALTER TABLE batch_papers RENAME COLUMN kept_{name} TO {name}")
        else:
            op.add_column("batch_papers", sa.Column(name, sa.Integer(), nullable=True))
    _drop_update_trigger()
    _make_update_trigger((*FROZEN, "programme_version"))


def downgrade() -> None:
    _drop_update_trigger()
    op.drop_column("papers", "programme_version")
    for name in NOTED:
        op.execute(f"ALTER TABLE batch_papers RENAME COLUMN {name} TO kept_{name}")
    _make_update_trigger(FROZEN)


def _note_versions() -> None:
    connection = op.get_bind()
    noting = sa.text("UPDATE papers SET programme_version = :version WHERE id = :id")
    for paper, sheet in connection.execute(sa.text("SELECT id, sheet FROM papers")).all():
        said = json.loads(sheet) if isinstance(sheet, str) else sheet
        if said.get("programme_version") is not None:
            connection.execute(noting, {"version": said["programme_version"], "id": paper})


def _make_update_trigger(frozen: tuple[str, ...]) -> None:
    if _on_postgresql():
        refuse, differs = "EXECUTE FUNCTION refuse_paper_change()", _differs(frozen, "IS DISTINCT FROM", "::text")
    else:
        refuse, differs = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END", _differs(frozen, "IS NOT")
    op.execute(f"CREATE TRIGGER papers_refuse_update BEFORE UPDATE ON papers FOR EACH ROW WHEN ({differs}) {refuse}")


def _drop_update_trigger() -> None:
    table = " ON papers" if _on_postgresql() else ""
    op.execute(f"DROP TRIGGER papers_refuse_update{table}")


def _differs(frozen: tuple[str, ...], differs: str, as_text: str = "") -> str:
    """Return when an update is refused: what was frozen at issue differs, or what was noted once is noted again.

    as_text  how PostgreSQL, which has no equality of JSON, compares it
    """
    kept = [f"OLD.{name}{as_text} {differs} NEW.{name}{as_text}" for name in frozen]
    noted = [f"(OLD.{name} IS NOT NULL AND OLD.{name} {differs} NEW.{name})" for name in NOTED_ONCE]
    return " OR ".join(kept + noted)


def _on_postgresql() -> bool:
    return bool(op.get_bind().dialect.name == "postgresql")
