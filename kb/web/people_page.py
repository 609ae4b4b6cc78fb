"""What the pages for people share: their forms, and what they answer to a refusal."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from marshmallow import ValidationError

from kb.entrance.address import LANG
from kb.entrance.form_token import require_own_form
from kb.entrance.refusals import STATUS
from kb.errors import Conflict, KbError
from kb.people.given import folded_email

LONGEST = 300


def people_pages(
    name: str, *, largest: int = 0, when_old: Callable[[], Response] | None = None
) -> Blueprint:
    """Give a part of the pages whose forms are checked and whose links stay here.

    :param largest: bytes a form may have, if more than usual.
    :param when_old: what answers a form of a page that was open for too long.
    """
    pages = Blueprint(name, __name__, url_prefix=LANG)

    @pages.before_request
    def check_form() -> Response | None:
        if request.method != "POST":
            return None
        if largest:
            request.max_content_length = request.max_form_memory_size = largest
        try:
            require_own_form()
        except Conflict:
            if when_old is None:
                raise
            return when_old()
        return None

    @pages.after_request
    def tell_nobody(response: Response) -> Response:
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        return response

    return pages


def page(template: str, status: int = 200, **said: Any) -> Response:
    """Show a page with a form."""
    usual: dict[str, Any] = {"problems": {}, "message": "", "given": {}}
    return make_response(render_template(template, **(usual | said)), status)


def again(template: str, refused: KbError, **said: Any) -> Response:
    """Show a form again, with what was given but secrets, and what is wrong with it."""
    given = kept(request.form.keys())
    problems = getattr(refused, "problems", {})
    message = "" if problems else str(refused)
    status = STATUS.get(type(refused), 500)
    said = {"problems": problems, "message": message, "given": given} | said
    return page(template, status, **said)


def kept(names: Iterable[str]) -> dict[str, str]:
    """Give what a form held, without passwords, codes and tokens."""
    shown = [n for n in names if not {"password", "code", "token"} & set(n.split("_"))]
    return {name: request.form.get(name, "")[:LONGEST] for name in shown}


def given_email() -> str:
    """Give the address in the form as accounts have it; as typed if it is none."""
    typed = request.form.get("email", "")[:LONGEST].replace("\x00", "")
    try:
        return folded_email(typed)
    except ValidationError:
        return typed
