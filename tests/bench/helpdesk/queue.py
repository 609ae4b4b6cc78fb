"""The queue of questions with 10,000 in it, on PostgreSQL, beside one with ten.

`python -m tests.bench.helpdesk.queue`: median and 95th percentile of a page in
milliseconds, and the statements it asks the database, for an expert of one desk and for
a coordinator of all.
"""

import random
import tempfile
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from time import perf_counter

from sqlalchemy import create_engine, event, insert, text

from kb.app import create_app
from kb.exchange.regions import take_in_regions
from kb.helpdesk import clocks
from kb.helpdesk.clock_tables import Clock
from kb.helpdesk.question_tables import Question
from kb.migrations.apply import upgrade
from kb.settings import Settings, shipped
from tests import postgres
from tests.conftest import CHEAP
from tests.feedback.house import staff
from tests.helpdesk.house import at, desk

DESKS = ("BF", "NE", "ML", "SN", "KE", "IN", "BR", "PE")
PAGES = 200


def main():
    with postgres.running() as pattern, tempfile.TemporaryDirectory() as home:
        for many in (10, 10_000):
            name = f"q{many}"
            with create_engine(
                pattern.format(name="postgres"), isolation_level="AUTOCOMMIT"
            ).connect() as server:
                server.execute(text(f"CREATE DATABASE {name}"))
            url = pattern.format(name=name)
            settings = Settings(
                home=f"{home}/{name}",
                database=url,
                search="memory:",
                secret_key="x" * 32,
            )
            app = create_app(settings, hasher=CHEAP)
            fill(app, many)
            tell(app, many)
            app.extensions["kb"].database.engine.dispose()


def fill(app, many):
    database, chance = app.extensions["kb"].database, random.Random(7)
    upgrade(database.engine)
    now = datetime.now(UTC)
    with database.writing() as session:
        take_in_regions(session, shipped("seeds"), {})
        for code in DESKS:
            desk(session, code.lower(), code)
        session.commit()
        rows = [
            {
                "id": n + 1, "code": f"{n:09}", "at": now, "words": "Word " * 40,
                "changed": now - timedelta(minutes=chance.randrange(100_000)),
                "language": chance.choice(("fr", "en", "pt")), "reader": "en",
                "country": (place := chance.choice(DESKS)), "place": "", "contact": "",
                "state": "open", "desk_code": place.lower(), "asked_again": 0,
                "because": "", "suspect": chance.random() < 0.01,
                "due": now + timedelta(minutes=chance.randrange(-10_000, 10_000)),
            }
            for n in range(many)
        ]  # fmt: skip
        session.execute(insert(Question), rows)
        session.execute(
            insert(Clock),
            [
                {"question_id": row["id"], "promise": "first", "within": 840,
                 "used": 0, "runs_since": now, "due": row["due"],
                 "rings": row["due"], "rung": 0}
                for row in rows
            ],
        )  # fmt: skip
        session.commit()
        session.execute(text("ANALYZE"))
        session.commit()


def tell(app, many):
    seen = []
    engine = app.extensions["kb"].database.engine
    event.listen(engine, "before_cursor_execute", lambda *said: seen.append(said[2]))
    for who in (at(app, "bf"), staff(app, "coordinator")):
        for page in ("/desk/questions", "/desk/questions?page=100"):
            who.get(page)
            seen.clear()
            assert who.get(page).status_code == 200
            asked, took = len(seen), []
            for _each in range(PAGES):
                began = perf_counter()
                who.get(page)
                took.append(1000 * (perf_counter() - began))
            p95 = quantiles(took, n=20)[-1]
            said = f"{many:6} questions, {who.email.partition('@')[0]:12} {page:24}"
            print(f"{said} {median(took):5.1f} ms, p95 {p95:5.1f}, {asked} statements")
    if many > 100:
        with app.extensions["kb"].database.reading() as session:
            question = session.get(Question, 1)
            began = perf_counter()
            clocks.standings(session, question)
            print(f"clocks of one question: {1000 * (perf_counter() - began):.1f} ms")


if __name__ == "__main__":
    main()
