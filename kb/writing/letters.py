"""Messages about drafts, to each in her language."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from kb import outbox
from kb.language import offered
from kb.people.models import Person
from kb.writing.models import Draft


@dataclass(frozen=True)
class Post:
    """Where the links in messages begin; nothing if no messages can be sent."""

    site: str

    def tell(
        self, session: Session, event: str, person: Person, draft: Draft, note: str = ""
    ) -> None:
        """Write one message; who has left, or nobody can tell where, gets none."""
        if not (person.email and person.active and self.site):
            return
        spoken = offered(person.language)
        outbox.put(
            session,
            event,
            to=person.email,
            language=spoken,
            name=person.name,
            title=title_of(draft),
            note=note,
            link=f"{self.site.rstrip('/')}/{spoken}/write/{draft.id}",
        )


def title_of(draft: Draft) -> str:
    """Give what a draft is called, in the language it is written in; may be empty."""
    return str(draft.document.get("texts", {}).get(draft.language, {}).get("title", ""))
