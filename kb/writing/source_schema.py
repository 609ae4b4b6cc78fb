"""The shape in which a source comes in from a form: DOI and address in one spelling."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from marshmallow import Schema, ValidationError, fields, validate

from kb.errors import NotValid
from kb.language import _
from kb.record.service import flat
from kb.writing.filled import cleaned

LONGEST_CITATION, LONGEST_ADDRESS, LONGEST_DOI = 500, 500, 200
_DOI = re.compile(r"10\.\d{4,9}(\.\d+)*/[^\s\"]+")
"""DOI Handbook 2.2: a prefix beginning with 10, and a suffix of any signs."""
_BEFORE_DOI = re.compile(r"(https?://)?(dx\.|www\.)?doi\.org/|doi:?\s*", re.IGNORECASE)
_AFTER_DOI = re.compile(r"[\s.,;]+\Z")
_WITHOUT_SCHEME = re.compile(r"[\w-]+(\.[\w-]+)+([/?#].*)?")


class Doi(fields.String):
    """A DOI, however it was copied; gives it in small letters, for they count alike."""

    def _deserialize(self, value: object, *rest: Any, **more: Any) -> str:
        typed: str = super()._deserialize(value, *rest, **more)
        doi = plain_doi(typed)
        if len(doi) > LONGEST_DOI or not _DOI.fullmatch(doi):
            said = _("A DOI looks like this: 10.1016/j.geoderma.2017.01.002.")
            raise ValidationError(str(said))
        return doi


class Address(fields.String):
    """An address on the web, ``http`` or ``https`` and nothing else."""

    def _deserialize(self, value: object, *rest: Any, **more: Any) -> str:
        typed: str = super()._deserialize(value, *rest, **more)
        whole = f"https://{typed}" if _WITHOUT_SCHEME.fullmatch(typed) else typed
        if len(whole) > LONGEST_ADDRESS or not _is_web(whole):
            said = _("An address looks like this: https://example.org/page.")
            raise ValidationError(str(said))
        return whole


class SourceGivenSchema(Schema):
    """A source that somebody adds."""

    citation = fields.String(
        required=True, validate=validate.Length(1, LONGEST_CITATION)
    )
    year = fields.Integer(validate=validate.Range(1500, 2100))
    kind = fields.String(required=True)
    doi = Doi()
    url = Address()


def checked(given: Mapping[str, str], kinds: Sequence[str]) -> dict[str, Any]:
    """Give a source as drafts keep it.

    An address that is a DOI is kept as the DOI.

    :raises NotValid: ``problems`` says what does not fit, by field.
    """
    said = {name: " ".join(cleaned(given.get(name, "")).split()) for name in _NAMES}
    said = {name: words for name, words in said.items() if words}
    if "doi" not in said and _DOI.fullmatch(plain_doi(said.get("url", ""))):
        said["doi"] = said.pop("url")
    try:
        source: dict[str, Any] = SourceGivenSchema().load(said)
    except ValidationError as refused:
        problem = _("Please look at the marked fields.")
        raise NotValid(problem, flat(refused.messages)) from refused
    _require_more(source, kinds)
    return source


_NAMES = tuple(SourceGivenSchema().fields)


def _require_more(source: Mapping[str, Any], kinds: Sequence[str]) -> None:
    problem = _("Please choose from the list.")
    if source["kind"] not in kinds:
        raise NotValid(problem, {"kind": [str(problem)]})
    problem = _("This is needed.")
    if source["kind"] == "page" and "url" not in source:
        raise NotValid(problem, {"url": [str(problem)]})


def plain_doi(typed: str) -> str:
    """Give a DOI without what it was copied with.

    >>> plain_doi("https://doi.org/10.1007/S11027-020-09916-3.")
    '10.1007/s11027-020-09916-3'
    """
    before = _BEFORE_DOI.match(typed)
    rest = typed[before.end() :] if before else typed
    rest = unquote(rest) if before and "/" in before[0] else rest
    return _AFTER_DOI.sub("", rest).strip().lower()


def same_address(address: str) -> str:
    """Give what is alike in all ways of writing an address of one page.

    >>> same_address("http://www.FAO.org/soils/#top")
    'fao.org/soils?'
    """
    parts = _split(address)
    if parts is None:
        return address
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}"


def _is_web(address: str) -> bool:
    parts = _split(address)
    return (
        parts is not None
        and parts.scheme in {"http", "https"}
        and "." in (parts.hostname or "").strip(".")
        and "@" not in parts.netloc
        and not re.search(r"[\s\\<>\"]", address)
    )


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:  # half an IPv6 address, a port that is none
        return None
    return parts
