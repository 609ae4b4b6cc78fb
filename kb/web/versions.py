"""What was published, version by version; the difference between any two."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kb.entrance.address import LANG
from kb.entrance.request import this_session
from kb.errors import NotFound
from kb.kinds import BY_PLURAL
from kb.language import _
from kb.record.lookups import by_ref
from kb.record.models import Record
from kb.web.records import PLURAL, code_in, gone_or_refused
from kb.web.written import blocks, spoken_in
from kb.writing.difference import changes
from kb.writing.versions import get_version, list_versions

pages = Blueprint("versions", __name__, url_prefix=LANG)
OF = f"{PLURAL}/<ref>/versions"
LARGEST = 2**31 - 1


@pages.get(OF)
@gone_or_refused
def every(lang: str, plural: str, ref: str) -> str:
    """List the versions of a record."""
    record = public_record(plural, ref, lang)
    listed = list_versions(this_session(), record)
    return render_template("versions/every.html", record=record, versions=listed)


@pages.get(f"{OF}/<int(max={LARGEST}):number>")
@gone_or_refused
def one(lang: str, plural: str, ref: str, number: int) -> str:
    """Show a record as it was published then."""
    record = public_record(plural, ref, lang)
    version = get_version(this_session(), record, number)
    spoken = spoken_in(version.document, request.args.get("text") or lang)
    return render_template(
        "versions/one.html",
        record=record,
        version=version,
        spoken_language=spoken,
        blocks=blocks(BY_PLURAL[plural], version.document, spoken),
    )


@pages.get(f"{OF}/difference")
@gone_or_refused
def difference(lang: str, plural: str, ref: str) -> str | Response:
    """Show what differs between two versions."""
    record = public_record(plural, ref, lang)
    session = this_session()
    before, after = (
        get_version(session, record, _number(name)) for name in ("from", "to")
    )
    return render_template(
        "versions/difference.html",
        record=record,
        before=before,
        after=after,
        changes=changes(before.document, after.document),
    )


def public_record(plural: str, ref: str, language: str) -> Record:
    """Give a public record of a kind by the code in an address.

    :raises NotFound: there is none.
    """
    code = code_in(ref)
    record = by_ref(this_session(), [code], language).get(code)
    if record is None or record.kind != BY_PLURAL[plural].name:
        raise NotFound(_("There is no record with the code %(ref)s.", ref=code))
    return record


def _number(name: str) -> int:
    asked = request.args.get(name, "")
    short = asked.isascii() and asked.isdigit() and len(asked) < 10
    return int(asked) if short else 0
