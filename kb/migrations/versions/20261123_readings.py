"""Keep what search reads in the labels of the thesaurus.

Why: to read fifteen thousand labels takes each process that starts a second.
Rows already there: are read at the next `kb seed` or `kb index rebuild`; until then each
process reads them itself.
Undo: drops what can be read again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("thesaurus_label") as label:
        label.add_column(
            sa.Column("reading", sa.String(), server_default="", nullable=False)
        )
    with op.batch_alter_table("thesaurus_label") as label:
        label.alter_column("reading", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("thesaurus_label") as label:
        label.drop_column("reading")
