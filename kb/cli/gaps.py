"""``kb gaps``: what people look for and do not find."""

from datetime import UTC, datetime, timedelta

import click

from kb.cli.office import Desk
from kb.language import name_of
from kb.migrations.version import require_newest
from kb.search.gaps import COLUMNS, KEEP_DAYS, Gap, row_of
from kb.search.gaps import gaps as read_gaps
from kb.spreadsheet import table


@click.command()
@click.option(
    "--days", default=90, type=click.IntRange(1, KEEP_DAYS), show_default=True
)
@click.option("--language", default="", help="Only readers of this language, as fr.")
@click.option("--at-least", default=2, type=click.IntRange(1), show_default=True)
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for a spreadsheet.")
@click.pass_obj
def gaps(desk: Desk, days: int, language: str, at_least: int, as_csv: bool) -> None:
    """List words that were searched for in vain, or nothing opened after."""
    require_newest(desk.database.engine)
    since = datetime.now(UTC).date() - timedelta(days=days)
    with desk.database.reading() as session:
        found = read_gaps(session, since=since, language=language, at_least=at_least)
    if as_csv:
        click.echo(table(COLUMNS, map(row_of, found)), nl=False)
    elif not found:
        click.echo(f"No gap in {days} days: all that was asked led to a record.")
    else:
        for gap in found:
            click.echo(_sentence(gap))


def _sentence(gap: Gap) -> str:
    where = f", {gap.zone}" if gap.zone else ""
    return (
        f"{gap.words} ({name_of(gap.language, in_language='en')}{where}):"
        f" asked {gap.times} times, {gap.in_vain} in vain,"
        f" nothing opened {gap.unopened} times; last {gap.last}"
    )
