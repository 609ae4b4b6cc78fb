"""Writing who made the records, named as they wish, to a file."""

from pathlib import Path

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.credit.contributors import read_credited
from kb.record.lookups import may_leave
from kb.record.models import Record


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
    with (folder / "contributors.yaml").open("w", encoding="utf-8") as out:
        yaml.safe_dump({"contributors": rows}, out, allow_unicode=True, sort_keys=False)
    return len(rows)
