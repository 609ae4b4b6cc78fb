"""The workbench: what lacks in a language, and one record field by field."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.access import NOTHING, RULES
from kb.entrance.named import this_thesaurus
from kb.entrance.person import a_person
from kb.entrance.request import this_language, this_session, writing_session
from kb.errors import Conflict, NotAllowed, NotValid
from kb.kinds import KINDS
from kb.language import FALLBACK, INTERFACE, _
from kb.people.models import Person
from kb.record.lookups import titled
from kb.record.marks import FieldState, digest
from kb.translating import service, suggesting
from kb.translating.bench import (
    WORKED_ON,
    Bench,
    Row,
    find_record,
    known_language,
    open_bench,
)
from kb.translating.checks import Problem, longest, problems_of
from kb.translating.listing import MOST, coverage, lacking
from kb.translating.memory import Suggestion, suggestions
from kb.translating.models import Suggested
from kb.translating.rules import languages_of
from kb.translating.service import Clash, Given
from kb.translating.terms import Term, terms_in
from kb.web.field_names import path_name, section_name
from kb.web.people_page import page
from kb.web.records import code_in
from kb.web.write_page import status_of, writing_pages
from kb.writing.filled import cleaned

pages = writing_pages("translate")
STATES: Mapping[str, object] = {
    FieldState.STALE: _("the original has changed since"),
    FieldState.MISSING: _("not translated yet"),
    FieldState.DRAFT: _("being written"),
    FieldState.IN_REVIEW: _("waits for review"),
    FieldState.MACHINE_DRAFTED: _("machine-drafted"),
    FieldState.REVIEWED: _("reviewed by a native speaker"),
}
"""State of a field → its name, what is most pressing first."""
PREFIX = "words."


@dataclass(frozen=True)
class Shown:
    """One field on the page: its row, and what the form holds of it."""

    row: Row
    name: str
    words: str
    problems: Sequence[Problem] = ()
    theirs: str = ""
    """What somebody else wrote meanwhile."""
    suggestions: Sequence[Suggestion] = ()
    terms: Sequence[Term] = ()
    offered: Sequence[Suggested] = ()
    """What people without a role suggest."""

    @property
    def id(self) -> str:
        """What its place on the page is called."""
        return self.row.field.replace(":", "-")

    @property
    def longest(self) -> int:
        """How many signs fit."""
        return longest(self.row.field)


@pages.get("/translate")
def list_of(lang: str) -> Response:
    """List records with what lacks in a language.

    :raises NotAllowed: she may translate into none, or not into this one.
    """
    session, person = this_session(), a_person()
    languages = languages_of(person, INTERFACE)
    into = _into(person)
    if not languages or into not in languages:
        raise NotAllowed(_("You may not do this."))
    found = lacking(session, person, into)
    state = request.args.get("state", "")
    kept = [one for one in found if not state or one.states.get(state)]
    pages_in_all = max(1, -(-len(kept) // MOST))
    number = min(max(request.args.get("page", 1, type=int), 1), pages_in_all)
    shown = kept[(number - 1) * MOST : number * MOST]
    return page(
        "translate/list.html",
        into=into, languages=languages, state=state, states=STATES, shown=shown,
        titles=titled(session, [one.record_id for one in shown], this_language()),
        number=number, pages=pages_in_all, total=len(kept),
        sums=sum((one.states for one in found), Counter()),
    )  # fmt: skip


@pages.get("/translate/<ref>")
def one(lang: str, ref: str) -> Response:
    """Show a record field by field, source and translation side by side."""
    session, person, bench = _bench(ref, least="propose")
    return _page(session, person, bench)


@pages.post("/translate/<ref>")
def save(lang: str, ref: str) -> Reply:
    """Keep drafts, and hand in those that fit if that was asked for."""
    session, person, bench = _bench(ref, to_write=True, least="propose")
    if not RULES.may(person, "translate", bench.thing):
        suggesting.suggest(session, bench, _given(), by=person)
        session.commit()
        return redirect(_address(".one", bench, saved="yes"), code=303)
    clashes = service.save(session, bench, _given(), by=person)
    found: dict[str, list[Problem]] = {}
    if clashes or request.form.get("then") == "submit":
        session.commit()
        session, person, bench = _bench(ref, to_write=True)
    if not clashes and request.form.get("then") == "submit":
        found = _hand_in(session, bench, person)
    session.commit()
    if clashes or found:
        return _page(session, person, bench, clashes=clashes, found=found)
    return redirect(_address(".one", bench, saved="yes"), code=303)


@pages.post("/translate/<ref>/suggested")
def decide_on_suggested(lang: str, ref: str) -> Reply:
    """Take what somebody suggested, or turn it down; a reviewer publishes it so."""
    session, person, bench = _bench(ref, to_write=True)
    taken = request.form.get("take", 0, type=int)
    if not taken:
        number = request.form.get("refuse", 0, type=int)
        suggesting.refuse(session, bench, number, by=person)
    else:
        kind = KINDS[bench.record.kind]
        suggesting.take(session, kind, bench, taken, by=person)
    session.commit()
    return redirect(_address(".one", bench, saved="yes"), code=303)


@pages.get("/translate/<ref>/languages")
def languages(lang: str, ref: str) -> Response:
    """Show how far a record is in each language."""
    session, person = this_session(), a_person()
    RULES.require(person, "propose", NOTHING)
    record = find_record(session, code_in(cleaned(ref[:80])))
    return page(
        "translate/languages.html",
        record=titled(session, [record.id], this_language())[record.id],
        lines=coverage(session, record, INTERFACE), states=STATES,
    )  # fmt: skip


@pages.get("/translate/<ref>/review")
def review(lang: str, ref: str) -> Response:
    """Show what waits for a reviewer."""
    session, person, bench = _bench(ref)
    return _review(session, person, bench)


@pages.post("/translate/<ref>/review")
def decide(lang: str, ref: str) -> Reply:
    """Accept fields, which publishes them, or send them back."""
    session, person, bench = _bench(ref, to_write=True)
    chosen = {
        name: request.form.get(f"do.{name}", "")
        for name in bench.rows
        if f"do.{name}" in request.form
    }
    shown = {
        name: request.form.get(f"was.{name}", "")[:80]
        for name, how in chosen.items()
        if how == "accept"
    }
    back = {
        name: request.form.get(f"note.{name.replace(':', '-')}", "")
        for name, how in chosen.items()
        if how == "back"
    }
    try:
        service.send_back(session, bench, back, by=person)
        if shown or not back:
            kind = KINDS[bench.record.kind]
            service.accept(session, kind, bench, shown, by=person)
    except (NotValid, Conflict) as refused:
        session.rollback()
        session, person, bench = _bench(ref)
        return _review(
            session, person, bench, status=status_of(refused), message=str(refused),
            problems=getattr(refused, "problems", {}), given=request.form,
        )  # fmt: skip
    session.commit()
    return redirect(_address(".review", bench, saved="yes"), code=303)


def _bench(
    ref: str, *, to_write: bool = False, least: str = "translate"
) -> tuple[Session, Person, Bench]:
    """Give a record that whoever asks may translate into the language asked for.

    :param least: what she must be allowed.
    :raises NotAllowed: it is not her language, or not this record.
    """
    session = writing_session() if to_write else this_session()
    person = a_person()
    into = _into(person)
    record = find_record(session, code_in(cleaned(ref[:80])), to_write=to_write)
    beside = request.args.get("beside", "")[:20]
    bench = open_bench(session, record, into, beside=beside)
    RULES.require(person, least, bench.thing)
    return session, person, bench


def _into(person: Person) -> str:
    """Give the language asked for: as the address says, else of the page or a role."""
    asked = request.args.get("into", "")[:20]
    own = languages_of(person, INTERFACE)
    here = this_language()
    hers = here != FALLBACK and (here in own or not own)
    others = (code for code in own if code != FALLBACK)
    usual = here if hers else next(others, FALLBACK)
    return known_language(asked or usual)


def _given() -> dict[str, Given]:
    """Give what the form holds, by field."""
    names = [n.removeprefix(PREFIX) for n in request.form if n.startswith(PREFIX)]
    return {
        name: Given(
            request.form[f"{PREFIX}{name}"],
            request.form.get(f"was.{name}", "")[:80],
            small=f"small.{name}" in request.form,
            confirmed=f"right.{name}" in request.form,
        )
        for name in names
    }


def _hand_in(
    session: Session, bench: Bench, person: Person
) -> dict[str, list[Problem]]:
    """Hand in what fits; give what is wrong with the rest, warnings once only."""
    found, fit = {}, []
    for name, row in bench.rows.items():
        if row.rendering is None or row.rendering.state not in WORKED_ON:
            continue
        problems = problems_of(
            name, (bench.source_language, row.source), (bench.language, row.words)
        )
        seen = request.form.get(f"asked.{name}") == digest(row.words)
        if any(one.blocks or not seen for one in problems):
            found[name] = problems
        else:
            fit.append(name)
    service.submit(session, bench, fit, by=person)
    return found


def _page(
    session: Session, person: Person, bench: Bench, *,
    clashes: Sequence[Clash] = (), found: Mapping[str, list[Problem]] | None = None,
) -> Response:  # fmt: skip
    mine = {clash.field: clash for clash in clashes}
    open_ones = {
        name: row.source
        for name, row in bench.rows.items()
        if row.state != FieldState.REVIEWED
    }
    pair = bench.source_language, bench.language
    before = suggestions(session, pair, open_ones, bench.record.id)
    thesaurus, may = this_thesaurus(), RULES.may(person, "translate", bench.thing)
    offered = suggesting.waiting(session, bench, None if may else person)
    shown = [
        Shown(
            row,
            field_label(name),
            mine[name].mine if name in mine else row.words,
            (found or {}).get(name, ()),
            mine[name].theirs if name in mine else "",
            before.get(name, ()),
            terms_in(thesaurus, row.source, *pair) if name in open_ones else (),
            offered.get(name, ()),
        )
        for name, row in bench.rows.items()
    ]
    return page(
        "translate/one.html",
        409 if mine else 422 if found else 200,
        bench=bench, shown=shown, states=STATES,
        title=titled(session, [bench.record.id], this_language())[bench.record.id],
        waiting=len(bench.waiting()),
        clashes=clashes, found=found, may_translate=may,
    )  # fmt: skip


def _review(
    session: Session, person: Person, bench: Bench, *, status: int = 200, **said: Any
) -> Response:
    waiting = [
        Shown(row, field_label(row.field), row.words, _seen_problems(bench, row))
        for row in bench.waiting()
    ]
    may = {
        one.row.field for one in waiting if service.may_review(bench, one.row, person)
    }
    return page(
        "translate/review.html", status, bench=bench, shown=waiting, may=may,
        states=STATES, **said,
        title=titled(session, [bench.record.id], this_language())[bench.record.id],
    )  # fmt: skip


def _seen_problems(bench: Bench, row: Row) -> list[Problem]:
    return problems_of(
        row.field, (bench.source_language, row.source), (bench.language, row.words)
    )


def field_label(name: str) -> str:
    """Name a field of a text, such as ``step:3``."""
    first, _colon, key = name.partition(":")
    if not key:
        return path_name(("texts", FALLBACK, name)).partition(" (")[0]
    return f"{section_name(first + 's')}: {key}"


def _address(endpoint: str, bench: Bench, **more: str) -> str:
    asked = request.args.get("beside", "")[:20]
    said = {"ref": bench.record.ref, "into": bench.language, "beside": asked or None}
    return url_for(endpoint, **said, **more)  # type: ignore[arg-type]
