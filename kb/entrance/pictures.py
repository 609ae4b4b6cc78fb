"""Where the files of pictures are asked for."""

from flask import url_for

from kb.entrance.address import whole
from kb.kinds import KINDS
from kb.pictures.files import name_of
from kb.pictures.models import Picture
from kb.record.models import Record


def pictures_address(record: Record) -> str:
    """Give the address of the page for those who bring pictures of a record."""
    plural = KINDS[record.kind].plural
    return url_for("pictures.every", plural=plural, ref=record.ref)


def picture_address(
    picture: Picture, size: str, ending: str = "webp", *, absolute: bool = False
) -> str:
    """Give the address of one file of a picture; it never holds anything else."""
    name = name_of(picture.digest, size, ending)
    address = url_for("media.file", name=name)
    return whole(address) if absolute else address
