"""Four questions that describe a place without any map (design, section 3.4)."""

from collections.abc import Mapping

from kb.language import _
from kb.regions.asking import check, question
from kb.regions.axes import Rain
from kb.regions.field_key import soil_shares
from kb.regions.places import Place, Provenance

QUESTIONS = (
    question(
        "frost",
        _("Is there frost?"),
        _("Think of the cold nights of an ordinary year."),
        never=_("Never"),
        some_nights=_("Some nights"),
        long_winter=_("A long winter"),
        always_frozen=_("The ground below stays frozen"),
    ),
    question(
        "months",
        _("In how many months does it rain enough for crops?"),
        _("Count the months in which sown crops would grow without watering."),
        arid=_("Two or fewer"),
        semi_arid=_("Three to five"),
        sub_humid=_("Six to eight"),
        humid=_("Nine or more"),
    ),
    question(
        "rain",
        _("When does most rain fall?"),
        _("The season with most of the rain, not the heaviest shower."),
        summer=_("In the hot season"),
        winter=_("In the cool season"),
        all_year=_("All year"),
    ),
    question(
        "soil",
        _("What is the soil like?"),
        _("Wet a handful and knead it."),
        sand=_("Sand: it falls apart"),
        loam=_("Loam: it makes a ball"),
        cracking_clay=_("Clay that cracks when dry"),
        peat=_("Peat, dark and springy"),
        stony=_("Thin or full of stones"),
    ),
)

HEAT = {"never": 6.0, "some_nights": 4.5, "long_winter": 3.0, "always_frozen": 1.0}
"""Heat axis by answer."""

WETNESS = {"arid": 0.0, "semi_arid": 1.0, "sub_humid": 2.3, "humid": 3.3}
"""Wetness axis by answer; the ids are the agro-climates of WOCAT, which part at 2.5, 6
and 9 months (75, 180, 270 days). The middle of the classes that belong to each."""

SOIL = {
    "sand": {"feel": "sand"},
    "loam": {"feel": "loam", "cracks": "no"},
    "cracking_clay": {"feel": "clay", "cracks": "yes"},
    "peat": {"ground": "peat"},
    "stony": {"stop": "rock"},
}
"""What each answer says in the field key: a behaviour expected over all groups comes
nearer than one set by hand (0.59 against 0.51; design, section 3.3)."""


def place_from(answers: Mapping[str, str], land_use: str = "") -> Place:
    """Describe a place from the answers; what was skipped stays unknown.

    :param answers: question id to answer id; questions may be left out or empty.
    :param land_use: a code of the vocabulary, chosen from pictures.
    :raises NotValid: there is no such question, answer or land use.
    """
    given = check(answers, QUESTIONS)
    soil = SOIL.get(given.get("soil", ""))
    return Place.known(
        Provenance.USER,
        heat=HEAT.get(given.get("frost", "")),
        wetness=WETNESS.get(given.get("months", "")),
        rain=Rain(given["rain"]) if "rain" in given else None,
        soil=soil_shares(soil) if soil else {},
        land_use=land_use,
    )
