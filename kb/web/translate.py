"""The workbench: what lacks in a language, and one record field by field."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, jsonify, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Reply

from kb.access import NOTHING, RULES
from kb.entrance.named import this_thesaurus
from kb.entrance.person import a_person
from kb.entrance.request import this_language, this_session
from kb.errors import Conflict, NotValid
from kb.kinds import KINDS
from kb.language import INTERFACE
from kb.people.models import Person
from kb.record.lookups import titled
from kb.record.marks import FieldState, digest
from kb.translating import discussing, service, suggesting
from kb.translating.bench import WORKED_ON, Bench, Row, find_record
from kb.translating.checks import longest, problems_of
from kb.translating.discussing import thing_to_discuss
from kb.translating.holding import hold, put_down
from kb.translating.inviting import invites_for
from kb.translating.listing import MOST, lacking, matrix
from kb.translating.memory import Suggestion, suggestions
from kb.translating.models import Suggested, TranslationPen
from kb.translating.problem import Problem
from kb.translating.service import Clash, Given
from kb.translating.terms import Term, terms_in
from kb.web.bench_page import (
    STATES,
    bench_address,
    field_label,
    her_language,
    this_bench,
)
from kb.web.people_page import page
from kb.web.policy import may_ask_us
from kb.web.records import code_in
from kb.web.write_page import status_of, writing_pages
from kb.writing.filled import cleaned

pages = writing_pages("translate")
SIGNS: Mapping[str, str] = {
    FieldState.STALE: "≠",
    FieldState.MISSING: "-",
    FieldState.DRAFT: "…",
    FieldState.IN_REVIEW: "?",
    FieldState.MACHINE_DRAFTED: "≈",
    FieldState.REVIEWED: "✓",
}
"""State of a field → what stands for it in a narrow column."""
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
    into, languages = her_language(person)
    found = lacking(session, person, into)
    state = request.args.get("state", "")
    kept = [one for one in found if not state or one.states.get(state)]
    pages_in_all = max(1, -(-len(kept) // MOST))
    number = min(max(request.args.get("page", 1, type=int), 1), pages_in_all)
    shown = kept[(number - 1) * MOST : number * MOST]
    return page(
        "translate/list.html",
        into=into, languages=languages, invites=invites_for(person, INTERFACE),
        state=state, states=STATES, shown=shown,
        titles=titled(session, [one.record_id for one in shown], this_language()),
        number=number, pages=pages_in_all, total=len(kept),
        sums=sum((one.states for one in found), Counter()),
    )  # fmt: skip


@pages.get("/translate/<ref>")
def one(lang: str, ref: str) -> Response:
    """Show a record field by field, and give who may translate it the pen."""
    session, person, bench = this_bench(ref, to_write=True, least="propose")
    if RULES.may(person, "translate", bench.thing):
        held = hold(session, bench, by=person)
        if held is not None:
            return _locked(session, bench, held)
        session.commit()
    return _page(session, person, bench)


@pages.post("/translate/<ref>/take-pen")
def take_pen(lang: str, ref: str) -> Reply:
    """Take the pen from whoever has it."""
    session, person, bench = this_bench(ref, to_write=True)
    hold(session, bench, by=person, take_over=True)
    session.commit()
    return redirect(bench_address(".one", bench), code=303)


@pages.post("/translate/<ref>")
def save(lang: str, ref: str) -> Reply:
    """Keep drafts, and hand in those that fit if that was asked for."""
    if "by_itself" in request.form:
        return _kept_by_itself(ref)
    session, person, bench = this_bench(ref, to_write=True, least="propose")
    if not RULES.may(person, "translate", bench.thing):
        suggesting.suggest(session, bench, _given(), by=person)
        session.commit()
        return redirect(bench_address(".one", bench, saved="yes"), code=303)
    clashes = service.save(session, bench, _given(), by=person)
    hold(session, bench, by=person, take_over=True)
    found: dict[str, list[Problem]] = {}
    if clashes or request.form.get("then") == "submit":
        session.commit()
        session, person, bench = this_bench(ref, to_write=True)
    if not clashes and request.form.get("then") == "submit":
        found = _hand_in(session, bench, person)
    session.commit()
    if clashes or found:
        return _page(session, person, bench, clashes=clashes, found=found)
    return redirect(bench_address(".one", bench, saved="yes"), code=303)


def _kept_by_itself(ref: str) -> Reply:
    """Keep what a script sent, and say what the form shows now of each field kept.

    Not where somebody else has the pen or changed a field meanwhile: the form would not
    show it. Whoever presses the button sees both. A tick that words are right as they
    are waits for the button, for it could not be taken back.
    """
    session, person, bench = this_bench(ref, to_write=True)
    given = {n: replace(one, confirmed=False) for n, one in _given().items()}
    if hold(session, bench, by=person) or service.save(
        session, bench, given, by=person
    ):
        return Response(status=409)
    session.commit()
    _session, _person, bench = this_bench(ref, to_write=True)
    shown = {name: bench.rows[name].shown for name in bench.rows.keys() & given.keys()}
    kept = (n for n in shown if digest(cleaned(given[n].words)) == shown[n])
    return jsonify({f"was.{name}": shown[name] for name in kept})


@pages.post("/translate/<ref>/suggested")
def decide_on_suggested(lang: str, ref: str) -> Reply:
    """Take what somebody suggested, or turn it down; a reviewer publishes it so."""
    session, person, bench = this_bench(ref, to_write=True)
    taken = request.form.get("take", 0, type=int)
    if not taken:
        number = request.form.get("refuse", 0, type=int)
        suggesting.refuse(session, bench, number, by=person)
    else:
        kind = KINDS[bench.record.kind]
        suggesting.take(session, kind, bench, taken, by=person)
    session.commit()
    return redirect(bench_address(".one", bench, saved="yes"), code=303)


@pages.get("/translate/<ref>/languages")
def languages(lang: str, ref: str) -> Response:
    """Show how far a record is in each language, field by field."""
    session, person = this_session(), a_person()
    RULES.require(person, "propose", NOTHING)
    record = find_record(session, code_in(cleaned(ref[:80])))
    states = matrix(session, record, INTERFACE)
    return page(
        "translate/languages.html",
        record=titled(session, [record.id], this_language())[record.id],
        matrix=states, states=STATES, signs=SIGNS,
        fields={name: field_label(name) for name in next(iter(states.values()))},
    )  # fmt: skip


@pages.get("/translate/<ref>/review")
def review(lang: str, ref: str) -> Response:
    """Show what waits for a reviewer."""
    session, person, bench = this_bench(ref)
    return _review(session, person, bench)


@pages.post("/translate/<ref>/review")
def decide(lang: str, ref: str) -> Reply:
    """Accept fields, which publishes them, or send them back."""
    session, person, bench = this_bench(ref, to_write=True)
    chosen, shown = _chosen(bench)
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
        session, person, bench = this_bench(ref)
        return _review(
            session, person, bench, status=status_of(refused), message=str(refused),
            problems=getattr(refused, "problems", {}), given=request.form,
        )  # fmt: skip
    session.commit()
    return redirect(bench_address(".review", bench, saved="yes"), code=303)


def _chosen(bench: Bench) -> tuple[dict[str, str], dict[str, str]]:
    """Give what is to be done with which field, and what was shown of those to accept.

    One alone, if its own button was pressed: it says both.
    """
    alone, _blank, was = request.form.get("accept", "")[:200].partition(" ")
    if alone in bench.rows:
        return {alone: "accept"}, {alone: was}
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
    return chosen, shown


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
        problems = _seen_problems(bench, row)
        seen = request.form.get(f"asked.{name}") == digest(row.words)
        if any(one.blocks or not seen for one in problems):
            found[name] = problems
        else:
            fit.append(name)
    service.submit(session, bench, fit, by=person)
    if not found:
        put_down(session, bench, by=person)
    return found


def _locked(session: Session, bench: Bench, held: TranslationPen) -> Response:
    return page(
        "translate/locked.html", bench=bench, held=held,
        title=titled(session, [bench.record.id], this_language())[bench.record.id],
    )  # fmt: skip


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
    discusses = RULES.may(person, "discuss translation", thing_to_discuss(bench))
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
    made = page(
        "translate/one.html",
        409 if mine else 422 if found else 200,
        bench=bench, shown=shown, states=STATES,
        title=titled(session, [bench.record.id], this_language())[bench.record.id],
        waiting=len(bench.waiting()),
        clashes=clashes, found=found, may_translate=may, may_discuss=discusses,
        talk=discussing.counted(session, bench) if discusses else {},
    )  # fmt: skip
    return may_ask_us(made) if may else made


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
    pair = (bench.source_language, row.source), (bench.language, row.words)
    return problems_of(row.field, *pair, this_thesaurus())
