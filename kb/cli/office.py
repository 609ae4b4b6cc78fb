"""What the commands open: settings, and from them the database and the index."""

import secrets
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import click
from sqlalchemy.exc import DatabaseError

from kb.database import Database, open_database
from kb.errors import KbError
from kb.journal import Readers, readers_of
from kb.regions.layers import Layers
from kb.search.document import SearchIndex
from kb.search.open import open_index
from kb.settings import Settings


@dataclass(frozen=True)
class Desk:
    """One installation as a command sees it."""

    settings: Settings

    @cached_property
    def database(self) -> Database:
        """The database; its folder is made if need be."""
        if not self.settings.database:
            Path(self.settings.home).mkdir(parents=True, exist_ok=True)
        settings = self.settings
        readers = readers_of(settings.all_machines, settings.machine)
        return open_database(settings.database_url, {Readers: readers})

    @cached_property
    def index(self) -> SearchIndex:
        """The search index."""
        return open_index(self.settings.search_url)

    @cached_property
    def layers(self) -> Layers:
        """The maps that were loaded."""
        return Layers(self.settings.regions_folder)

    def at(self, home: str | None) -> "Desk":
        """Give the same installation in another folder, if one is named."""
        return Desk(replace(self.settings, home=home)) if home else self

    def with_secret_key(self) -> "Desk":
        """Give the installation with a secret key, kept in its home folder."""
        if self.settings.secret_key:
            return self
        kept = Path(self.settings.home, "secret-key")
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(48), "utf-8")
        key = kept.read_text("utf-8").strip()
        return Desk(replace(self.settings, secret_key=key))


REFUSALS = (KbError, OSError, DatabaseError)
"""What a command answers with a sentence; anything else is our own mistake."""


def told(refused: BaseException) -> str:
    """Say what was refused, for a person; problems stand on a line each."""
    if isinstance(refused, DatabaseError):
        why = str(refused.orig).splitlines()[0]
        return f"The database cannot be used: {why}. kb doctor may know the mend."
    if isinstance(refused, OSError):
        return f"{refused.strerror}: {refused.filename or ''}".rstrip(": ")
    problems = getattr(refused, "problems", {})
    lines = [f"  {name}: {' '.join(said)}" for name, said in problems.items()]
    return "\n".join([str(refused), *lines])


def say(line: str) -> None:
    """Show progress on standard error, so that output can be piped."""
    click.echo(line, err=True)
