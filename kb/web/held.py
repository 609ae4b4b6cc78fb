"""What a form held that was not taken: it is shown again and can be sent again.

Nothing is kept here. The text is on the page, whatever the reason: the sign-in ended
meanwhile, the page was open for too long, too many came at once, or the database does
not answer. Forms that hold secrets are left out, and so are those of other sites.
"""

from flask import Response, g, make_response, render_template, request

from kb.entrance.form_token import FIELD
from kb.entrance.person import this_person

SIGNS = frozenset({FIELD, "once", "revision", "token"})
"""Fields that nobody types."""


def may_be_held() -> None:
    """Let what this form holds be shown again, should it be refused."""
    g.kb_may_be_held = True


def held() -> list[tuple[str, str]]:
    """Give what was typed into a form of this request; nothing if it may not be shown.

    A body that is too long for us is not read for this.
    """
    if not g.get("kb_may_be_held"):
        return []
    found = list(request.form.items(multi=True))
    typed = any(one.strip() for name, one in found if name not in SIGNS)
    return [one for one in found if one[0] != FIELD] if typed else []


def page_with_text() -> Response:
    """Answer a form that came too late with all it held, to be sent again."""
    known = this_person() is not None
    page = render_template("people/kept.html", held=held(), known=known)
    return make_response(page, 409)
