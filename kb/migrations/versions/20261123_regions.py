"""Keep the regions of the world: the tree, the named regions and their members.

Why: people say where their land is, and help comes from the nearest office.
Rows already there: none; ``kb seed`` fills the three tables.
Undo: drops the regions; they come back with the seeds.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "region",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=True),
        sa.Column("iso2", sa.String(), nullable=True),
        sa.Column("iso3166_2", sa.String(), nullable=True),
        sa.Column("m49", sa.String(), nullable=True),
        sa.Column("west", sa.Double(), nullable=True),
        sa.Column("south", sa.Double(), nullable=True),
        sa.Column("east", sa.Double(), nullable=True),
        sa.Column("north", sa.Double(), nullable=True),
        sa.Column("disclaimer", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.CheckConstraint(
            "south BETWEEN -90 AND 90", name=op.f("ck_region_south_on_earth")
        ),
        sa.CheckConstraint(
            "north BETWEEN -90 AND 90", name=op.f("ck_region_north_on_earth")
        ),
        sa.CheckConstraint("south <= north", name=op.f("ck_region_south_before_north")),
        sa.CheckConstraint(
            "west BETWEEN -180 AND 180", name=op.f("ck_region_west_on_earth")
        ),
        sa.CheckConstraint(
            "east BETWEEN -180 AND 180", name=op.f("ck_region_east_on_earth")
        ),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["region.code"], name=op.f("fk_region_parent_code_region")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
        sa.UniqueConstraint("iso2", name=op.f("uq_region_iso2")),
        sa.UniqueConstraint("iso3166_2", name=op.f("uq_region_iso3166_2")),
        sa.UniqueConstraint("m49", name=op.f("uq_region_m49")),
    )
    with op.batch_alter_table("region", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_region_kind"), ["kind"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_region_parent_code"), ["parent_code"], unique=False
        )

    op.create_table(
        "region_member",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("member_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_code"],
            ["region.code"],
            name=op.f("fk_region_member_member_code_region"),
        ),
        sa.ForeignKeyConstraint(
            ["region_code"],
            ["region.code"],
            name=op.f("fk_region_member_region_code_region"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "region_code", "member_code", name=op.f("pk_region_member")
        ),
    )
    with op.batch_alter_table("region_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_region_member_member_code"), ["member_code"], unique=False
        )

    op.create_table(
        "region_name",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_code"],
            ["region.code"],
            name=op.f("fk_region_name_region_code_region"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("region_code", "language", name=op.f("pk_region_name")),
    )


def downgrade() -> None:
    op.drop_table("region_name")
    with op.batch_alter_table("region_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_region_member_member_code"))

    op.drop_table("region_member")
    with op.batch_alter_table("region", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_region_parent_code"))
        batch_op.drop_index(batch_op.f("ix_region_kind"))

    op.drop_table("region")
