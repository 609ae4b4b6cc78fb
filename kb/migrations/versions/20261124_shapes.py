"""Keep which icon shows a step, and the drawings that come with the vocabularies.

Why: whoever reads little sees what is done; a drawing is kept without a word, so that
its labels are words of a record, translated like all others.
Rows already there: steps have no icon; the next seeding brings icons and drawings for
all but the records that people have changed.
Undo: takes icons and drawings away; export them first (``kb export``).
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    with op.batch_alter_table("step") as table:
        table.add_column(sa.Column("icon_id", sa.String()))
        table.create_foreign_key(
            op.f("fk_step_icon_id_concept"), "concept", ["icon_id"], ["id"]
        )
    op.create_table(
        "shape",
        sa.Column("concept_id", sa.String(), nullable=False),
        sa.Column("svg", sa.String(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concept_id"],
            ["concept.id"],
            name=op.f("fk_shape_concept_id_concept"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("concept_id", name=op.f("pk_shape")),
    )


def downgrade() -> None:
    op.drop_table("shape")
    with op.batch_alter_table("step") as table:
        table.drop_constraint(op.f("fk_step_icon_id_concept"), type_="foreignkey")
        table.drop_column("icon_id")
