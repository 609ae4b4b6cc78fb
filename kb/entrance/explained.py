"""Why results stand where they do, for a page and the API."""

from collections.abc import Sequence

from kb.entrance.request import office
from kb.record.whereabouts import Nearness
from kb.search.boosts import beside
from kb.search.documents import Records
from kb.search.service import Results
from kb.search.why import Why, why


def explained(
    results: Results, near: Nearness | None, record_ids: Sequence[int]
) -> dict[int, Why]:
    """Explain the scores of some records that a search found.

    Their texts are read anew, in all languages: some fifteen queries, however many
    records. Nothing is explained where no words were searched or no index answered.
    """
    asked = results.searched
    if asked is None or not asked.words or not record_ids:
        return {}
    documents = Records(office().database.reading).documents(record_ids)
    return why(office().index, asked, documents, beside(asked, near))
