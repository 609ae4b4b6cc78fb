"""What is kept of people, told from the lists that the program itself keeps to."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from flask import Blueprint, Response, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.belongings import BELONGINGS, KEPT
from kb.entrance import form_token, look, person, place
from kb.entrance.address import LANG
from kb.entrance.labels import _
from kb.entrance.person import a_fresh_sign_in
from kb.entrance.request import office, writing_session
from kb.feedback.tidying import VOTER_DAYS
from kb.people import about_me, sessions
from kb.people.models import Person
from kb.pictures.files import name_of, path_of
from kb.pictures.models import Picture, State
from kb.web import feedback
from kb.web.people_page import people_pages

pages = Blueprint("privacy", __name__, url_prefix=LANG)
files = people_pages("your_file", secrets=True)


def cookies() -> list[tuple[str, str, str]]:
    """Give what a browser may keep: name, what for, how long."""
    year, days = timedelta(seconds=place.A_YEAR), sessions.LONGEST.days
    hours = form_token.LIVES // timedelta(hours=1)
    return [
        (
            place.COOKIE,
            _("what you said of your land, to 10 km"),
            _("%(n)s days", n=year.days),
        ),
        (
            look.COOKIE,
            _("where on the map you look"),
            _("until you close the browser"),
        ),
        (
            feedback.COOKIE,
            _("that you said whether a record helped"),
            _("%(n)s days", n=VOTER_DAYS),
        ),
        (
            form_token.COOKIE,
            _("that a form was sent from our own page"),
            _("%(n)s hours", n=hours),
        ),
        (person.COOKIE, _("that you are signed in"), _("%(n)s days", n=days)),
    ]


@pages.get("/privacy")
def privacy(lang: str) -> str:
    """Say what is kept, where, how long, and what one can do about it."""
    settings = office().settings
    return render_template(
        "about/privacy.html",
        kept=KEPT,
        cookies=cookies(),
        contact=settings.contact,
        counts=settings.count_searches == "yes" or settings.count_use == "yes",
    )


@files.post("/account/export.zip")
def with_pictures(lang: str) -> Response:
    """Give everything that is kept about me, with the pictures I sent."""
    session, known = writing_session(), a_fresh_sign_in()
    everything = about_me.everything_about(session, known.person, BELONGINGS)
    session.commit()
    folder, packed = office().settings.pictures_folder, BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as out:
        written = json.dumps(everything, ensure_ascii=False, indent=1)
        out.writestr("humus-account.json", written)
        for path in _pictures(session, known.person, folder):
            out.write(path, f"pictures/{path.name}")
    reply = Response(packed.getvalue(), content_type="application/zip")
    reply.headers["Content-Disposition"] = 'attachment; filename="humus-account.zip"'
    return reply


def _pictures(session: Session, person: Person, folder: Path) -> list[Path]:
    """Give the files of the pictures she sent, the largest there is of each."""
    hers = select(Picture.digest).where(
        Picture.person_id == person.id, Picture.state != State.WITHDRAWN
    )
    names = [name_of(digest, "page", "jpg") for digest in session.scalars(hers)]
    paths = (path_of(folder, name) for name in dict.fromkeys(names))
    return [path for path in paths if path.exists()]
