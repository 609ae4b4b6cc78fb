"""``kb sms``: texts to and from phones; trying them without a gateway."""

import secrets
import sys
from pathlib import Path

import click
from sqlalchemy import update

from kb import outbox
from kb.cli.office import Desk
from kb.cli.people import writing
from kb.helpdesk.desks import read_desks
from kb.helpdesk.question_tables import Question
from kb.inbox.rehearsal import Act, Stage, Who, rehearse
from kb.language import INTERFACE
from kb.messages.gateway import GatewaySender
from kb.migrations.version import require_newest
from kb.regions.holding import read_holding
from kb.sms.gateway import read_gateway
from kb.sms.numbers import normal
from kb.sms.phones import known_phone
from kb.worker import finish_talks, send_texts

ANSWER = "/"
"""Begins a line that the desk writes."""


@click.group()
def sms() -> None:
    """Look after texts to and from phones."""


@sms.command(name="try")
@click.option("--country", default="BF", show_default=True, help="Of the phone.")
@click.option("--language", type=click.Choice(INTERFACE), default="en")
@click.pass_obj
def try_(desk: Desk, country: str, language: str) -> None:
    """Write as somebody with a phone would; a line that begins with / is the desk's.

    Shown is what the phone gets, in which parts. Nothing is kept and nothing is sent.
    """
    require_newest(desk.database.engine)
    stage = Stage(country, language, secrets.token_hex(8))
    acts: list[Act] = []
    for line in sys.stdin:
        words = line.strip()
        who = Who.DESK if words.startswith(ANSWER) else Who.PHONE
        acts.append(Act(who, words.removeprefix(ANSWER) if who == Who.DESK else words))
        with desk.database.writing() as session:
            desks = read_desks(session, read_holding(session))
            seen = rehearse(session, acts, stage, desks)
            session.rollback()
        scene = seen.scenes[-1]
        if scene.refused:
            click.echo(f"! {scene.refused}")
        for part in scene.parts:
            click.echo(f"[{part.number}/{part.of} {part.alphabet} {part.units}/"
                       f"{part.room}] {part.text}")  # fmt: skip
        click.echo(f"-- parts charged so far: {seen.charged}")


@sms.command()
@click.argument("number")
@click.option("--country", default="", help="Of a number that does not say its own.")
@click.pass_obj
def forget(desk: Desk, number: str, country: str) -> None:
    """Forget a NUMBER and what it wrote; the questions stay, under no number."""
    with writing(desk) as session:
        phone = known_phone(session, normal(number, country))
        if phone is not None:
            outbox.forget(session, phone.phone)
            leaves = update(Question).where(Question.phone_id == phone.id)
            session.execute(leaves.values(phone_id=None))
            session.delete(phone)
    click.echo("forgotten" if phone else "this number is not known")


def send_by_gateway(desk: Desk) -> int:
    """Go on with talks, and hand over the texts that are due; give how many went.

    :raises Unavailable: the file of the gateway cannot be used.
    """
    if not desk.settings.sms:
        return 0
    gateway = read_gateway(Path(desk.settings.sms))
    finish_talks(desk.database.writing)
    if not gateway.sending.url:
        return 0
    sender = GatewaySender(gateway)
    return send_texts(desk.database.writing, sender, gateway.limits)
