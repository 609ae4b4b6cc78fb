"""Keep guidelines: editions of documents that others issued, told of in our words.

Why: answers could cite practices and studies, but no guidance with its edition, and
nobody was told when a newer edition had taken its place.
Rows already there: none changes.
Undo: guidelines and what cites them are lost; export them first (``kb export``).
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "guideline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("on_copy", sa.Boolean(), nullable=False),
        sa.Column("written_in", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"],
            ["record.id"],
            name=op.f("fk_guideline_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guideline")),
    )


def downgrade() -> None:
    op.execute("DELETE FROM record WHERE kind = 'guideline'")
    op.drop_table("guideline")
