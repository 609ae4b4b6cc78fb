"""Keep who made a record, certificates, consent, and how often a record is used.

Why: whoever writes, reviews or translates is to be credited as she wishes, and to see
that her work is used.
Rows already there: authors and reviewers that are known get their share, without a name
until they say how they wish to be named. Uses are counted from now on.
Undo: drops credit, certificates, counts and the log of consent; records stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
NOBODY = sa.literal("")


def upgrade() -> None:
    op.create_table(
        "naming",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("orcid", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_naming_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_naming")),
    )
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("orcid", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_contribution_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contribution_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint(
            "record_id",
            "role",
            "language",
            "person_id",
            name=op.f("uq_contribution_record_id_role_language_person_id"),
        ),
    )
    for column in ("record_id", "person_id"):
        op.create_index(op.f(f"ix_contribution_{column}"), "contribution", [column])
    _who_is_known()
    op.create_table(
        "record_use",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("views", "shown", "opened", "handouts")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_record_use_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "record_id", "month", "language", name=op.f("pk_record_use")
        ),
    )
    _certificates()


def _certificates() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_certificate_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("token", name=op.f("uq_certificate_token")),
    )
    op.create_index(op.f("ix_certificate_person_id"), "certificate", ["person_id"])
    op.create_table(
        "certificate_line",
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_line_certificate_id_certificate"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_certificate_line_contribution_id_contribution"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "certificate_id", "contribution_id", name=op.f("pk_certificate_line")
        ),
    )

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"])


def _who_is_known() -> None:
    """Give authors, and whoever published a version, their share without a name."""
    contribution = sa.table("contribution", *map(sa.column, COLUMNS))
    record = sa.table("record", *map(sa.column, ("id", "author_id", "published_on")))
    version = sa.table("version", *map(sa.column, ("record_id", "by_id", "at")))
    on = sa.func.coalesce(record.c.published_on, sa.func.current_date())
    authors = sa.select(
        record.c.id, sa.literal("author"), NOBODY, sa.literal(0), NOBODY, NOBODY,
        record.c.author_id, on, on, sa.literal(1),
    ).where(record.c.author_id.is_not(None))  # fmt: skip
    first, last = (
        sa.func.date(found(version.c.at), type_=sa.Date())
        for found in (sa.func.min, sa.func.max)
    )
    reviewers = sa.select(
        version.c.record_id, sa.literal("reviewer"), NOBODY, sa.literal(1), NOBODY,
        NOBODY, version.c.by_id, first, last, sa.func.count(),
    ).where(version.c.by_id.is_not(None))  # fmt: skip
    grouped = reviewers.group_by(version.c.record_id, version.c.by_id)
    for found in (authors, grouped):
        op.execute(sa.insert(contribution).from_select(COLUMNS, found))


COLUMNS = [
    *("record_id", "role", "language", "position", "name", "orcid", "person_id"),
    *("first_on", "last_on", "times"),
]


def downgrade() -> None:
    for name in (
        "consent",
        "certificate_line",
        "certificate",
        "record_use",
        "contribution",
        "naming",
    ):
        op.drop_table(name)
