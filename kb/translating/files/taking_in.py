"""Taking a file in, record by record: what fits becomes drafts, as on the workbench.

Who may translate a record writes drafts, others suggest. Nothing goes over newer work,
and over reviewed words only if whoever brings the file says so.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy.orm import Session

from kb.access import RULES
from kb.errors import Conflict, NotFound
from kb.language import _
from kb.people.models import Person
from kb.record.marks import digest
from kb.search.thesaurus import NOTHING_NAMED, Thesaurus
from kb.translating import service, suggesting
from kb.translating.bench import Bench, find_record, known_language, open_bench
from kb.translating.files.earlier import Sources
from kb.translating.files.judging import Judge, Judged
from kb.translating.files.unit import Bundle, Trouble, Unit, Warned, refused
from kb.translating.holding import with_another
from kb.translating.service import Given


class Done(StrEnum):
    """What becomes of a unit."""

    NEW = "new"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    SAME = "same"
    EMPTY = "empty"
    LEFT = "left"


@dataclass(frozen=True)
class Choice:
    """How a file is to be taken in."""

    by: Person
    also: frozenset[Trouble] = frozenset()
    """Of `ASKED`: what is taken although it is asked about."""
    hand_in: bool = False
    """Whether what is ready, and about which nothing is asked, goes to a reviewer."""
    dry_run: bool = True
    thesaurus: Thesaurus = NOTHING_NAMED


@dataclass
class Report:
    """What a file would bring, or brought."""

    done: Counter[Done] = field(default_factory=Counter)
    """What becomes of it → units."""
    suggested: int = 0
    """Of those that come in, how many as suggestions."""
    handed_in: int = 0
    warned: list[Warned] = field(default_factory=list)

    def add(self, other: "Report") -> None:
        """Put another to this."""
        self.done += other.done
        self.suggested += other.suggested
        self.handed_in += other.handed_in
        self.warned += other.warned

    @property
    def coming(self) -> int:
        """Say how many units come in."""
        return sum(self.done[x] for x in (Done.NEW, Done.CHANGED, Done.CONFIRMED))

    @property
    def troubles(self) -> Counter[Trouble]:
        """Say how many units are warned of, by trouble."""
        return Counter(one.trouble for one in self.warned)


def begun(bundle: Bundle, into: str = "") -> Report:
    """Give the report of a file before its first record.

    :param into: the language that was chosen for it.
    :raises NotValid: it is in no language that there is, or in another one, or empty.
    """
    try:
        known_language(bundle.language)
    except NotFound as wrong:
        said = _("There is no language %(code)s.", code=bundle.language[:20])
        raise refused(said) from wrong
    if into and bundle.language != into:
        said = _(
            "The file is for %(there)s, not for %(here)s.",
            there=bundle.language[:20], here=into,
        )  # fmt: skip
        raise refused(said)
    if not bundle.units and not bundle.warned:
        raise refused(_("The file holds no texts."))
    report = Report(warned=list(bundle.warned))
    report.done[Done.LEFT] = len(bundle.warned)
    return report


def by_record(bundle: Bundle) -> Mapping[str, list[Unit]]:
    """Give the units of each record: code → units, each of them once at least."""
    found = defaultdict(list)
    for unit in bundle.units:
        found[unit.ref].append(unit)
    return found


def take_in(
    session: Session, bundle: Bundle, ref: str, units: Collection[Unit], choice: Choice
) -> Report:
    """Take the units of one record in; the others are said why not.

    :raises NotAllowed: whoever brings them has no account that counts.
    """
    once, twice = _once(units)
    try:
        record = find_record(session, ref, to_write=not choice.dry_run)
    except NotFound as wrong:
        return _all_left(units, Trouble.ID, wrong)
    spoken = record.source_language
    if bundle.language == spoken or bundle.source_language not in {"", spoken}:
        said = _("It was written in %(code)s.", code=spoken)
        return _all_left(units, Trouble.LANGUAGE, said)
    bench = open_bench(session, record, bundle.language)
    if with_another(session, bench, by=choice.by):
        said = _("Somebody works on this record. Bring it again later.")
        return _all_left(units, Trouble.IN_HAND, said)
    judge = Judge(bench, Sources(session, bench, once), choice.thesaurus, choice.also)
    judged = [*map(judge.judge, once)]
    report = _told(judged)
    report.add(_all_left(twice, Trouble.TWICE, _("It stands there more than once.")))
    coming = {one.field: one for one in judged if one.given is not None}
    _write(session, bench, coming, choice, report)
    return report


def _once(units: Collection[Unit]) -> tuple[list[Unit], list[Unit]]:
    """Part units that stand alone, or again just the same, from those that do not."""
    said = defaultdict(set)
    for unit in units:
        said[unit.field].add((digest(unit.source), unit.words))
    once = {unit.field: unit for unit in units if len(said[unit.field]) == 1}
    return [*once.values()], [unit for unit in units if len(said[unit.field]) > 1]


def _all_left(units: Collection[Unit], trouble: Trouble, said: object) -> Report:
    warned = [Warned(trouble, unit.id, said, unit.words) for unit in units]
    return Report(Counter({Done.LEFT: len(units)}), warned=warned)


def _told(judged: Collection[Judged]) -> Report:
    report = Report()
    for one in judged:
        report.done[_done(one)] += 1
        report.warned += one.warned
    return report


def _done(one: Judged) -> Done:
    if one.given is None:
        blocked = any(x.trouble != Trouble.MOVED for x in one.warned)
        return Done.LEFT if blocked else Done.SAME if one.unit.words else Done.EMPTY
    if one.given.confirmed:
        return Done.CONFIRMED
    return Done.CHANGED if one.had_words else Done.NEW


def _write(
    session: Session, bench: Bench, coming: Mapping[str, Judged], choice: Choice,
    report: Report,
) -> None:  # fmt: skip
    """Write drafts, or suggestions where that is all she may."""
    given = {name: one.given for name, one in coming.items() if one.given}
    if not RULES.may(choice.by, "translate", bench.thing):
        _suggest(session, bench, given, choice, report)
        return
    done = [name for name, one in coming.items() if one.is_done]
    report.handed_in += len(done) if choice.hand_in else 0
    if choice.dry_run or not given:
        return
    service.save(session, bench, given, by=choice.by)
    if choice.hand_in and done:
        anew = open_bench(session, bench.record, bench.language)
        service.submit(session, anew, done, by=choice.by)


def _suggest(
    session: Session, bench: Bench, given: Mapping[str, Given], choice: Choice,
    report: Report,
) -> None:  # fmt: skip
    RULES.require(choice.by, "propose", bench.thing)
    report.suggested += len(given)
    if choice.dry_run:
        return
    for name, one in given.items():
        try:
            suggesting.suggest(session, bench, {name: one}, by=choice.by)
        except Conflict as refusal:
            report.warned.append(
                Warned(Trouble.TOO_MANY, f"{bench.record.ref}/{name}", refusal)
            )
            report.suggested -= 1
