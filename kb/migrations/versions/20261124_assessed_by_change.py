"""Keep whether an assessment was a form or a published change.

Why: a change of what a record means starts its yearly clock anew, and the report tells
the two apart.
Rows already there: all are forms.
Undo: changes that counted stay as assessments, and cannot be told apart any more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column(
        "assessment",
        sa.Column("way", sa.String(), nullable=False, server_default="form"),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.alter_column("way", server_default=None)


def downgrade() -> None:
    op.drop_column("assessment", "way")
