"""People tell of their journeys, events have hotels, and rooms have people in them.

Going back keeps it all under other names, so that going forward again finds it; what people agreed to about their
journeys counts for nothing meanwhile, since the program of before knows no such text.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

TABLES = ("travel_calls", "travellers", "legs", "stays", "room_types", "rooms", "beds")
BEFORE = ("terms", "privacy", "cross_border")
TEXTS = "kind, version_on, title, body"
CONSENTS = "subject, given_at, by, ended_at, ended_by"


def upgrade() -> None:
    _allow((*BEFORE, "travel"))
    if sa.inspect(op.get_bind()).has_table("kept_travellers"):
        for table in TABLES:
            op.rename_table(f"kept_{table}", table)
        _take_texts_back()
        return
    _make_people()
    _make_stays()
    _make_rooms()


def downgrade() -> None:
    _keep_texts()
    for table in TABLES:
        op.rename_table(table, f"kept_{table}")
    _allow(BEFORE)


def _allow(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("consent_texts") as table:
        table.drop_constraint(op.f("ck_consent_texts_kind"), type_="check")
        table.create_check_constraint(op.f("ck_consent_texts_kind"), f"kind IN ({listed})")


def _keep_texts() -> None:
    op.execute(f"CREATE TABLE kept_travel_texts AS SELECT id, {TEXTS} FROM consent_texts WHERE kind = 'travel'")  # noqa: S608
    op.execute(
        f"CREATE TABLE kept_travel_consents AS SELECT consents.id, {CONSENTS}, version_on FROM consents "  # noqa: S608
        "JOIN consent_texts ON consent_texts.id = consents.text_id WHERE kind = 'travel'"
    )
    op.execute("DELETE FROM consents WHERE text_id IN (SELECT id FROM consent_texts WHERE kind = 'travel')")
    op.execute("DELETE FROM consent_texts WHERE kind = 'travel'")


def _take_texts_back() -> None:
    """Put the texts and what was agreed to where they were; SQLite may have given a number away, PostgreSQL never."""
    op.execute(
        f"INSERT INTO consent_texts (id, {TEXTS}) SELECT {_free('consent_texts')}, {TEXTS} "  # noqa: S608
        "FROM kept_travel_texts AS kept"
    )
    op.execute(
        f"INSERT INTO consents (id, {CONSENTS}, text_id) SELECT {_free('consents')}, {CONSENTS}, consent_texts.id "  # noqa: S608
        "FROM kept_travel_consents AS kept JOIN consent_texts ON kind = 'travel' "
        "AND consent_texts.version_on = kept.version_on"
    )
    op.drop_table("kept_travel_consents")
    op.drop_table("kept_travel_texts")


def _free(table: str) -> str:
    return f"CASE WHEN kept.id IN (SELECT id FROM {table}) THEN NULL ELSE kept.id END"  # noqa: S608


def _make_people() -> None:
    op.create_table(
        "travel_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_travel_calls_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_calls")),
        sa.UniqueConstraint("event_id", name=op.f("uq_travel_calls_event_id")),
    )
    op.create_table(
        "travellers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("diet", sa.String(length=500), nullable=False),
        sa.Column("access", sa.String(length=500), nullable=False),
        sa.Column("sex", sa.String(length=32), nullable=False),
        sa.Column("sex_for_rooms", sa.Boolean(), nullable=False),
        sa.Column("mate", sa.String(length=120), nullable=False),
        sa.Column("room_kind", sa.String(length=32), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("wechat", sa.String(length=60), nullable=False),
        sa.Column("emergency_name", sa.String(length=120), nullable=False),
        sa.Column("emergency_relation", sa.String(length=80), nullable=False),
        sa.Column("emergency_phone", sa.String(length=40), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sex IN ('', 'female', 'male')", name=op.f("ck_travellers_sex")),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], name=op.f("fk_travellers_participant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travellers")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_travellers_participant_id")),
    )
    op.create_table(
        "legs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("traveller_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("carrier", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("from_place", sa.String(length=120), nullable=False),
        sa.Column("to_place", sa.String(length=120), nullable=False),
        sa.Column("departs_on", sa.Date(), nullable=False),
        sa.Column("departs", sa.Time(), nullable=False),
        sa.Column("departs_zone", sa.String(length=64), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=False),
        sa.Column("arrives", sa.Time(), nullable=False),
        sa.Column("arrives_zone", sa.String(length=64), nullable=False),
        sa.CheckConstraint("way IN ('arrival', 'departure')", name=op.f("ck_legs_way")),
        sa.ForeignKeyConstraint(["traveller_id"], ["travellers.id"], name=op.f("fk_legs_traveller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legs")),
        sa.UniqueConstraint("traveller_id", "way", "position", name=op.f("uq_legs_traveller_id")),
    )


def _make_stays() -> None:
    op.create_table(
        "stays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("add_on_id", sa.Integer(), nullable=True),
        sa.Column("hotel", sa.JSON(), nullable=False),
        sa.Column("address", sa.JSON(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("check_in_on", sa.Date(), nullable=False),
        sa.Column("check_out_on", sa.Date(), nullable=False),
        sa.Column("contract", sa.String(length=60), nullable=False),
        sa.Column("cut_off_on", sa.Date(), nullable=True),
        sa.Column("billing", sa.String(length=32), nullable=False),
        sa.Column("billing_note", sa.JSON(), nullable=False),
        sa.Column("breakfast", sa.Boolean(), nullable=False),
        sa.Column("comps", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.CheckConstraint("check_out_on > check_in_on", name=op.f("ck_stays_nights")),
        sa.CheckConstraint("billing IN ('master', 'own')", name=op.f("ck_stays_billing")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_stays_event_id")),
        sa.ForeignKeyConstraint(["add_on_id"], ["add_ons.id"], name=op.f("fk_stays_add_on_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stays")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stays_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_stays_submission_key")),
    )
    op.create_index(op.f("ix_stays_event_id"), "stays", ["event_id"])


def _make_rooms() -> None:
    op.create_table(
        "room_types",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("beds", sa.JSON(), nullable=False),
        sa.Column("sleeps", sa.Integer(), nullable=False),
        sa.Column("contracted", sa.Integer(), nullable=False),
        sa.Column("rate_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("sleeps >= 1", name=op.f("ck_room_types_sleeps")),
        sa.CheckConstraint("contracted >= 0", name=op.f("ck_room_types_contracted")),
        sa.CheckConstraint("kind IN ('single', 'double', 'twin', 'suite', 'other')", name=op.f("ck_room_types_kind")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_room_types_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_types")),
        sa.UniqueConstraint("public_id", name=op.f("uq_room_types_public_id")),
        sa.UniqueConstraint("stay_id", "position", name=op.f("uq_room_types_stay_id")),
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("room_type_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("remarks", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_rooms_stay_id")),
        sa.ForeignKeyConstraint(["room_type_id"], ["room_types.id"], name=op.f("fk_rooms_room_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rooms_public_id")),
        sa.UniqueConstraint("stay_id", "number", name=op.f("uq_rooms_stay_id")),
    )
    op.create_index(op.f("ix_rooms_room_type_id"), "rooms", ["room_type_id"])
    op.create_table(
        "beds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_beds_nights")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_beds_stay_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_beds_room_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], name=op.f("fk_beds_participant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beds")),
        sa.UniqueConstraint("stay_id", "participant_id", name=op.f("uq_beds_stay_id")),
    )
    op.create_index(op.f("ix_beds_room_id"), "beds", ["room_id"])
    op.create_index("ix_beds_participant_id", "beds", ["participant_id"])
