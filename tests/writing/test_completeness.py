"""A draft is as complete as the record it becomes."""

from sqlalchemy import select

from kb.kinds import KINDS
from kb.practices.completeness import completeness_percent, missing
from kb.record.lookups import for_page
from kb.record.models import Record
from kb.record.reading import Reading
from kb.writing.completeness import lacking, percent
from kb.writing.versions import newest

KIND = KINDS["practice"]


def test_practices_and_their_documents_are_equally_complete(seeded):
    wanted = select(KIND.model).order_by(Record.id).limit(12)
    with seeded.office.database.reading() as session:
        for record in session.scalars(wanted.options(*for_page(KIND, "en"))).unique():
            document = newest(session, record.id).document
            reading = Reading(record, "en")
            assert lacking(KIND, document, "en") == missing(record, reading)
            assert percent(KIND, document, "en") == completeness_percent(
                record, reading
            )


def test_an_empty_document_lacks_everything():
    for kind in KINDS.values():
        assert percent(kind, {}, "en") == 0
        assert lacking(kind, {}, "en") == list(kind.wanted)
