"""``kb mail``: mail that comes in, from a mail server or a mailbox."""

import sys
from collections.abc import Callable
from functools import partial

import click
from sqlalchemy.orm import Session

from kb import stopping
from kb.cli.office import Desk
from kb.cli.people import writing
from kb.cli.receive import receive as receive_one
from kb.helpdesk.desks import read_desks
from kb.inbox import box
from kb.inbox.taking import House
from kb.messages.imap import open_mailbox
from kb.messages.open import sender_address
from kb.migrations.version import require_newest
from kb.regions.holding import read_holding
from kb.worker import take_in_mail


@click.group()
def mail() -> None:
    """Take in mail: questions, and answers to what we wrote."""


@mail.command()
@click.pass_obj
def receive(desk: Desk) -> None:
    """Receive one mail from standard input, for a mail server; the worker reads it."""
    raise SystemExit(receive_one(sys.stdin.buffer, desk.settings.letterbox))


@mail.command()
@click.pass_obj
def poll(desk: Desk) -> None:
    """Fetch what lies in the mailbox (KB_MAIL_IN), and take in all that waits."""
    require_newest(desk.database.engine)
    fetched = fetch(desk)
    taken = take_in(desk)
    click.echo(f"{fetched} mails fetched, {taken} taken in")


@mail.command()
@click.argument("address")
@click.pass_obj
def alive(desk: Desk, address: str) -> None:
    """Write to ADDRESS again, from which mail came back."""
    with writing(desk) as session:
        known = stopping.is_alive(session, address)
    click.echo("mail goes there again" if known else "no mail came back from there")


def fetch(desk: Desk) -> int:
    """Fetch the mailbox into the letterbox, if one is named; say how many."""
    if not desk.settings.mail_in:
        return 0
    letterbox = desk.settings.letterbox
    mailbox = open_mailbox(desk.settings.mail_in)
    with box.emptying(letterbox) as alone:
        put = partial(box.put, letterbox)
        return mailbox.fetch(put, most_bytes=box.MOST_BYTES) if alone else 0


def take_in(desk: Desk) -> int:
    """Take in what lies in the letterbox; say how many."""
    sessions, letterbox = desk.database.writing, desk.settings.letterbox
    return take_in_mail(sessions, letterbox, house_of(desk))


def house_of(desk: Desk) -> Callable[[Session], House]:
    """Give what reads what taking in needs to know."""
    settings = desk.settings
    help_address = settings.help_address.strip().casefold()

    def opened(session: Session) -> House:
        return House(
            key=settings.secret_key,
            site=settings.address,
            own=frozenset({help_address, sender_address(settings)} - {""}),
            help_address=help_address,
            pictures=settings.pictures_folder,
            desks=read_desks(session, read_holding(session)),
        )

    return opened
