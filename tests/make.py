"""Making records for tests: only what a test cares about is said."""

from sqlalchemy import insert

from kb.kinds import KINDS
from kb.record.models import Source
from kb.record.schemas import Known
from kb.record.service import check, relate, take_in
from kb.vocabulary.models import Concept, ConceptName, Shape
from kb.vocabulary.shapes import read_shape

CODES = {
    "land_use": ("paddy", "orchard_vine"),
    "climate": ("Aw", "BSh"),
    "soil": ("LX", "HS"),
    "theme": ("rice", "grazing"),
    "purpose": ("hold_water",),
    "slm_group": ("cross_slope",),
    "labour": ("low", "high"),
    "cost": ("low",),
    "first_benefit": ("first_season",),
    "suits": ("women",),
    "benefits": ("women", "landless", "downstream"),
    "season": ("sowing", "first_rains"),
    "step_icon": ("sow", "dig"),
    "drawing": ("pit",),
    "limit": ("rainfall",),
    "evidence": ("E0", "E2", "E5"),
    "method": ("trial",),
    "counted": ("plots",),
    "comparator": ("before", "none"),
    "indicator": ("crop_yield", "soc_rate"),
    "unit": ("t_ha", "percent", "mm_yr", "kg_ha", "t_c_ha_yr"),
}


def concepts(session, *ids, first=0):
    """Put concepts of vocabularies in, each named after its code."""
    rows, names = [], []
    for position, id_ in enumerate(ids, start=first):
        scheme, _, code = id_.partition(":")
        rows.append({"id": id_, "scheme": scheme, "code": code, "position": position})
        names.append({"concept_id": id_, "language": "en", "name": f"{code} name"})
    session.execute(insert(Concept), rows)
    session.execute(insert(ConceptName), names)


PIT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">'
    '<path d="M0 90L400 90" stroke="#000"/><path id="leads" d="M9 9L90 90"/>'
    '<text id="hole" x="20" y="100" text-anchor="start" data-signs="12"/>'
    '<text id="rim" x="200" y="40" text-anchor="middle"/></svg>'
)
"""A drawing as an administrator brings it."""


def vocabularies(session):
    concepts(session, *(f"{x}:{code}" for x, codes in CODES.items() for code in codes))
    source = Source(
        key="study", citation="Someone 2020. A study.", url="https://a.example"
    )
    session.add(source)
    session.flush()
    svg, labels = read_shape(PIT.encode())
    session.add(Shape(concept_id="drawing:pit", svg=svg, labels=labels))
    session.flush()
    return Known(
        codes=CODES,
        sources={"study": source.id},
        labels=frozenset({"pit-hole", "pit-rim"}),
    )


def effect(**said):
    usual = {
        "key": "yield",
        "indicator": "crop_yield",
        "unit": "t_ha",
        "value": 2.5,
        "method": "trial",
        "evidence": "E2",
        "source": "study",
    }
    return usual | said


def words(title, **said):
    return {"state": "source", "title": title, "summary": f"{title} helps."} | said


def record(session, known, key, kind="practice", *, texts=None, **said):
    """Take a record in, published unless it says otherwise."""
    letter = KINDS[kind].letter
    number = said.pop("number", abs(hash(key)) % 9000 + 1)
    given = {"ref": f"{letter}-{number}", "published": "2026-01-31"} | said
    if kind == "guideline":
        given = {"issuer": "Someone", "url": "https://a.example/g"} | given
    texts = texts or {"en": words(key.replace("_", " ").title())}
    facts, checked = check(KINDS[kind], given, texts, known)
    made = take_in(session, KINDS[kind], key, facts, checked, by="a test")
    relate(session, made, [], {})
    return made
