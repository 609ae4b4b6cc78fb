"""Let photos come with what people tried; keep searches followed, keys of sources.

Why: a photo says whether it worked before a figure does, and farmers have no account;
whoever looks for what is not there yet wants to hear when it is; a source that a person
brought and seeds bring too goes by both keys.
Rows already there: none changes.
Undo: throws away pictures of people without an account, which trial has which, and
what people follow, and second keys of sources: seeds that need one have to mend it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


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
    op.add_column("source", sa.Column("also", sa.String(), nullable=True))
    op.create_table(
        "following",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("exact", sa.Boolean(), nullable=False),
        sa.Column("begun", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_following_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_following")),
        sa.UniqueConstraint(
            "person_id",
            "language",
            "page",
            name=op.f("uq_following_person_id_language_page"),
        ),
        sa.UniqueConstraint("secret", name=op.f("uq_following_secret")),
    )
    op.create_index(op.f("ix_following_since"), "following", ["since"])


def downgrade() -> None:
    op.drop_table("following")
    op.drop_column("source", "also")
    with op.batch_alter_table("tried") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_tried_picture_id_picture"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_tried_picture_id"))
        batch_op.drop_column("picture_id")
    op.execute("DELETE FROM picture WHERE person_id IS NULL")
    with op.batch_alter_table("picture") as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
