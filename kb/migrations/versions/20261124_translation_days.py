"""Keep day by day how many fields are in which state, by language.

Why: teams and funders ask whether translation gets on; what a day was like cannot be
told from what stands now.
Rows already there: none changes; history begins with the first hour of the worker.
Undo: throws the history away; take it along first (``/en/translate/history.csv``).
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "translation_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("fields", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "language", "state", name=op.f("pk_translation_day")
        ),
    )


def downgrade() -> None:
    op.drop_table("translation_day")
