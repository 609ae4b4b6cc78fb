"""Keep links by which volunteers come to the team of a language.

Why: only administrators could give roles, one by one and by hand; a coordinator who
speaks to a class or a village had no way to let them in.
Rows already there: none changes.
Undo: the links work no more; who came by one keeps her role.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "translator_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"],
            ["person.id"],
            name=op.f("fk_translator_invitation_made_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translator_invitation")),
        sa.UniqueConstraint("digest", name=op.f("uq_translator_invitation_digest")),
    )
    op.create_index(
        op.f("ix_translator_invitation_made_by_id"),
        "translator_invitation",
        ["made_by_id"],
    )


def downgrade() -> None:
    op.drop_table("translator_invitation")
