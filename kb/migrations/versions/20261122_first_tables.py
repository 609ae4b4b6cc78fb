"""The first tables: concepts, records of three kinds with all that hangs on them, journal.

Why: nothing was there before.
Undo: drops everything; take a copy of the database first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "concept",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concept")),
    )
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concept_scheme"), ["scheme"], unique=False)

    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_journal_record_id"), ["record_id"], unique=False
        )

    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("source_language", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("credit", sa.String(), nullable=False),
        sa.Column("provenance", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint("key", name=op.f("uq_record_key")),
        sa.UniqueConstraint("ref", name=op.f("uq_record_ref")),
    )
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_record_status"), ["status"], unique=False)

    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("citation", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("doi", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("read_on_copy", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("key", name=op.f("uq_source_key")),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["record.id"], name=op.f("fk_answer_id_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    op.create_table(
        "citation",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_citation_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_citation_source_id_source")
        ),
        sa.PrimaryKeyConstraint("record_id", "source_id", name=op.f("pk_citation")),
    )
    op.create_table(
        "concept_name",
        sa.Column("concept_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("plain", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concept_id"],
            ["concept.id"],
            name=op.f("fk_concept_name_concept_id_concept"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("concept_id", "language", name=op.f("pk_concept_name")),
    )
    op.create_table(
        "effect",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("spread", sa.String(), nullable=False),
        sa.Column("bound", sa.String(), nullable=False),
        sa.Column("about", sa.Boolean(), nullable=False),
        sa.Column("baseline", sa.Double(), nullable=True),
        sa.Column("after_value", sa.Double(), nullable=True),
        sa.Column("years", sa.Double(), nullable=True),
        sa.Column("depth_from_cm", sa.Double(), nullable=True),
        sa.Column("depth_to_cm", sa.Double(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("counted_id", sa.String(), nullable=True),
        sa.Column("comparator_id", sa.String(), nullable=True),
        sa.Column("method_id", sa.String(), nullable=False),
        sa.Column("evidence_id", sa.String(), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("wider", sa.Boolean(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "depth_from_cm <= depth_to_cm", name=op.f("ck_effect_depth_in_order")
        ),
        sa.CheckConstraint("low <= high", name=op.f("ck_effect_low_before_high")),
        sa.CheckConstraint(
            "value IS NOT NULL OR low IS NOT NULL OR baseline IS NOT NULL OR after_value IS NOT NULL",
            name=op.f("ck_effect_has_a_figure"),
        ),
        sa.ForeignKeyConstraint(
            ["comparator_id"],
            ["concept.id"],
            name=op.f("fk_effect_comparator_id_concept"),
        ),
        sa.ForeignKeyConstraint(
            ["counted_id"], ["concept.id"], name=op.f("fk_effect_counted_id_concept")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["concept.id"], name=op.f("fk_effect_evidence_id_concept")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["concept.id"],
            name=op.f("fk_effect_indicator_id_concept"),
        ),
        sa.ForeignKeyConstraint(
            ["method_id"], ["concept.id"], name=op.f("fk_effect_method_id_concept")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_effect_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_effect_source_id_source")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["concept.id"], name=op.f("fk_effect_unit_id_concept")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effect")),
        sa.UniqueConstraint("record_id", "key", name=op.f("uq_effect_record_id_key")),
    )
    with op.batch_alter_table("effect", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_effect_source_id"), ["source_id"], unique=False
        )

    op.create_table(
        "journal_due",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["journal.id"], name=op.f("fk_journal_due_line_id_journal")
        ),
        sa.PrimaryKeyConstraint("line_id", "reader", name=op.f("pk_journal_due")),
    )
    op.create_table(
        "local_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_local_name_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_name")),
    )
    with op.batch_alter_table("local_name", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_local_name_record_id"), ["record_id"], unique=False
        )

    op.create_table(
        "practice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"],
            ["record.id"],
            name=op.f("fk_practice_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
    )
    op.create_table(
        "relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["record.id"],
            name=op.f("fk_relation_from_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["to_id"],
            ["record.id"],
            name=op.f("fk_relation_to_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
        sa.UniqueConstraint(
            "from_id", "to_id", "kind", name=op.f("uq_relation_from_id_to_id_kind")
        ),
    )
    with op.batch_alter_table("relation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relation_to_id"), ["to_id"], unique=False)

    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("precision_km", sa.Double(), nullable=True),
        sa.Column("climate_id", sa.String(), nullable=True),
        sa.Column("soil_id", sa.String(), nullable=True),
        sa.Column("land_use_id", sa.String(), nullable=True),
        sa.CheckConstraint(
            "latitude BETWEEN -90 AND 90", name=op.f("ck_site_latitude_on_earth")
        ),
        sa.CheckConstraint(
            "longitude BETWEEN -180 AND 180", name=op.f("ck_site_longitude_on_earth")
        ),
        sa.ForeignKeyConstraint(
            ["climate_id"], ["concept.id"], name=op.f("fk_site_climate_id_concept")
        ),
        sa.ForeignKeyConstraint(
            ["land_use_id"], ["concept.id"], name=op.f("fk_site_land_use_id_concept")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_site_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["soil_id"], ["concept.id"], name=op.f("fk_site_soil_id_concept")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_site_country"), ["country"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_site_record_id"), ["record_id"], unique=False
        )

    op.create_table(
        "story",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("began", sa.Integer(), nullable=True),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.CheckConstraint("began <= ended", name=op.f("ck_story_years_in_order")),
        sa.ForeignKeyConstraint(
            ["id"], ["record.id"], name=op.f("fk_story_id_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
    )
    op.create_table(
        "tag",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concept_id"], ["concept.id"], name=op.f("fk_tag_concept_id_concept")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_tag_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("record_id", "concept_id", name=op.f("pk_tag")),
    )
    with op.batch_alter_table("tag", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tag_concept_id"), ["concept_id"], unique=False
        )

    op.create_table(
        "text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_text_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text")),
        sa.UniqueConstraint(
            "record_id", "language", name=op.f("uq_text_record_id_language")
        ),
    )
    op.create_table(
        "cost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("quantity", sa.Double(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("unit_cost", sa.Double(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(currency) = 3", name=op.f("ck_cost_currency_iso_4217")
        ),
        sa.CheckConstraint("unit_cost >= 0", name=op.f("ck_cost_not_negative")),
        sa.ForeignKeyConstraint(
            ["practice_id"],
            ["practice.id"],
            name=op.f("fk_cost_practice_id_practice"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_cost_source_id_source")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["concept.id"], name=op.f("fk_cost_unit_id_concept")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost")),
        sa.UniqueConstraint("practice_id", "key", name=op.f("uq_cost_practice_id_key")),
    )
    op.create_table(
        "hard_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("limit_id", sa.String(), nullable=False),
        sa.Column("at_least", sa.Double(), nullable=True),
        sa.Column("at_most", sa.Double(), nullable=True),
        sa.Column("unit_id", sa.String(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["limit_id"], ["concept.id"], name=op.f("fk_hard_limit_limit_id_concept")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"],
            ["practice.id"],
            name=op.f("fk_hard_limit_practice_id_practice"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_hard_limit_source_id_source")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["concept.id"], name=op.f("fk_hard_limit_unit_id_concept")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hard_limit")),
        sa.UniqueConstraint(
            "practice_id", "key", name=op.f("uq_hard_limit_practice_id_key")
        ),
    )
    op.create_table(
        "part",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["text.id"],
            name=op.f("fk_part_text_id_text"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("text_id", "name", name=op.f("pk_part")),
    )
    op.create_table(
        "step",
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("season_id", sa.String(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=True),
        sa.CheckConstraint("number BETWEEN 1 AND 9", name=op.f("ck_step_at_most_nine")),
        sa.ForeignKeyConstraint(
            ["practice_id"],
            ["practice.id"],
            name=op.f("fk_step_practice_id_practice"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["season_id"], ["concept.id"], name=op.f("fk_step_season_id_concept")
        ),
        sa.PrimaryKeyConstraint("practice_id", "number", name=op.f("pk_step")),
    )
    op.create_table(
        "work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("women_days", sa.Double(), nullable=True),
        sa.Column("men_days", sa.Double(), nullable=True),
        sa.Column("days", sa.Double(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"],
            ["practice.id"],
            name=op.f("fk_work_practice_id_practice"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_work_source_id_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work")),
    )
    with op.batch_alter_table("work", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_work_practice_id"), ["practice_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("work", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_work_practice_id"))

    op.drop_table("work")
    op.drop_table("step")
    op.drop_table("part")
    op.drop_table("hard_limit")
    op.drop_table("cost")
    op.drop_table("text")
    with op.batch_alter_table("tag", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tag_concept_id"))

    op.drop_table("tag")
    op.drop_table("story")
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_site_record_id"))
        batch_op.drop_index(batch_op.f("ix_site_country"))

    op.drop_table("site")
    with op.batch_alter_table("relation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_relation_to_id"))

    op.drop_table("relation")
    op.drop_table("practice")
    with op.batch_alter_table("local_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_local_name_record_id"))

    op.drop_table("local_name")
    op.drop_table("journal_due")
    with op.batch_alter_table("effect", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_effect_source_id"))

    op.drop_table("effect")
    op.drop_table("concept_name")
    op.drop_table("citation")
    op.drop_table("answer")
    op.drop_table("source")
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_status"))
        batch_op.drop_index(batch_op.f("ix_record_kind"))

    op.drop_table("record")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_record_id"))

    op.drop_table("journal")
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concept_scheme"))

    op.drop_table("concept")
