"""Keep who translates a record into a language at the moment.

Why: two who translate the same at once saw each other only when both had written.
Rows already there: none changes.
Undo: nothing that was written is lost.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "translation_pen",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("locked_by_id", sa.Integer(), nullable=True),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_translation_pen_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["locked_by_id"],
            ["person.id"],
            name=op.f("fk_translation_pen_locked_by_id_person"),
        ),
        sa.PrimaryKeyConstraint(
            "record_id", "language", name=op.f("pk_translation_pen")
        ),
    )


def downgrade() -> None:
    op.drop_table("translation_pen")
