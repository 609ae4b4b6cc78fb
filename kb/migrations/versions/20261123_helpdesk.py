"""Keep desks, their rules, and the questions that are asked of them.

Why: whoever finds no answer asks, and the nearest desk answers.
Rows already there: none of them changes; public answers stay as they are.
Undo: drops all desks, questions and what was said of them; public answers stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "desk",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=True),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("themes", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["desk.code"], name=op.f("fk_desk_parent_code_desk")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_desk_region_code_region")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_desk")),
    )
    op.create_index(op.f("ix_desk_region_code"), "desk", ["region_code"], unique=False)
    op.create_table(
        "desk_duty",
        sa.Column("desk_code", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("daily_cap", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "daily_cap >= 0", name=op.f("ck_desk_duty_cap_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["desk_code"],
            ["desk.code"],
            name=op.f("fk_desk_duty_desk_code_desk"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_desk_duty_person_id_person")
        ),
        sa.PrimaryKeyConstraint("desk_code", "person_id", name=op.f("pk_desk_duty")),
    )
    op.create_index(
        op.f("ix_desk_duty_person_id"), "desk_duty", ["person_id"], unique=False
    )
    op.create_table(
        "desk_holiday",
        sa.Column("desk_code", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["desk_code"],
            ["desk.code"],
            name=op.f("fk_desk_holiday_desk_code_desk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("desk_code", "day", name=op.f("pk_desk_holiday")),
    )
    op.create_table(
        "desk_hours",
        sa.Column("desk_code", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "0 <= opens AND opens < closes AND closes <= 1440",
            name=op.f("ck_desk_hours_in_one_day"),
        ),
        sa.CheckConstraint(
            "weekday BETWEEN 0 AND 6", name=op.f("ck_desk_hours_weekday_of_seven")
        ),
        sa.ForeignKeyConstraint(
            ["desk_code"],
            ["desk.code"],
            name=op.f("fk_desk_hours_desk_code_desk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "desk_code", "weekday", "opens", name=op.f("pk_desk_hours")
        ),
    )
    op.create_table(
        "desk_name",
        sa.Column("desk_code", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["desk_code"],
            ["desk.code"],
            name=op.f("fk_desk_name_desk_code_desk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("desk_code", "language", name=op.f("pk_desk_name")),
    )
    op.create_table(
        "desk_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("desk_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["desk_code"],
            ["desk.code"],
            name=op.f("fk_desk_rule_desk_code_desk"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["region_code"],
            ["region.code"],
            name=op.f("fk_desk_rule_region_code_region"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_rule")),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("land_use_id", sa.String(), nullable=True),
        sa.Column("theme_id", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("desk_code", sa.String(), nullable=True),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("suspect", sa.Boolean(), nullable=False),
        sa.Column("claimed_by", sa.Integer(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "latitude BETWEEN -90 AND 90", name=op.f("ck_question_latitude_on_earth")
        ),
        sa.CheckConstraint(
            "longitude BETWEEN -180 AND 180",
            name=op.f("ck_question_longitude_on_earth"),
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by"], ["person.id"], name=op.f("fk_question_claimed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["desk_code"], ["desk.code"], name=op.f("fk_question_desk_code_desk")
        ),
        sa.ForeignKeyConstraint(
            ["land_use_id"],
            ["concept.id"],
            name=op.f("fk_question_land_use_id_concept"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_question_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["concept.id"], name=op.f("fk_question_theme_id_concept")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("code", name=op.f("uq_question_code")),
    )
    op.create_index(op.f("ix_question_changed"), "question", ["changed"], unique=False)
    op.create_index(
        op.f("ix_question_claimed_by"), "question", ["claimed_by"], unique=False
    )
    op.create_index(
        op.f("ix_question_desk_code"), "question", ["desk_code"], unique=False
    )
    op.create_index(
        op.f("ix_question_person_id"), "question", ["person_id"], unique=False
    )
    op.create_index(
        "ix_question_queue",
        "question",
        ["state", "suspect", "changed", "id"],
        unique=False,
    )
    op.create_table(
        "question_link",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_link_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_question_link")),
    )
    op.create_index(
        op.f("ix_question_link_question_id"),
        "question_link",
        ["question_id"],
        unique=False,
    )
    op.create_table(
        "question_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_asker", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("own_experience", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_question_message_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_message_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_message")),
    )
    op.create_index(
        op.f("ix_question_message_by_id"), "question_message", ["by_id"], unique=False
    )
    op.create_index(
        op.f("ix_question_message_question_id"),
        "question_message",
        ["question_id"],
        unique=False,
    )
    op.create_table(
        "question_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_question_note_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_note_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_note")),
    )
    op.create_index(
        op.f("ix_question_note_by_id"), "question_note", ["by_id"], unique=False
    )
    op.create_index(
        op.f("ix_question_note_question_id"),
        "question_note",
        ["question_id"],
        unique=False,
    )
    op.create_table(
        "question_shown",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("was_read", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_shown_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_question_shown_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "question_id", "record_id", name=op.f("pk_question_shown")
        ),
    )
    op.create_table(
        "question_cite",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["question_message.id"],
            name=op.f("fk_question_cite_message_id_question_message"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_question_cite_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "message_id", "record_id", name=op.f("pk_question_cite")
        ),
    )


def downgrade() -> None:
    for name in (
        "question_cite",
        "question_shown",
        "question_note",
        "question_message",
        "question_link",
        "question",
        "desk_rule",
        "desk_name",
        "desk_hours",
        "desk_holiday",
        "desk_duty",
        "desk",
    ):
        op.drop_table(name)
