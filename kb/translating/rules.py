"""Whose language it is: the rules of `kb.access` for a record and another language."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import ColumnElement, false, or_, true
from sqlalchemy.orm import Session

from kb.access import RULES, Thing, covered, thing_of
from kb.people.models import Person, RoleGrant, ScopeKind
from kb.record.models import Record


def thing_to_translate(session: Session, record: Record, language: str) -> Thing:
    """Give what the rules ask of the words of a record in a language."""
    there = thing_of(session, record)
    return replace(there, languages=frozenset({language}), author_id=None)


def translatable(person: Person | None, language: str) -> ColumnElement[bool]:
    """Give "this person may translate it into ``language``" as a condition."""
    granted = RULES.granting(person, "translate")
    return or_(false(), *(_covered(one, language) for one in granted))


def languages_of(person: Person | None, known: Collection[str]) -> list[str]:
    """Give the languages a person may translate into, those of her roles first."""
    granted = RULES.granting(person, "translate")
    own = [one.scope for one in granted if one.scope_kind == ScopeKind.LANGUAGE]
    wider = any(one.scope_kind in _ANY_LANGUAGE for one in granted)
    return list(dict.fromkeys([*own, *(known if wider else ())]))


_ANY_LANGUAGE = {ScopeKind.EVERYWHERE, ScopeKind.REGION, ScopeKind.KIND}


def _covered(given: RoleGrant, language: str) -> ColumnElement[bool]:
    if given.scope_kind == ScopeKind.LANGUAGE:
        return true() if given.scope == language else false()
    return covered([given])
