"""The page of search results over HTTP, beside a page with nothing on it.

``python -m tests.bench.search.page`` fills an installation with the seeds, serves it
with ``kb serve``, and beside it, with the same server and settings, one application of
Flask and Jinja that renders ten given lines. Both are asked in turn by the same number
of readers at once.
"""

import os
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter, sleep

import numpy as np
from flask import Flask, render_template_string

from kb.cli.serve import THREADS, Server

ASKED = ("soil", "erosion", "compost", "rice", "maize beans", "water", "mulch", "lime")
READERS, TURNS, SECONDS = 4, 3, 4
PLAIN = """<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>
<ul>{% for line in lines %}<li><a href="/{{ loop.index }}">{{ line }}</a>
{% endfor %}</ul>"""


def plain():
    """Give the application that does next to nothing."""
    app = Flask(__name__)
    lines = [f"Practice number {n}" for n in range(10)]

    @app.get("/")
    def page():
        return render_template_string(PLAIN, title="Practices", lines=lines)

    return app


def serve_plain(port):
    """Serve it as `kb serve` serves ours."""
    options = {
        "bind": f"127.0.0.1:{port}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": THREADS,
        "loglevel": "warning",
        "control_socket_disable": True,
    }
    Server(plain(), options).run()


@contextmanager
def served(*command, port, **env):
    """Run a server until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env=os.environ | env,
        stdout=subprocess.DEVNULL,
    )
    try:
        while not answers(port):
            if process.poll() is not None:
                raise SystemExit(f"{command[0]} did not start")
            sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait()


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def read(port, addresses, reader):
    """Ask one address after the other for some seconds; give how long each took."""
    line, taken = HTTPConnection("127.0.0.1", port), []
    end = perf_counter() + SECONDS
    while perf_counter() < end:
        begun = perf_counter()
        line.request("GET", addresses[(len(taken) + reader) % len(addresses)])
        reply = line.getresponse()
        assert reply.status == 200, (reply.status, reply.read())
        reply.read()
        taken.append(perf_counter() - begun)
    line.close()
    return taken


def readers(port, addresses):
    with ThreadPoolExecutor(READERS) as pool:
        turns = [pool.submit(read, port, addresses, n) for n in range(READERS)]
        return [seconds for turn in turns for seconds in turn.result()]


def processor_seconds(process):
    """Give what a server and its processes have used of the processor so far."""
    own = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    fields = [
        Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        for pid in (process.pid, *own)
    ]
    return sum(int(f[11]) + int(f[12]) for f in fields) / os.sysconf("SC_CLK_TCK")


def main():
    ours, theirs = free_port(), free_port()
    searches = [f"/en/search?q={words.replace(' ', '+')}" for words in ASKED]
    with tempfile.TemporaryDirectory() as home:
        kb = ["kb.cli", "--home", home]
        subprocess.run([sys.executable, "-m", *kb, "prepare"], check=True)
        me = "tests.bench.search.page"
        with (
            served(
                *kb, "serve", "--port", str(ours), port=ours, KB_SECRET_KEY="x" * 32
            ) as a,
            served(me, str(theirs), port=theirs) as b,
        ):
            compare(("search", ours, searches, a), ("plain", theirs, ["/"], b))


def compare(*servers):
    for _, port, addresses, _ in servers:
        read(port, addresses, 0)  # warm
    taken, used = (
        {name: [] for name, *_ in servers},
        dict.fromkeys(("search", "plain"), 0),
    )
    for _ in range(TURNS):
        for name, port, addresses, process in servers:
            before = processor_seconds(process)
            taken[name] += readers(port, addresses)
            used[name] += processor_seconds(process) - before
    for name, seconds in taken.items():
        p50, p95 = np.percentile(seconds, (50, 95)) * 1000
        per_second = len(seconds) / (TURNS * SECONDS)
        own = used[name] / len(seconds) * 1000
        print(
            f"{name:7} {per_second:7.0f} requests/s   p50 {p50:.1f}   p95 {p95:.1f} ms"
            f"   processor {own:.2f} ms a request"
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve_plain(int(sys.argv[1]))
    else:
        main()
