"""The searches a person follows: in her file, and gone with her account."""

from sqlalchemy.orm import Session

from kb.following.models import Following
from kb.following.service import end_all, of_person
from kb.language import _
from kb.people.belongings import Belongings, Kept, Rows, rows_of
from kb.people.models import Person

COLUMNS = ("language", "name", "page", "begun", "since")


def shown(session: Session, person: Person) -> Rows:
    """Give what she follows."""
    return rows_of(of_person(session, person), COLUMNS)


KEPT = (
    Kept(
        _("Searches you follow, and up to which day you were told what is new."),
        _("Until you end them or delete your account."),
        (Following,), ("following",),
    ),
)  # fmt: skip
FOLLOWING = Belongings("following", shown, end_all, KEPT)
