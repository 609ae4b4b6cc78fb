"""Reading pictures: of a record, with the titles in a list, one to serve."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from kb.errors import NotFound
from kb.language import FALLBACK, _, best_of
from kb.pictures.models import Picture, PictureWords, State
from kb.pictures.rules import is_for_all
from kb.record.kind import Kind
from kb.record.lookups import is_told
from kb.record.models import Record

CARD, DRAWING, STEP = "card", "drawing", "step:"


def whole() -> list[ORMOption]:
    """Load words and sizes with a picture, in the same query."""
    return [joinedload(Picture.words), joinedload(Picture.sizes)]


def public_pictures(session: Session, record: Record) -> Sequence[Picture]:
    """Give the pictures of a record that everybody may see, in their order."""
    return _those_for_all(session, [record.id])


def leading(session: Session, record_ids: Collection[int]) -> dict[int, Picture]:
    """Give the first picture with the title of each record: record → picture."""
    found: dict[int, Picture] = {}
    for picture in _those_for_all(session, record_ids):
        if picture.place == CARD and picture.record_id is not None:
            found.setdefault(picture.record_id, picture)
    return found


def _those_for_all(session: Session, record_ids: Collection[int]) -> Sequence[Picture]:
    wanted = (
        select(Picture)
        .join(Record, Record.id == Picture.record_id)
        .where(Picture.record_id.in_(list(record_ids)), is_for_all())
        .order_by(Picture.position, Picture.id)
        .options(*whole())
    )
    return session.scalars(wanted).unique().all()


def with_digest(session: Session, digest: str) -> Sequence[Picture]:
    """Give the pictures that share these files, each with its record."""
    wanted = select(Picture).where(Picture.digest == digest)
    return session.scalars(wanted.options(joinedload(Picture.record))).all()


def standing(session: Session, record: Record) -> Sequence[Picture]:
    """Give all pictures of a record that were not withdrawn, in their order."""
    wanted = (
        select(Picture)
        .where(Picture.record_id == record.id, Picture.state != State.WITHDRAWN)
        .order_by(Picture.position, Picture.id)
        .options(*whole(), joinedload(Picture.record))
    )
    return session.scalars(wanted).unique().all()


def get_picture(session: Session, record: Record, number: int) -> Picture:
    """Give a picture of a record that was not withdrawn.

    :raises NotFound: there is none.
    """
    found = [one for one in standing(session, record) if one.id == number]
    if not found:
        raise NotFound(_("There is no such picture."))
    return found[0]


def get_any_record(
    session: Session, kind: Kind, ref: str, *options: ORMOption
) -> Record:
    """Give a record with its titles, public or not; who may know of it, ask the rules.

    :raises NotFound: there is none, or its community keeps it back.
    """
    wanted = select(kind.model).where(kind.model.ref == ref, is_told())
    wanted = wanted.options(joinedload(Record.texts), *options)
    record = session.scalars(wanted).unique().first()
    if record is None:
        raise NotFound(_("There is no record with the code %(ref)s.", ref=ref), ref=ref)
    return record


@dataclass(frozen=True)
class Described:
    """The words of a picture for one reader, and the language they are in."""

    alt: str
    caption: str
    language: str


def described(picture: Picture, language: str) -> Described:
    """Give the words of a picture: in her language, else the fallback, never none."""
    words: dict[str, PictureWords] = {one.language: one for one in picture.words}
    best = best_of(words, reader=language, source=FALLBACK)
    return Described(words[best].alt, words[best].caption, best)
