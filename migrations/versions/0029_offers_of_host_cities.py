"""Host cities write down what they offer, window by window, and the places that they show.

Going back keeps it all under other names, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

TABLES = (
    "sites",
    "site_topics",
    "host_offers",
    "offer_windows",
    "offer_blackouts",
    "offer_topics",
    "offer_languages",
    "offer_charges",
    "offer_sites",
    "homestays",
    "offer_steps",
)


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_host_offers"):
        for table in TABLES:
            op.rename_table(f"kept_{table}", table)
        return
    _make_sites()
    _make_offers()
    _make_days()
    _make_what()
    _make_homes()


def downgrade() -> None:
    for table in TABLES:
        op.rename_table(table, f"kept_{table}")


def _make_sites() -> None:
    op.create_table(
        "sites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("address", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("walking_metres", sa.Integer(), nullable=True),
        sa.Column("step_free", sa.String(length=32), nullable=False),
        sa.Column("safety_gear", sa.JSON(), nullable=False),
        sa.Column("id_rule", sa.String(length=32), nullable=False),
        sa.Column("photo_rule", sa.String(length=32), nullable=False),
        sa.Column("rules_note", sa.JSON(), nullable=False),
        sa.Column("shown_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("sites.id_rule IN ('none', 'names_ahead', 'photo_id')", name=op.f("ck_sites_id_rule")),
        sa.CheckConstraint("sites.photo_rule IN ('free', 'ask', 'none')", name=op.f("ck_sites_photo_rule")),
        sa.CheckConstraint("sites.state IN ('open', 'closed')", name=op.f("ck_sites_state")),
        sa.CheckConstraint("sites.step_free IN ('unknown', 'yes', 'partly', 'no')", name=op.f("ck_sites_step_free")),
        sa.ForeignKeyConstraint(["city_id"], ["cities.id"], name=op.f("fk_sites_city_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sites_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_sites_submission_key")),
    )
    op.create_index(op.f("ix_sites_city_id"), "sites", ["city_id"])
    op.create_table(
        "site_topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_site_topics_site_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_site_topics_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_topics")),
        sa.UniqueConstraint("site_id", "topic_id", name=op.f("uq_site_topics_site_id")),
    )
    op.create_index(op.f("ix_site_topics_topic_id"), "site_topics", ["topic_id"])


def _make_offers() -> None:
    op.create_table(
        "host_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("smallest", sa.Integer(), nullable=False),
        sa.Column("largest", sa.Integer(), nullable=False),
        sa.Column("days_most", sa.Integer(), nullable=False),
        sa.Column("provided", sa.JSON(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("vehicle_seats", sa.Integer(), nullable=True),
        sa.Column("meeting_seats", sa.Integer(), nullable=True),
        sa.Column("may_share", sa.Boolean(), nullable=False),
        sa.Column("renewed_from_id", sa.Integer(), nullable=True),
        sa.Column("search_key", sa.String(length=1500), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("days_most >= 1", name=op.f("ck_host_offers_days")),
        sa.CheckConstraint("smallest >= 1 AND largest >= smallest", name=op.f("ck_host_offers_group")),
        sa.CheckConstraint(
            "host_offers.kind IN ('visit', 'homestay', 'lecture', 'internship', 'job_shadow')",
            name=op.f("ck_host_offers_kind"),
        ),
        sa.CheckConstraint("notice_days >= 0", name=op.f("ck_host_offers_notice")),
        sa.CheckConstraint(
            "host_offers.state IN ('draft', 'offered', 'paused', 'expired', 'withdrawn')",
            name=op.f("ck_host_offers_state"),
        ),
        sa.ForeignKeyConstraint(["city_id"], ["cities.id"], name=op.f("fk_host_offers_city_id")),
        sa.ForeignKeyConstraint(["renewed_from_id"], ["host_offers.id"], name=op.f("fk_host_offers_renewed_from_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_offers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_host_offers_public_id")),
        sa.UniqueConstraint("renewed_from_id", name=op.f("uq_host_offers_renewed_from_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_host_offers_submission_key")),
    )
    op.create_index(op.f("ix_host_offers_city_id"), "host_offers", ["city_id", "state"])


def _make_days() -> None:
    op.create_table(
        "offer_windows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_offer_windows_in_order")),
        sa.ForeignKeyConstraint(["offer_id"], ["host_offers.id"], name=op.f("fk_offer_windows_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_windows")),
        sa.UniqueConstraint("public_id", name=op.f("uq_offer_windows_public_id")),
    )
    op.create_index(op.f("ix_offer_windows_last_on"), "offer_windows", ["last_on", "first_on"])
    op.create_index(op.f("ix_offer_windows_offer_id"), "offer_windows", ["offer_id"])
    op.create_table(
        "offer_blackouts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["host_offers.id"], name=op.f("fk_offer_blackouts_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_blackouts")),
        sa.UniqueConstraint("offer_id", "day_on", name=op.f("uq_offer_blackouts_offer_id")),
    )


def _make_what() -> None:
    op.create_table(
        "offer_topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["host_offers.id"], name=op.f("fk_offer_topics_offer_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_offer_topics_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_topics")),
        sa.UniqueConstraint("offer_id", "topic_id", name=op.f("uq_offer_topics_offer_id")),
    )
    op.create_index(op.f("ix_offer_topics_topic_id"), "offer_topics", ["topic_id"])
    op.create_table(
        "offer_languages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("means", sa.String(length=32), nullable=False),
        sa.CheckConstraint("offer_languages.means IN ('spoken', 'interpreted')", name=op.f("ck_offer_languages_means")),
        sa.ForeignKeyConstraint(["offer_id"], ["host_offers.id"], name=op.f("fk_offer_languages_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_languages")),
        sa.UniqueConstraint("offer_id", "language", "means", name=op.f("uq_offer_languages_offer_id")),
    )
    op.create_table(
        "offer_charges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("per", sa.String(length=32), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_offer_charges_amount")),
        sa.CheckConstraint(
            "offer_charges.per IN ('group', 'group_day', 'person', 'person_day', 'person_night')",
            name=op.f("ck_offer_charges_per"),
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["host_offers.id"], name=op.f("fk_offer_charges_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_charges")),
        sa.UniqueConstraint("offer_id", "position", name=op.f("uq_offer_charges_offer_id")),
    )
    op.create_table(
        "offer_sites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["host_offers.id"], name=op.f("fk_offer_sites_offer_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_offer_sites_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_sites")),
        sa.UniqueConstraint("offer_id", "site_id", name=op.f("uq_offer_sites_offer_id")),
    )
    op.create_index(op.f("ix_offer_sites_site_id"), "offer_sites", ["site_id"])


def _make_homes() -> None:
    op.create_table(
        "homestays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("guests_each", sa.Integer(), nullable=False),
        sa.Column("own_room", sa.Boolean(), nullable=False),
        sa.Column("meals", sa.String(length=32), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("preferences", sa.String(length=2000), nullable=False),
        sa.CheckConstraint(
            "homestays.meals IN ('none', 'breakfast', 'breakfast_and_supper', 'all')", name=op.f("ck_homestays_meals")
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["host_offers.id"], name=op.f("fk_homestays_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homestays")),
        sa.UniqueConstraint("offer_id", name=op.f("uq_homestays_offer_id")),
    )
    op.create_table(
        "offer_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "offer_steps.step IN ('legal_review', 'council_approval')", name=op.f("ck_offer_steps_step")
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["host_offers.id"], name=op.f("fk_offer_steps_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_steps")),
        sa.UniqueConstraint("offer_id", "step", name=op.f("uq_offer_steps_offer_id")),
    )
