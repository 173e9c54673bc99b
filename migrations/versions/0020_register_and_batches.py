"""The register tells of each paper who was sent and who opened it, and withdraws one; many papers are made in a batch.

Codes by which papers are verified stand on paper outside the house: going back keeps them, and all else, under other
names, so that going forward again finds them.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

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
)
NOTED_ONCE = ("pdf_sha256", "html_sha256", "rendered_at")
REFUSAL = "an issued paper is never changed"
TABLES = ("enclosures", "paper_openings", "paper_withdrawals", "batch_papers", "paper_batches")
COLUMNS = ("verify_code", "pdf_bytes")


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_paper_batches"):
        _rename("kept_", "")
    else:
        _make_tables()
        op.add_column("papers", sa.Column("verify_code", sa.String(length=12), nullable=True))
        op.add_column("papers", sa.Column("pdf_bytes", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_papers_verify_code"), "papers", ["verify_code"], unique=True)
    _note_enclosures()
    _drop_triggers()
    _make_triggers((*FROZEN, "verify_code"), (*NOTED_ONCE, "pdf_bytes"))


def downgrade() -> None:
    _drop_triggers()
    op.drop_index(op.f("ix_papers_verify_code"), "papers")
    _rename("", "kept_")
    _make_triggers(FROZEN, NOTED_ONCE)


def _rename(before: str, after: str) -> None:
    for table in TABLES:
        op.rename_table(f"{before}{table}", f"{after}{table}")
    for column in COLUMNS:
        op.execute(f"ALTER TABLE papers RENAME COLUMN {before}{column} TO {after}{column}")


def _make_tables() -> None:
    op.create_table(
        "enclosures",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_enclosures_letter_id")),
        sa.PrimaryKeyConstraint("letter_id", "paper", name=op.f("pk_enclosures")),
    )
    op.create_index(op.f("ix_enclosures_paper"), "enclosures", ["paper"])
    op.create_table(
        "paper_openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("opener", sa.String(length=80), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_paper_openings_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_openings")),
        sa.UniqueConstraint("paper_id", "opener", name=op.f("uq_paper_openings_paper_id")),
    )
    op.create_table(
        "paper_withdrawals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_paper_withdrawals_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_withdrawals")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_paper_withdrawals_paper_id")),
    )
    _make_batches()


def _make_batches() -> None:
    op.create_table(
        "paper_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("outcome", _choice("outcome", "joined", "zip", "mail"), nullable=False),
        sa.Column("numbered", sa.Boolean(), nullable=False),
        sa.Column("state", _choice("state", "running", "stopped", "done", "expired"), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=500), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("file_bytes", sa.Integer(), nullable=True),
        sa.Column("submission_key", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_paper_batches_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_batches")),
        sa.UniqueConstraint("public_id", name=op.f("uq_paper_batches_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_paper_batches_submission_key")),
    )
    op.create_index(op.f("ix_paper_batches_event_id"), "paper_batches", ["event_id"])
    op.create_table(
        "batch_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=22), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("reads", sa.String(length=2), nullable=False),
        sa.Column("language", _choice("language", "en", "zh", "both"), nullable=False),
        sa.Column("page_size", _choice("page_size", "letter", "a4"), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["paper_batches.id"], name=op.f("fk_batch_papers_batch_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_batch_papers_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_papers")),
        sa.UniqueConstraint("batch_id", "position", name=op.f("uq_batch_papers_batch_id")),
    )


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _note_enclosures() -> None:
    """Note for each letter the papers that go with it; those of before, and those written after going back."""
    connection = op.get_bind()
    known = {(row[0], row[1]) for row in connection.execute(sa.text("SELECT letter_id, paper FROM enclosures"))}
    letters = connection.execute(sa.text("SELECT id, papers FROM letters")).all()
    rows = {
        (letter, paper)
        for letter, papers in letters
        for paper in (json.loads(papers) if isinstance(papers, str) else papers or ())
    }
    if rows - known:
        adding = sa.text("INSERT INTO enclosures (letter_id, paper) VALUES (:letter, :paper)")
        connection.execute(adding, [{"letter": letter, "paper": paper} for letter, paper in sorted(rows - known)])


def _drop_triggers() -> None:
    table = " ON papers" if _on_postgresql() else ""
    for action in ("update", "delete"):
        op.execute(f"DROP TRIGGER papers_refuse_{action}{table}")


def _make_triggers(frozen: tuple[str, ...], noted_once: tuple[str, ...]) -> None:
    """Refuse that anything frozen at issue is changed, or that what was noted once is noted again."""
    if _on_postgresql():
        refuse, differs, as_text = "EXECUTE FUNCTION refuse_paper_change()", "IS DISTINCT FROM", "::text"
    else:
        refuse, differs, as_text = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END", "IS NOT", ""
    changed = [f"OLD.{name}{as_text} {differs} NEW.{name}{as_text}" for name in frozen]
    changed += [f"(OLD.{name} IS NOT NULL AND OLD.{name} {differs} NEW.{name})" for name in noted_once]
    when = " OR ".join(changed)
    op.execute(f"CREATE TRIGGER papers_refuse_update BEFORE UPDATE ON papers FOR EACH ROW WHEN ({when}) {refuse}")
    op.execute(f"CREATE TRIGGER papers_refuse_delete BEFORE DELETE ON papers FOR EACH ROW {refuse}")


def _on_postgresql() -> bool:
    return bool(op.get_bind().dialect.name == "postgresql")
