"""Keep which pictures wait with which draft.

Why: writers put pictures into a draft; they are shown to all when it is published.
Rows already there: pictures of records stay as they are.
Undo: drops which draft they wait with; the pictures are withdrawn.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "draft_picture",
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["draft.id"],
            name=op.f("fk_draft_picture_draft_id_draft"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["picture.id"],
            name=op.f("fk_draft_picture_picture_id_picture"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("picture_id", name=op.f("pk_draft_picture")),
    )
    with op.batch_alter_table("draft_picture", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_draft_picture_draft_id"), ["draft_id"], unique=False
        )


def downgrade() -> None:
    op.execute("UPDATE picture SET state = 'withdrawn' WHERE state = 'drafted'")
    with op.batch_alter_table("draft_picture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_picture_draft_id"))

    op.drop_table("draft_picture")
