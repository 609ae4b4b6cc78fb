"""What the pages for people share: their forms, and what they answer to a refusal."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from marshmallow import ValidationError

from kb.entrance.address import LANG
from kb.entrance.form_token import require_own_form
from kb.entrance.refusals import STATUS
from kb.errors import Conflict, KbError
from kb.people.given import folded_email
from kb.web.held import may_be_held, page_with_text

LONGEST = 300


def people_pages(
    name: str,
    *,
    most_bytes: int | None = None,
    most_text: int | None = None,
    secrets: bool = False,
) -> Blueprint:
    """Give a part of the pages whose forms are checked and whose links stay here.

    :param most_bytes: what may be sent in all, if more than is enough elsewhere.
    :param most_text: bytes of it that may be no files, if more than elsewhere.
    :param secrets: whether forms hold what is shown to nobody again, or cannot be
        undone; all others are shown with what was typed when they are refused.
    """
    pages = Blueprint(name, __name__, url_prefix=LANG)

    @pages.before_request
    def check_form() -> Response | None:
        if request.method != "POST":
            return None
        _let_in(most_bytes, most_text)
        try:
            require_own_form()
        except Conflict:
            if secrets:
                raise
            may_be_held()
            return page_with_text()
        if not secrets:
            may_be_held()
        return None

    @pages.after_request
    def tell_nobody(response: Response) -> Response:
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        return response

    return pages


def _let_in(most_bytes: int | None, most_text: int | None) -> None:
    """Let a longer body in than elsewhere."""
    if most_bytes is not None:
        request.max_content_length = most_bytes
    if most_text is not None:
        request.max_form_memory_size = most_text


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


def given_email(field: str = "email") -> str:
    """Give the address in the form as accounts have it; as typed if it is none."""
    typed = request.form.get(field, "")[:LONGEST].replace("\x00", "")
    try:
        return folded_email(typed)
    except ValidationError:
        return typed
