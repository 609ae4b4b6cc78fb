"""Keep which messages people want no more.

Why: one click in a mail ends messages like it, also for whoever has no account.
Rows already there: nobody ended any.
Undo: drops them; everybody gets all messages again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "mail_stop",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", "topic", name=op.f("pk_mail_stop")),
    )


def downgrade() -> None:
    op.drop_table("mail_stop")
