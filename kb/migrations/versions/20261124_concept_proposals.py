"""Keep what people propose for the thesaurus, and its concepts version by version.

Why: what a concept is called is changed by two people, and can be looked up later.
Rows already there: no concept has a version; its first is written when it is changed.
Undo: drops proposals and versions; the concepts stay as they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

PEOPLE = {
    "concept_proposal": ("by_id", "decided_by_id"),
    "concept_version": ("by_id", "decided_by_id"),
}


def _people(table: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([x], ["person.id"], name=op.f(f"fk_{table}_{x}_person"))
        for x in PEOPLE[table]
    ]


def upgrade() -> None:
    op.create_table(
        "concept_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("into", sa.String(), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("base", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("confirmed", sa.JSON(), nullable=False),
        sa.Column("meant", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        *_people("concept_proposal"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concept_proposal")),
    )
    for column in ("code", "state", *PEOPLE["concept_proposal"]):
        name = op.f(f"ix_concept_proposal_{column}")
        op.create_index(name, "concept_proposal", [column])
    op.create_table(
        "concept_version",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["code"],
            ["thesaurus_concept.code"],
            name=op.f("fk_concept_version_code_thesaurus_concept"),
            ondelete="CASCADE",
        ),
        *_people("concept_version"),
        sa.PrimaryKeyConstraint("code", "number", name=op.f("pk_concept_version")),
    )
    for column in PEOPLE["concept_version"]:
        op.create_index(
            op.f(f"ix_concept_version_{column}"), "concept_version", [column]
        )


def downgrade() -> None:
    op.drop_table("concept_version")
    op.drop_table("concept_proposal")
