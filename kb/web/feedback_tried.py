"""I tried this: what somebody did on her own land, and what came of it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as Reply

from kb.entrance.labels import _
from kb.entrance.pace import keep_pace, who_asks
from kb.entrance.place import this_said
from kb.entrance.request import (
    office,
    this_language,
    this_session,
    this_vocabulary,
)
from kb.errors import NotValid
from kb.feedback import tried
from kb.feedback.choices import INDICATORS, OUTCOMES, SEASONS, UNITS
from kb.feedback.given import ROWS, ResultSchema, TriedSchema
from kb.feedback.photos import Photo
from kb.people.given import checked
from kb.people.pace import PICTURE_ADDRESS
from kb.pictures.given import LICENCES
from kb.pictures.models import TRIED
from kb.pictures.sizes import MOST_BYTES
from kb.regions.tree import countries
from kb.web.feedback_page import (
    ABOUT,
    form_again,
    form_page,
    known_site,
    record_named,
    thanks,
    writing,
)
from kb.web.people_page import people_pages
from kb.web.picture_given import OVERHEAD, picture_given
from kb.web.point_given import point_given

pages = people_pages("feedback_tried", most_bytes=MOST_BYTES + OVERHEAD)
TEMPLATE = "feedback/tried.html"
Given = Mapping[str, Any]


@pages.get(f"{ABOUT}/tried")
def form(lang: str, plural: str, ref: str) -> Response:
    """Ask what was done, where and what came of it; her own land is filled in."""
    record = record_named(plural, ref, triable=True)
    said = this_said()
    known = {
        "country": said.country,
        "place": "" if said.reach else said.name,
        "land_use": said.land_use,
        "year": str(datetime.now(UTC).year),
    }
    return form_page(TEMPLATE, record, given=known, **_lists())


@pages.post(f"{ABOUT}/tried")
def tell(lang: str, plural: str, ref: str) -> Reply:
    """Take it in; it is held until somebody has checked it.

    A photo is unpacked before anything is written, so that nobody waits for it.
    """
    try:
        given, results, photo = _all_checked(lang)
    except NotValid as refused:
        record, _person = writing(plural, ref, triable=True)
        return form_again(TEMPLATE, record, refused, **_lists())
    record, person = writing(plural, ref, triable=True)
    tried.tell(
        this_session(),
        record,
        given,
        results,
        point=point_given(given),
        by=person,
        site=known_site(),
        photo=photo,
    )
    this_session().commit()
    return thanks(record, "tried")


def _lists() -> dict[str, Any]:
    vocabulary = this_vocabulary()

    def named(scheme: str, codes: tuple[str, ...]) -> list[tuple[str, str]]:
        known = {entry.code: entry.name for entry in vocabulary.scheme(scheme)}
        return [(code, known[code]) for code in codes if code in known]

    land = countries(this_session(), this_language())
    return {
        "countries": [(one.code, one.name) for one in land],
        "land_uses": [(e.code, e.name) for e in vocabulary.scheme("land_use")],
        "seasons": named("season", SEASONS),
        "indicators": named("indicator", INDICATORS),
        "units": named("unit", UNITS),
        "outcomes": OUTCOMES,
        "rows": range(1, ROWS + 1),
        "licences": {name: name for name in LICENCES},
    }


def _all_checked(language: str) -> tuple[Given, list[Given], Photo | None]:
    """Check the form and its photo, if there is one.

    :raises NotValid: something does not fit; all problems are told at once.
    :raises TooManyRequests: too many photos came from this address.
    """
    problems: Mapping[str, list[str]] = {}
    try:
        given, results = _checked()
    except NotValid as refused:
        if not _has_photo():
            raise
        problems = refused.problems
    if not _has_photo():
        return given, results, None
    keep_pace(("picture address", who_asks(), PICTURE_ADDRESS))
    said = request.form.to_dict() | {"place": TRIED}
    about, taken = picture_given(said, [TRIED], problems)
    folder = office().settings.pictures_folder
    spoken = language if given["language"] == "und" else given["language"]
    return given, results, Photo(about, taken, folder, spoken)


def _has_photo() -> bool:
    """Say whether a photo came, or words for one that was forgotten."""
    sent = request.files.get("picture")
    return bool(sent and sent.filename) or bool(request.form.get("alt", "").strip())


def _checked() -> tuple[Given, list[Given]]:
    """Check the form and its rows of results; an empty row counts for nothing.

    :raises NotValid: something does not fit; of a row the problems are as ``after-2``.
    """
    problems: dict[str, list[str]] = {}
    given: Given = {}
    results: list[Given] = []
    for schema, row in [
        (TriedSchema(), ""),
        *((ResultSchema(), f"-{n}") for n in range(1, ROWS + 1) if _is_filled(n)),
    ]:
        names = schema.fields
        try:
            found = checked(schema, {n: request.form.get(n + row, "") for n in names})
        except NotValid as refused:
            problems |= {n + row: said for n, said in refused.problems.items()}
            continue
        if row:
            results.append(found)
        else:
            given = found
    if problems:
        raise NotValid(_("Please look at the marked fields."), problems)
    return given, results


def _is_filled(row: int) -> bool:
    names = ("indicator", "before", "after")
    return any(request.form.get(f"{name}-{row}", "").strip() for name in names)
