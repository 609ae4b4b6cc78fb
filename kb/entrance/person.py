"""Who asks: the person whose browser sent its secret, for this request alone.

Pages that everybody may read do not ask, so they stay the same for all and in caches.
"""

from datetime import timedelta

from flask import g, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from kb.entrance.onward import this_page
from kb.entrance.request import office, this_session
from kb.people import sessions
from kb.people.models import Person, SignedIn
from kb.people.roles import needs_second_factor

COOKIE = "signed-in"
LONGEST_SECRET = 100


class SignInFirst(HTTPException):
    """Who asks has something to do first, mostly to sign in; it leads there."""

    code = 302

    def __init__(self, where: str) -> None:
        super().__init__(response=redirect(where))


def secure() -> bool:
    """Say whether the browser came by https."""
    return office().settings.secure or request.is_secure


def cookie_name(name: str) -> str:
    """Give the name of a cookie; by https one that no other host can set."""
    return f"__Host-{name}" if secure() else name


def own_secret() -> str:
    """Give the secret that the browser sent; empty if none."""
    return request.cookies.get(cookie_name(COOKIE), "")[:LONGEST_SECRET]


def this_sign_in() -> SignedIn | None:
    """Give the sign-in of this browser, also if the second factor is missing."""
    g.kb_person_asked = True
    if "kb_sign_in" not in g:
        secret = own_secret()
        known = sessions.find(this_session(), secret) if secret else None
        g.kb_sign_in = known
        if known is not None and not sessions.is_noted(known):
            _note_use(known)
    found: SignedIn | None = g.kb_sign_in
    return found


def this_person() -> Person | None:
    """Give who asks; nobody until the second factor was given too."""
    known = this_sign_in()
    return known.person if known is not None and known.whole else None


def a_sign_in(*, enrolling: bool = False) -> SignedIn:
    """Give the sign-in of who asks; lead others to where they sign in.

    :param enrolling: whether the second factor may be missing where a role asks for it;
        elsewhere such a person is led to set it up before anything else.
    :raises SignInFirst: she has to do so first.
    """
    known = this_sign_in()
    if known is None or not known.whole:
        raise SignInFirst(url_for("sign_in.form", next=this_page()))
    person = known.person
    lacking = person.factor is None or person.factor.confirmed is None
    if lacking and needs_second_factor(person) and not enrolling:
        raise SignInFirst(url_for("second_factor.page"))
    return known


def a_person() -> Person:
    """Give who asks; lead others to where they sign in."""
    return a_sign_in().person


def a_fresh_sign_in(*, enrolling: bool = False) -> SignedIn:
    """Give the sign-in of who asks, for what cannot be undone.

    Whoever signed in too long ago does so again: the phone may be in other hands.
    """
    known = a_sign_in(enrolling=enrolling)
    if not sessions.is_fresh(known):
        raise SignInFirst(url_for("sign_in.form", next=this_page(), again="yes"))
    return known


def set_secret(response: Response, name: str, secret: str, lives: timedelta) -> None:
    """Give the browser a secret that no script and no other site can send."""
    response.set_cookie(
        cookie_name(name),
        secret,
        max_age=lives,
        secure=secure(),
        httponly=True,
        samesite="Lax",
    )


def remember_sign_in(response: Response, opened: sessions.Opened) -> Response:
    """Let the browser be known from now on."""
    lives = sessions.LONGEST if opened.whole else sessions.HALF
    set_secret(response, COOKIE, opened.secret, lives)
    return response


def forget_sign_in(response: Response) -> Response:
    """Let the browser forget its secret."""
    response.delete_cookie(
        cookie_name(COOKIE), secure=secure(), httponly=True, samesite="Lax"
    )
    return response


def add_person_headers(response: Response) -> Response:
    """Keep what was made for one person out of every cache, her browser's too."""
    if g.get("kb_person_asked"):
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response


def _note_use(known: SignedIn) -> None:
    if g.get("kb_writes"):
        sessions.note_use(this_session(), known)
        return
    with office().database.writing() as session:
        sessions.note_use(session, known)
        session.commit()
