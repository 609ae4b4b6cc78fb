"""Keeping those who try again and again to a pace; see `kb.people.pace`."""

from math import ceil

from flask import request
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from kb.entrance.form_token import keyed
from kb.entrance.labels import _
from kb.entrance.request import office
from kb.people import pace
from kb.people.pace import NO_WAIT, Allowed

Try = tuple[str, str, Allowed]
"""What is counted (``sign-in account``), for whom, and how often it may be."""
AT_HOME = {"127.0.0.1", "::1"}


def keep_pace(*tries: Try) -> None:
    """Count tries, whatever becomes of them.

    :raises TooManyRequests: there were too many; it says how long to wait, seconds.
    """
    with office().database.writing() as session:
        keep_pace_in(session, *tries)
        session.commit()


def keep_pace_in(session: Session, *tries: Try) -> None:
    """Count tries with the work they are for: both are kept by one commit.

    So that commit has something to write, and takes as long, if there is no work.

    :raises TooManyRequests: there were too many; it says how long to wait, seconds.
    """
    waits = [
        pace.keep_pace(session, keyed(what, whose), allowed)
        for what, whose, allowed in tries
        if whose
    ]
    wait = max(waits, default=NO_WAIT)
    if wait > NO_WAIT:
        seconds = ceil(wait.total_seconds())
        said = _("Please try again in %(minutes)s min.", minutes=ceil(seconds / 60))
        raise TooManyRequests(said, retry_after=seconds)


def was_good(what: str, whose: str, allowed: Allowed) -> None:
    """Do not count a try that succeeded: many people may share an address."""
    if whose:
        with office().database.writing() as session:
            pace.give_back(session, keyed(what, whose), allowed)
            session.commit()


def who_asks() -> str:
    """Give the address of who asks; nothing if it is that of a proxy nobody told of.

    All readers would share it, and one of them could shut out all others.
    """
    address = request.remote_addr or ""
    settings = office().settings
    hidden = settings.secure and settings.proxies == "0" and address in AT_HOME
    return "" if hidden else address
