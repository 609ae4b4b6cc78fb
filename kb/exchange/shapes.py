"""Taking in and writing the drawings of a folder: ``drawings/CODE.svg``.

They come with the seeds or from an administrator's folder, never from a form.
"""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.errors import NotValid
from kb.vocabulary.models import Concept, Shape
from kb.vocabulary.shapes import SCHEME, read_shape

FOLDER = "drawings"


def take_in_shapes(
    session: Session, folder: Path, problems: dict[str, list[str]]
) -> int:
    """Take in each drawing of the list ``drawing``; give how many are new or different.

    :param problems: gets file and reason for each that is not let in, for those of
        no list, and for entries that would have none.
    """
    of_list = select(Concept.id).where(Concept.scheme == SCHEME)
    wanted = set(session.scalars(of_list))
    stood = {shape.concept_id: shape for shape in session.scalars(select(Shape))}
    changed = 0
    for path in sorted((folder / FOLDER).glob("*.svg")):
        where, concept_id = f"{FOLDER}/{path.name}", f"{SCHEME}:{path.stem}"
        if concept_id not in wanted:
            problems[where] = [f"vocabularies/{SCHEME}.yaml has no such code"]
            continue
        try:
            svg, labels = read_shape(path.read_bytes())
        except NotValid as refused:
            problems[where] = refused.problems["svg"]
            continue
        shape = stood.setdefault(concept_id, Shape(concept_id=concept_id, svg=""))
        changed += shape.svg != svg
        shape.svg, shape.labels = svg, labels
        session.add(shape)
    for concept_id in sorted(wanted - set(stood)):
        code = concept_id.partition(":")[2]
        problems.setdefault(f"{FOLDER}/{code}.svg", ["there is no such drawing"])
    session.flush()
    return changed


def write_shapes(session: Session, folder: Path) -> int:
    """Write ``drawings/CODE.svg`` for each drawing; give how many there are."""
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    shapes = session.scalars(select(Shape).order_by(Shape.concept_id)).all()
    for shape in shapes:
        name = f"{shape.concept_id.partition(':')[2]}.svg"
        (place / name).write_text(shape.svg + "\n", "utf-8")
    return len(shapes)
