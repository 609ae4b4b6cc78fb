"""The shape in which the API gives records and vocabularies."""

from typing import Any

from marshmallow import Schema, fields, validate

from kb.credit.models import Share
from kb.entrance.pictures import drawing_address, picture_address
from kb.search.service import MOST_PAGES


class SourceOut(Schema):
    """Where a figure comes from."""

    key = fields.String(required=True)
    citation = fields.String(required=True)
    year = fields.Integer(allow_none=True, required=True)
    doi = fields.String(required=True)
    url = fields.String(required=True)
    read_on_copy = fields.Boolean(required=True)


class Code(fields.String):
    """The code of a concept, without its scheme."""

    def _serialize(self, value: str | None, *rest: Any, **more: Any) -> str | None:
        return value.partition(":")[2] if value else None


class EffectOut(Schema):
    """One measured result; figures are in ``unit``."""

    key = fields.String(required=True)
    indicator = Code(attribute="indicator_id", required=True)
    unit = Code(attribute="unit_id", required=True)
    value = fields.Float(allow_none=True, required=True)
    low = fields.Float(allow_none=True, required=True)
    high = fields.Float(allow_none=True, required=True)
    spread = fields.String(required=True)
    bound = fields.String(required=True)
    about = fields.Boolean(required=True)
    baseline = fields.Float(allow_none=True, required=True)
    after = fields.Float(attribute="after_value", allow_none=True, required=True)
    years = fields.Float(allow_none=True, required=True)
    depth_from_cm = fields.Float(allow_none=True, required=True)
    depth_to_cm = fields.Float(allow_none=True, required=True)
    n = fields.Integer(allow_none=True, required=True)
    counted = Code(attribute="counted_id", allow_none=True, required=True)
    comparator = Code(attribute="comparator_id", allow_none=True, required=True)
    method = Code(attribute="method_id", required=True)
    evidence = Code(attribute="evidence_id", required=True)
    disputed = fields.Boolean(required=True)
    wider = fields.Boolean(
        required=True,
        metadata={"description": "Measured for a wider group than this record."},
    )
    source = fields.Nested(SourceOut, required=True)


class SiteOut(Schema):
    """A place; the point is only as exact as it says."""

    place = fields.String(required=True)
    country = fields.String(required=True)
    latitude = fields.Float(allow_none=True, required=True)
    longitude = fields.Float(allow_none=True, required=True)
    precision_km = fields.Float(allow_none=True, required=True)
    climate = Code(attribute="climate_id", allow_none=True, required=True)
    soil = Code(attribute="soil_id", allow_none=True, required=True)
    land_use = Code(attribute="land_use_id", allow_none=True, required=True)


class TextOut(Schema):
    """A record's words in one language and how far to trust them."""

    state = fields.String(required=True)
    title = fields.String(required=True)
    summary = fields.String(required=True)
    parts = fields.Function(
        lambda text: {part.name: part.words for part in text.parts},
        required=True,
        metadata={
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "Sections, step:n, effect:key, limit:key, cost:key,"
            " drawing:code and label:code-label, in Markdown",
        },
    )


class NameOut(Schema):
    """A local name."""

    text = fields.String(required=True)
    language = fields.String(required=True)
    country = fields.String(required=True)


class ListedSchema(Schema):
    """A record in the list of all records."""

    ref = fields.String(required=True)
    kind = fields.String(required=True)
    languages = fields.Function(
        lambda record: sorted(text.language for text in record.texts),
        required=True,
        metadata={"type": "array", "items": {"type": "string"}},
    )
    title = fields.Function(
        lambda record: next(
            t.title for t in record.texts if t.language == record.source_language
        ),
        required=True,
        metadata={"type": "string"},
    )
    published = fields.Date(attribute="published_on", required=True, allow_none=True)
    licence = fields.String(required=True)


class ListSchema(Schema):
    """One page of the list of all records."""

    total = fields.Integer(required=True)
    page = fields.Integer(required=True)
    per_page = fields.Integer(required=True)
    records = fields.List(fields.Nested(ListedSchema), required=True)


