"""A list of topics that cities show and study tours ask for, begun with what local governments deal with.

Going back keeps it under another name, so that going forward again finds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

TOPICS = (
    ("ageing", "Ageing and care", "养老与照护"),
    ("brownfields", "Brownfields and land reuse", "棕地治理与土地再利用"),
    ("budgeting", "Budgeting and finance", "预算与财政"),
    ("citizen-engagement", "Citizen engagement", "公众参与"),
    ("culture-heritage", "Culture and heritage", "文化与遗产保护"),
    ("digital-government", "Digital government", "数字政府"),
    ("downtown-renewal", "Downtown renewal", "中心城区更新"),
    ("economic-development", "Economic development", "经济发展"),
    ("education", "Education and skills", "教育与技能培训"),
    ("emergency-management", "Emergency management", "应急管理"),
    ("energy", "Energy", "能源"),
    ("housing", "Housing", "住房"),
    ("parks", "Parks and recreation", "公园与休闲"),
    ("performance-management", "Performance management", "绩效管理"),
    ("planning", "Planning and zoning", "城市规划与分区"),
    ("public-health", "Public health", "公共卫生"),
    ("public-safety", "Public safety", "公共安全"),
    ("resilience", "Climate and resilience", "气候与韧性"),
    ("sister-cities", "Sister cities and exchange", "友好城市与交流"),
    ("transit", "Transit and streets", "公共交通与道路"),
    ("waste", "Waste and recycling", "垃圾处理与回收"),
    ("water", "Water and wastewater", "供水与污水处理"),
)


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_topics"):
        op.rename_table("kept_topics", "topics")
        return
    topics = op.create_table(
        "topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
        sa.UniqueConstraint("slug", name=op.f("uq_topics_slug")),
    )
    op.bulk_insert(topics, [{"slug": slug, "name": {"en": en, "zh": zh}, "active": True} for slug, en, zh in TOPICS])


def downgrade() -> None:
    op.rename_table("topics", "kept_topics")
