"""People agree to be listed, and security desks of host cities ask for nationality, which is noted.

Going back keeps both under other names, so that going forward again finds them; what people agreed to about being listed
counts for nothing meanwhile, since the program of before knows no such text.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

BEFORE = ("terms", "privacy", "cross_border", "travel")
TEXTS = "kind, version_on, title, body"
CONSENTS = "subject, given_at, by, ended_at, ended_by"


def upgrade() -> None:
    _allow((*BEFORE, "listed"))
    if sa.inspect(op.get_bind()).has_table("kept_security_requests"):
        op.rename_table("kept_security_requests", "security_requests")
        _take_texts_back()
    else:
        _make_requests()
    op.create_index(op.f("ix_security_requests_event"), "security_requests", ["event"])


def downgrade() -> None:
    _keep_texts()
    op.drop_index(op.f("ix_security_requests_event"), "security_requests")
    op.rename_table("security_requests", "kept_security_requests")
    _allow(BEFORE)


def _allow(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("consent_texts") as table:
        table.drop_constraint(op.f("ck_consent_texts_kind"), type_="check")
        table.create_check_constraint(op.f("ck_consent_texts_kind"), f"kind IN ({listed})")


def _keep_texts() -> None:
    op.execute(f"CREATE TABLE kept_listed_texts AS SELECT id, {TEXTS} FROM consent_texts WHERE kind = 'listed'")  # noqa: S608
    op.execute(
        f"CREATE TABLE kept_listed_consents AS SELECT consents.id, {CONSENTS}, version_on FROM consents "  # noqa: S608
        "JOIN consent_texts ON consent_texts.id = consents.text_id WHERE kind = 'listed'"
    )
    op.execute("DELETE FROM consents WHERE text_id IN (SELECT id FROM consent_texts WHERE kind = 'listed')")
    op.execute("DELETE FROM consent_texts WHERE kind = 'listed'")


def _take_texts_back() -> None:
    """Put them back under their own ids; under new ones where somebody else has taken those meanwhile."""
    op.execute(
        f"INSERT INTO consent_texts (id, {TEXTS}) SELECT id, {TEXTS} FROM kept_listed_texts "  # noqa: S608
        "WHERE id NOT IN (SELECT id FROM consent_texts)"
    )
    op.execute(
        f"INSERT INTO consent_texts ({TEXTS}) SELECT {TEXTS} FROM kept_listed_texts "  # noqa: S608
        "WHERE version_on NOT IN (SELECT version_on FROM consent_texts WHERE kind = 'listed')"
    )
    op.execute(
        "CREATE TABLE kept_listed_later AS SELECT * FROM kept_listed_consents WHERE id IN (SELECT id FROM consents)"
    )
    with_text = "JOIN consent_texts ON kind = 'listed' AND consent_texts.version_on = kept.version_on"
    op.execute(
        f"INSERT INTO consents (id, {CONSENTS}, text_id) SELECT kept.id, {CONSENTS}, consent_texts.id "  # noqa: S608
        f"FROM kept_listed_consents AS kept {with_text} WHERE kept.id NOT IN (SELECT id FROM kept_listed_later)"
    )
    op.execute(
        f"INSERT INTO consents ({CONSENTS}, text_id) SELECT {CONSENTS}, consent_texts.id "  # noqa: S608
        f"FROM kept_listed_later AS kept {with_text}"
    )
    for table in ("later", "consents", "texts"):
        op.drop_table(f"kept_listed_{table}")


def _make_requests() -> None:
    op.create_table(
        "security_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=22), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["city_id"], ["cities.id"], name=op.f("fk_security_requests_city_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_requests")),
    )
