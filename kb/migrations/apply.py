"""Bringing the tables to a version of the program."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine


def alembic_config(connection: Connection | None = None) -> Config:
    """Give Alembic its settings; there is no ini file to keep in step."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the tables up."""
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), to)


def downgrade(engine: Engine, to: str) -> None:
    """Take the tables back."""
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), to)
