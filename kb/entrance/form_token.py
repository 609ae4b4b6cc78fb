"""Forms that only a page of ours can have made: each holds a token of this browser.

The token is made from the secret of the sign-in, or of a cookie that is set together
with the form. So it changes with every sign-in, and nothing has to be kept.
"""

import hmac
from datetime import timedelta

from flask import g, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from kb.entrance.labels import _
from kb.entrance.origin import require_own_page
from kb.entrance.person import LONGEST_SECRET, cookie_name, own_secret, set_secret
from kb.entrance.request import office
from kb.errors import Conflict, Unavailable
from kb.people.secrets import new_secret

COOKIE, FIELD = "form", "form_token"
LIVES = timedelta(hours=12)


def form_token() -> Markup:
    """Give the hidden field that every form for people holds."""
    g.kb_person_asked = True
    secret = own_secret() or _form_secret()
    if not secret:
        secret = g.kb_new_form_secret = new_secret()
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return field.format(FIELD, keyed("form", secret))


def require_own_form() -> None:
    """Refuse what no form of ours sent from this browser.

    :raises NotAllowed: a page of another site sent it.
    :raises Conflict: its token is not that of this browser, or no more.
    """
    require_own_page()
    given = request.form.get(FIELD, "").encode("utf-8", "replace")
    secret = own_secret() or _form_secret()
    wanted = keyed("form", secret).encode()
    if not (secret and hmac.compare_digest(given, wanted)):
        raise Conflict(
            _("This page was open for too long. Please open it again and repeat it.")
        )


def keyed(purpose: str, secret: str) -> str:
    """Give a digest that nobody without the key of this installation can make.

    :raises Unavailable: no key is set.
    """
    key = office().settings.secret_key
    if not key:
        raise Unavailable(_("Nobody can sign in: KB_SECRET_KEY is not set."))
    said = f"{purpose}:{secret}".encode("utf-8", "surrogatepass")
    return hmac.digest(key.encode(), said, "sha256").hex()


def add_form_cookie(response: Response) -> Response:
    """Give the browser the secret that the token of its form was made from."""
    secret = g.get("kb_new_form_secret")
    if secret:
        set_secret(response, COOKIE, secret, LIVES)
    return response


def _form_secret() -> str:
    known: str | None = g.get("kb_new_form_secret")
    return known or request.cookies.get(cookie_name(COOKIE), "")[:LONGEST_SECRET]
