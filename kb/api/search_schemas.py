"""The shape in which the API takes a search and gives results."""

from marshmallow import Schema, ValidationError, fields, validate
from webargs.fields import DelimitedList

from kb.api.place_schemas import MatchSchema
from kb.search.cursor import LONGEST
from kb.search.document import SORTS
from kb.search.service import MOST_PAGES, MOST_PER_PAGE
from kb.search.steps import Kind


def no_nul(value: str) -> None:
    """Refuse the sign that no database can hold."""
    if "\x00" in value:
        raise ValidationError("NUL is not a letter")


def codes(said: str) -> DelimitedList:
    """Give a comma-separated list of codes."""
    return DelimitedList(
        fields.String(validate=[validate.Length(1, 60), no_nul]),
        metadata={"description": said},
    )


class SearchArgsSchema(Schema):
    """What can be asked; several codes of one facet are separated by commas."""

    q = fields.String(
        load_default="",
        validate=no_nul,
        metadata={"description": "Words; the first 200 signs and 12 words count."},
    )
    lang = fields.String(
        load_default="en",
        validate=validate.Regexp(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
        metadata={"description": "The reader's language (BCP 47)."},
    )
    kind = codes("practice, story, answer")
    land_use = codes("codes of the vocabulary land_use, or of its groups")
    climate = codes("Köppen-Geiger classes, for example BSh, or main classes: B")
    soil = codes("WRB reference soil groups, for example LX")
    theme = codes("codes of the vocabulary theme")
    purpose = codes("codes of the vocabulary purpose")
    region = codes("countries, or regions that hold them (UN M49): BF, 011, 002")
    country = codes("ISO 3166-1 alpha-2 codes")
    evidence = codes("E0 to E5: the strongest evidence behind the record")
    labour = codes("low, medium, high, very_high")
    cost = codes("very_low, low, medium, high")
    suits = codes("codes of the vocabulary suits")
    benefits = codes("who gains from it: codes of the vocabulary benefits")
    tells = codes(
        "work_by_sex: it says how much of the work women do, or men; "
        "who_benefits: who gains from it, chosen from the vocabulary benefits"
    )
    language = codes("languages a record must be available in")
    rainfall = codes("mm a year at the sites, both ends inside: 400..800, ..600, 900..")
    altitude = codes("metres above the sea at the sites: 1500..2500")
    year = codes("years in which it was done: 1985..1999")
    cost_usd = codes("US dollars per hectare to begin with, of the year of the source")
    lat = fields.Float(
        validate=validate.Range(-90, 90),
        metadata={"description": "Degrees; with lon: what is near such a place first."},
    )
    lon = fields.Float(
        validate=validate.Range(-180, 180), metadata={"description": "Degrees."}
    )
    place = fields.String(
        validate=[validate.Length(2, 12), no_nul],
        metadata={"description": "BF or BF-10: a country or district, no point."},
    )
    sort = fields.String(
        load_default="best",
        validate=validate.OneOf(SORTS),
        metadata={"description": "nearest needs a place; tried: in most places first."},
    )
    exact = fields.Boolean(
        load_default=False,
        metadata={"description": "Words count as they are spelt, found or not."},
    )
    explain = fields.Boolean(
        load_default=False,
        metadata={"description": "Each result says why it stands where it does."},
    )
    cursor = fields.String(
        validate=[validate.Length(1, LONGEST), no_nul],
        metadata={
            "description": "Goes on where an answer ended; take it from its next. What"
            " is put in or taken out meanwhile makes nothing come twice or go missing."
        },
    )
    page = fields.Integer(load_default=1, validate=validate.Range(1, MOST_PAGES))
    per_page = fields.Integer(
        load_default=10, validate=validate.Range(1, MOST_PER_PAGE)
    )


class ReasonSchema(Schema):
    """One thing that adds to the score of a result, or takes from it."""

    sort = fields.String(
        required=True,
        metadata={"description": "word, concept, kind, evidence, fresh or place"},
    )
    said = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The word, or the code of the concept."},
    )
    field = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "title, names, summary or body: where the word is."},
    )
    points = fields.Float(required=True)
    share = fields.Float(
        required=True, metadata={"description": "Points by score; below 0 if it takes."}
    )


class WhySchema(Schema):
    """Why a result stands where it does; the points add up to the score."""

    score = fields.Float(required=True)
    language = fields.String(
        required=True, metadata={"description": "Of the text that was found."}
    )
    reasons = fields.List(fields.Nested(ReasonSchema), required=True)


class ResultSchema(Schema):
    """One record found, in the best language for the reader."""

    ref = fields.String(required=True)
    kind = fields.String(required=True)
    language = fields.String(required=True)
    state = fields.String(
        required=True, metadata={"description": "source, machine-drafted, reviewed …"}
    )
    matched_in = fields.String(required=True)
    title = fields.String(required=True)
    summary = fields.String(required=True)
    excerpt = fields.String(required=True)
    evidence = fields.String(required=True, allow_none=True)
    match = fields.Nested(MatchSchema, required=True, allow_none=True)
    why = fields.Nested(
        WhySchema,
        required=True,
        allow_none=True,
        metadata={"description": "Only with explain, where words were searched."},
    )
    url = fields.Url(required=True)


class FacetValueSchema(Schema):
    """One value of a facet and how many records have it."""

    value = fields.String(required=True)
    label = fields.String(required=True)
    count = fields.Integer(required=True)
    parent = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The value it lies in, which holds its records too."},
    )


class NamedSchema(Schema):
    """A concept of the thesaurus that the words name."""

    code = fields.String(required=True)
    name = fields.String(required=True)


class FoundSchema(Schema):
    """One page of results."""

    total = fields.Integer(required=True)
    page = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "None where a cursor was given."},
    )
    per_page = fields.Integer(required=True)
    next = fields.Url(
        required=True,
        allow_none=True,
        metadata={"description": "Where it goes on; none at the end."},
    )
    relaxed = fields.Boolean(
        required=True,
        metadata={"description": "No record holds all the words; these hold some."},
    )
    step = fields.String(
        required=True,
        validate=validate.OneOf([kind.value for kind in Kind]),
        metadata={
            "description": "What was searched: all the words; all with unknown ones"
            " corrected; most of them; or any."
        },
    )
    whole = fields.Integer(
        required=True,
        metadata={
            "description": "How many records hold all the words, where others that hold"
            " some were added to these few; else 0."
        },
    )
    corrected = fields.Dict(
        fields.String(),
        fields.String(),
        required=True,
        metadata={"description": "Words that stand nowhere → what was searched."},
    )
    left_out = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Words that stand nowhere and were not searched."},
    )
    without_index = fields.Boolean(
        required=True,
        metadata={
            "description": "The index does not answer: the database searched titles and"
            " summaries, and nothing was counted."
        },
    )
    not_used = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Arguments passed over because of that."},
    )
    did_you_mean = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Another spelling, where there are few results."},
    )
    concepts = fields.List(
        fields.Nested(NamedSchema),
        required=True,
        metadata={"description": "What the words were taken to mean."},
    )
    results = fields.List(fields.Nested(ResultSchema), required=True)
    facets = fields.Dict(
        fields.String(),
        fields.List(fields.Nested(FacetValueSchema)),
        required=True,
        metadata={
            "description": "What each value would leave if its own facet were not used"
            " yet; of ranges, in fixed bands."
        },
    )
