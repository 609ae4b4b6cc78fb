"""Keep what is said of labels, definitions in more languages, and what people changed.

Why: the thesaurus is edited by people; a label has its state, its place, and may be one
to leave as it is or one not to write.
Rows already there: all labels count as machine-drafted, as they are; no concept has
been changed by people or merged.
Undo: drops all that; the labels stay, those of merged concepts at the concept that has
them now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    for column in (
        sa.Column(
            "state", sa.String(), nullable=False, server_default="machine-drafted"
        ),
        sa.Column("place", sa.String(), nullable=False, server_default=""),
        sa.Column("keep", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("forbidden", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("thesaurus_label", column)
    for more in (
        sa.Column("definitions", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("exact_match", sa.String(), nullable=False, server_default=""),
        sa.Column("version", sa.Integer(), nullable=False, server_default="0"),
    ):
        op.add_column("thesaurus_concept", more)
    into = sa.ForeignKey(
        "thesaurus_concept.code",
        name="fk_thesaurus_concept_merged_into_thesaurus_concept",
    )
    op.add_column(
        "thesaurus_concept",
        sa.Column("merged_into", sa.String(), into, nullable=True),
        inline_references=True,
    )
    op.create_index(
        op.f("ix_thesaurus_concept_merged_into"), "thesaurus_concept", ["merged_into"]
    )


def downgrade() -> None:
    op.drop_index(
        op.f("ix_thesaurus_concept_merged_into"), table_name="thesaurus_concept"
    )
    op.execute("DELETE FROM thesaurus_concept WHERE merged_into IS NOT NULL")
    op.drop_column("thesaurus_concept", "merged_into")
    for name in ("version", "exact_match", "definitions"):
        op.drop_column("thesaurus_concept", name)
    for name in ("forbidden", "keep", "place", "state"):
        op.drop_column("thesaurus_label", name)
