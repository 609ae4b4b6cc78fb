"""What the pages of the workbench share: a record in a language, and names."""

from collections.abc import Mapping

from flask import request, url_for
from sqlalchemy.orm import Session

from kb.access import RULES
from kb.entrance.person import a_person
from kb.entrance.request import this_language, this_session, writing_session
from kb.errors import NotAllowed
from kb.language import FALLBACK, INTERFACE, _
from kb.people.models import Person
from kb.record.marks import FieldState
from kb.translating.bench import Bench, find_record, known_language, open_bench
from kb.translating.rules import languages_of
from kb.web.field_names import path_name, section_name
from kb.web.records import code_in
from kb.writing.filled import cleaned

STATES: Mapping[str, object] = {
    FieldState.STALE: _("the original has changed since"),
    FieldState.MISSING: _("not translated yet"),
    FieldState.DRAFT: _("being written"),
    FieldState.IN_REVIEW: _("waits for review"),
    FieldState.MACHINE_DRAFTED: _("machine-drafted"),
    FieldState.REVIEWED: _("reviewed by a native speaker"),
}
"""State of a field → its name, what is most pressing first."""


def this_bench(
    ref: str, *, to_write: bool = False, least: str = "translate"
) -> tuple[Session, Person, Bench]:
    """Give a record that whoever asks may translate into the language asked for.

    :param least: what she must be allowed.
    :raises NotAllowed: it is not her language, or not this record.
    """
    session = writing_session() if to_write else this_session()
    person = a_person()
    into = asked_language(person)
    record = find_record(session, code_in(cleaned(ref[:80])), to_write=to_write)
    beside = request.args.get("beside", "")[:20]
    bench = open_bench(session, record, into, beside=beside)
    RULES.require(person, least, bench.thing)
    return session, person, bench


def asked_language(person: Person) -> str:
    """Give the language asked for: as the address says, else of the page or a role."""
    asked = request.args.get("into", "")[:20]
    own = languages_of(person, INTERFACE)
    here = this_language()
    hers = here != FALLBACK and (here in own or not own)
    others = (code for code in own if code != FALLBACK)
    usual = here if hers else next(others, FALLBACK)
    return known_language(asked or usual)


def her_language(person: Person) -> tuple[str, list[str]]:
    """Give the language asked for, and all that a person may translate into.

    :raises NotAllowed: she may translate into none, or not into this one.
    """
    languages = languages_of(person, INTERFACE)
    into = asked_language(person)
    if into not in languages:
        raise NotAllowed(_("You may not do this."))
    return into, languages


def field_label(name: str) -> str:
    """Name a field of a text, such as ``step:3``."""
    first, _colon, key = name.partition(":")
    if not key:
        return path_name(("texts", FALLBACK, name)).partition(" (")[0]
    return f"{section_name(first + 's')}: {key}"


def bench_address(endpoint: str, bench: Bench, **more: str) -> str:
    """Give the address of a page about a record in the language it is shown in."""
    asked = request.args.get("beside", "")[:20]
    said = {"ref": bench.record.ref, "into": bench.language, "beside": asked or None}
    return url_for(endpoint, **said, **more)  # type: ignore[arg-type]
