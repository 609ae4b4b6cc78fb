import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from kb.errors import NotFound, NotValid
from kb.journal import JournalDue, JournalLine
from kb.kinds import KINDS
from kb.practices.completeness import WANTED, completeness_percent, missing
from kb.practices.models import Step
from kb.record.lookups import get_record
from kb.record.models import Effect, Part, Record, Status, Text
from kb.record.reading import Reading, sources_of, strongest
from tests.make import effect, record, vocabularies, words


@pytest.fixture
def known(session):
    return vocabularies(session)


def test_a_record_is_stored_with_all_that_hangs_on_it(session, known):
    record(
        session,
        known,
        "pits",
        number=7,
        tags={"land_use": ["paddy"], "soil": "all", "labour": "low"},
        names=[{"text": "zaï", "language": "mos", "country": "BF"}],
        steps=[{"season": "sowing"}, {"season": "first_rains", "weeks": -2}],
        effects=[effect(depth_cm=[0, 30], n=12, counted="plots")],
        sites=[
            {
                "place": "Yatenga",
                "country": "BF",
                "latitude": 13.6,
                "longitude": -2.4,
                "precision_km": 50,
            }
        ],
        texts={
            "en": words(
                "Pits",
                how="They hold water.",
                steps=["Dig.", "Sow."],
                effects={"yield": "On poor land."},
            ),
            "fr": words("Cuvettes", state="machine-drafted"),
        },
    )
    session.commit()
    stored = get_record(session, KINDS["practice"], "P-7")
    assert stored.status == Status.PUBLISHED
    assert str(stored.review_due_on) == "2027-01-31"
    assert set(stored.codes("soil")) == {"soil:LX", "soil:HS"}
    assert [s.weeks for s in stored.steps] == [None, -2]
    assert (stored.effects[0].depth_from_cm, stored.effects[0].depth_to_cm) == (0, 30)
    reading = Reading(stored, "fr")
    assert (reading.text.title, reading.language) == ("Cuvettes", "fr")
    assert reading.part("how").language == "en"
    assert reading.part("step:2").words == "Sow."
    assert reading.unreviewed
    assert reading.partly_elsewhere
    assert [s.key for s in sources_of(stored, KINDS["practice"])] == ["study"]
    assert strongest(stored) == "evidence:E2"


def test_taking_in_again_replaces_and_writes_the_journal(session, known):
    for n in (1, 2):
        record(
            session,
            known,
            "pits",
            number=7,
            effects=[effect(value=n)],
            texts={"en": words(f"Pits {n}", how="x")},
        )
        session.commit()
    assert session.scalar(select(func.count(Record.id))) == 1
    assert session.scalars(select(Text.title)).all() == ["Pits 2"]
    assert session.scalars(select(Effect.value)).all() == [2]
    assert session.scalar(select(func.count()).select_from(Part)) == 1
    lines = session.scalars(select(JournalLine)).all()
    assert [(x.what, x.kind, x.done_by) for x in lines] == [
        ("taken in", "practice", "a test")
    ] * 2
    assert session.scalar(select(func.count()).select_from(JournalDue)) == 2


