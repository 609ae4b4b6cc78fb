"""The shape in which a record comes in: from seed files today, other doors later.

Every schema refuses names it does not know. Codes are checked against the vocabularies
and sources against the table of sources, both handed over in a `Known`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from babel import Locale
from marshmallow import (
    Schema,
    ValidationError,
    fields,
    post_load,
    validate,
    validates_schema,
)
from marshmallow.experimental.context import Context

SPREADS = ("interval", "sd", "se", "range")
RELATIONS = (
    *("goes_with", "comes_before", "conflicts_with", "uses", "cites"),
    "supersedes",
)
ONE_CODE = ("labour", "cost", "first_benefit")
MANY_CODES = (
    "land_use",
    "climate",
    "soil",
    "theme",
    "purpose",
    "slm_group",
    "suits",
    "benefits",
    "drawing",
)
COUNTRIES = frozenset(
    code
    for code in map(str, Locale("en").territories)
    if re.fullmatch("[A-Z]{2}", code)
)


@dataclass(frozen=True)
class Known:
    """What codes and sources there are while something is being checked."""

    codes: Mapping[str, tuple[str, ...]]
    """Scheme → its codes."""
    sources: Mapping[str, int]
    """Key of a source → its number."""
    labels: frozenset[str] = frozenset()
    """Where words can stand in drawings: code of the drawing, ``-``, the label."""


def near(given: str, known: Iterable[str]) -> str:
    """Say what was probably meant, as the end of a sentence."""
    guess = get_close_matches(given, list(known), n=1)
    return f"; did you mean {guess[0]!r}?" if guess else ""


class Code(fields.String):
    """A code of one vocabulary; gives the id of the concept."""

    def __init__(self, scheme: str, **said: Any) -> None:
        super().__init__(**said)
        self.scheme = scheme

    def _deserialize(self, value: object, *rest: Any, **more: Any) -> str:
        code: str = super()._deserialize(value, *rest, **more)
        codes = Context[Known].get().codes.get(self.scheme, ())
        if code not in codes:
            raise ValidationError(
                f"{self.scheme} has no code {code!r}{near(code, codes)}"
            )
        return f"{self.scheme}:{code}"


class Codes(fields.Field[list[str]]):
    """A list of codes of one vocabulary, ``all``, or ``{all_but: [codes]}``."""

    def __init__(self, scheme: str, **said: Any) -> None:
        super().__init__(**said)
        self.scheme = scheme
        self.listed = fields.List(Code(scheme))

    def _deserialize(self, value: object, *rest: Any, **more: Any) -> list[str]:
        codes = Context[Known].get().codes.get(self.scheme, ())
        everything = [f"{self.scheme}:{code}" for code in codes]
        if value == "all":
            return everything
        if isinstance(value, dict) and set(value) == {"all_but"}:
            left_out = set(self.listed.deserialize(value["all_but"]) or ())
            return [concept for concept in everything if concept not in left_out]
        return list(dict.fromkeys(map(str, self.listed.deserialize(value) or ())))


class SourceKey(fields.String):
    """The key of a source; gives its number."""

    def _deserialize(self, value: object, *rest: Any, **more: Any) -> int:  # type: ignore[override]
        key = super()._deserialize(value, *rest, **more)
        sources = Context[Known].get().sources
        if key not in sources:
            raise ValidationError(f"there is no source {key!r}{near(key, sources)}")
        return sources[key]


def one_of(*choices: str) -> validate.OneOf:
    """Check that a word is one of ``choices``."""
    return validate.OneOf(choices, error="must be one of {choices}")


KEY = validate.Regexp(r"^[a-z0-9_]+(-[a-z0-9_]+)*$", error="use a-z, 0-9, - and _")
COUNTRY = validate.OneOf(
    sorted(COUNTRIES | {""}), error="is no ISO 3166-1 country code"
)
LANGUAGE = validate.Regexp(r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", error="is no BCP 47 code")


class TagsSchema(Schema):
    """What a record is filed under; gives one list of concept ids."""

    labour = Code("labour")
    cost = Code("cost")
    first_benefit = Code("first_benefit")
    land_use = Codes("land_use")
    climate = Codes("climate")
    soil = Codes("soil")
    theme = Codes("theme")
    purpose = Codes("purpose")
    slm_group = Codes("slm_group")
    suits = Codes("suits")
    benefits = Codes("benefits")
    drawing = Codes("drawing")

    @post_load
    def as_one_list(self, given: dict[str, Any], **_: Any) -> list[str]:
        """Put the codes of all lists together."""
        lists = (v if isinstance(v, list) else [v] for v in given.values())
        return [concept for codes in lists for concept in codes]


class NameSchema(Schema):
    """A local name."""

    text = fields.String(required=True, validate=validate.Length(1, 120))
    language = fields.String(required=True, validate=LANGUAGE)
    country = fields.String(validate=COUNTRY)


class SiteSchema(Schema):
    """A place; a point says how exact it is."""

    place = fields.String(required=True, validate=validate.Length(1, 160))
    country = fields.String(validate=COUNTRY)
    latitude = fields.Float(validate=validate.Range(-90, 90))
    longitude = fields.Float(validate=validate.Range(-180, 180))
    precision_km = fields.Float(validate=validate.Range(0, 2000, min_inclusive=False))
    climate = Code("climate", attribute="climate_id")
    soil = Code("soil", attribute="soil_id")
    land_use = Code("land_use", attribute="land_use_id")

    @validates_schema
    def point_is_whole(self, given: dict[str, Any], **_: Any) -> None:
        """Refuse half a point, or one that does not say how exact it is."""
        have = {"latitude", "longitude", "precision_km"} & set(given)
        if have and len(have) < 3:
            raise ValidationError(
                "a point needs latitude, longitude and precision_km", "latitude"
            )


class EffectSchema(Schema):
    """One measured result."""

    key = fields.String(required=True, validate=KEY)
    indicator = Code("indicator", required=True, attribute="indicator_id")
    unit = Code("unit", required=True, attribute="unit_id")
    value = fields.Float()
    low = fields.Float()
    high = fields.Float()
    spread = fields.String(validate=one_of(*SPREADS))
    bound = fields.String(validate=one_of("at_least", "at_most"))
    about = fields.Boolean()
    baseline = fields.Float()
    after = fields.Float(attribute="after_value")
    years = fields.Float(validate=validate.Range(0, 1000, min_inclusive=False))
    depth_cm = fields.List(
        fields.Float(validate=validate.Range(0, 1000)),
        validate=validate.Length(equal=2),
    )
    n = fields.Integer(validate=validate.Range(1))
    counted = Code("counted", attribute="counted_id")
    comparator = Code("comparator", attribute="comparator_id")
    method = Code("method", required=True, attribute="method_id")
    evidence = Code("evidence", required=True, attribute="evidence_id")
    disputed = fields.Boolean()
    wider = fields.Boolean()
    source = SourceKey(required=True, attribute="source_id")

    @validates_schema
    def figures_make_sense(self, given: dict[str, Any], **_: Any) -> None:
        """Refuse a result without a figure, half a range, or one upside down."""
        if not {"value", "low", "baseline", "after_value"} & set(given):
            raise ValidationError("an effect needs a figure", "value")
        if ("low" in given) != ("high" in given):
            raise ValidationError("low and high go together", "low")
        if "low" in given and given["low"] > given["high"]:
            raise ValidationError("low is above high", "low")
        if ("n" in given) != ("counted_id" in given):
            raise ValidationError("n says how many of what: n and counted", "n")

    @post_load
    def split_depth(self, given: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Turn the pair of depths into two columns."""
        if "depth_cm" in given:
            given["depth_from_cm"], given["depth_to_cm"] = given.pop("depth_cm")
        return given


