"""What is said of contributors, checked: names, ORCID iDs, roles."""

import re
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema
from marshmallow.validate import OneOf, Regexp

from kb.credit.models import Share
from kb.language import _
from kb.people.given import Name, plain_name

_ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?([0-9X-]{16,19})/?", re.I)
_LONGEST_TYPED = 60


def orcid_of(given: str) -> str:
    """Give an ORCID iD as it is written, ``0000-0002-1825-0097``.

    :raises ValidationError: it is none, or its check sign is wrong.

    The last sign makes up for slips: ISO 7064, MOD 11-2.
    Source: ORCID, "Structure of the ORCID Identifier".

    >>> orcid_of("https://orcid.org/0000000218250097")
    '0000-0002-1825-0097'
    """
    typed = _ORCID.fullmatch(given.strip()[:_LONGEST_TYPED])
    signs = typed[1].replace("-", "").upper() if typed else ""
    if not re.fullmatch("[0-9]{15}[0-9X]", signs) or _check_sign(signs) != signs[-1]:
        raise ValidationError(
            str(_("This is no ORCID iD, such as 0000-0002-1825-0097."))
        )
    return "-".join(signs[i : i + 4] for i in range(0, 16, 4))


def _check_sign(signs: str) -> str:
    total = 0
    for digit in signs[:-1]:
        total = (total + int(digit)) * 2
    left = (12 - total % 11) % 11
    return "X" if left == 10 else str(left)


class MaybeName(fields.String):
    """A name, or none."""

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:  # noqa: ANN401
        typed = super()._deserialize(value, *rest, **more) or ""
        return plain_name(typed) if typed.strip() else ""


class Orcid(fields.String):
    """An ORCID iD, or none."""

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:  # noqa: ANN401
        typed = super()._deserialize(value, *rest, **more) or ""
        return orcid_of(typed) if typed.strip() else ""


class NamingSchema(Schema):
    """How somebody wishes to be named; no name is an answer, too."""

    class Meta:
        """What else a form holds is left out."""

        unknown = EXCLUDE

    name = MaybeName(load_default="")
    orcid = Orcid(load_default="")

    @validates_schema(skip_on_field_errors=True)
    def belong_together(self, given: dict[str, str], **_rest: object) -> None:
        """Refuse an iD of somebody who is not to be named: it names her."""
        if given["orcid"] and not given["name"]:
            said = str(_("An ORCID iD needs the name that belongs to it."))
            raise ValidationError({"orcid": [said]})


class CertificateSchema(Schema):
    """The name on a certificate."""

    class Meta:
        """What else a form holds is left out."""

        unknown = EXCLUDE

    name = Name(required=True)


class ContributorSchema(NamingSchema):
    """Somebody who had a share in a record."""

    role = fields.String(
        required=True,
        validate=OneOf(tuple(Share), error=_("Please say what she or he did.")),
    )
    language = fields.String(
        load_default="",
        validate=Regexp(r"[a-z]{0,3}\Z", error=_("Please choose a language.")),
    )
    me = fields.String(load_default="")
    """``yes``: whoever sends it, named as she decided for all of hers."""
    agreed = fields.String(load_default="")

    @validates_schema(skip_on_field_errors=True)
    def name_nobody_unasked(self, given: dict[str, str], **_rest: object) -> None:
        """Ask for the consent of others, and for the language of a translation."""
        wrong: dict[str, list[str]] = {}
        if given["name"] and given["me"] != "yes" and given["agreed"] != "yes":
            said = _("Nobody is named who did not agree to it.")
            wrong["agreed"] = [str(said)]
        if given["role"] == Share.TRANSLATOR and not given["language"]:
            wrong["language"] = [str(_("Please choose a language."))]
        if wrong:
            raise ValidationError(wrong)
