"""Writing whose knowledge public records are, and the notices on it, to a file."""

from pathlib import Path

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.communities.lookups import read_told
from kb.record.models import Record


def write_communities(session: Session, folder: Path) -> int:
    """Write ``communities.yaml``; give how many records it names.

    Who agreed, who is a member and what is kept back stay here.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = read_told(session)
    keys = session.execute(
        select(Record.id, Record.key).where(Record.id.in_(told)).order_by(Record.key)
    )
    rows = [
        {
            "record": key,
            "community": told[number].names,
            "notices": [code.partition(":")[2] for code in told[number].notices],
        }
        for number, key in keys
    ]
    with (folder / "communities.yaml").open("w", encoding="utf-8") as out:
        yaml.safe_dump({"communities": rows}, out, allow_unicode=True, sort_keys=False)
    return len(rows)
