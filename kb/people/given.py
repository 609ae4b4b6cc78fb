"""What people say of themselves, checked: names, addresses, languages."""

import re
import unicodedata
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load
from marshmallow.validate import OneOf, Regexp

from kb.errors import NotValid
from kb.language import INTERFACE, _

LONGEST_NAME, LONGEST_EMAIL = 80, 254
_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}"
)
_UNSEEN = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_TURNING = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Signs that turn the direction of what follows: so a name reads as another."""


def plain_name(given: str) -> str:
    """Give a name on one line.

    :raises ValidationError: it is empty, too long, or has signs that cannot be seen.
    """
    return plain_line(given, LONGEST_NAME, _("Please say how we may call you."))


def plain_line(given: str, longest: int, if_empty: object) -> str:
    """Give words on one line.

    :param if_empty: what to say where there is neither letter nor digit.
    :raises ValidationError: they are empty, too long, or have signs nobody sees.
    """
    line = " ".join(unicodedata.normalize("NFC", given).split())
    if any(unicodedata.category(c) in _UNSEEN or c in _TURNING for c in line):
        raise ValidationError(str(_("Please leave out signs that cannot be seen.")))
    if not any(c.isalnum() for c in line):
        raise ValidationError(str(if_empty))
    if len(line) > longest:
        raise ValidationError(str(_("At most %(n)s signs, please.", n=longest)))
    return line


def folded_email(given: str) -> str:
    """Give an address as it is kept: in small letters, a domain in any script as ASCII.

    :raises ValidationError: no mail could be sent to it.
    """
    mailbox, _at, domain = given.strip().casefold().rpartition("@")
    try:
        email = f"{mailbox}@{domain.encode('idna').decode()}"
    except UnicodeError:
        email = ""
    if not _EMAIL.fullmatch(email) or len(email) > LONGEST_EMAIL or ".." in email:
        raise ValidationError(
            str(_("This is no address for e-mail, such as name@example.org."))
        )
    return email


class Name(fields.String):
    """A name others see."""

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:  # noqa: ANN401
        return plain_name(super()._deserialize(value, *rest, **more) or "")


class Email(fields.String):
    """An address mail is sent to."""

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:  # noqa: ANN401
        return folded_email(super()._deserialize(value, *rest, **more) or "")


class AskedSchema(Schema):
    """An address, to send a link to."""

    class Meta:
        """What else a form holds is left out."""

        unknown = EXCLUDE

    email = Email(required=True)


class NewPersonSchema(AskedSchema):
    """Somebody who signs up."""

    name = Name(required=True)


class DetailsSchema(Schema):
    """What a person may change of her account."""

    class Meta:
        """What else a form holds is left out."""

        unknown = EXCLUDE

    name = Name(required=True)
    language = fields.String(load_default=INTERFACE[0])
    others = fields.String(load_default="")
    region = fields.String(load_default="", validate=Regexp(r"[A-Za-z0-9-]{0,9}\Z"))

    @post_load
    def in_one(self, given: dict[str, str], **_rest: object) -> dict[str, str]:
        """Give her languages as one list, the dearest first."""
        known = [given.pop("language"), *given.pop("others").lower().split()]
        codes = list(dict.fromkeys(code.strip(",;") for code in known))
        if not all(re.fullmatch(r"[a-z]{2,3}", code) for code in codes[:10]):
            said = _("Please write languages as codes, such as ha or sw.")
            raise ValidationError({"others": [str(said)]})
        return given | {"languages": " ".join(codes[:10])}


class TokenSchema(Schema):
    """A token somebody asks for."""

    class Meta:
        """What else a form holds is left out."""

        unknown = EXCLUDE

    name = Name(required=True)
    scope = fields.String(load_default="read", validate=OneOf(("read", "write")))
    days = fields.Integer(load_default=90)


def checked(schema: Schema, given: object) -> dict[str, str]:
    """Check what was given.

    :raises NotValid: something does not fit; the problems say what.
    """
    try:
        loaded: dict[str, str] = schema.load(given)  # type: ignore[arg-type]
    except ValidationError as refused:
        problems: dict[str, list[str]] = dict(refused.messages_dict)
        raise NotValid(_("Please look at the marked fields."), problems) from refused
    return loaded
