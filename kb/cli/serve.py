"""``kb serve``: the web server, for real use."""

import gc
import os
import socket
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from kb.app import create_app
from kb.cli.office import Desk, say
from kb.migrations.version import require_newest

THREADS = 4


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn around one application; requests under way are finished on SIGTERM."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app, self._options = app, options
        super().__init__()

    def load_config(self) -> None:
        """Hand the options over."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Give the application."""
        return self._app


def run(desk: Desk, host: str, port: int) -> None:
    """Serve until told to stop."""
    if in_use(host, port):
        raise click.ClickException(
            f"Port {port} of {host} is in use; choose another with --port"
        )
    say(f"Humus is at http://{host}:{port}/ (Ctrl-C stops it)")
    options = {
        "bind": f"{host}:{port}",
        "workers": int(desk.settings.processes),
        "worker_class": "gthread",
        "threads": THREADS,
        "loglevel": "warning",
        "proc_name": "humus",
        "control_socket_disable": True,
    }
    server = Server(create_app(desk.settings), options)
    gc.collect()
    gc.freeze()  # what stands now stays, and is shared with the processes to come
    server.run()


def in_use(host: str, port: int) -> bool:
    """Say whether somebody listens on a port already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.pass_obj
def serve(desk: Desk, host: str, port: int) -> None:
    """Serve the pages and the API. Run `kb worker` beside it."""
    if not desk.settings.secret_key:
        raise click.ClickException(
            "KB_SECRET_KEY is not set. Set it to a long random text, for example:\n"
            f"  export KB_SECRET_KEY={os.urandom(24).hex()}"
        )
    require_newest(desk.database.engine)
    run(desk, host, port)
