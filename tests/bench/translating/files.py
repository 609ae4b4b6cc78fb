"""Taking a file of a translator in: `python -m tests.bench.translating.files [UNITS]`.

Takes the seeds in, copies their English records until there are so many fields (10,000)
and writes these as PO and as XLIFF 2, each with the French words of the seeds. Then the
command takes the file in: as a dry run, in earnest, and the same once more. Seconds and
most memory of each process, which also starts and reads the thesaurus.
"""

import re
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from sqlalchemy import insert, select

from kb.cli.office import Desk
from kb.people import accounts, roles
from kb.people.models import Role, ScopeKind
from kb.record.models import Record, Status
from kb.settings import Settings
from kb.translating.files import forms, po, xliff
from kb.translating.files.gathering import Asked, gathered
from kb.writing.models import Version

EMAIL, INTO = "bench@farm.example", "fr"
WRITES = {"po": po.write_units, "xliff": xliff.write_units}
KB = [sys.executable, "-m", "kb.cli"]
MEASURED = (
    "import resource, subprocess, sys;"
    "code = subprocess.run(sys.argv[1:]).returncode;"
    "print('KB', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss);"
    "sys.exit(code)"
)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for form, write in WRITES.items():
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(Settings(home=folder))
            for words in (("db", "upgrade"), ("seed",)):
                subprocess.run([*KB, "--home", folder, *words], check=True,
                               capture_output=True)  # fmt: skip
            file = Path(folder) / f"fr.{form}"
            with desk.database.writing() as session:
                person(session)
                units = copied(session, count)
                session.commit()
            file.write_bytes(b"".join(write(units, INTO, "en")))
            size = file.stat().st_size / 1e6
            print(f"{form}: {len(units)} units, {size:.1f} MB")
            for name, more in (("dry run", ["--dry-run"]), ("run", []), ("again", [])):
                show(name, folder, file, [*more, "--also", "doubtful"])
            with desk.database.reading() as session:
                begun = perf_counter()
                out = b"".join(forms.FORMS[form].write(session, Asked(INTO, "en")))
                print(f"  out again: {perf_counter() - begun:.1f} s, {len(out)} bytes")
            desk.database.engine.dispose()


def person(session):
    one = accounts.add_person(session, name="Bench", email=EMAIL, language="en")
    one.confirmed = datetime.now(UTC)
    session.flush()
    session.expunge_all()
    one = accounts.by_email(session, EMAIL)
    given = {"scope_kind": ScopeKind.LANGUAGE, "scope": INTO}
    roles.grant(session, one, Role.TRANSLATOR, by="bench", **given)


def copied(session, count):
    """Copy records with their English words alone; give their fields, in French."""
    known = {unit.id: unit for unit in gathered(session, Asked(INTO, "en"))}
    wanted = select(Record.ref, Record.kind, Version.document, Version.at)
    records = session.execute(wanted.join(Version, Version.record_id == Record.id))
    records = records.all()
    units, number = [], 1000
    while len(units) < count:
        for ref, kind, document, at in records:
            number += 1
            copy(session, kind, document, at, number)
            units += [
                replace(unit, ref=f"P-{number}", shown="", ready=True)
                for unit in known.values()
                if unit.ref == ref
            ]
    session.flush()
    return units[:count]


def copy(session, kind, document, at, number):
    made = insert(Record.__table__).returning(Record.__table__.c.id)
    values = {"kind": kind, "key": f"copy-{number}", "ref": f"P-{number}"}
    usual = {
        "status": Status.PUBLISHED, "source_language": "en", "telling": "free",
        "licence": "", "credit": "", "provenance": "", "fingerprint": "", "version": 1,
    }  # fmt: skip
    record_id = session.scalar(made.values(values | usual))
    said = document | {"texts": {"en": document["texts"]["en"]}}
    session.add(Version(record_id=record_id, number=1, at=at, document=said))


def show(name, folder, file, more):
    command = [*KB, "--home", folder, "translations", "import", "--by", EMAIL]
    begun = perf_counter()
    said = subprocess.run(
        [sys.executable, "-c", MEASURED, *command, str(file), *more],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    seconds = perf_counter() - begun
    memory = int(re.search(r"KB (\d+)", said.stdout)[1]) / 1024
    print(f"  {name}: {seconds:.1f} s, {memory:.0f} MB, of which it says:")
    lines = said.stdout.strip().splitlines()
    print("    " + "\n    ".join(lines[-3:-1]))


if __name__ == "__main__":
    main()
