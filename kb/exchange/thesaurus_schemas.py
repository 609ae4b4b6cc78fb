"""The shape of the files under ``seeds/thesaurus/``."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from kb.language import FALLBACK
from kb.naming.labels import (
    CODE as A_CODE,
)
from kb.naming.labels import (
    LONGEST_LABEL,
    LONGEST_MEANING,
    MOST_BROADER,
)
from kb.naming.labels import (
    PLACE as A_PLACE,
)
from kb.record.schemas import LANGUAGE
from kb.vocabulary.thesaurus import LabelState
from kb.vocabulary.thesaurus_lookups import PLAIN

CODE = validate.Regexp(
    f"^{A_CODE.pattern}$", error="is no code: small letters, digits and _"
)
PLACE = validate.Regexp(
    f"^({A_PLACE.pattern})?$",
    error="is no place: the code of a country (BF), of a part of one (BF-10) or of a"
    " region of the world (011)",
)


def _is_a_label(said: str) -> None:
    if not said.strip():
        raise ValidationError("a label is empty")
    if len(said) > LONGEST_LABEL:
        raise ValidationError(f"a label has at most {LONGEST_LABEL} signs")
    if said != " ".join(said.split()):
        raise ValidationError("a label has a space too many")


def labels(**said: Any) -> fields.Dict:
    """Check labels, some for each language."""
    listed = fields.List(
        fields.String(validate=_is_a_label), validate=validate.Length(1)
    )
    return fields.Dict(fields.String(validate=LANGUAGE), listed, **said)


def codes(**said: Any) -> fields.List[str]:
    """Check a list of codes of concepts."""
    return fields.List(fields.String(validate=CODE), load_default=list, **said)


STATE = validate.OneOf(list(LabelState))


class MarkSchema(Schema):
    """What is said of one label."""

    state = fields.String(load_default=PLAIN.state, validate=STATE)
    place = fields.String(load_default="", validate=PLACE)
    keep = fields.Boolean(load_default=False)
    forbidden = fields.Boolean(load_default=False)


class DefinitionSchema(Schema):
    """What a concept is, in a language other than English."""

    text = fields.String(required=True, validate=validate.Length(1, LONGEST_MEANING))
    state = fields.String(load_default=PLAIN.state, validate=STATE)


class ConceptSchema(Schema):
    """One concept of the thesaurus."""

    code = fields.String(required=True, validate=CODE)
    broader = codes(
        validate=validate.Length(
            max=MOST_BROADER, error="at most {max} broader concepts"
        )
    )
    related = codes()
    same_as = fields.String(load_default=None)
    exact_match = fields.Url()
    meaning = fields.String(required=True, validate=validate.Length(1, LONGEST_MEANING))
    names = labels(required=True)
    marks = fields.Dict(
        fields.String(validate=LANGUAGE),
        fields.Dict(fields.String(), fields.Nested(MarkSchema)),
    )
    definitions = fields.Dict(
        fields.String(validate=LANGUAGE), fields.Nested(DefinitionSchema)
    )

    @validates_schema
    def is_named_in_english(self, given: dict[str, Any], **_: Any) -> None:
        """Refuse a concept that has no name for those whose language lacks one."""
        if FALLBACK not in given["names"]:
            raise ValidationError(f"no label in {FALLBACK}", "names")

    @validates_schema
    def what_is_marked_is_there(self, given: dict[str, Any], **_: Any) -> None:
        """Refuse what is said of no label, and a preferred one nobody should write."""
        for language, said in given.get("marks", {}).items():
            names = given["names"].get(language, [""])
            for label, mark in said.items():
                where = f"marks.{language}.{label}"
                if label not in names:
                    raise ValidationError(f"{label!r} is no label here", where)
                if mark["forbidden"] and label == names[0]:
                    raise ValidationError("the first label is one to write", where)

    @validates_schema
    def no_label_stands_twice(self, given: dict[str, Any], **_: Any) -> None:
        """Refuse the same label twice; spelled with and without accents it is two."""
        for language, said in given["names"].items():
            alike = [label.casefold() for label in said]
            for rank, label in enumerate(alike):
                if label in alike[:rank]:
                    where = f"names.{language}.{rank}"
                    raise ValidationError(f"{said[rank]!r} stands twice", where)


class ThesaurusSchema(Schema):
    """One file of the thesaurus."""

    concepts = fields.List(fields.Nested(ConceptSchema), required=True)
    ambiguous = labels(load_default=dict)
