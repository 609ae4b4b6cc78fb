"""Let photos come with what people tried, also from those without an account.

Why: a photo says whether it worked before a figure does, and farmers have no account.
Rows already there: none changes.
Undo: throws away pictures of people without an account, and which trial has which.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0013"


def upgrade() -> None:
    with op.batch_alter_table("picture") as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
    with op.batch_alter_table("tried") as batch_op:
        batch_op.add_column(sa.Column("picture_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_tried_picture_id"), ["picture_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_tried_picture_id_picture"),
            "picture",
            ["picture_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    with op.batch_alter_table("tried") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_tried_picture_id_picture"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_tried_picture_id"))
        batch_op.drop_column("picture_id")
    op.execute("DELETE FROM picture WHERE person_id IS NULL")
    with op.batch_alter_table("picture") as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
