"""The database itself refuses to change or remove an issued paper; only its files are noted, once."""

from alembic import op

revision = "0003"
down_revision = "0002"

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
)
NOTED_ONCE = ("pdf_sha256", "html_sha256", "rendered_at")
WORDS = "an issued paper is never changed"
FUNCTION = f"""
CREATE FUNCTION refuse_paper_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$
"""


def upgrade() -> None:
    if _on_postgresql():
        op.execute(FUNCTION)
        refuse, differs = "EXECUTE FUNCTION refuse_paper_change()", _differs("IS DISTINCT FROM", "::text")
    else:
        refuse, differs = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END", _differs("IS NOT")
    op.execute(f"CREATE TRIGGER papers_refuse_update BEFORE UPDATE ON papers FOR EACH ROW WHEN ({differs}) {refuse}")
    op.execute(f"CREATE TRIGGER papers_refuse_delete BEFORE DELETE ON papers FOR EACH ROW {refuse}")


def downgrade() -> None:
    table = " ON papers" if _on_postgresql() else ""
    for action in ("update", "delete"):
        op.execute(f"DROP TRIGGER papers_refuse_{action}{table}")
    if _on_postgresql():
        op.execute("DROP FUNCTION refuse_paper_change()")


def _differs(differs: str, as_text: str = "") -> str:
    """Return when an update is refused: what was frozen at issue differs, or what was noted once is noted again.

    as_text  how PostgreSQL, which has no equality of JSON, compares it
    """
    frozen = [f"OLD.{name}{as_text} {differs} NEW.{name}{as_text}" for name in FROZEN]
    noted = [f"(OLD.{name} IS NOT NULL AND OLD.{name} {differs} NEW.{name})" for name in NOTED_ONCE]
    return " OR ".join(frozen + noted)


def _on_postgresql() -> bool:
    return bool(op.get_bind().dialect.name == "postgresql")
