"""Count what people search for, and whether they find it.

Why: editors and desks see what is missing, by language and zone.
Rows already there: none.
Undo: drops the counts; they cannot be had again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "sought",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("in_vain", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "language", "zone", "words", name=op.f("pk_sought")
        ),
    )


def downgrade() -> None:
    op.drop_table("sought")
