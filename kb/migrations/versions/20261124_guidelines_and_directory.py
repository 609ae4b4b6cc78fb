"""Keep guidelines, and a directory of people and institutions who agreed to be in it.

Why: answers could cite practices and studies, but no guidance with its edition, and
nobody was told when a newer edition had taken its place; nobody could see whom to turn
to beside the helpdesk.
Rows already there: none changes.
Undo: guidelines and what cites them are lost (export them first, ``kb export``), and so
is the directory.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.create_table(
        "guideline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
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
    op.create_table(
        "listing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("shows_email", sa.Boolean(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "person_id IS NOT NULL OR digest IS NOT NULL",
            name=op.f("ck_listing_has_an_owner"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_listing_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"],
            ["person.id"],
            name=op.f("fk_listing_checked_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing")),
        sa.UniqueConstraint("person_id", name=op.f("uq_listing_person_id")),
        sa.UniqueConstraint("digest", name=op.f("uq_listing_digest")),
    )
    for column in ("state", "country"):
        op.create_index(op.f(f"ix_listing_{column}"), "listing", [column])


def downgrade() -> None:
    op.drop_table("listing")
    op.execute("DELETE FROM record WHERE kind = 'guideline'")
    op.drop_table("guideline")