def test_what_is_not_public_does_not_exist(session, known):
    made = record(session, known, "pits", number=7)
    made.status = Status.DRAFT
    session.flush()
    with pytest.raises(NotFound):
        get_record(session, KINDS["practice"], "P-7")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ref": "S-1"}, "ref"),
        ({"ref": "P-0"}, "ref"),
        ({"colour": "red"}, "colour"),
        ({"published": "yesterday"}, "published"),
        ({"tags": {"land_use": ["padi"]}}, "tags.land_use.0"),
        ({"tags": {"labour": "heavy"}}, "tags.labour"),
        ({"names": [{"text": "x", "language": "français"}]}, "names.0.language"),
        ({"sites": [{"place": "x", "country": "XX1"}]}, "sites.0.country"),
        (
            {
                "sites": [
                    {"place": "x", "latitude": 91, "longitude": 0, "precision_km": 1}
                ]
            },
            "sites.0.latitude",
        ),
        ({"sites": [{"place": "x", "latitude": 9}]}, "sites.0.latitude"),
        ({"effects": [effect(unit="furlong")]}, "effects.0.unit"),
        ({"effects": [effect(source="nobody")]}, "effects.0.source"),
        (
            {"effects": [{k: v for k, v in effect().items() if k != "source"}]},
            "effects.0.source",
        ),
        (
            {"effects": [{k: v for k, v in effect().items() if k != "value"}]},
            "effects.0.value",
        ),
        ({"effects": [effect(low=1)]}, "effects.0.low"),
        ({"effects": [effect(low=3, high=1)]}, "effects.0.low"),
        ({"effects": [effect(n=3)]}, "effects.0.n"),
        ({"effects": [effect(value="much")]}, "effects.0.value"),
        ({"effects": [effect(), effect()]}, "effects"),
        ({"steps": [{"season": "sowing"}] * 10}, "steps"),
        (
            {"limits": [{"key": "rain", "limit": "rainfall", "at_least": 700}]},
            "limits.0.unit",
        ),
        (
            {
                "costs": [
                    {
                        "key": "seed",
                        "phase": "establish",
                        "quantity": 20,
                        "unit": "kg_ha",
                        "unit_cost": 2,
                        "currency": "dollar",
                        "year": 2020,
                        "source": "study",
                    }
                ]
            },
            "costs.0.currency",
        ),
        ({"work": [{"phase": "maintain", "source": "study"}]}, "work.0.days"),
        ({"relations": [{"kind": "likes", "to": "x"}]}, "relations.0.kind"),
    ],
)
def test_what_does_not_fit_is_refused_by_field(session, known, wrong, field):
    with pytest.raises(NotValid) as refused:
        record(session, known, "pits", **{"number": 7} | wrong)
    assert field in refused.value.problems
    assert session.scalar(select(func.count(Record.id))) == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"fr": words("F", state="perfect")}, "fr.state"),
        ({"fr": words("F")}, "state"),
        ({"fr": words("F" * 91, state="draft")}, "fr.title"),
        ({"fr": words("F", state="draft", steps=["only one"])}, "fr.steps"),
        ({"fr": words("F", state="draft", effects={"nope": "x"})}, "fr.effects"),
        ({"fr": words("F", state="draft", poem="x")}, "fr.poem"),
        ({"fr": {"state": "draft"}}, "fr.title"),
        ({"fr": words("F", state="draft", summary="s" * 221)}, "fr.summary"),
    ],
)
def test_words_that_do_not_fit_are_refused_by_language(session, known, wrong, field):
    texts = {"en": words("Pits", steps=["Dig.", "Sow."])} | wrong
    with pytest.raises(NotValid) as refused:
        record(session, known, "pits", texts=texts, steps=[{"season": "sowing"}] * 2)
    assert field in refused.value.problems


def test_costs_and_work_are_kept_per_hectare(session, known):
    record(
        session,
        known,
        "pits",
        number=7,
        costs=[
            {
                "key": "seed",
                "phase": "establish",
                "quantity": 20,
                "unit": "kg_ha",
                "unit_cost": 2.5,
                "currency": "XOF",
                "year": 2020,
                "source": "study",
            }
        ],
        work=[
            {"phase": "establish", "women_days": 10, "men_days": 40, "source": "study"}
        ],
        texts={"en": words("Pits", costs={"seed": "Seed of millet"})},
    )
    session.commit()
    stored = get_record(session, KINDS["practice"], "P-7")
    assert stored.costs[0].currency == "XOF"
    assert stored.work[0].women_days == 10
    assert Reading(stored, "en").part("cost:seed").words == "Seed of millet"


def test_completeness_counts_what_is_there(session, known):
    record(session, known, "bare", number=1)
    record(
        session,
        known,
        "fuller",
        number=2,
        tags={"land_use": ["paddy"]},
        effects=[effect(indicator="soc_rate")],
        texts={"en": words("F", how="x", where="x")},
    )
    session.commit()
    kind = KINDS["practice"]
    bare, fuller = (get_record(session, kind, ref) for ref in ("P-1", "P-2"))
    assert len(missing(bare, Reading(bare, "en"))) == len(WANTED) - 1
    assert completeness_percent(fuller, Reading(fuller, "en")) == 30


@pytest.mark.parametrize("number", [0, 10])
def test_the_database_itself_holds_at_most_nine_steps(session, known, number):
    made = record(session, known, "pits")
    session.add(Step(practice_id=made.id, number=number, season_id="season:sowing"))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_the_database_itself_refuses_an_effect_without_a_figure(session, known):
    made = record(session, known, "pits")
    session.add(
        Effect(
            record_id=made.id,
            key="k",
            indicator_id="indicator:crop_yield",
            unit_id="unit:t_ha",
            method_id="method:trial",
            evidence_id="evidence:E0",
            source_id=known.sources["study"],
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
