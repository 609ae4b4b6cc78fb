"""``kb people``: accounts and roles from the terminal; the first administrator."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import click
from marshmallow import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kb.cli.office import Desk
from kb.communities.lookups import get_community
from kb.errors import NotFound
from kb.kinds import KINDS
from kb.language import INTERFACE
from kb.migrations.version import require_newest
from kb.people import accounts, log, roles
from kb.people.given import folded_email, plain_name
from kb.people.links import Purpose, address_of, make_link
from kb.people.models import Person, Role, ScopeKind

BY = "kb people"
LINK_LIVES = timedelta(hours=24)
AT_HOME = "http://127.0.0.1:8000"


class Checked(click.ParamType[str]):
    """A word that is checked as on the pages."""

    def __init__(self, name: str) -> None:
        self.name = name

    def convert(self, value: str, param: object, ctx: object) -> str:
        """Give it as it is kept."""
        try:
            check = folded_email if self.name == "email" else plain_name
            return check(value)
        except ValidationError as refused:
            raise click.BadParameter(" ".join(map(str, refused.messages))) from refused


EMAIL = Checked("email")


@click.group()
def people() -> None:
    """Look after accounts and roles."""


@contextmanager
def writing(desk: Desk) -> Iterator[Session]:
    """Give a session whose work is kept if nothing was refused."""
    require_newest(desk.database.engine)
    with desk.database.writing() as session:
        yield session
        session.commit()


@people.command()
@click.argument("email", type=EMAIL)
@click.option("--name", type=Checked("name"), required=True, help="As others see it.")
@click.option("--language", type=click.Choice(INTERFACE), default="en")
@click.pass_obj
def add(desk: Desk, email: str, name: str, language: str) -> None:
    """Make an account and print the link to choose a password; it works for a day."""
    with writing(desk) as session:
        person = accounts.add_person(session, name=name, email=email, language=language)
        secret = make_link(session, person, Purpose.RESET, lives=LINK_LIVES)
        log.write(session, "added", person, by=BY)
        site = desk.settings.address or AT_HOME
        click.echo(address_of(site, language, Purpose.RESET, secret))


@people.command()
@click.argument("email", type=EMAIL)
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.argument("scope", default="everywhere")
@click.pass_obj
def grant(desk: Desk, email: str, role: str, scope: str) -> None:
    """Give a role: SCOPE is everywhere, or as region:BF, language:fr, community:x."""
    kind, value = _scope(scope)
    with writing(desk) as session:
        person = known_person(session, email)
        if kind == ScopeKind.COMMUNITY:
            get_community(session, value)
        roles.grant(session, person, Role(role), by=BY, scope_kind=kind, scope=value)


@people.command()
@click.argument("email", type=EMAIL)
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.argument("scope", default="everywhere")
@click.pass_obj
def revoke(desk: Desk, email: str, role: str, scope: str) -> None:
    """Take a role back; it counts no more at once."""
    told = (role, *_scope(scope))
    with writing(desk) as session:
        person = known_person(session, email)
        same = [
            given.id
            for given in roles.held(person)
            if (given.role, given.scope_kind, given.scope) == told
        ]
        roles.revoke(session, person, same[0] if same else 0, by=BY)


@people.command()
@click.argument("email", type=EMAIL)
@click.pass_obj
def disable(desk: Desk, email: str) -> None:
    """Let a person in no more; all that let her in stops working at once."""
    with writing(desk) as session:
        accounts.disable(session, known_person(session, email), by=BY)


@people.command()
@click.argument("email", type=EMAIL)
@click.pass_obj
def enable(desk: Desk, email: str) -> None:
    """Let a person in again."""
    with writing(desk) as session:
        accounts.enable(session, known_person(session, email), by=BY)


@people.command(name="list")
@click.pass_obj
def list_(desk: Desk) -> None:
    """List accounts with their state and roles."""
    require_newest(desk.database.engine)
    wanted = select(Person).where(Person.email.is_not(None)).order_by(Person.email)
    with desk.database.reading() as session:
        loaded = wanted.options(
            selectinload(Person.grants), selectinload(Person.factor)
        )
        for person in session.scalars(loaded):
            held = ", ".join(map(roles.in_words, roles.held(person))) or "no role"
            click.echo(f"{person.email}  {person.name}  ({_state(person)})  {held}")


@people.command(name="log")
@click.option("--last", default=100, type=click.IntRange(1), show_default=True)
@click.pass_obj
def log_(desk: Desk, last: int) -> None:
    """Show what was done with accounts and roles, newest first."""
    require_newest(desk.database.engine)
    with desk.database.reading() as session:
        for line in log.lines(session, limit=last):
            moment = line.at.isoformat(timespec="seconds")
            about = f"person {line.person_id}"
            click.echo(f"{moment}  {line.done_by}: {line.what} {about} {line.note}")


def known_person(session: Session, email: str) -> Person:
    """Give the person with an address, and her roles.

    :raises NotFound: there is nobody.
    """
    person = accounts.by_email(session, email)
    if person is None:
        raise NotFound(f"Nobody has the address {email}.")
    return person


def _scope(written: str) -> tuple[ScopeKind, str]:
    kind, _colon, value = written.partition(":")
    try:
        scope = ScopeKind(kind)
    except ValueError as refused:
        known = ", ".join(ScopeKind)
        raise click.BadParameter(f"a scope is one of {known}") from refused
    if scope == ScopeKind.KIND and value not in KINDS:
        raise click.BadParameter(f"a kind is one of {', '.join(KINDS)}")
    return scope, value


def _state(person: Person) -> str:
    if person.disabled:
        return "disabled"
    if not person.confirmed:
        return "not confirmed"
    missing = roles.needs_second_factor(person) and not (
        person.factor and person.factor.confirmed
    )
    return "second factor missing" if missing else "active"
