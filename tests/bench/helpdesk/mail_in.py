"""A thousand mails, from the mail server to questions in the queue.

`python -m tests.bench.helpdesk.mail_in [sqlite|postgres] [mails]`: a real SMTP server
on this machine takes each mail from a client and hands it to `kb mail receive` in a
process of its own, four at a time, as Postfix does; `kb worker` runs beside it. Told
are the seconds until the server has handed over all, until all are questions with their
acknowledgement queued, how many are there, and the seconds of one core that the
commands and the worker took: on a machine that does much else, these count.
"""

import asyncio
import os
import resource
import smtplib
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from threading import Thread
from time import perf_counter, sleep

from aiosmtpd.controller import Controller
from sqlalchemy import create_engine, func, select, text

from kb.cli.office import Desk
from kb.exchange.regions import take_in_regions
from kb.helpdesk.question_tables import Question
from kb.migrations.apply import upgrade
from kb.outbox import Letter
from kb.settings import Settings, shipped
from tests import postgres
from tests.cli.terminal import free_port
from tests.helpdesk.house import desk as make_desk

AT_ONCE = 4
CLIENTS = 4
WORDS = "How far apart do zai pits stand on a gentle slope, and what goes in? " * 8


class Pipe:
    """Hands each mail to the command and waits for its exit code."""

    def __init__(self, settings):
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KB_")}
        self.env = kept | settings
        self.free = asyncio.Semaphore(AT_ONCE)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        async with self.free:
            begun = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "kb.cli", "mail", "receive",
                stdin=subprocess.PIPE, env=self.env,
            )  # fmt: skip
            await begun.communicate(envelope.content)
        return "250 fine" if begun.returncode == 0 else "451 try later"


def main(database="sqlite", mails=1000):
    mails = int(mails)
    with tempfile.TemporaryDirectory() as home, opened(database) as url:
        settings = {
            "KB_HOME": home,
            "KB_SECRET_KEY": "a key for the bench of mail",
            "KB_ADDRESS": "https://humus.example",
            "KB_HELP_ADDRESS": "help@humus.example",
        } | ({"KB_DATABASE": url} if url else {})
        here = Desk(Settings.from_environment(settings))
        furnish(here)
        env = Pipe(settings).env
        worker = subprocess.Popen([sys.executable, "-m", "kb.cli", "worker"], env=env)
        try:
            measure(here, settings, mails)
        finally:
            before = spent()
            worker.terminate()
            worker.wait()
            print(f"worker: {spent() - before:.1f} s of one core")
            here.database.engine.dispose()


def opened(database):
    return server() if database == "postgres" else nullcontext("")


class server:  # noqa: N801
    """A PostgreSQL with an empty database in it; gives its address."""

    def __enter__(self):
        self.running = postgres.running()
        pattern = self.running.__enter__()
        maker = create_engine(
            pattern.format(name="postgres"), isolation_level="AUTOCOMMIT"
        )
        with maker.connect() as connection:
            connection.execute(text("CREATE DATABASE mails"))
        maker.dispose()
        return pattern.format(name="mails")

    def __exit__(self, *wrong):
        return self.running.__exit__(*wrong)


def furnish(here):
    upgrade(here.database.engine)
    with here.database.writing() as session:
        take_in_regions(session, shipped("seeds"), {})
        for code in ("BF", "NE", "ML"):
            make_desk(session, code.lower(), code)
        session.commit()


def measure(here, settings, mails):
    post = Controller(Pipe(settings), hostname="127.0.0.1", port=free_port())
    post.start()
    begun = perf_counter()
    clients = [
        Thread(target=send, args=(post.port, range(n, mails, CLIENTS)))
        for n in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    handed = perf_counter() - begun
    while counted(here, Question) < mails and perf_counter() - begun < 600:
        sleep(0.2)
    done = perf_counter() - begun
    post.stop()
    there, told = counted(here, Question), counted(here, Letter)
    print(f"{mails} mails: handed over in {handed:.1f} s, taken in after {done:.1f} s")
    print(f"{there} questions, {told} letters, {60 * there / done:.0f} a minute")
    print(f"commands: {spent():.1f} s of one core")


def send(port, numbers):
    with smtplib.SMTP("127.0.0.1", port) as client:
        for number in numbers:
            sender = f"asker{number}@farm.example"
            mail = (
                f"From: {sender}\r\nTo: help@humus.example\r\n"
                f"Message-ID: <{number}@farm.example>\r\nSubject: Question {number}\r\n"
                f"\r\n{WORDS}\r\n"
            )
            client.sendmail(sender, ["help@humus.example"], mail)


def spent():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def counted(here, table):
    with here.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


if __name__ == "__main__":
    main(*sys.argv[1:])
