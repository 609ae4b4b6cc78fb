"""A picture in a form: what is said of it, and its file."""

from collections.abc import Collection, Mapping
from typing import Any

from flask import request

from kb.entrance.labels import _
from kb.errors import NotValid
from kb.pictures.given import checked_picture
from kb.pictures.taking_in import TakenIn, check_length, take_in

OVERHEAD = 64 * 1024
"""Bytes of a form beside its file."""
Problems = Mapping[str, list[str]]


def picture_given(
    form: Mapping[str, str], places: Collection[str], others: Problems | None = None
) -> tuple[dict[str, Any], TakenIn]:
    """Give what was said of a picture, and the picture made anew.

    :param others: what is wrong with the rest of the form; then nothing is unpacked.
    :raises NotValid: something does not fit; all problems are told at once.
    """
    problems = dict(others or {})
    try:
        given = checked_picture(form, places)
    except NotValid as refused:
        problems |= refused.problems
    try:
        sent = request.files.get("picture")
        data = sent.read() if sent else b""
        check_length(len(data))
        if not problems:
            taken = take_in(data)
    except NotValid as refused:
        problems |= refused.problems
    if problems:
        raise NotValid(_("Please look at the marked fields."), problems)
    return given, taken