class PageArgsSchema(Schema):
    """Which page of the list."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, MOST_PAGES))
    per_page = fields.Integer(load_default=50, validate=validate.Range(1, 50))


class PictureOut(Schema):
    """A picture: where it stands, whose it is, and its files."""

    place = fields.String(
        required=True,
        metadata={
            "description": "card (with the title), step:number, drawing or tried"
        },
    )
    credit = fields.String(required=True)
    licence = fields.String(required=True)
    words = fields.Function(
        lambda picture: {
            words.language: {"alt": words.alt, "caption": words.caption}
            for words in picture.words
        },
        required=True,
        metadata={"type": "object", "description": "Language → alt and caption"},
    )
    sizes = fields.Function(
        lambda picture: {
            size.name: {
                "width": size.width,
                "height": size.height,
                "webp": picture_address(picture, size.name, "webp", absolute=True),
                "jpeg": picture_address(picture, size.name, "jpg", absolute=True),
            }
            for size in picture.sizes
        },
        required=True,
        metadata={"type": "object", "description": "card, step and page → its files"},
    )


class AssessmentOut(Schema):
    """What was last said of whether a record is still true."""

    on = fields.Date(required=True)
    verdict = fields.String(required=True, metadata={"enum": ["yes", "partly", "no"]})
    name = fields.String(
        required=True,
        metadata={"description": "Who assessed it, as she wishes; may be empty"},
    )
    line = fields.String(required=True)
    language = fields.String(required=True, metadata={"description": "Of the line"})
    changed_since = fields.Boolean(
        required=True, metadata={"description": "Whether it was published anew since"}
    )
    way = fields.String(
        required=True,
        metadata={
            "enum": ["form", "change"],
            "description": "change: what it means was changed, reviewed and published",
        },
    )


class CommunityOut(Schema):
    """Whose knowledge a record is, and what they ask of whoever uses it."""

    names = fields.Dict(
        fields.String(),
        fields.String(),
        required=True,
        metadata={"description": "Language → name of the community"},
    )
    notices = fields.Function(
        lambda told: [code.partition(":")[2] for code in told.notices],
        required=True,
        metadata={
            "type": "array",
            "items": {"type": "string"},
            "description": "Codes of the vocabulary notice",
        },
    )


class RecordOut(Schema):
    """A whole record, in every language it has."""

    ref = fields.String(required=True)
    kind = fields.String(required=True)
    source_language = fields.String(required=True)
    published = fields.Date(attribute="published_on", required=True, allow_none=True)
    review_due = fields.Date(attribute="review_due_on", required=True, allow_none=True)
    assessment = fields.Nested(AssessmentOut, required=True, allow_none=True)
    not_assessed_since = fields.Date(
        required=True,
        allow_none=True,
        metadata={"description": "Set if the yearly assessment is 60 days late"},
    )
    licence = fields.String(required=True)
    community = fields.Nested(CommunityOut, required=True, allow_none=True)
    credit = fields.String(required=True)
    tags = fields.Function(
        lambda record: tags_by_scheme(record.tags),
        required=True,
        metadata={
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    )
    names = fields.List(fields.Nested(NameOut), required=True)
    texts = fields.Function(
        lambda record: {text.language: TextOut().dump(text) for text in record.texts},
        required=True,
        metadata={"type": "object", "description": "Language → its text"},
    )
    sites = fields.List(fields.Nested(SiteOut), required=True)
    effects = fields.List(fields.Nested(EffectOut), required=True)
    sources = fields.Function(
        lambda record: [SourceOut().dump(c.source) for c in record.citations],
        required=True,
        metadata={"type": "array", "items": {"type": "object"}},
    )
    pictures = fields.List(fields.Nested(PictureOut), required=True)
    drawings = fields.Function(
        lambda record: [
            {
                "code": id_.partition(":")[2],
                "svg": drawing_address(record, id_, absolute=True),
                "without_words": drawing_address(
                    record, id_, words=False, absolute=True
                ),
            }
            for id_ in sorted(record.codes("drawing"))
        ],
        required=True,
        metadata={
            "type": "array",
            "items": {"type": "object"},
            "description": "Drawings with its words: ?text= says in which language",
        },
    )
    related = fields.List(fields.Dict(), required=True)
    url = fields.Url(required=True)


class StepOut(Schema):
    """When a step is taken; its words are the part ``step:number``."""

    number = fields.Integer(required=True)
    season = Code(attribute="season_id", required=True)
    weeks = fields.Integer(allow_none=True, required=True)
    icon = Code(
        attribute="icon_id",
        allow_none=True,
        required=True,
        metadata={"description": "Which drawing of steps.svg shows what is done"},
    )


class LimitOut(Schema):
    """Where a practice does not work; its words are the part ``limit:key``."""

    key = fields.String(required=True)
    limit = Code(attribute="limit_id", required=True)
    at_least = fields.Float(allow_none=True, required=True)
    at_most = fields.Float(allow_none=True, required=True)
    unit = Code(attribute="unit_id", allow_none=True, required=True)
    source = fields.Nested(SourceOut, allow_none=True, required=True)


class CostOut(Schema):
    """What one item costs per hectare; its words are the part ``cost:key``."""

    key = fields.String(required=True)
    phase = fields.String(required=True)
    quantity = fields.Float(required=True)
    unit = Code(attribute="unit_id", required=True)
    unit_cost = fields.Float(required=True)
    currency = fields.String(required=True)
    year = fields.Integer(required=True)
    source = fields.Nested(SourceOut, required=True)


class WorkOut(Schema):
    """Person-days per hectare, by sex where that is known."""

    phase = fields.String(required=True)
    women_days = fields.Float(allow_none=True, required=True)
    men_days = fields.Float(allow_none=True, required=True)
    days = fields.Float(allow_none=True, required=True)
    source = fields.Nested(SourceOut, required=True)


class ContributorOut(Schema):
    """Somebody who had a share in a record, named as she wishes."""

    role = fields.String(required=True, validate=validate.OneOf(tuple(Share)))
    name = fields.String(
        required=True, metadata={"description": "Empty: she wishes no name here."}
    )
    orcid = fields.String(required=True)
    language = fields.String(
        required=True, metadata={"description": "Of a translation."}
    )


class FullRecordSchema(RecordOut):
    """A whole record with what its own kind adds; absent from the other kinds."""

    contributors = fields.List(fields.Nested(ContributorOut), required=True)
    steps = fields.List(fields.Nested(StepOut))
    limits = fields.List(fields.Nested(LimitOut))
    costs = fields.List(fields.Nested(CostOut))
    work = fields.List(fields.Nested(WorkOut))
    began = fields.Integer(allow_none=True)
    ended = fields.Integer(allow_none=True)


class ConceptOut(Schema):
    """One entry of a vocabulary, named in the language asked for."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    plain = fields.String(required=True)
    group = fields.String(required=True)


class LanguageArgsSchema(Schema):
    """In which language names are wanted."""

    lang = fields.String(
        load_default="en", validate=validate.Regexp(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    )


class VocabulariesSchema(Schema):
    """All vocabularies."""

    vocabularies = fields.Dict(
        fields.String(), fields.List(fields.Nested(ConceptOut)), required=True
    )


class RefusalSchema(Schema):
    """The one shape every error has."""

    error = fields.String(required=True)
    message = fields.String(required=True)
    problems = fields.Dict(required=True)


def tags_by_scheme(tags: list[Any]) -> dict[str, list[str]]:
    """Give the codes a record is filed under, scheme by scheme."""
    filed: dict[str, list[str]] = {}
    for tag in tags:
        scheme, _, code = tag.concept_id.partition(":")
        filed.setdefault(scheme, []).append(code)
    return filed
