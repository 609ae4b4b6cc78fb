"""What stewards do: write consent down, take it back, say to whom knowledge is told."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb import access, journal
from kb.communities.lookups import get_holding, in_hands
from kb.communities.models import (
    Agreement,
    Community,
    CommunityName,
    ConsentEnd,
    GivenBack,
    Holding,
    Notice,
)
from kb.communities.rules import RULES, held
from kb.communities.season import last_day, needed
from kb.communities.settling import settle
from kb.errors import Conflict, NotValid
from kb.language import _
from kb.people import log
from kb.people.models import Person
from kb.people.pace import TWICE
from kb.record.lookups import this_day
from kb.record.models import Record, Telling
from kb.regions.tree import get_region
from kb.vocabulary.models import Concept

GIVEN, GIVEN_BACK = "given to a community", "given back by its community"
"""What the journal says."""
SAME_CONSENT = (
    "holding_id", "given_by", "form", "covers", "given_on", "until", "entered_by_id"
)  # fmt: skip
KEY = re.compile(r"[a-z][a-z0-9_-]{1,40}")


def found(
    session: Session, key: str, names: Mapping[str, str], region: str = ""
) -> Community:
    """Write a community down; its stewards are named by `kb.people.roles.grant`.

    :param names: language → what it is called.
    :raises NotValid: the key is none.
    :raises Conflict: there is one with this key.
    :raises NotFound: no region has this code.
    """
    if not KEY.fullmatch(key):
        said = _("A key has small letters, digits, - and _, and begins with a letter.")
        raise NotValid(said, {"key": [str(said)]})
    code = get_region(session, region).code if region else None
    made = Community(key=key, region_code=code, founded=datetime.now(UTC))
    made.names = [CommunityName(language=x, name=name) for x, name in names.items()]
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as taken:
        raise Conflict(_("There is a community with this key.")) from taken
    return made


def hold_record(
    session: Session, record: Record, community: Community, *, by: Person
) -> Holding:
    """Say that a public record is knowledge of a community.

    Nobody but the community sees it from now on, until there is consent.

    :raises NotAllowed: she neither wrote it nor edits there.
    :raises Conflict: it is in the hands of a community.
    """
    access.RULES.require(by, "change", access.thing_of(session, record))
    titles = {text.language: text.title for text in record.texts}
    holding = _hold(session, community, titles[record.source_language], by)
    holding.record_id = record.id
    try:
        with session.begin_nested():
            session.add(holding)
    except IntegrityError as taken:
        raise Conflict(_("It is in the hands of a community already.")) from taken
    _note(session, record, GIVEN, community, by)
    settle(session, get_holding(session, holding.id), by=log.called(by))
    return holding


def give_back(session: Session, holding: Holding, reason: str, *, by: Person) -> None:
    """Give back what a community held: its owner decides again, all may read it.

    Who agreed to what stays written down. Drafts are let go by
    `kb.writing.given_back`, which doors call.

    :raises NotAllowed: she is no steward of the community.
    """
    RULES.require(by, "look after", held(session, holding))
    record, now = holding.record, datetime.now(UTC)
    session.add(
        GivenBack(
            holding_id=holding.id,
            record_id=record.id if record else None,
            reason=reason,
            at=now,
            by_id=by.id,
        )
    )
    holding.record_id = None
    if record is not None:
        record.telling = Telling.FREE
        record.told_from = record.told_until = None
        _note(session, record, GIVEN_BACK, holding.community, by)
    session.flush()


def _note(
    session: Session, record: Record, what: str, community: Community, by: Person
) -> None:
    journal.write(
        session, what, kind=record.kind, record_id=record.id,
        by=log.called(by), note=community.key,
    )  # fmt: skip


def hold_draft(
    session: Session, community: Community, title: str, *, by: Person
) -> Holding:
    """Say that what is being written is knowledge of a community."""
    holding = _hold(session, community, title, by)
    session.add(holding)
    session.flush()
    return holding


def _hold(session: Session, community: Community, title: str, by: Person) -> Holding:
    return Holding(
        community_id=community.id,
        title=title,
        entered=datetime.now(UTC),
        entered_by_id=by.id,
    )


def give_consent(
    session: Session, holding: Holding, given: Mapping[str, Any], *, by: Person
) -> Agreement:
    """Write down that somebody agreed; the same a moment ago is this.

    :raises NotAllowed: she is no steward of the community.
    """
    RULES.require(by, "look after", held(session, holding))
    consent = Agreement(
        **{**given, "covers": " ".join(sorted(set(given["covers"])))},
        holding_id=holding.id,
        entered=datetime.now(UTC),
        entered_by_id=by.id,
    )
    one = select(Holding.id).where(Holding.id == holding.id)
    session.execute(one.with_for_update())  # who presses twice waits for the first
    same = session.scalar(
        select(Agreement).where(
            Agreement.entered > consent.entered - TWICE,
            ~exists().where(ConsentEnd.consent_id == Agreement.id),
            *(getattr(Agreement, n) == getattr(consent, n) for n in SAME_CONSENT),
        )
    )
    if same is not None:
        return same
    session.add(consent)
    session.flush()
    _settle(session, holding, by)
    return consent


def end_consent(
    session: Session, holding: Holding, number: int, reason: str, *, by: Person
) -> None:
    """Take consent back; what it covered is shown to nobody from this moment on.

    :raises NotAllowed: she is no steward of the community.
    :raises Conflict: there is no such consent, or it was taken back.
    """
    RULES.require(by, "look after", held(session, holding))
    one = next((c for c in holding.consents if c.id == number), None)
    if one is None or one.end is not None:
        raise Conflict(_("This consent was taken back already."))
    now = datetime.now(UTC)
    session.add(ConsentEnd(consent_id=one.id, reason=reason, at=now, by_id=by.id))
    session.flush()
    _settle(session, holding, by)


def show_to(
    session: Session, holding: Holding, given: Mapping[str, Any], *, by: Person
) -> None:
    """Say to whom knowledge is told, in which months, and under which notices.

    :raises NotAllowed: she is no steward of the community.
    :raises NotValid: there is no such notice.
    """
    RULES.require(by, "look after", held(session, holding))
    wanted = {f"notice:{code}" for code in given["notices"]}
    known = set(session.scalars(select(Concept.id).where(Concept.id.in_(wanted))))
    if wanted - known:
        said = _("Please choose one of the list.")
        raise NotValid(said, {"notices": [str(said)]})
    holding.shown = given["shown"]
    holding.months = " ".join(sorted(set(given["months"]), key=int))
    kept = {one.concept_id: one for one in holding.notices}
    holding.notices = [
        kept.get(code) or Notice(concept_id=code) for code in sorted(wanted)
    ]
    session.flush()
    _settle(session, holding, by)


def lacks_consent(
    session: Session,
    holding_id: int | None,
    record_id: int | None,
    facts: Mapping[str, Any],
) -> list[str]:
    """Give what a draft holds that its community did not agree to; mostly nothing.

    :param facts: of the document, with its sites and names.
    """
    holding = in_hands(session, holding_id, record_id)
    if holding is None:
        return []
    parts = needed(sites=bool(facts.get("sites")), names=bool(facts.get("names")))
    today = this_day()
    return [p for p in parts if last_day(holding.consents, today, [p]) is None]


def is_published(
    session: Session, holding_id: int | None, record: Record, *, by: Person
) -> None:
    """Bring what was just published level with what its community agreed to."""
    holding = in_hands(session, holding_id, record.id)
    if holding is not None:
        holding.record_id = record.id
        session.flush()
        _settle(session, holding, by)


def _settle(session: Session, holding: Holding, by: Person) -> None:
    """Settle it as it stands now; who decides at the same time waits for her turn."""
    one = select(Holding.id).where(Holding.id == holding.id)
    session.execute(one.with_for_update())
    settle(session, get_holding(session, holding.id), by=log.called(by))
