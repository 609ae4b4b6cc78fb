"""The pages: one file per part of the site, and how a refusal looks on a page."""

from gettext import NullTranslations
from typing import Any

from flask import Flask, current_app, g, render_template, request, url_for
from flask_babel import get_translations
from sqlalchemy.exc import DatabaseError, DataError
from werkzeug.exceptions import (
    HTTPException,
    LengthRequired,
    NotFound,
    SecurityError,
    TooManyRequests,
)
from werkzeug.wrappers import Response

from kb.assessing.clock import not_assessed_since
from kb.credit.citation import orcid_address
from kb.entrance.address import in_every_language, record_address, same_page, whole
from kb.entrance.form_token import add_form_cookie, form_token
from kb.entrance.labels import kind_name, kind_names, share_names
from kb.entrance.person import SignInFirst, add_person_headers
from kb.entrance.pictures import picture_address, pictures_address
from kb.entrance.place import add_place_headers, this_said
from kb.entrance.refusals import STATUS, Answers, is_api
from kb.entrance.request import office, preferred_language, this_language
from kb.errors import KbError
from kb.language import INTERFACE, direction, name_of
from kb.pictures.lookups import described
from kb.record.reading import strongest
from kb.web import (
    about,
    account,
    ask,
    assessing,
    browse,
    certificate,
    citation,
    communities,
    community_entry,
    compare,
    concept_change,
    concept_files,
    concept_review,
    concepts,
    credit,
    desk,
    desk_gaps,
    desk_log,
    desk_women,
    directory,
    draft_pictures,
    drawings,
    feedback,
    feedback_desk,
    feedback_follow_up,
    feedback_tried,
    feedback_write,
    feeds,
    field_names,
    following,
    helpdesk_desks,
    helpdesk_mails,
    helpdesk_plan,
    helpdesk_publish,
    helpdesk_queue,
    helpdesk_report,
    helpdesk_routing,
    helpdesk_texts,
    helpdesk_translate,
    home,
    impact,
    library,
    likeness,
    mail_stop,
    media,
    pictures,
    place,
    place_map,
    place_where,
    plan,
    privacy,
    question,
    records,
    reset,
    results,
    results_map,
    review,
    second_factor,
    sign_in,
    sign_up,
    sms,
    static,
    suggest,
    tokens,
    translate,
    translate_files,
    translate_join,
    translate_next,
    translate_talk,
    use,
    versions,
    why,
    write,
    write_answer,
    write_sources,
    zones,
)
from kb.web.formats import FILTERS
from kb.web.held import held, page_with_text
from kb.web.policy import SECURITY, STAY_SECURE
from kb.web.understood import isolated

PARTS = (
    static.pages,
    home.pages,
    impact.pages,
    results.pages,
    why.pages,
    feeds.pages,
    following.pages,
    mail_stop.pages,
    mail_stop.by_mail,
    suggest.pages,
    browse.pages,
    records.pages,
    about.pages,
    place.pages,
    place_where.pages,
    plan.pages,
    library.pages,
    directory.pages,
    place_map.pages,
    place_map.moves,
    compare.pages,
    results_map.pages,
    zones.pages,
    concepts.pages,
    concept_files.files,
    concept_change.pages,
    concept_review.pages,
    sign_up.pages,
    sign_in.pages,
    reset.pages,
    account.pages,
    second_factor.pages,
    tokens.pages,
    pictures.pages,
    media.pages,
    versions.pages,
    write.pages,
    write_answer.pages,
    write_sources.pages,
    draft_pictures.pages,
    translate_files.pages,
    translate_join.pages,
    translate_next.pages,
    translate_talk.pages,
    translate.pages,
    review.pages,
    feedback.pages,
    feedback_write.pages,
    feedback_tried.pages,
    feedback_follow_up.pages,
    feedback_desk.pages,
    desk.pages,
    desk_gaps.pages,
    desk_log.pages,
    desk_women.pages,
    assessing.pages,
    helpdesk_desks.pages,
    helpdesk_routing.pages,
    helpdesk_queue.pages,
    helpdesk_mails.pages,
    helpdesk_texts.pages,
    sms.door,
    helpdesk_plan.pages,
    helpdesk_translate.pages,
    helpdesk_report.pages,
    helpdesk_publish.pages,
    ask.pages,
    question.pages,
    communities.pages,
    community_entry.pages,
    citation.pages,
    drawings.pages,
    credit.pages,
    use.pages,
    certificate.pages,
    privacy.pages,
    privacy.files,
)
FRESH_SECONDS = 120
"""How long a page may be shown again without asking whether it changed."""


def show_refusal(refused: KbError) -> tuple[str, int]:
    """Answer with the page for this refusal."""
    status = STATUS.get(type(refused), 500)
    return error_page(status, str(refused), getattr(refused, "problems", {}))


