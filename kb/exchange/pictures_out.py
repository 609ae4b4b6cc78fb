"""Writing the pictures that everybody may see to files, with credit and licence."""

import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from kb.pictures.files import name_of, path_of
from kb.pictures.lookups import whole
from kb.pictures.models import Picture
from kb.pictures.rules import is_for_all
from kb.pictures.sizes import SIZES, TYPES
from kb.record.lookups import may_leave
from kb.record.models import Record
from kb.yaml_out import write_yaml


def write_pictures(session: Session, kept: Path, folder: Path) -> int:
    """Write ``pictures/pictures.yaml`` and the files; give how many pictures there are.

    Who sent them and what those in them agreed to stays here, and so do the pictures of
    what communities let be told here.

    :param kept: where this installation has the files.
    """
    place = folder / "pictures"
    place.mkdir(parents=True, exist_ok=True)
    wanted = (
        select(Picture)
        .join(Record, Record.id == Picture.record_id)
        .where(is_for_all(), may_leave())
        .order_by(Record.key, Picture.position, Picture.id)
        .options(*whole(), joinedload(Picture.record))
    )
    pictures = session.scalars(wanted).unique().all()
    for picture in pictures:
        for size in SIZES:
            for ending in TYPES:
                name = name_of(picture.digest, size.name, ending)
                shutil.copyfile(path_of(kept, name), place / name)
    rows = [_row(picture) for picture in pictures]
    write_yaml(place / "pictures.yaml", {"pictures": rows})
    return len(rows)


def _row(picture: Picture) -> dict[str, Any]:
    assert picture.record is not None
    return {
        "record": picture.record.key,
        "place": picture.place,
        "digest": picture.digest,
        "credit": picture.credit,
        "licence": picture.licence,
        "words": {
            words.language: {"alt": words.alt, "caption": words.caption}
            for words in picture.words
        },
        "sizes": {size.name: [size.width, size.height] for size in picture.sizes},
    }
