"""Bringing the tables to a version of the program, and saying which they are at."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from kb.errors import Unavailable
from kb.language import _


def alembic_config(connection: Connection | None = None) -> Config:
    """Give Alembic its settings; there is no ini file to keep in step."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """Give the newest migration this program knows."""
    return str(ScriptDirectory.from_config(alembic_config()).get_current_head())


def standing(engine: Engine) -> str | None:
    """Give the migration the database stands at; nothing for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the tables up."""
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), to)


def downgrade(engine: Engine, to: str) -> None:
    """Take the tables back."""
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), to)


def require_newest(engine: Engine) -> None:
    """Refuse to work on tables of another version.

    :raises Unavailable: the tables are older or newer than this program.
    """
    now, wanted = standing(engine), newest()
    if now != wanted:
        raise Unavailable(
            _(
                "The database stands at version %(now)s, the program needs"
                " %(wanted)s. Run: kb db upgrade",
                now=now or "0",
                wanted=wanted,
            )
        )
