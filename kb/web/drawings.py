"""Drawings of records: a shape with labels in the reader's language, or without a word.

Who may read a record may see its drawings; they hold nothing but its words.
"""

from flask import Blueprint, request
from flask import Response as Made
from werkzeug.wrappers import Response

from kb.entrance.address import LANG
from kb.entrance.kept import catalogue
from kb.entrance.request import this_session
from kb.errors import NotFound
from kb.kinds import BY_PLURAL
from kb.language import _
from kb.pictures.drawn import drawn
from kb.record.lookups import get_record
from kb.record.reading import Reading
from kb.vocabulary.models import Shape
from kb.vocabulary.shapes import SCHEME
from kb.web.media import LOCKED
from kb.web.policy import CONTENT
from kb.web.records import PLURAL, asked_each_time, code_in, gone_or_refused

pages = Blueprint("drawings", __name__, url_prefix=LANG)
PLACE = f"{PLURAL}/<ref>/drawings/<code>"


@pages.get(f"{PLACE}.svg")
@gone_or_refused
def one(lang: str, plural: str, ref: str, code: str) -> Response:
    """Draw it with the labels of the text that is asked for, else the reader's."""
    return _drawing(plural, ref, code, request.args.get("text") or lang, words=True)


@pages.get(f"{PLACE}/without-words.svg")
@gone_or_refused
def without_words(lang: str, plural: str, ref: str, code: str) -> Response:
    """Draw it without labels, for those who do not read, or write their own."""
    return _drawing(plural, ref, code, lang, words=False)


def _drawing(
    plural: str, ref: str, code: str, language: str, *, words: bool
) -> Response:
    record = get_record(this_session(), BY_PLURAL[plural], code_in(ref), language)
    concept_id = f"{SCHEME}:{code}"
    tagged = concept_id in record.codes(SCHEME)
    shape = this_session().get(Shape, concept_id) if tagged else None
    if shape is None:
        raise NotFound(_("There is no such picture."))
    made = drawn(shape.svg, code, Reading(record, language), words=words)
    reply = Made(made, content_type="image/svg+xml; charset=utf-8")
    reply.headers[CONTENT] = LOCKED
    return asked_each_time(reply) if catalogue().held.get(record.id) else reply
