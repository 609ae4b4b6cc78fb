"""Where the files of pictures are asked for."""

from flask import url_for

from kb.entrance.address import whole
from kb.kinds import KINDS
from kb.language import FALLBACK
from kb.pictures.files import name_of
from kb.pictures.models import Picture
from kb.record.models import Record


def pictures_address(record: Record) -> str:
    """Give the address of the page for those who bring pictures of a record."""
    plural = KINDS[record.kind].plural
    return url_for("pictures.every", plural=plural, ref=record.ref)


def drawing_address(
    record: Record, id_: str, *, words: bool = True, absolute: bool = False
) -> str:
    """Give the address of a drawing of a record, for readers of its own language.

    :param id_: of an entry of the list ``drawing``.
    """
    address = url_for(
        "drawings.one" if words else "drawings.without_words",
        lang=FALLBACK,
        plural=KINDS[record.kind].plural,
        ref=record.ref,
        code=id_.partition(":")[2],
        text=record.source_language if words else None,
    )
    return whole(address) if absolute else address


def picture_address(
    picture: Picture, size: str, ending: str = "webp", *, absolute: bool = False
) -> str:
    """Give the address of one file of a picture; it never holds anything else."""
    name = name_of(picture.digest, size, ending)
    address = url_for("media.file", name=name)
    return whole(address) if absolute else address
