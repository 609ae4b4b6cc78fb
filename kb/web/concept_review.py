"""What waits in the thesaurus, deciding on it, and what each concept was before."""

from typing import Any

from flask import Response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.entrance.labels import _
from kb.entrance.person import a_person
from kb.entrance.request import this_session, writing_session
from kb.errors import Conflict, NotFound, NotValid
from kb.naming import service
from kb.naming.content import Differs, blank, differences
from kb.naming.models import ConceptProposal, ConceptVersion
from kb.naming.service import OPEN, known_concepts
from kb.naming.storing import versions_of
from kb.people.models import Person
from kb.web.concept_form import part_name
from kb.web.concepts import get_concept
from kb.web.people_page import page
from kb.web.write_page import NUMBER, status_of, writing_pages
from kb.writing.difference import Piece, word_changes
from kb.writing.filled import cleaned

pages = writing_pages("concept_review")


@pages.get("/thesaurus/waiting")
def queue(lang: str) -> Response:
    """List what waits: all to those of the teams, to others what they proposed."""
    session, person = this_session(), a_person()
    return page(
        "concepts/waiting.html", proposals=service.open_proposals(session, person)
    )


@pages.get(f"/thesaurus/waiting/{NUMBER}")
def one(lang: str, number: int) -> Response:
    """Show what a proposal would change."""
    session, person = this_session(), a_person()
    return _page(session, person, service.get_proposal(session, number, by=person))


@pages.post(f"/thesaurus/waiting/{NUMBER}/<any('accept','back','take-back'):step>")
def decide(lang: str, number: int, step: str) -> Reply:
    """Accept a proposal, send it back, or take back one's own."""
    session, person = writing_session(), a_person()
    proposal = service.get_proposal(session, number, by=person, to_write=True)
    try:
        _take(session, person, proposal, step)
    except (NotValid, Conflict) as refused:
        session.rollback()
        proposal = service.get_proposal(session, number, by=person)
        problems = getattr(refused, "problems", {})
        return _page(
            session, person, proposal, status=status_of(refused), problems=problems,
            message=str(refused), given=request.form,
        )  # fmt: skip
    session.commit()
    return redirect(url_for(".one", number=number, saved="yes"), code=303)


@pages.get("/concepts/<code>/versions")
def versions(lang: str, code: str) -> Response:
    """List what a concept was, version by version."""
    concept = get_concept(code)
    listed = versions_of(this_session(), code)
    return page("concepts/versions.html", concept=concept, versions=listed)


@pages.get("/concepts/<code>/versions/difference")
def difference(lang: str, code: str) -> Response:
    """Show what differs between two versions of a concept."""
    concept = get_concept(code)
    listed = {one.number: one for one in versions_of(this_session(), code)}
    before, after = (_version(listed, name) for name in ("from", "to"))
    old = before.content if before else blank(code)
    new = after.content if after else blank(code)
    return page(
        "concepts/difference.html", concept=concept,
        old=before.number if before else 0, new=after.number if after else 0,
        changes=_told(differences(old, new)),
    )  # fmt: skip


def _take(
    session: Session, person: Person, proposal: ConceptProposal, step: str
) -> None:
    if step == "accept":
        service.accept(session, proposal, by=person)
    elif step == "back":
        answer = cleaned(request.form.get("answer", ""))
        service.send_back(session, proposal, answer, by=person)
    else:
        service.withdraw_proposal(proposal, by=person)


def _page(
    session: Session, person: Person, proposal: ConceptProposal, *, status: int = 200,
    **said: Any,
) -> Response:  # fmt: skip
    known, changes, may = known_concepts(session), list[Differs](), False
    if proposal.state in OPEN:
        try:
            changes = service.changes_of(proposal, known)
            may = service.may_decide(person, proposal, known)
        except (Conflict, NotFound) as clash:
            said = {"message": str(clash)} | said
            changes = differences(proposal.base, proposal.content)
    return page(
        "concepts/proposal.html", status, proposal=proposal, changes=_told(changes),
        may=may and proposal.state == "waits", mine=proposal.by_id == person.id,
        is_open=proposal.state in OPEN, concept=known.get(proposal.code),
        into=known.get(proposal.into), **said,
    )  # fmt: skip


def _told(changes: list[Differs]) -> list[tuple[str, str, tuple[Piece, ...]]]:
    """Give what differs: its name, its language, and its words marked."""
    return [
        (part_name(x.part), x.part[1] or "und", word_changes(x.before, x.after))
        for x in changes
    ]


def _version(listed: dict[int, ConceptVersion], name: str) -> ConceptVersion | None:
    """Give a version by the number in the address; none is before the first.

    :raises NotFound: there is no such version.
    """
    number = request.args.get(name, -2, type=int)
    if number not in listed and not -2 < number < min(listed, default=0):
        raise NotFound(_("There is nothing called %(code)s here.", code=str(number)))
    return listed.get(number)
