"""``kb translations``: sets of texts for the tools of translators, and from them."""

import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import IO

import click
from sqlalchemy.orm import Session

from kb.cli.office import Desk
from kb.cli.people import EMAIL, known_person
from kb.errors import NotFound
from kb.kinds import KINDS
from kb.language import FALLBACK, _
from kb.migrations.version import require_newest
from kb.record.filed import read_filed
from kb.record.lookups import number_of
from kb.record.marks import FieldState
from kb.search.thesaurus import read_thesaurus
from kb.translating.bench import known_language
from kb.translating.files.forms import FORMS, read
from kb.translating.files.gathering import Asked
from kb.translating.files.taking_in import (
    Choice,
    Done,
    Report,
    begun,
    by_record,
    take_in,
)
from kb.translating.files.unit import ASKED, LARGEST, Bundle, Trouble, Unit

MOST_SHOWN = 200
"""Warnings printed one by one."""


@click.group()
def translations() -> None:
    """Write texts for the tools of translators, or take translations in."""


@translations.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--language", required=True, help="To translate into, as fr.")
@click.option("--from", "spoken", default=FALLBACK, show_default=True)
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="po")
@click.option("--kind", type=click.Choice(list(KINDS)), help="Only records of a kind.")
@click.option("--theme", default="", help="Only records on a theme, by its code.")
@click.option("--record", "refs", multiple=True, help="Only this one, as P-7.")
@click.option(
    "--state",
    type=click.Choice([state.value for state in FieldState]),
    help="Only fields in a state.",
)
@click.pass_obj
def export(
    desk: Desk, file: Path | None, *, language: str, spoken: str, form: str,
    kind: str | None, theme: str, refs: tuple[str, ...], state: str | None,
) -> None:  # fmt: skip
    """Write texts to FILE, or to the terminal: PO or XLIFF 2, which come back.

    TMX holds what was translated before, TBX the thesaurus. Records of communities are
    left out.
    """
    require_newest(desk.database.engine)
    known_language(language)
    with desk.database.of_one_moment() as session:
        asked = Asked(
            language, spoken, _chosen(session, theme, refs), kind or "", state or ""
        )
        pieces = FORMS[form].write(session, asked)
        if file is None:
            for piece in pieces:
                click.echo(piece, nl=False)
            return
        with file.open("wb") as out:
            out.writelines(pieces)
            click.echo(f"{file}: {out.tell()} bytes")


@translations.command(name="import")
@click.argument("file", type=click.File("rb"))
@click.option("--by", "email", type=EMAIL, required=True, help="Who brings it.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option(
    "--also",
    type=click.Choice([trouble.value for trouble in ASKED]),
    multiple=True,
    help="Take texts in about which this is asked.",
)
@click.option("--hand-in", is_flag=True, help="Give what is ready to the reviewers.")
@click.pass_obj
def import_(
    desk: Desk, file: IO[bytes], email: str, also: tuple[str, ...], *, dry_run: bool,
    hand_in: bool,
) -> None:  # fmt: skip
    """Take the translations of FILE in (PO or XLIFF 2), as drafts of who brings it.

    Where she may not translate they are suggestions. What does not fit is left out, and
    said with the kind of trouble it is; nothing goes over newer work.
    """
    require_newest(desk.database.engine)
    bundle = read(file.read(LARGEST + 1))
    report = begun(bundle)
    with desk.database.reading() as session:
        by, thesaurus = known_person(session, email), read_thesaurus(session)
    choice = Choice(by, frozenset(map(Trouble, also)), hand_in, dry_run, thesaurus)
    label, count = "Reading" if dry_run else "Taking in", len(bundle.units)
    with click.progressbar(length=count, label=label, file=sys.stderr) as bar:
        for ref, units in by_record(bundle).items():
            report.add(_one_record(desk, bundle, ref, units, choice))
            bar.update(len(units))
    _tell(report, dry_run=dry_run)


def _one_record(
    desk: Desk, bundle: Bundle, ref: str, units: Sequence[Unit], choice: Choice
) -> Report:
    """Take a record in, and keep it: others are not kept waiting for the whole."""
    opened = desk.database.reading if choice.dry_run else desk.database.writing
    with opened() as session:
        report = take_in(session, bundle, ref, units, choice)
        session.commit()
    return report


def _tell(report: Report, *, dry_run: bool) -> None:
    for one in report.warned[:MOST_SHOWN]:
        click.echo(f"{one.trouble}: {one.where}: {one.said}")
    if len(report.warned) > MOST_SHOWN:
        click.echo(f"and {len(report.warned) - MOST_SHOWN} more")
    for trouble, count in sorted(report.troubles.items()):
        asked = f", taken in with --also {trouble}" if trouble in ASKED else ""
        click.echo(f"{trouble}: {count}{asked}")
    done, would = report.done, "would be " if dry_run else ""
    click.echo(
        f"{report.coming} texts {would}taken in: {done[Done.NEW]} new,"
        f" {done[Done.CHANGED]} changed, {done[Done.CONFIRMED]} confirmed;"
        f" {report.suggested} as suggestions, {report.handed_in} handed in"
    )
    click.echo(
        f"{done[Done.SAME]} are the same, {done[Done.EMPTY]} not translated,"
        f" {done[Done.LEFT]} left out"
    )


def _chosen(
    session: Session, theme: str, refs: Collection[str]
) -> frozenset[int] | None:
    """Give the records asked for; nothing for all.

    :raises NotFound: there is no such record, or none on such a theme.
    """
    if not theme and not refs:
        return None
    filed = read_filed(session)
    numbers = {
        n
        for n, one in filed.items()
        if not theme or theme in one.codes.get("theme", ())
    }
    if theme and not numbers:
        raise NotFound(_("There is no such value."))
    if refs:
        numbers &= {number_of(session, ref) for ref in refs}
    return frozenset(numbers)
