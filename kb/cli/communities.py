"""``kb communities``: writing communities down, and whose knowledge is shown."""

from pathlib import Path

import click
from marshmallow import ValidationError

from kb.cli.office import Desk
from kb.cli.people import writing
from kb.communities import lookups, out, service
from kb.communities.given import LONGEST_NAME
from kb.migrations.version import require_newest
from kb.people.given import plain_line


class LanguageAndName(click.ParamType[tuple[str, str]]):
    """A name with its language, such as ``en=Elders of Yako``."""

    name = "LANGUAGE=NAME"

    def convert(
        self, value: str | tuple[str, str], param: object, ctx: object
    ) -> tuple[str, str]:
        """Give language and name."""
        if isinstance(value, tuple):
            return value
        language, _equals, name = value.partition("=")
        if not (language.isascii() and language.isalpha() and len(language) in {2, 3}):
            raise click.BadParameter("write it as en='Elders of Yako'")
        try:
            return language, plain_line(name, LONGEST_NAME, "a name is needed")
        except ValidationError as refused:
            raise click.BadParameter(" ".join(map(str, refused.messages))) from refused


@click.group()
def communities() -> None:
    """Look after communities whose knowledge is told here."""


@communities.command()
@click.argument("key")
@click.option("--name", "names", type=LanguageAndName(), multiple=True, required=True)
@click.option("--region", default="", help="Code of the region they live in, as BF.")
@click.pass_obj
def add(desk: Desk, key: str, names: tuple[tuple[str, str], ...], region: str) -> None:
    """Write a community down; KEY is what its stewards are named for."""
    with writing(desk) as session:
        service.found(session, key, dict(names), region)
        click.echo(f"kb people grant steward@example.org steward community:{key}")


@communities.command(name="list")
@click.pass_obj
def list_(desk: Desk) -> None:
    """List the communities."""
    require_newest(desk.database.engine)
    with desk.database.reading() as session:
        for one in lookups.all_communities(session):
            where = f" ({one.region_code})" if one.region_code else ""
            click.echo(f"{one.key}  {lookups.name_of(one, 'en')}{where}")


@communities.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def write(desk: Desk, folder: Path) -> None:
    """Write whose knowledge public records are, with its notices, into FOLDER."""
    require_newest(desk.database.engine)
    with desk.database.of_one_moment() as session:
        click.echo(f"{out.write_communities(session, folder)} records")
