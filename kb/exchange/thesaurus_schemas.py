"""The shape of the files under ``seeds/thesaurus/``."""

from functools import lru_cache
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from kb.folding import fold
from kb.record.schemas import LANGUAGE
from kb.vocabulary.thesaurus import NAMED_IN

CODE = validate.Regexp(
    r"^[a-z0-9]+(_[a-z0-9]+)*$", error="is no code: small letters, digits and _"
)
MOST_BROADER = 2
LONGEST_LABEL = 80


@lru_cache(maxsize=50_000)
def plain(label: str) -> str:
    """Give a label as it is compared with others: folded, with single spaces."""
    return " ".join(fold(label).split())


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
    meaning = fields.String(required=True, validate=validate.Length(1, 300))
    names = labels(required=True)

    @validates_schema
    def is_named_in_each_language(self, given: dict[str, Any], **_: Any) -> None:
        """Refuse a concept that readers of one of our languages could not name."""
        missing = [x for x in NAMED_IN if x not in given["names"]]
        if missing:
            raise ValidationError(f"no label in {', '.join(missing)}", "names")

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
