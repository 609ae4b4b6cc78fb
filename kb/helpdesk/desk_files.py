"""Desks in files: taken in from ``desks/desks.yaml``, and written there again.

A desk belongs to its coordinators: one that stands is left as it is.
"""

from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError, fields
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kb.errors import NotValid
from kb.exchange.checked import read_checked
from kb.feedback.given import FormSchema
from kb.helpdesk.desk_given import WEEKDAYS, DeskSchema, RuleSchema, written
from kb.helpdesk.desk_service import store, store_rule
from kb.helpdesk.desk_tables import WITHIN, Desk
from kb.helpdesk.desks import rules_in_order
from kb.language import INTERFACE, _
from kb.record.service import flat
from kb.yaml_out import write_yaml

PLACE = Path("desks") / "desks.yaml"


class _DeskRow(Schema):
    code = fields.String(required=True)
    region = fields.String(required=True)
    parent = fields.String(load_default="")
    zone = fields.String(required=True)
    languages = fields.List(fields.String(), required=True)
    themes = fields.List(fields.String(), load_default=list)
    names = fields.Dict(fields.String(), fields.String(), required=True)
    hours = fields.Dict(fields.String(), fields.String(), required=True)
    holidays = fields.List(fields.String(), load_default=list)
    shares_out = fields.Boolean(load_default=False)
    within = fields.Dict(fields.String(), fields.Integer(), load_default=dict)
    """Hours of working time: first, next, settled."""


class _RuleRow(Schema):
    region = fields.String(load_default="")
    language = fields.String(load_default="")
    theme = fields.String(load_default="")
    desk = fields.String(required=True)


class _File(Schema):
    desks = fields.List(fields.Nested(_DeskRow), required=True)
    rules = fields.List(fields.Nested(_RuleRow), load_default=list)


def take_in_desks(session: Session, folder: Path) -> int:
    """Take in the desks of a folder that do not stand yet; give how many.

    Rules are taken in only where there are none.

    :raises NotValid: ``problems`` names what does not fit.
    """
    problems: dict[str, list[str]] = {}
    if not (folder / PLACE).exists():
        return 0
    found = read_checked(folder / PLACE, _File(), problems, folder)
    _refuse(problems)
    stood = set(session.scalars(select(Desk.code)))
    new = [row for row in found["desks"] if row["code"] not in stood]
    for number, row in enumerate(found["desks"]):
        if row in new:
            _take_in(session, row, f"{PLACE}: desks.{number}", problems)
    begin = not rules_in_order(session)
    for number, row in enumerate(found["rules"] if begin else []):
        try:
            store_rule(session, _loaded(RuleSchema(), row), number + 1)
        except NotValid as refused:
            problems |= _named(f"{PLACE}: rules.{number}", refused.problems)
    _refuse(problems)
    return len(new)


def _take_in(
    session: Session, row: dict[str, Any], where: str, problems: dict[str, list[str]]
) -> None:
    try:
        store(session, _loaded(DeskSchema(), as_form(row)))
    except NotValid as refused:
        problems |= _named(where, refused.problems)


def as_form(row: dict[str, Any]) -> dict[str, str]:
    """Give a desk of a file as the form on the page would send it."""
    form = {name: row[name] for name in ("code", "region", "parent", "zone")}
    form |= {name: " ".join(row[name]) for name in ("languages", "themes")}
    form["shares_out"] = "yes" if row["shares_out"] else ""
    form["holidays"] = "\n".join(row["holidays"])
    form |= {n: str(row["within"].get(n.partition("_")[0], "")) for n in WITHIN}
    form |= {f"name_{x}": row["names"].get(x, "") for x in INTERFACE}
    return form | {f"hours_{day}": row["hours"].get(day, "") for day in WEEKDAYS}


def _loaded(schema: FormSchema | Schema, row: dict[str, Any]) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = schema.load(row)
    except ValidationError as wrong:
        raise NotValid(_("Some seeds do not fit."), flat(wrong.messages)) from wrong
    return loaded


def _named(where: str, problems: dict[str, list[str]]) -> dict[str, list[str]]:
    return {f"{where}.{name}": said for name, said in problems.items()}


def _refuse(problems: dict[str, list[str]]) -> None:
    if problems:
        raise NotValid(_("Some seeds do not fit."), problems)


def write_desks(session: Session, folder: Path) -> int:
    """Write all desks and rules to a folder; give how many desks there are.

    Taken into an empty database, they give the same rows.
    """
    parts = (Desk.names, Desk.hours, Desk.holidays)
    wanted = select(Desk).options(*(selectinload(part) for part in parts))
    desks = {desk.code: desk for desk in session.scalars(wanted.order_by(Desk.code))}
    whole = {
        "desks": [as_row(desk) for desk in _parents_first(desks)],
        "rules": [
            {
                "region": rule.region_code or "",
                "language": rule.language,
                "theme": rule.theme,
                "desk": rule.desk_code,
            }
            for rule in rules_in_order(session)
        ],
    }
    write_yaml(folder / PLACE, whole)
    return len(desks)


def as_row(desk: Desk) -> dict[str, Any]:
    """Give a desk as a file has it."""
    times: dict[str, list[tuple[int, int]]] = {}
    for one in desk.hours:
        times.setdefault(WEEKDAYS[one.weekday], []).append((one.opens, one.closes))
    return {
        "code": desk.code,
        "region": desk.region_code,
        "parent": desk.parent_code or "",
        "zone": desk.zone,
        "languages": desk.languages.split(),
        "themes": desk.themes.split(),
        "names": {row.language: row.name for row in desk.names},
        "hours": {day: written(spans) for day, spans in times.items()},
        "shares_out": desk.shares_out,
        "within": {n.partition("_")[0]: getattr(desk, n) // 60 for n in WITHIN},
        "holidays": [f"{one.day} {one.name}".strip() for one in desk.holidays],
    }


def _parents_first(desks: dict[str, Desk]) -> list[Desk]:
    def depth(desk: Desk) -> int:
        return 1 + depth(desks[desk.parent_code]) if desk.parent_code else 0

    return sorted(desks.values(), key=lambda desk: (depth(desk), desk.code))