class RelationSchema(Schema):
    """How this record stands to another, named by its key."""

    kind = fields.String(required=True, validate=one_of(*RELATIONS))
    to = fields.String(required=True)


class RecordSchema(Schema):
    """What ``record.yaml`` of any kind may hold."""

    ref = fields.String(required=True, validate=validate.Regexp(r"^[A-Z]-[1-9]\d*$"))
    published = fields.Date(attribute="published_on")
    licence = fields.String()
    credit = fields.String()
    tags = fields.Nested(TagsSchema, load_default=list)
    names = fields.List(fields.Nested(NameSchema), load_default=list)
    sites = fields.List(fields.Nested(SiteSchema), load_default=list)
    effects = fields.List(fields.Nested(EffectSchema), load_default=list)
    relations = fields.List(fields.Nested(RelationSchema), load_default=list)
    sources = fields.List(SourceKey(), load_default=list)


LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_STEP, LONGEST_PART = 90, 220, 300, 6000
LONGEST_DRAWING, LONGEST_LABEL = 300, 60


class MarkSchema(Schema):
    """What a file of words says of one field that is not as all others."""

    state = fields.String(validate=one_of("draft", "machine-drafted", "reviewed"))
    source = fields.String(validate=validate.Regexp("^([0-9a-f]{16})?$"))
    version = fields.Integer(validate=validate.Range(0, 2**31 - 1))
    behind = fields.String(validate=one_of("", "wording", "meaning"))


class TextSchema(Schema):
    """What a file of words may hold beside the sections of its kind."""

    state = fields.String(
        required=True,
        validate=one_of("source", "draft", "machine-drafted", "reviewed", "stale"),
    )
    title = fields.String(required=True, validate=validate.Length(1, LONGEST_TITLE))
    summary = fields.String(
        load_default="", validate=validate.Length(max=LONGEST_SUMMARY)
    )
    steps = fields.List(fields.String(validate=validate.Length(max=LONGEST_STEP)))
    effects = fields.Dict(fields.String(), fields.String())
    limits = fields.Dict(fields.String(), fields.String())
    costs = fields.Dict(fields.String(), fields.String())
    drawings = fields.Dict(
        fields.String(), fields.String(validate=validate.Length(max=LONGEST_DRAWING))
    )
    labels = fields.Dict(
        fields.String(), fields.String(validate=validate.Length(max=LONGEST_LABEL))
    )
    marks = fields.Dict(fields.String(), fields.Nested(MarkSchema))


def text_schema(sections: tuple[str, ...]) -> Schema:
    """Give the schema for the words of a kind with these sections."""
    words: dict[str, Any] = {
        name: fields.String(validate=validate.Length(1, LONGEST_PART))
        for name in sections
    }
    schema: Schema = type("KindTextSchema", (TextSchema,), words)()
    return schema
