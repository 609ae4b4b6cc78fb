"""Somebody at the pages for people: opens them, fills forms in, reads her mail."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kb.entrance.form_token import COOKIE as FORM_COOKIE
from kb.entrance.form_token import keyed
from kb.entrance.person import COOKIE
from kb.outbox import Letter
from kb.people import accounts, roles, sessions
from kb.people.models import Role, ScopeKind, SecondFactor
from kb.people.totp import code_at, step_at
from tests.conftest import CHEAP

PASSWORD = "cow under blue rain"
TOKEN = re.compile(r'name="form_token" value="([0-9a-f]+)"')
LINK = re.compile(r"https?://\S+")


@dataclass
class Visitor:
    """One browser in one house."""

    app: Flask
    email: str = "awa@farm.example"
    language: str = "en"
    from_: str = "192.0.2.7"
    base: str = "http://localhost"
    browser: FlaskClient = field(init=False)
    _tokens: dict = field(default_factory=dict)

    def __post_init__(self):
        self.browser = self.app.test_client()

    def get(self, path, **more):
        return self.browser.get(
            f"/{self.language}{path}",
            base_url=self.base,
            environ_base={"REMOTE_ADDR": self.from_},
            **more,
        )

    def post(self, path, form=None, *, token_from="/sign-in", headers=None, **given):
        """Send a form with the token of the page it stands on."""
        data = {"form_token": self.token(token_from)} | given | (form or {})
        return self.browser.post(
            f"/{self.language}{path}",
            data=data,
            base_url=self.base,
            headers=headers,
            environ_base={"REMOTE_ADDR": self.from_},
        )

    def token(self, page):
        """Give the token of forms: read from a page, or made as the house makes it."""
        secret = self._secret(COOKIE) or self._secret(FORM_COOKIE)
        if not secret:
            found = TOKEN.search(self.get(page).text)
            return found[1] if found else ""
        if secret not in self._tokens:
            with self.app.app_context():
                self._tokens[secret] = keyed("form", secret)
        return self._tokens[secret]

    def _secret(self, name):
        secure = self.base.startswith("https")
        cookie = self.browser.get_cookie(
            f"__Host-{name}" if secure else name, domain=self.base.partition("//")[2]
        )
        return cookie.value if cookie else ""

    def let_in(self):
        """Be signed in as if by the page, without waiting for it."""
        with self.app.extensions["kb"].database.writing() as session:
            right = sessions.check_password(session, self.email, PASSWORD, CHEAP)
            opened = sessions.sign_in(session, right, device="a test")
            session.commit()
        host = self.base.partition("//")[2]
        assert self.base.startswith("http:")
        self.browser.set_cookie(COOKIE, opened.secret, domain=host)
        return self

    def sign_up(self, **given):
        usual = {"name": "Awa", "email": self.email, "password": PASSWORD}
        return self.post("/sign-up", usual | given)

    def sign_in(self, **given):
        return self.post(
            "/sign-in", {"email": self.email, "password": PASSWORD} | given
        )

    def letters(self):
        with self.app.extensions["kb"].database.reading() as session:
            return session.scalars(select(Letter).order_by(Letter.id)).all()

    def last_link(self):
        """Give page and secret of the newest link in the mail."""
        (link,) = LINK.findall(self.letters()[-1].text)
        page, _, secret = link.partition("?token=")
        return page.removeprefix(f"{self.base}/{self.language}"), secret

    def open_link(self, **given):
        page, secret = self.last_link()
        return self.post(page, {"token": secret} | given)

    def signed_in(self):
        """Say whether the account opens."""
        return self.get("/account").status_code == 200

    def with_account(self):
        add_person(self.app, self.email)
        return self

    def at_home(self):
        """Have an account and be signed in."""
        return self.with_account().let_in()

    def with_second_factor(self):
        """Set the second factor up; give its secret."""
        page = "/account/second-factor"
        self.post(page, token_from=page)
        with self.app.extensions["kb"].database.reading() as session:
            secret = session.scalars(select(SecondFactor)).one().secret
        reply = self.post(f"{page}/confirm", token_from=page, code=now_code(secret))
        assert reply.status_code == 200
        self.codes = re.findall(r"<code>([a-z2-7-]+)</code>", reply.text)
        return secret


def add_person(app, email, *granted, name="Awa"):
    """Write a person with a password into the house, with roles; give her number."""
    with app.extensions["kb"].database.writing() as session:
        person = accounts.add_person(session, name=name, email=email, language="en")
        person.confirmed = datetime.now(UTC)
        accounts.set_password(session, person, CHEAP.accept(PASSWORD))
        session.flush()
        if granted:
            _give(session, accounts.by_email(session, email), granted)
        session.commit()
        return person.id


def give(app, email, *granted):
    """Give roles: a role, or a role with the kind and value of its scope."""
    with app.extensions["kb"].database.writing() as session:
        _give(session, accounts.by_email(session, email), granted)
        session.commit()


def _give(session, person, granted):
    for role, *scope in granted:
        kind, value = scope or (ScopeKind.EVERYWHERE, "")
        roles.grant(
            session, person, Role(role), by="a test", scope_kind=kind, scope=value
        )


def now_code(secret, *, later=0):
    """Give the code a phone shows now, or some half minutes from now."""
    return code_at(secret, step_at(datetime.now(UTC)) + later)


def change(app, table, **values):
    """Change every row of a table, as time would."""
    with app.extensions["kb"].database.writing() as session:
        for row in session.scalars(select(table)):
            for name, value in values.items():
                setattr(row, name, value)
        session.commit()


def rows(app, table):
    """Give all rows of a table, in the order in which they were put in."""
    with app.extensions["kb"].database.reading() as session:
        key = table.__table__.primary_key.columns
        return session.scalars(select(table).order_by(*key)).all()
