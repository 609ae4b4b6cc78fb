"""Writing who made the records, named as they wish, to a file."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.credit.contributors import read_credited
from kb.record.lookups import may_leave
from kb.record.models import Record
from kb.yaml_out import write_yaml


def write_contributors(session: Session, folder: Path) -> int:
    """Write ``contributors.yaml``; give how many are named in it.

    Whoever is not named, or no more, stands nowhere.
    """
    credited = read_credited(session)
    keys = session.execute(
        select(Record.id, Record.key).where(may_leave()).order_by(Record.key)
    )
    rows = [
        {"record": key} | {name: value for name, value in vars(one).items() if value}
        for number, key in keys
        for one in credited.get(number, ())
        if one.name
    ]
    write_yaml(folder / "contributors.yaml", {"contributors": rows})
    return len(rows)
