"""Keep what communities gave back, when and why.

Why: a steward gives a record back to its owner; who agreed to what stays written down.
Rows already there: none was given back.
Undo: drops when and why; what was given back stays so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "holding_given_back",
        sa.Column("holding_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_holding_given_back_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["holding_id"],
            ["holding.id"],
            name=op.f("fk_holding_given_back_holding_id_holding"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_holding_given_back_record_id_record"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("holding_id", name=op.f("pk_holding_given_back")),
    )
    with op.batch_alter_table("holding_given_back", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_holding_given_back_by_id"), ["by_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("holding_given_back", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_holding_given_back_by_id"))

    op.execute(
        "DELETE FROM holding WHERE id IN (SELECT holding_id FROM holding_given_back)"
    )
    op.drop_table("holding_given_back")
