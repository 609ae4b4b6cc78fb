"""Keep communities, what they hold and what they agreed to.

Why: knowledge of a community is told only as the community agrees.
Rows already there: no record is in the hands of a community; all are told as before.
Undo: drops communities, members and consents. Records that were kept back are withdrawn
first: nobody agreed that they are shown.
"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

INDEXED = {
    "community_member": ("email", "person_id", "asked_by_id"),
    "holding": ("community_id", "entered_by_id"),
    "community_consent": ("holding_id", "entered_by_id"),
    "community_consent_end": ("by_id",),
}


def upgrade() -> None:
    op.add_column(
        "record",
        sa.Column("telling", sa.String(), nullable=False, server_default="free"),
    )
    for name in ("told_from", "told_until"):
        op.add_column("record", sa.Column(name, sa.Date(), nullable=True))
    op.create_index(op.f("ix_record_told_until"), "record", ["told_until"])
    _communities()
    _holdings()
    _consents()
    for name, columns in INDEXED.items():
        for column in columns:
            op.create_index(op.f(f"ix_{name}_{column}"), name, [column])
    with op.batch_alter_table("draft") as table:
        table.add_column(sa.Column("holding_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_draft_holding_id_holding"),
            "holding",
            ["holding_id"],
            ["id"],
            ondelete="SET NULL",
        )
        table.create_index(op.f("ix_draft_holding_id"), ["holding_id"])


def _number(name: str, *, empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=empty)


def _text(name: str, *, empty: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=empty)


def _moment(name: str, *, empty: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=empty)


def _to(
    table: str, column: str, other: str, key: str = "id", *, goes: bool = False
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{other}.{key}"],
        name=op.f(f"fk_{table}_{column}_{other}"),
        ondelete="CASCADE" if goes else None,
    )


def _communities() -> None:
    op.create_table(
        "community",
        _number("id"),
        _text("key"),
        _text("region_code", empty=True),
        _moment("founded"),
        _to("community", "region_code", "region", "code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community")),
        sa.UniqueConstraint("key", name=op.f("uq_community_key")),
    )
    op.create_table(
        "community_name",
        _number("community_id"),
        _text("language"),
        _text("name"),
        _to("community_name", "community_id", "community", goes=True),
        sa.PrimaryKeyConstraint(
            "community_id", "language", name=op.f("pk_community_name")
        ),
    )
    op.create_table(
        "community_member",
        _number("id"),
        _number("community_id"),
        _text("email", empty=True),
        _number("person_id", empty=True),
        _moment("asked"),
        _number("asked_by_id", empty=True),
        _moment("joined", empty=True),
        _to("community_member", "community_id", "community", goes=True),
        _to("community_member", "person_id", "person"),
        _to("community_member", "asked_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_member")),
        sa.UniqueConstraint(
            "community_id",
            "email",
            name=op.f("uq_community_member_community_id_email"),
        ),
        sa.UniqueConstraint(
            "community_id",
            "person_id",
            name=op.f("uq_community_member_community_id_person_id"),
        ),
    )


def _holdings() -> None:
    op.create_table(
        "holding",
        _number("id"),
        _number("community_id"),
        _number("record_id", empty=True),
        *(_text(name) for name in ("title", "shown", "months")),
        _moment("entered"),
        _number("entered_by_id", empty=True),
        sa.Column("reminded_of", sa.Date(), nullable=True),
        _to("holding", "community_id", "community"),
        _to("holding", "record_id", "record", goes=True),
        _to("holding", "entered_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding")),
        sa.UniqueConstraint("record_id", name=op.f("uq_holding_record_id")),
    )
    op.create_table(
        "holding_notice",
        _number("holding_id"),
        _text("concept_id"),
        _to("holding_notice", "holding_id", "holding", goes=True),
        _to("holding_notice", "concept_id", "concept"),
        sa.PrimaryKeyConstraint(
            "holding_id", "concept_id", name=op.f("pk_holding_notice")
        ),
    )


def _consents() -> None:
    op.create_table(
        "community_consent",
        _number("id"),
        _number("holding_id"),
        *(_text(name) for name in ("given_by", "form", "covers")),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        _moment("entered"),
        _number("entered_by_id", empty=True),
        sa.CheckConstraint(
            "given_by <> ''", name=op.f("ck_community_consent_given_by_is_known")
        ),
        _to("community_consent", "holding_id", "holding", goes=True),
        _to("community_consent", "entered_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_consent")),
    )
    op.create_table(
        "community_consent_end",
        _number("consent_id"),
        _text("reason"),
        _moment("at"),
        _number("by_id", empty=True),
        _to("community_consent_end", "consent_id", "community_consent", goes=True),
        _to("community_consent_end", "by_id", "person"),
        sa.PrimaryKeyConstraint("consent_id", name=op.f("pk_community_consent_end")),
    )


def downgrade() -> None:
    op.execute(
        "UPDATE record SET status = 'withdrawn' WHERE status = 'published'"
        " AND (telling = 'kept' OR told_from > CURRENT_DATE"
        " OR told_until < CURRENT_DATE)"
    )
    with op.batch_alter_table("draft") as table:
        table.drop_index(op.f("ix_draft_holding_id"))
        table.drop_constraint(op.f("fk_draft_holding_id_holding"), type_="foreignkey")
        table.drop_column("holding_id")
    for name in (
        "community_consent_end",
        "community_consent",
        "holding_notice",
        "holding",
    ):
        op.drop_table(name)
    for name in ("community_member", "community_name", "community"):
        op.drop_table(name)
    op.drop_index(op.f("ix_record_told_until"), "record")
    for column in ("telling", "told_from", "told_until"):
        op.drop_column("record", column)
