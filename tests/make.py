"""Making records for tests: only what a test cares about is said."""

from sqlalchemy import insert

from kb.kinds import KINDS
from kb.record.models import Source
from kb.record.schemas import Known
from kb.record.service import check, relate, take_in
from kb.vocabulary.models import Concept, ConceptName

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


def vocabularies(session):
    concepts(session, *(f"{x}:{code}" for x, codes in CODES.items() for code in codes))
    source = Source(
        key="study", citation="Someone 2020. A study.", url="https://a.example"
    )
    session.add(source)
    session.flush()
    return Known(codes=CODES, sources={"study": source.id})


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
    texts = texts or {"en": words(key.replace("_", " ").title())}
    facts, checked = check(KINDS[kind], given, texts, known)
    made = take_in(session, KINDS[kind], key, facts, checked, by="a test")
    relate(session, made, [], {})
    return made
