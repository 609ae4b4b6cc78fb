"""Which version the tables are at, and which the program needs.

Asked at every start, so it does without Alembic, which takes long to load.
"""

import re
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from kb.errors import Unavailable
from kb.language import _

NAMED = re.compile(r'^(revision|down_revision) = "(.+)"$', re.MULTILINE)


def newest() -> str:
    """Give the newest migration this program knows: none builds on it."""
    migrations = (Path(__file__).parent / "versions").glob("*.py")
    named = [match for path in migrations for match in NAMED.findall(path.read_text())]
    (last,) = {x for what, x in named if what == "revision"} - {
        x for what, x in named if what == "down_revision"
    }
    return str(last)


def standing(engine: Engine) -> str | None:
    """Give the migration the database stands at; nothing for an empty one."""
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        said: str | None = connection.scalar(
            text("SELECT version_num FROM alembic_version")
        )
    return said


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
