"""Who may do what: short tests, and a table of them that reads as sentences.

A role counts within its scope: a grant for a country covers its districts, one for the
Sahel all countries of the Sahel. Roles that ask for the second factor count only while
it is in use.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session

from kb.errors import NotAllowed
from kb.language import _
from kb.people.models import Person, Role, RoleGrant, ScopeKind
from kb.people.roles import STAFF, held
from kb.record.models import Record, Site
from kb.regions.tree import holding, inside


@dataclass(frozen=True)
class Thing:
    """What a step is taken on, as far as the rules ask."""

    regions: frozenset[str] = frozenset()
    """Codes of the regions it belongs to, and of all that hold them."""
    languages: frozenset[str] = frozenset()
    kind: str = ""
    desk: str = ""
    community: str = ""
    """Key of the community whose knowledge it is."""
    contact_desk: str | None = None
    """The desk that keeps the contact, where another has it now."""
    author_id: int | None = None


NOTHING = Thing()
"""What belongs to no region, language, kind or desk, such as the installation."""

Test = Callable[[Person | None, Thing], bool]


def signed_in(person: Person | None, thing: Thing) -> bool:
    """Hold for a person we know."""
    return person is not None and person.active


def wrote_it(person: Person | None, thing: Thing) -> bool:
    """Hold for the author."""
    return signed_in(person, thing) and _is_author(person, thing)


def did_not_write_it(person: Person | None, thing: Thing) -> bool:
    """Hold for a second pair of eyes."""
    return not _is_author(person, thing)


def is_contributor(person: Person | None, thing: Thing) -> bool:
    """Hold for contributors whose scope covers it."""
    return _holds(person, Role.CONTRIBUTOR, thing)


def is_translator(person: Person | None, thing: Thing) -> bool:
    """Hold for translators whose scope covers it."""
    return _holds(person, Role.TRANSLATOR, thing)


def is_reviewer(person: Person | None, thing: Thing) -> bool:
    """Hold for reviewers whose scope covers it."""
    return _holds(person, Role.REVIEWER, thing)


def is_editor(person: Person | None, thing: Thing) -> bool:
    """Hold for editors whose scope covers it."""
    return _holds(person, Role.EDITOR, thing)


def is_expert(person: Person | None, thing: Thing) -> bool:
    """Hold for experts whose scope covers it."""
    return _holds(person, Role.EXPERT, thing)


def is_coordinator(person: Person | None, thing: Thing) -> bool:
    """Hold for coordinators whose scope covers it."""
    return _holds(person, Role.COORDINATOR, thing)


def is_jury(person: Person | None, thing: Thing) -> bool:
    """Hold for members of a jury whose scope covers it."""
    return _holds(person, Role.JURY, thing)


def is_steward(person: Person | None, thing: Thing) -> bool:
    """Hold for stewards of its community; no other scope makes one."""
    wanted = (Role.STEWARD, ScopeKind.COMMUNITY, thing.community)
    mine = [(g.role, g.scope_kind, g.scope) for g in counting(person)]
    return thing.community != "" and wanted in mine


def is_administrator(person: Person | None, thing: Thing) -> bool:
    """Hold for administrators."""
    return _holds(person, Role.ADMINISTRATOR, thing)


ROLE_OF: Mapping[Test, Role] = {
    is_contributor: Role.CONTRIBUTOR,
    is_translator: Role.TRANSLATOR,
    is_reviewer: Role.REVIEWER,
    is_editor: Role.EDITOR,
    is_expert: Role.EXPERT,
    is_coordinator: Role.COORDINATOR,
    is_jury: Role.JURY,
    is_administrator: Role.ADMINISTRATOR,
}
"""The tests that ask for a role."""


class Rules:
    """A table: for each step, the combinations of tests any one of which is enough."""

    def __init__(self, table: Mapping[str, Sequence[Sequence[Test]]]) -> None:
        self.table = table

    def may(self, person: Person | None, step: str, thing: Thing) -> bool:
        """Say whether a person may take a step; her grants must be loaded."""
        return any(all(t(person, thing) for t in way) for way in self.table[step])

    def require(self, person: Person | None, step: str, thing: Thing) -> None:
        """Refuse a step.

        :raises NotAllowed: she may not take it.
        """
        if not self.may(person, step, thing):
            raise NotAllowed(_("You may not do this."), step=step)

    def granting(self, person: Person | None, step: str) -> list[RoleGrant]:
        """Give the roles of a person that alone are enough for a step in their scope.

        With `covered` they say for many records what `may` says for one.
        """
        alone = {ROLE_OF.get(way[0]) for way in self.table[step] if len(way) == 1}
        return [given for given in counting(person) if given.role in alone]


RULES = Rules(
    {
        "propose": [[signed_in]],
        "complete": [[wrote_it], [is_contributor], [is_editor], [is_administrator]],
        "change": [[wrote_it], [is_editor], [is_administrator]],
        "translate": [
            [is_translator],
            [is_reviewer],
            [is_coordinator],
            [is_editor],
            [is_administrator],
        ],
        "review translation": [
            [is_reviewer, did_not_write_it],
            [is_coordinator, did_not_write_it],
            [is_editor, did_not_write_it],
            [is_administrator, did_not_write_it],
        ],
        "discuss translation": [
            [is_translator],
            [is_reviewer],
            [is_coordinator],
            [is_editor],
            [is_administrator],
            [wrote_it],
        ],
        "invite translators": [[is_coordinator], [is_administrator]],
        "review": [
            [is_reviewer, did_not_write_it],
            [is_editor, did_not_write_it],
            [is_administrator, did_not_write_it],
        ],
        "publish": [[is_editor], [is_administrator]],
        "withdraw": [[is_editor], [is_administrator]],
        "answer": [[is_expert], [is_coordinator], [is_administrator]],
        "assign": [[is_coordinator], [is_administrator]],
        "judge": [[is_jury, did_not_write_it]],
        "grant": [[is_administrator]],
        "read the log": [[is_administrator]],
    }
)


def thing_of(session: Session, record: Record) -> Thing:
    """Give what the rules ask of a record: it belongs to the countries of its sites."""
    sites = select(Site.country).where(Site.record_id == record.id, Site.country != "")
    countries = session.scalars(sites.distinct()).all()
    return Thing(
        regions=around(session, countries),
        languages=frozenset({record.source_language}),
        kind=record.kind,
        author_id=record.author_id,
    )


def around(session: Session, codes: Sequence[str]) -> frozenset[str]:
    """Give regions and all that hold them."""
    return holding(session, codes)


def covers(given: RoleGrant, thing: Thing) -> bool:
    """Say whether the scope of a role holds a thing; one that names none holds none."""
    within: Mapping[str, bool] = {
        ScopeKind.EVERYWHERE: True,
        ScopeKind.REGION: given.scope in thing.regions,
        ScopeKind.LANGUAGE: given.scope in thing.languages,
        ScopeKind.KIND: given.scope == thing.kind,
        ScopeKind.DESK: given.scope in {thing.desk, thing.contact_desk},
        ScopeKind.COMMUNITY: False,
    }
    named = given.scope != "" or given.scope_kind == ScopeKind.EVERYWHERE
    return named and within[given.scope_kind]


def covered(granted: Iterable[RoleGrant]) -> ColumnElement[bool]:
    """Give "the scope of one of these roles holds it" as a condition on records."""
    return or_(false(), *(_covered(given) for given in granted))


def _covered(given: RoleGrant) -> ColumnElement[bool]:
    there = Site.country.in_(inside(given.scope))
    within: Mapping[str, ColumnElement[bool]] = {
        ScopeKind.EVERYWHERE: true(),
        ScopeKind.REGION: Record.id.in_(select(Site.record_id).where(there)),
        ScopeKind.LANGUAGE: Record.source_language == given.scope,
        ScopeKind.KIND: Record.kind == given.scope,
        ScopeKind.DESK: false(),
        ScopeKind.COMMUNITY: false(),
    }
    return within[given.scope_kind]


def counting(person: Person | None) -> list[RoleGrant]:
    """Give the roles of a person that count now; her grants must be loaded."""
    if person is None or not person.active:
        return []
    sure = person.factor is not None and person.factor.confirmed is not None
    return [grant for grant in held(person) if sure or grant.role not in STAFF]


def _holds(person: Person | None, role: Role, thing: Thing) -> bool:
    return any(g.role == role and covers(g, thing) for g in counting(person))


def _is_author(person: Person | None, thing: Thing) -> bool:
    return person is not None and person.id == thing.author_id
