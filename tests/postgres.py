"""A PostgreSQL of our own for the tests: thrown away afterwards, no network."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NEEDED = "apt install postgresql"


def programs() -> Path | None:
    """Find the folder with initdb and pg_ctl; Debian keeps them off the PATH."""
    found = [Path(p).parent for p in [shutil.which("initdb")] if p]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((p for p in found if (p / "initdb").exists()), None)


@contextmanager
def running() -> Iterator[str]:
    """Run a server; give the pattern of its SQLAlchemy addresses."""
    as_user = {}
    bin_ = programs()
    place = Path(tempfile.mkdtemp(prefix="humus-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(place, "postgres")
        as_user = {"user": "postgres"}
    data, log = place / "data", place / "log"

    def run(*command: str) -> None:
        subprocess.run(
            command, check=True, capture_output=True, cwd=place, timeout=600, **as_user
        )

    run(
        f"{bin_}/initdb",
        "-D",
        str(data),
        "-U",
        "kb",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
        "--locale=C.UTF-8",
    )
    options = (
        f"-k {place} -c listen_addresses='' -c fsync=off -c synchronous_commit=off"
    )
    ctl = f"{bin_}/pg_ctl"
    run(ctl, "-D", str(data), "-l", str(log), "-o", options, "-w", "start")
    try:
        yield f"postgresql+psycopg://kb@/{{name}}?host={place}"
    finally:
        run(ctl, "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(place, ignore_errors=True)
