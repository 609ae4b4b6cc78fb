"""What a community gives back: its record, and the drafts that waited for it."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from kb.communities import service
from kb.communities.models import Holding
from kb.people.models import Person
from kb.writing.models import Draft


def give_back(session: Session, holding: Holding, reason: str, *, by: Person) -> None:
    """Give back what a community held; what is written of it is nobody's any more.

    :raises NotAllowed: she is no steward of the community.
    """
    service.give_back(session, holding, reason, by=by)
    waited = update(Draft).where(Draft.holding_id == holding.id)
    session.execute(waited.values(holding_id=None))
