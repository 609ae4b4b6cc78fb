"""Certificates: what a person chose to show of her part, to whoever has the link."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, joinedload

from kb.credit.models import Certificate, CertificateLine, Contribution
from kb.errors import Conflict, NotFound, NotValid
from kb.language import _
from kb.people import consent, log
from kb.people.consent import Matter
from kb.people.models import Person
from kb.people.pace import TWICE
from kb.people.secrets import new_secret
from kb.record.lookups import is_public
from kb.record.models import Record

MOST = 20
"""Certificates of one person that stand at a time."""
LONGEST_TOKEN = 100


@dataclass(frozen=True)
class Shown:
    """What the page of a certificate shows."""

    certificate: Certificate
    contributions: Sequence[Contribution]
    """Those she chose, of records that are public now; the newest first."""


def choices(session: Session, person: Person) -> Sequence[Contribution]:
    """Give what a person may show: her part in records that are public."""
    hers = Contribution.person_id == person.id
    return _with_records(session, select(Contribution.id).where(hers))


def make(
    session: Session, person: Person, name: str, chosen: Collection[int]
) -> Certificate:
    """Make a certificate; the same one a moment ago is this one.

    :param name: as it is to stand on it, checked.
    :param chosen: numbers of her contributions.
    :raises NotValid: nothing is chosen, or something that is not hers to show.
    :raises Conflict: there are too many that stand.
    """
    known = {row.id for row in choices(session, person)}
    if not chosen or not known.issuperset(chosen):
        said = str(_("Please choose what the certificate is to show."))
        raise NotValid(said, {"shown": [said]})
    standing = Certificate.person_id == person.id, Certificate.revoked.is_(None)
    counted = session.scalar(select(func.count(Certificate.id)).where(*standing))
    if (counted or 0) >= MOST:
        raise Conflict(_("Please take back one of your certificates first."))
    same = _made_just_now(session, person, name, chosen)
    if same is not None:
        return same
    made = Certificate(
        person_id=person.id, token=new_secret(), name=name, made=datetime.now(UTC)
    )
    made.lines = [CertificateLine(contribution_id=one) for one in sorted(chosen)]
    session.add(made)
    session.flush()
    consent.note(session, person, Matter.CERTIFICATE, given=True)
    log.write(session, "certificate made", person)
    return made


def _made_just_now(
    session: Session, person: Person, name: str, chosen: Collection[int]
) -> Certificate | None:
    """Give what the first press of the button made; who presses again waits for it."""
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    since = datetime.now(UTC) - TWICE
    for one in listed(session, person):
        lines = select(CertificateLine.contribution_id).where(
            CertificateLine.certificate_id == one.id
        )
        same = one.made > since and one.name == name
        if same and set(session.scalars(lines)) == set(chosen):
            return one
    return None


def listed(session: Session, person: Person) -> Sequence[Certificate]:
    """Give the certificates of a person that stand, newest first."""
    standing = Certificate.person_id == person.id, Certificate.revoked.is_(None)
    rows = select(Certificate).where(*standing).order_by(Certificate.id.desc())
    return session.scalars(rows).all()


def revoke(session: Session, person: Person, number: int) -> None:
    """Take a certificate back: its address leads nowhere any more.

    :raises NotFound: she has no such certificate that stands.
    """
    standing = {row.id: row for row in listed(session, person)}
    if number not in standing:
        raise NotFound(_("There is no such certificate."))
    standing.pop(number).revoked = datetime.now(UTC)
    session.flush()
    log.write(session, "certificate taken back", person)
    if not standing:
        consent.note(session, person, Matter.CERTIFICATE, given=False)


def shown_by(session: Session, token: str) -> Shown:
    """Give what an address shows.

    :raises NotFound: there is no such certificate, or it was taken back.
    """
    found = session.scalar(
        select(Certificate).where(
            Certificate.token == token[:LONGEST_TOKEN],
            Certificate.revoked.is_(None),
            exists().where(
                Person.id == Certificate.person_id, Person.disabled.is_(None)
            ),
        )
    )
    if found is None:
        raise NotFound(
            _("There is no such certificate, or it was taken back by its owner.")
        )
    on_it = select(CertificateLine.contribution_id).where(
        CertificateLine.certificate_id == found.id
    )
    return Shown(found, _with_records(session, on_it))


def _with_records(session: Session, numbers: Select[int]) -> Sequence[Contribution]:
    rows = (
        select(Contribution)
        .join(Record, Record.id == Contribution.record_id)
        .where(Contribution.id.in_(numbers), is_public())
        .order_by(Contribution.last_on.desc(), Contribution.id.desc())
        .options(joinedload(Contribution.record))
    )
    return session.scalars(rows).all()
