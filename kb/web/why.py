"""The page that says why a result stands where it does, for advisers."""

from babel.numbers import format_decimal, format_percent
from flask import Blueprint, render_template, request, url_for

from kb.entrance.address import LANG
from kb.entrance.explained import explained
from kb.entrance.named import this_thesaurus
from kb.entrance.place import this_nearness
from kb.entrance.request import office, this_language, this_session
from kb.errors import NotFound
from kb.language import _
from kb.record.lookups import by_ref
from kb.search.service import Results, search
from kb.search.why import Reason
from kb.web.asked import as_query_string, asked

pages = Blueprint("why", __name__, url_prefix=LANG)

FIELDS = {
    "title": _("in the title"),
    "names": _("in its local names"),
    "summary": _("in the summary"),
    "body": _("in the text"),
    "": _("in the text"),
}
BESIDE = {
    "kind": _("The kind of record that such a question is after"),
    "evidence": _("Strength of the evidence"),
    "fresh": _("Published or assessed not long ago"),
    "place": _("How like your place it is"),
}


@pages.get("/search/why")
def why(lang: str) -> str:
    """Explain one result; the search and the record are in the address."""
    query, ref = asked(), request.args.get("ref", "").upper()
    record = by_ref(this_session(), [ref], lang).get(ref)
    if record is None or not query.words:
        raise NotFound(_("There is no record with the code %(ref)s.", ref=ref))
    near = this_nearness()
    results = search(this_session(), office().index, query, near, this_thesaurus())
    found = explained(results, near, [record.id]).get(record.id)
    return render_template(
        "search/why.html",
        record=record,
        query=query,
        found=found,
        reason_words=reason_words,
        address=as_query_string,
        points=points,
        percent=percent,
    )


def why_address(results: Results) -> str:
    """Give the beginning of the address of this page for all results of a search.

    Nothing where there is nothing to explain: no words, no index or another order.
    """
    query = results.query
    if results.searched is None or not query.words or query.sort != "best":
        return ""
    search = as_query_string(query, page=query.page)
    return url_for("why.why", lang=this_language()) + search


def reason_words(reason: Reason) -> str:
    """Say a reason in the reader's language."""
    if reason.sort == "word":
        return str(
            _("“%(word)s” %(where)s", word=reason.said, where=FIELDS[reason.field])
        )
    if reason.sort == "concept":
        concept = this_thesaurus().concepts.get(reason.said)
        named = concept.name(this_language()) if concept else reason.said
        return str(_("It speaks of: %(concept)s", concept=named))
    return str(BESIDE[reason.sort])


def points(figure: float) -> str:
    """Write points with two decimals."""
    return format_decimal(figure, format="0.00", locale=this_language())


def percent(share: float) -> str:
    """Write a share in whole hundredths."""
    return format_percent(share, locale=this_language())