def show_http_error(
    wrong: HTTPException,
) -> tuple[str, int] | tuple[str, int, dict[str, str]] | HTTPException | Response:
    """Answer a wrong address, method or host with a page that helps.

    Whoever is led to sign in and had typed something gets it on the page instead.
    """
    if isinstance(wrong, SignInFirst) and held():
        return page_with_text()
    if wrong.code is None or wrong.code < 400 or isinstance(wrong, SecurityError):
        return wrong  # an untrusted host gets no page: no address could be made for it
    if isinstance(wrong, TooManyRequests):
        page, status = error_page(429, str(wrong.description), {})
        told = {"Retry-After": str(wrong.retry_after), "Cache-Control": "no-store"}
        return page, status, told
    return error_page(wrong.code, "", {})


def show_database_error(
    wrong: DatabaseError,
) -> tuple[str, int]:
    """Answer when the database cannot be read: say so, and that nothing is lost.

    What it refuses to keep, such as a sign that is none, is no fault of its own.
    """
    return error_page(422 if isinstance(wrong, DataError) else 503, "", {})


def error_page(
    status: int, message: str, problems: dict[str, list[str]]
) -> tuple[str, int]:
    """Render the page for all that can go wrong; it asks nothing of the database.

    What was typed into a form is on it, and can be sent again.
    """
    if g.get("language") is None:
        first = request.path.strip("/").partition("/")[0]
        g.language = first if first in INTERFACE else preferred_language()
    page = render_template(
        "layout/refused.html",
        status=status,
        message=message,
        problems=problems,
        held=[] if status == 413 else held(),
    )
    return page, status


ANSWERS: Answers = {
    KbError: show_refusal,
    HTTPException: show_http_error,
    DatabaseError: show_database_error,
}


def take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Read the interface language from the address.

    :raises NotFound: the address holds a NUL, which no database can look up.
    """
    if "\x00" in request.path:
        raise NotFound
    if values is not None and "lang" in values:
        g.language = values["lang"]


def require_length() -> None:
    """Refuse a body whose length is not said: it might be cut unseen.

    :raises LengthRequired: it comes in chunks, as no browser sends a form.
    """
    if request.method == "POST" and "Transfer-Encoding" in request.headers:
        raise LengthRequired


def give_language(endpoint: str, values: dict[str, Any]) -> None:
    """Keep the interface language in the addresses a page links to."""
    wanted = current_app.url_map.is_endpoint_expecting(endpoint, "lang")
    if wanted and "lang" not in values and g.get("language"):
        values["lang"] = g.language


def add_headers(response: Response) -> Response:
    """Tell the browser what a page may do and how long it stays fresh."""
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
    if office().settings.secure:
        response.headers.setdefault("Strict-Transport-Security", STAY_SECURE)
    if not is_api():
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if response.cache_control.no_store:
        return response
    if request.method in {"GET", "HEAD"} and response.status_code == 200:
        response.headers.setdefault("Cache-Control", f"public, max-age={FRESH_SECONDS}")
        if not response.is_streamed and not response.direct_passthrough:
            response.add_etag()
            response.make_conditional(request)
    return response


def words_of_this_page() -> NullTranslations:
    """Give the catalogue of this request; found once, since a page has 150 strings."""
    words: NullTranslations | None = g.get("kb_words")
    if words is None:
        words = g.kb_words = get_translations()
    return words


def for_templates() -> dict[str, Any]:
    """Give what every template may use."""
    language = this_language()
    return {
        "language": language,
        "text_direction": direction(language),
        "languages": INTERFACE,
        "direction": direction,
        "own_name": name_of,
        "same_page": same_page,
        "in_every_language": in_every_language,
        "record_address": record_address,
        "whole": whole,
        "here": whole(request.full_path.rstrip("?")),
        "kind_names": kind_names(),
        "kind_name": kind_name(),
        "share_names": share_names(),
        "orcid_address": orcid_address,
        "strongest": strongest,
        "static": static_address,
        "this_said": this_said,
        "form_token": form_token,
        "picture_address": picture_address,
        "pictures_address": pictures_address,
        "described": described,
    }


def static_address(name: str) -> str:
    """Give the address of one of our own files as it is now."""
    return url_for("static.file", name=name, v=static.version(name))


def set_up(app: Flask) -> None:
    """Put the pages in."""
    app.url_value_preprocessor(take_language)
    app.url_defaults(give_language)
    app.before_request(require_length)
    for part in PARTS:
        app.register_blueprint(part)
    app.after_request(add_headers)
    app.after_request(add_place_headers)
    app.after_request(add_person_headers)
    app.after_request(add_form_cookie)
    app.context_processor(for_templates)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.filters.update(likeness.FILTERS)
    app.jinja_env.filters.update(field_names.FILTERS)
    app.jinja_env.filters["isolated"] = isolated
    app.jinja_env.filters["not_assessed_since"] = not_assessed_since
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda said: words_of_this_page().gettext(said),
        lambda one, many, n: words_of_this_page().ngettext(one, many, n),
        newstyle=True,
    )
