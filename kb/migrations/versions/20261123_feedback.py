"""Keep what users say: helpful or not, errors and dangers, trials, comments, follow-ups.

Why: what users tried counts as evidence, what they report must be seen to in time.
Rows already there: sites and effects come in with their records, so nobody told them.
Undo: drops all of it, with the sites and effects that come from checked trials.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("begun", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_follow_up_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("digest", name=op.f("uq_follow_up_digest")),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_follow_up_address"), ["address"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_follow_up_due"), ["due"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_follow_up_record_id"), ["record_id"], unique=False
        )

    op.create_table(
        "helpful",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("voter", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_helpful_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helpful")),
        sa.UniqueConstraint(
            "record_id", "voter", name=op.f("uq_helpful_record_id_voter")
        ),
    )
    op.create_table(
        "feedback_comment",
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("suspect", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answers_id"],
            ["feedback_comment.id"],
            name=op.f("fk_feedback_comment_answers_id_feedback_comment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_feedback_comment_person_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_feedback_comment_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_comment")),
    )
    with op.batch_alter_table("feedback_comment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_feedback_comment_answers_id"), ["answers_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_feedback_comment_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_feedback_comment_record_id"), ["record_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_feedback_comment_state"), ["state"], unique=False
        )

    op.create_table(
        "feedback_report",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("warning", sa.String(), nullable=False),
        sa.Column("warning_language", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("suspect", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_feedback_report_person_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_feedback_report_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_report")),
    )
    with op.batch_alter_table("feedback_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_feedback_report_due"), ["due"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_feedback_report_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_feedback_report_record_id"), ["record_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_feedback_report_state"), ["state"], unique=False
        )

    op.create_table(
        "tried",
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("land_use_id", sa.String(), nullable=False),
        sa.Column("season_id", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("area_ha", sa.Double(), nullable=True),
        sa.Column("done", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("failed", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("suspect", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.CheckConstraint("area_ha > 0", name=op.f("ck_tried_some_area")),
        sa.CheckConstraint(
            "latitude BETWEEN -90 AND 90", name=op.f("ck_tried_latitude_on_earth")
        ),
        sa.CheckConstraint(
            "longitude BETWEEN -180 AND 180", name=op.f("ck_tried_longitude_on_earth")
        ),
        sa.ForeignKeyConstraint(
            ["land_use_id"], ["concept.id"], name=op.f("fk_tried_land_use_id_concept")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_tried_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_tried_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["season_id"], ["concept.id"], name=op.f("fk_tried_season_id_concept")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_tried_source_id_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tried")),
    )
    with op.batch_alter_table("tried", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tried_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_tried_record_id"), ["record_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_tried_state"), ["state"], unique=False)

    op.create_table(
        "tried_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tried_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("before", sa.Double(), nullable=True),
        sa.Column("after", sa.Double(), nullable=False),
        sa.Column("years", sa.Double(), nullable=True),
        sa.Column("plausible", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["concept.id"],
            name=op.f("fk_tried_result_indicator_id_concept"),
        ),
        sa.ForeignKeyConstraint(
            ["tried_id"],
            ["tried.id"],
            name=op.f("fk_tried_result_tried_id_tried"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["concept.id"], name=op.f("fk_tried_result_unit_id_concept")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tried_result")),
    )
    with op.batch_alter_table("tried_result", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tried_result_tried_id"), ["tried_id"], unique=False
        )

    for table in ("effect", "site"):
        empty = sa.Column("told_in", sa.String(), nullable=False, server_default="")
        op.add_column(table, empty)


def downgrade() -> None:
    for table in ("effect", "site"):
        op.execute(f"DELETE FROM {table} WHERE told_in <> ''")  # noqa: S608
        op.drop_column(table, "told_in")
    op.drop_table("tried_result")
    op.drop_table("tried")
    op.drop_table("feedback_report")
    op.drop_table("feedback_comment")
    op.drop_table("helpful")
    op.drop_table("follow_up")
    op.execute("DELETE FROM source WHERE key LIKE 'tried-%'")
