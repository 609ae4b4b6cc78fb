"""Keep phones that wrote to us, their texts, and the parts of texts that go to them.

Why: most askers have a phone and no mail; a gateway charges and reports by part.
Rows already there: letters are mails, and no question came from a phone.
Undo: drops phones and texts; what they said stays in the questions, and letters that
went to phones go, since they could only be sent as mails.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.create_table(
        "phone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("hinted", sa.String(), nullable=False),
        sa.Column("heard", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone")),
        sa.UniqueConstraint("phone", name=op.f("uq_phone_phone")),
    )
    op.create_index(op.f("ix_phone_heard"), "phone", ["heard"])
    for name in ("early_receipt", "seen_post"):
        key = "gateway_id" if name == "early_receipt" else "digest"
        more = [sa.Column("state", sa.String(), nullable=False)]
        op.create_table(
            name,
            sa.Column(key, sa.String(), nullable=False),
            *(more if name == "early_receipt" else []),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{name}")),
        )
        op.create_index(op.f(f"ix_{name}_at"), name, ["at"])
    with op.batch_alter_table("letter") as table:
        table.add_column(
            sa.Column("channel", sa.String(), nullable=False, server_default="mail")
        )
    with op.batch_alter_table("letter") as table:
        table.alter_column("channel", server_default=None)
    phone = sa.ForeignKey("phone.id", name="fk_question_phone_id_phone")
    op.add_column(
        "question",
        sa.Column("phone_id", sa.Integer(), phone, nullable=True),
        inline_references=True,
    )
    op.create_index(op.f("ix_question_phone_id"), "question", ["phone_id"])
    op.create_table(
        "text_part",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("phone_id", sa.Integer(), nullable=False),
        sa.Column("alphabet", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("gateway_id", sa.String(), nullable=False),
        sa.Column("under_way", sa.Boolean(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("sent", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["letter.id"],
            name=op.f("fk_text_part_letter_id_letter"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["phone_id"],
            ["phone.id"],
            name=op.f("fk_text_part_phone_id_phone"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("letter_id", "position", name=op.f("pk_text_part")),
    )
    for column in ("phone_id", "gateway_id"):
        op.create_index(op.f(f"ix_text_part_{column}"), "text_part", [column])
    op.create_table(
        "text_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("phone_id", sa.Integer(), nullable=True),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("became", sa.String(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["phone_id"],
            ["phone.id"],
            name=op.f("fk_text_in_phone_id_phone"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_text_in_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_in")),
        sa.UniqueConstraint("digest", name=op.f("uq_text_in_digest")),
    )
    for column in ("at", "phone_id", "question_id"):
        op.create_index(op.f(f"ix_text_in_{column}"), "text_in", [column])
    op.create_table(
        "phone_talk",
        sa.Column("phone_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["phone_id"],
            ["phone.id"],
            name=op.f("fk_phone_talk_phone_id_phone"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_phone_talk_question_id_question"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("phone_id", name=op.f("pk_phone_talk")),
    )
    for column in ("question_id", "until"):
        op.create_index(op.f(f"ix_phone_talk_{column}"), "phone_talk", [column])


def downgrade() -> None:
    for name in ("phone_talk", "text_in", "text_part", "seen_post", "early_receipt"):
        op.drop_table(name)
    op.drop_index(op.f("ix_question_phone_id"), table_name="question")
    op.drop_column("question", "phone_id")
    op.execute("DELETE FROM letter WHERE channel <> 'mail'")
    with op.batch_alter_table("letter") as table:
        table.drop_column("channel")
    op.drop_table("phone")
