"""How Alembic reaches our tables; called with a connection by `kb.migrations.apply`."""

from typing import Literal

from alembic import context

import kb.directory.models
import kb.feedback.models
import kb.guidelines.models
import kb.helpdesk.question_tables
import kb.journal
import kb.kinds
import kb.naming.models
import kb.outbox
import kb.people.models
import kb.pictures.models
import kb.planning.models
import kb.regions.models
import kb.search.gaps
import kb.vocabulary.thesaurus
import kb.writing.models  # noqa: F401  (now all tables are known)
from kb.database import Base, Moment


def plain_type(kind: str, item: object, autogen: object) -> str | Literal[False]:
    """Write our own column types in SQLAlchemy's words: a migration imports no kb."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plain_type,
)
with context.begin_transaction():
    context.run_migrations()
