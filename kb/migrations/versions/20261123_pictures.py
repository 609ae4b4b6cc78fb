"""Keep pictures of records, their words in each language, and what they measure.

Why: a farmer sees sooner than she reads how a thing is done.
Rows already there: none.
Undo: drops what is known of pictures; their files stay in the home folder.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("credit", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("consent_by", sa.String(), nullable=False),
        sa.Column("consent_for", sa.String(), nullable=False),
        sa.Column("consent_until", sa.Date(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sent", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "consent = 'nobody' OR (consent_by <> '' AND consent_for <> '')",
            name=op.f("ck_picture_consent_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_picture_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_picture_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
    )
    with op.batch_alter_table("picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picture_digest"), ["digest"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_picture_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_picture_record_id"), ["record_id"], unique=False
        )

    op.create_table(
        "picture_size",
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("webp_bytes", sa.Integer(), nullable=False),
        sa.Column("jpg_bytes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["picture.id"],
            name=op.f("fk_picture_size_picture_id_picture"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("picture_id", "name", name=op.f("pk_picture_size")),
    )
    op.create_table(
        "picture_words",
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("alt", sa.String(), nullable=False),
        sa.Column("caption", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["picture.id"],
            name=op.f("fk_picture_words_picture_id_picture"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "picture_id", "language", name=op.f("pk_picture_words")
        ),
    )


def downgrade() -> None:
    op.drop_table("picture_words")
    op.drop_table("picture_size")
    with op.batch_alter_table("picture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_picture_record_id"))
        batch_op.drop_index(batch_op.f("ix_picture_person_id"))
        batch_op.drop_index(batch_op.f("ix_picture_digest"))

    op.drop_table("picture")
