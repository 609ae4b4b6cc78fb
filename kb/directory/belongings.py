"""What the directory keeps of a person: in her file, and gone with her account."""

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from kb.directory.models import Listing
from kb.directory.service import TAKEN, WAIT_DAYS
from kb.language import _
from kb.people.belongings import Belongings, Kept, Rows, rows_of
from kb.people.models import Person


def shown(session: Session, person: Person) -> Rows:
    """Give her listing, and those that bear her address."""
    found = session.scalars(select(Listing).where(_hers(person)).order_by(Listing.id))
    return rows_of(found, ("state", "made", *TAKEN, "wording"))


def let_go(session: Session, person: Person) -> None:
    """Take her out; of what she let in, her name."""
    session.execute(delete(Listing).where(_hers(person)))
    let_in = update(Listing).where(Listing.checked_by_id == person.id)
    session.execute(let_in.values(checked_by_id=None))


def _hers(person: Person) -> ColumnElement[bool]:
    own = Listing.person_id == person.id
    return or_(own, Listing.email == person.email) if person.email else own


KEPT = (
    Kept(
        _("What you wrote to be listed in the directory, with your address for"
          " e-mail."),
        _("Until you take it back or delete your account. An institution that waits"
          " to be looked at: %(n)s days.", n=WAIT_DAYS),
        (Listing,), ("directory",), WAIT_DAYS,
    ),
)  # fmt: skip
DIRECTORY = Belongings("directory", shown, let_go, KEPT)
