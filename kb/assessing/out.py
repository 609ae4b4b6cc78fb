"""Writing what was said of public records to a file, without notes for colleagues."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.assessing.history import for_all, newest_versions
from kb.assessing.models import Assessment
from kb.record.lookups import is_public
from kb.record.models import Record
from kb.yaml_out import write_yaml


def write_assessments(session: Session, folder: Path) -> int:
    """Write ``assessments.yaml``, oldest first; give how many there are."""
    newest = newest_versions(session)
    rows = session.execute(
        select(Record.key, Assessment)
        .join(Record, Record.id == Assessment.record_id)
        .where(is_public())
        .order_by(Assessment.id)
    )
    said = [
        {"record": key, "version": row.version}
        | vars(for_all(row, newest.get(row.record_id, 0)))
        for key, row in rows
    ]
    write_yaml(folder / "assessments.yaml", {"assessments": said})
    return len(said)
