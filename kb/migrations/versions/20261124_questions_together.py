"""Keep which questions belong together, and which links went by mail.

Why: the same is asked by many, one asks twice, and one letter asks several things.
Rows already there: each stands for itself; of no link it is known that it was mailed.
Undo: drops what belonged together; every question and message stays where it is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

WAYS = ("follows_id", "goes_on_id", "came_from_id")


def upgrade() -> None:
    for name in WAYS:
        other = sa.ForeignKey("question.id", name=f"fk_question_{name}_question")
        op.add_column(
            "question",
            sa.Column(name, sa.Integer(), other, nullable=True),
            inline_references=True,
        )
        op.create_index(op.f(f"ix_question_{name}"), "question", [name])
    mailed: sa.Column[bool] = sa.Column(
        "mailed", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("question_link", mailed)


def downgrade() -> None:
    op.drop_column("question_link", "mailed")
    for name in reversed(WAYS):
        op.drop_index(op.f(f"ix_question_{name}"), table_name="question")
        op.drop_column("question", name)
