"""Texts, from what a gateway posts to questions in the queue.

`python -m tests.bench.helpdesk.texts_in [texts]`: an application on SQLite takes signed
posts one after another, each from a phone of its own. Told are the milliseconds of the
median and of the slowest in a hundred, texts in a minute, what a page that asks nothing
takes in the same run, and how busy the machine is: the ratio of the two counts.
"""

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from kb.app import create_app
from kb.migrations.apply import upgrade
from kb.settings import Settings
from tests.helpdesk.asking import furnish_desks
from tests.sms.post import body, gateway, signed

WORDS = "How far apart do zai pits stand on a gentle slope, and what goes in?"


def main(many: int) -> None:
    """Post them, and say how long it took."""
    with tempfile.TemporaryDirectory() as home:
        gateway(Path(home))
        settings = Settings(
            home=home, secret_key="a key for measuring only",
            address="http://localhost", sms=str(Path(home, "gateway.toml")),
        )  # fmt: skip
        app = create_app(settings)
        database = app.extensions["kb"].database
        upgrade(database.engine)
        furnish_desks(app)
        client, taken = app.test_client(), []
        began, worked = perf_counter(), process_time()
        for n in range(many):
            raw = body(WORDS, f"+22670{n:06}", str(n))
            start = perf_counter()
            reply = client.post("/sms/receive", data=raw, headers=signed(raw))
            taken.append(perf_counter() - start)
            assert reply.status_code == 200, reply.text
        whole, worked = perf_counter() - began, process_time() - worked
        start = perf_counter()
        for _each in range(100):
            client.get("/sms/receive")
        plain = (perf_counter() - start) / 100
        taken.sort()
        print(
            f"{many} texts: median {taken[many // 2] * 1000:.1f} ms, slowest in a"
            f" hundred {taken[many * 99 // 100] * 1000:.1f} ms,"
            f" {many / whole * 60:.0f} a minute, {worked / many * 1000:.1f} ms of one"
            f" core each; a plain refusal {plain * 1000:.1f} ms; load"
            f" {os.getloadavg()[0]:.1f}"
        )
        database.engine.dispose()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
