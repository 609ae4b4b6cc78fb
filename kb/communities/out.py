"""Writing whose knowledge public records are, and the notices on it, to a file."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.communities.lookups import read_told
from kb.record.models import Record
from kb.yaml_out import write_yaml


def write_communities(session: Session, folder: Path) -> int:
    """Write ``communities.yaml``; give how many records it names.

    Who agreed, who is a member and what is kept back stay here.
    """
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
    write_yaml(folder / "communities.yaml", {"communities": rows})
    return len(rows)
