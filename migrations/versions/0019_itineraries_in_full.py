"""Itineraries say all that a programme book tells; kinds of papers are a list of the program's.

Items have particulars, speakers have names, issued itineraries have versions, and a paper says for whom of several it
was made. Going back keeps what the program of before does not know under other names, so that going forward again finds
it; papers of kinds that it does not know are rosters meanwhile.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

KINDS = (
    "invoice",
    "credit_note",
    "receipt",
    "quote",
    "statement",
    "reminder",
    "refund_advice",
    "itinerary",
    "roster",
)
KNOWN = ", ".join(f"'{kind}'" for kind in KINDS)
TABLES = ("speakers", "appearances", "itinerary_versions")
# Words of an item, with what an item says that was written before.
WORDS = {"nature": "official", "cost": "included", "group": "all", "standing": "none", "standing_by": ""}
CHOICES = {
    "nature": ("official", "cultural", "free"),
    "cost": ("included", "own"),
    "group": ("all", "a", "b", "guests"),
    "standing": ("none", "asked", "held", "confirmed", "declined"),
}
FREE = {"capacity": sa.Integer(), "fee_minor": sa.BigInteger(), "standing_on": sa.Date()}
NEEDED: dict[str, sa.types.TypeEngine[object]] = {
    **{name: sa.String(length=120 if name == "standing_by" else 32) for name in WORDS},
    "optional": sa.Boolean(),
    "details": sa.JSON(),
}
ITEMS = sa.table("items", *(sa.column(name, kind) for name, kind in NEEDED.items()))
COLUMNS = [f'"{name}"' for name in (*NEEDED, *FREE)]
LISTED = ", ".join(COLUMNS)
KEEP = f"CREATE TABLE kept_items AS SELECT id AS item_id, {LISTED} FROM items"  # noqa: S608 - names of columns
PUT_BACK = f"""
UPDATE items SET ({LISTED}) = (SELECT {LISTED} FROM kept_items WHERE kept_items.item_id = items.id)
WHERE id IN (SELECT item_id FROM kept_items)
"""  # noqa: S608 - names of columns
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
REFUSAL = "an issued paper is never changed"


def upgrade() -> None:
    if _has("kept_speakers"):
        for table in TABLES:
            op.execute(f"ALTER TABLE kept_{table} RENAME TO {table}")
    else:
        _make_tables()
    _add_to_items()
    _drop_triggers()
    _free_kinds()
    with op.batch_alter_table("papers") as table:
        table.add_column(sa.Column("subject", sa.String(length=22), nullable=True))
    op.execute("UPDATE papers SET subject = ''")
    if _has("kept_papers"):
        op.execute(
            "UPDATE papers SET (subject, kind) = (SELECT kept.subject, kept.kind FROM kept_papers AS kept "
            "WHERE kept.paper_id = papers.id) WHERE id IN (SELECT paper_id FROM kept_papers)"
        )
        op.drop_table("kept_papers")
        op.execute("INSERT INTO series SELECT * FROM kept_series")
        op.drop_table("kept_series")
    with op.batch_alter_table("papers") as table:
        table.alter_column("subject", existing_type=sa.String(length=22), nullable=False)
    _make_triggers((*FROZEN, "subject"))


def downgrade() -> None:
    _drop_triggers()
    unknown = f"kind NOT IN ({KNOWN})"
    op.execute(
        "CREATE TABLE kept_papers AS SELECT id AS paper_id, subject, kind FROM papers "  # noqa: S608 - kinds
        f"WHERE subject != '' OR {unknown}"
    )
    op.execute(f"CREATE TABLE kept_series AS SELECT * FROM series WHERE {unknown}")  # noqa: S608 - kinds
    op.execute(f"DELETE FROM series WHERE {unknown}")  # noqa: S608 - kinds
    op.execute(f"UPDATE papers SET kind = 'roster' WHERE {unknown}")  # noqa: S608 - kinds
    with op.batch_alter_table("papers") as table:
        table.drop_column("subject")
    for name in ("series", "papers"):
        with op.batch_alter_table(name) as table:
            table.create_check_constraint(op.f(f"ck_{name}_kind"), f"kind IN ({KNOWN})")
    _make_triggers(FROZEN)
    op.execute(KEEP)
    with op.batch_alter_table("items") as table:
        for name in CHOICES:
            table.drop_constraint(op.f(f"ck_items_{name}"), type_="check")
        for name in (*NEEDED, *FREE):
            table.drop_column(name)
    for name in TABLES:
        op.execute(f"ALTER TABLE {name} RENAME TO kept_{name}")


def _add_to_items() -> None:
    with op.batch_alter_table("items") as table:
        for name, kind in {**NEEDED, **FREE}.items():
            table.add_column(sa.Column(name, kind, nullable=True))
    op.execute(ITEMS.update().values({**WORDS, "optional": False, "details": {}}))
    if _has("kept_items"):
        op.execute(PUT_BACK)
        op.drop_table("kept_items")
    with op.batch_alter_table("items") as table:
        for name, kind in NEEDED.items():
            table.alter_column(name, existing_type=kind, nullable=False)
        for name, words in CHOICES.items():
            listed = ", ".join(f"'{word}'" for word in words)
            table.create_check_constraint(op.f(f"ck_items_{name}"), f'"{name}" IN ({listed})')


def _make_tables() -> None:
    op.create_table(
        "speakers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("organisation", sa.JSON(), nullable=False),
        sa.Column("bio", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_speakers_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speakers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_speakers_public_id")),
    )
    op.create_index(op.f("ix_speakers_event_id"), "speakers", ["event_id"])
    op.create_table(
        "appearances",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_appearances_item_id")),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_appearances_speaker_id")),
        sa.PrimaryKeyConstraint("item_id", "speaker_id", name=op.f("pk_appearances")),
    )
    op.create_index(op.f("ix_appearances_speaker_id"), "appearances", ["speaker_id"])
    op.create_table(
        "itinerary_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(length=80), nullable=False),
        sa.Column("change_note", sa.JSON(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_itinerary_versions_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_itinerary_versions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_itinerary_versions_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_itinerary_versions_submission_key")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_itinerary_versions_event_id")),
    )


def _free_kinds() -> None:
    """Let papers and series be of any kind."""
    for name in ("series", "papers"):
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"ck_{name}_kind"), type_="check")


def _drop_triggers() -> None:
    table = " ON papers" if _on_postgresql() else ""
    for action in ("update", "delete"):
        op.execute(f"DROP TRIGGER papers_refuse_{action}{table}")


def _make_triggers(frozen: tuple[str, ...]) -> None:
    """Refuse that anything frozen at issue is changed, or that what was noted once is noted again."""
    if _on_postgresql():
        refuse, differs, as_text = "EXECUTE FUNCTION refuse_paper_change()", "IS DISTINCT FROM", "::text"
    else:
        refuse, differs, as_text = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END", "IS NOT", ""
    changed = [f"OLD.{name}{as_text} {differs} NEW.{name}{as_text}" for name in frozen]
    changed += [f"(OLD.{name} IS NOT NULL AND OLD.{name} {differs} NEW.{name})" for name in NOTED_ONCE]
    when = " OR ".join(changed)
    op.execute(f"CREATE TRIGGER papers_refuse_update BEFORE UPDATE ON papers FOR EACH ROW WHEN ({when}) {refuse}")
    op.execute(f"CREATE TRIGGER papers_refuse_delete BEFORE DELETE ON papers FOR EACH ROW {refuse}")


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _has(table: str) -> bool:
    return sa.inspect(op.get_bind()).has_table(table)
