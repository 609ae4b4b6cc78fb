"""Proposing what a concept should be, and deciding on it."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from kb.access import RULES, Thing
from kb.errors import Conflict, NotAllowed, NotFound, NotValid
from kb.language import _
from kb.naming.checks import problems_of
from kb.naming.content import (
    Content,
    Differs,
    as_content,
    blank,
    brought_up,
    concept_of,
    differences,
    merged,
    touched,
)
from kb.naming.models import ConceptProposal, ProposalState
from kb.naming.storing import merge_into, one_at_a_time, put, relinked
from kb.people.models import Person
from kb.vocabulary.thesaurus_lookups import NamedConcept, read_concepts

MOST_WAITING = 50
"""Proposals of one person that wait at once."""
LONGEST_NOTE = 1000
OPEN = (ProposalState.WAITS.value, ProposalState.SENT_BACK.value)

Known = dict[str, NamedConcept]


def known_concepts(session: Session) -> Known:
    """Give all concepts as they are now, by code."""
    return {one.code: one for one in read_concepts(session)}


def propose(
    session: Session, content: Content, *, by: Person, note: str = "", into: str = "",
    confirmed: tuple[str, ...] = (), meant: bool = False, new: bool = False,
    known: Known | None = None,
) -> ConceptProposal:  # fmt: skip
    """Keep what somebody says a concept should be, for somebody else to decide on.

    :param into: the concept that it is to be merged into.
    :param confirmed: languages whose labels she says are right as they stand.
    :param new: whether it is a concept that is not there yet.
    :param known: all concepts as they are now, if they were read already.
    :raises NotAllowed: she is not signed in.
    :raises NotValid: something is wrong with it, or nothing would change.
    :raises Conflict: many of hers wait already.
    """
    RULES.require(by, "propose", Thing())
    hers = ConceptProposal.by_id == by.id, ConceptProposal.state == ProposalState.WAITS
    if (session.scalar(select(func.count()).where(*hers)) or 0) >= MOST_WAITING:
        raise Conflict(_("Many of your suggestions wait. Please come back later."))
    known = known or known_concepts(session)
    proposal = ConceptProposal(
        code=content["code"], into=into, by_id=by.id, by=by, is_new=new,
        base=blank(content["code"]) if new
        else _now(known, content["code"]),
        content=content,
    )  # fmt: skip
    _fill(
        session, known, proposal, content, note=note, confirmed=confirmed, meant=meant
    )
    session.add(proposal)
    session.flush()
    return proposal


def propose_again(
    session: Session, proposal: ConceptProposal, content: Content, *, by: Person,
    note: str = "", confirmed: tuple[str, ...] = (), meant: bool = False,
) -> None:  # fmt: skip
    """Change what one proposed, from what stands now.

    :raises NotAllowed: somebody else proposed it.
    :raises Conflict: it was decided on.
    :raises NotValid: something is wrong with it, or nothing would change.
    """
    require_open(proposal, by)
    known = known_concepts(session)
    if not proposal.is_new:
        proposal.base = _now(known, proposal.code)
    _fill(
        session, known, proposal, content, note=note, confirmed=confirmed, meant=meant
    )
    proposal.state = ProposalState.WAITS.value


def withdraw_proposal(proposal: ConceptProposal, *, by: Person) -> None:
    """Take back what one proposed.

    :raises NotAllowed: somebody else proposed it.
    :raises Conflict: it was decided on.
    """
    require_open(proposal, by)
    proposal.state = ProposalState.WITHDRAWN.value


def require_open(proposal: ConceptProposal, by: Person) -> None:
    """Refuse to let somebody change a proposal.

    :raises NotAllowed: somebody else proposed it.
    :raises Conflict: it was decided on.
    """
    if proposal.by_id != by.id:
        raise NotAllowed(_("You may not do this."))
    if proposal.state not in OPEN:
        raise Conflict(_("Somebody has decided on this already."))


def may_decide(person: Person | None, proposal: ConceptProposal, known: Known) -> bool:
    """Say whether a person may decide on a proposal: on all that it touches.

    Whoever reviews one language decides on its labels; links, new concepts and merging
    are for those who review everywhere, in no language or kind alone.
    """
    about = touched(changes_of(proposal, known), proposal.confirmed)
    if proposal.into or proposal.is_new:
        about |= {""}
    things = [
        Thing(languages=frozenset({x}) if x else frozenset(), author_id=proposal.by_id)
        for x in about
    ]
    return all(RULES.may(person, "review translation", one) for one in things)


def changes_of(proposal: ConceptProposal, known: Known) -> list[Differs]:
    """Give what a proposal would change of what stands now."""
    before, after = _both(proposal, known)
    return differences(before, after)


def accept(session: Session, proposal: ConceptProposal, *, by: Person) -> None:
    """Do what was proposed; search knows the labels from the next request on.

    :raises NotAllowed: she proposed it herself, or may not decide on all of it.
    :raises Conflict: it was decided on, or what it changes was changed meanwhile.
    :raises NotValid: it does not fit any more.
    """
    one_at_a_time(session)
    known = known_concepts(session)
    _require_to_decide(proposal, known, by)
    languages = touched(changes_of(proposal, known), proposal.confirmed) - {""}
    _before, after = _both(proposal, known)
    if proposal.into:
        left = relinked(known, proposal.code, proposal.into)
        _require_fit(concept_of(after), left, meant=True)
        merge_into(session, proposal, known, after, by=by)
    else:
        _require_fit(concept_of(after), known, meant=proposal.meant)
        put(session, proposal, known, after, languages, by=by)
    _decided(proposal, ProposalState.ACCEPTED, by)


def send_back(
    session: Session, proposal: ConceptProposal, answer: str, *, by: Person
) -> None:
    """Say why it cannot be as proposed; who proposed it may change it.

    :raises NotAllowed: she proposed it herself, or may not decide on all of it.
    :raises Conflict: it was decided on.
    :raises NotValid: she does not say why.
    """
    _require_to_decide(proposal, known_concepts(session), by)
    if not answer:
        problem = {"answer": [str(_("This is needed."))]}
        raise NotValid(_("Please look at the marked fields."), problem)
    proposal.answer = answer[:LONGEST_NOTE]
    _decided(proposal, ProposalState.SENT_BACK, by)


def get_proposal(
    session: Session, number: int, *, by: Person, to_write: bool = False
) -> ConceptProposal:
    """Give a proposal to whoever proposed it or is trusted with any review.

    :raises NotFound: there is none, or it is not for her.
    """
    query = select(ConceptProposal).where(ConceptProposal.id == number)
    query = query.options(joinedload(ConceptProposal.by))
    if to_write:
        query = query.with_for_update(of=ConceptProposal)
    proposal = session.scalar(query)
    mine = proposal is not None and proposal.by_id == by.id
    if proposal is None or not (mine or RULES.granting(by, "translate")):
        raise NotFound(_("There is nothing called %(code)s here.", code=str(number)))
    return proposal


def open_proposals(session: Session, person: Person) -> list[ConceptProposal]:
    """Give what waits, the oldest first: all to reviewers, to others their own."""
    query = select(ConceptProposal).where(ConceptProposal.state.in_(OPEN))
    if not RULES.granting(person, "translate"):
        query = query.where(ConceptProposal.by_id == person.id)
    query = query.options(joinedload(ConceptProposal.by)).order_by(ConceptProposal.id)
    return list(session.scalars(query.limit(200)))


def open_about(session: Session, code: str) -> int:
    """Say how many proposals about a concept wait."""
    query = select(func.count()).where(
        ConceptProposal.code == code, ConceptProposal.state == ProposalState.WAITS
    )
    return session.scalar(query) or 0


def _fill(
    session: Session, known: Known, proposal: ConceptProposal, content: Content, *,
    note: str, confirmed: tuple[str, ...], meant: bool,
) -> None:  # fmt: skip
    problem = {}
    if proposal.is_new and (content["code"] in known or _taken(session, content)):
        problem = {"code": [str(_("%(code)s is there already.", code=content["code"]))]}
    if proposal.into not in {"", *known} or proposal.into == proposal.code:
        problem = {
            "into": [str(_("There is no concept %(name)s.", name=proposal.into))]
        }
    if problem:
        raise NotValid(_("Please look at the marked fields."), problem)
    if not proposal.into:
        _require_fit(concept_of(content), known, meant=meant)
    stood = [x for x in confirmed if x in content["names"]]
    proposal.content, proposal.confirmed, proposal.meant = content, stood, meant
    if not proposal.into and not changes_of(proposal, known) and not stood:
        nothing = {"note": [str(_("Nothing would change."))]}
        raise NotValid(_("Nothing would change."), nothing)
    proposal.note, proposal.at = note[:LONGEST_NOTE], datetime.now(UTC)


def _taken(session: Session, content: Content) -> bool:
    waits = ConceptProposal.state == ProposalState.WAITS, ConceptProposal.is_new
    same = ConceptProposal.code == content["code"]
    return (
        False
        if content is None
        else bool(session.scalar(select(func.count()).where(*waits, same)))
    )


def _both(proposal: ConceptProposal, known: Known) -> tuple[Content, Content]:
    """Give what stands now and what would stand then."""
    if proposal.into:
        into = _now(known, proposal.into)
        return into, merged(_now(known, proposal.code), into)
    if proposal.is_new:
        if proposal.code in known:
            raise Conflict(_("%(code)s is there already.", code=proposal.code))
        return blank(proposal.code), proposal.content
    now = _now(known, proposal.code)
    after, clashes = brought_up(proposal.base, proposal.content, now)
    if clashes:
        names = ", ".join(" ".join(x for x in part if x) for part in clashes)
        said = _("This was changed meanwhile: %(names)s. Send the proposal back, so"
                 " that it is made anew.", names=names)  # fmt: skip
        raise Conflict(said)
    return now, after


def _now(known: Known, code: str) -> Content:
    if code not in known:
        raise NotFound(_("There is no concept %(name)s.", name=code))
    return as_content(known[code])


def _require_fit(concept: NamedConcept, known: Known, *, meant: bool) -> None:
    problems = problems_of(concept, known, meant=meant)
    if problems:
        raise NotValid(_("Please look at the marked fields."), problems)


def _require_to_decide(proposal: ConceptProposal, known: Known, by: Person) -> None:
    if proposal.state != ProposalState.WAITS:
        raise Conflict(_("Somebody has decided on this already."))
    if not may_decide(by, proposal, known):
        raise NotAllowed(_("You may not do this."))


def _decided(proposal: ConceptProposal, state: ProposalState, by: Person) -> None:
    proposal.state, proposal.decided_by_id = state.value, by.id
    proposal.decided_at = datetime.now(UTC)
