"""The field key: eight plain questions about the ground, and what soil they point to.

Every question may be skipped. The key never announces a soil: it gives shares, from
which comes what the soil is expected to be like (`kb.regions.soil.expected`).
"""

from collections.abc import Mapping
from math import prod

from kb.language import _
from kb.regions.asking import check, question
from kb.regions.axes import AXES
from kb.regions.soil import GROUPS, Shares, mix
from kb.regions.typical_answers import ORDINARY, TYPICAL

QUESTIONS = (
    question(
        "ground",
        _("What is the ground made of?"),
        _("Take a handful from just under the surface."),
        peat=_("Peat: dark, springy, made of dead plants"),
        made=_("Rubble, waste or mine spoil"),
        built=_("Earth that people built up over generations"),
        ash=_("Light, fluffy volcanic ash"),
        earth=_("Ordinary earth"),
    ),
    question(
        "stop",
        _("Push a rod in or dig: what stops you before elbow depth?"),
        _("Try in three spots; a single stone does not count."),
        rock=_("Rock or stones, at about a hand's length"),
        ironpan=_("Iron gravel, or a layer like brick"),
        whitepan=_("A hard layer, white or like glass"),
        frozen=_("Frozen ground, even in summer"),
        none=_("Nothing"),
    ),
    question(
        "water",
        _("Where does the water stand?"),
        _("Think of the wettest weeks of the year."),
        groundwater=_("Wet for most of the year, grey below"),
        puddles=_("Puddles stay for days after rain"),
        flood=_("A river or the sea floods it and leaves mud"),
        drains=_("It drains away"),
    ),
    question(
        "cracks",
        _("Wider cracks than a finger when dry, and very sticky when wet?"),
        _("Look at the end of the dry season."),
        yes=_("Yes, it cracks and sticks"),
        no=_("No such cracks"),
    ),
    question(
        "feel",
        _("How does the wet topsoil feel?"),
        _("Wet a small handful and knead it."),
        sand=_("Gritty, and it falls apart"),
        loam=_("It makes a ball"),
        clay=_("It rolls into a ribbon"),
    ),
    question(
        "white",
        _("Is there anything white or salty?"),
        _("A few drops of vinegar show lime: it fizzes."),
        saltcrust=_("A crust of salt"),
        soapy=_("Slick, black and soapy when wet"),
        fizz=_("It fizzes with vinegar, or has white lumps"),
        gypsum=_("Soft white crystals"),
        none=_("Nothing white or salty"),
    ),
    question(
        "colour",
        _("What colour is the moist soil?"),
        _("Break a moist clod and look at the fresh side."),
        dark=_("Dark, deeper than a hand"),
        redyellow=_("Red or yellow"),
        bleached=_("A pale, washed-out layer"),
        brown=_("Brown or pale all through"),
    ),
    question(
        "below",
        _("What is it like at knee depth, beside the top?"),
        _("A fresh bank or pit by the road shows it too."),
        clayier=_("More clay below"),
        same=_("The same below"),
        bands=_("Bands of sand and mud"),
        rustlayer=_("A rusty or black hard layer under grey sand"),
        shinyblocks=_("Shiny blocks the size of nuts"),
        raw=_("Raw earth without layers"),
    ),
)

RAREST = 0.01
"""No answer rules a group out: people err, and fields are not all of a kind."""

TRUST_IN_PRIOR = 0.95
"""Share of the prior that is believed; the rest goes to all groups alike, because maps
leave groups out that are there (SoilGrids has no Anthrosols, for example)."""

LEAN = 1.5
"""How much likelier a climate that suits a group makes it. A tie-break only: climate
added next to nothing to the key (0.587 to 0.592; design, section 3.3)."""

NOT_FROZEN = 0.001
"""What is left of Cryosols where no ground stays frozen."""

_DRY = frozenset({"CL", "GY", "DU", "SC", "SN", "LX", "KS", "AR"})
_NOT_DRY = frozenset({"AC", "AL", "FR", "UM", "PZ", "HS", "RT", "NT", "ST", "CH"})
_WET = frozenset({"AC", "AL", "FR", "UM", "HS", "PZ"})
_NOT_WET = frozenset({"CL", "GY", "DU", "SC", "SN", "KS", "LX"})
_HOT = frozenset({"FR", "NT", "AC", "LX", "PT", "AL"})
_NOT_HOT = frozenset({"RT", "PZ", "CH", "LV", "UM"})

_IDS = {q.id: tuple(answer.id for answer in q.answers) for q in QUESTIONS}


def soil_shares(
    answers: Mapping[str, str],
    climate: Mapping[str, float] | None = None,
    prior: Shares | None = None,
) -> dict[str, float]:
    """Give the share of each of the 32 groups that the answers point to.

    :param answers: question id to answer id; questions may be left out or empty.
    :param climate: Köppen-Geiger class to share, if known: keeps frozen ground where it
        belongs and breaks ties.
    :param prior: what maps say (`kb.regions.soil.prior_of`); all groups alike if not
        known.
    :returns: shares that sum to 1; none of them is 0.
    :raises NotValid: there is no such question or answer.
    """
    given = check(answers, QUESTIONS)
    before = mix([(prior or {}, TRUST_IN_PRIOR), (mix([]), 1 - TRUST_IN_PRIOR)])
    found = {
        group: before[group]
        * _suits(group, climate or {})
        * prod(likelihood(group, q, answer) for q, answer in given.items())
        for group in GROUPS
    }
    total = sum(found.values())
    return {group: value / total for group, value in found.items()}


def likelihood(group: str, asked: str, answer: str) -> float:
    """Say how often an answer is given on soils of a group, from `RAREST` to 1."""
    named = TYPICAL[group].get(asked) or ORDINARY[asked]
    unnamed = len(_IDS[asked]) - len(named)
    left = max(0.0, 1 - sum(named.values())) / max(1, unnamed)
    return max(named.get(answer, left), RAREST)


def typical_answers(group: str) -> dict[str, str]:
    """Give the answers most often given on soils of a group."""
    return {
        asked: max(ids, key=lambda answer: likelihood(group, asked, answer))
        for asked, ids in _IDS.items()
    }


def _suits(group: str, climate: Mapping[str, float]) -> float:
    if not climate:
        return 1.0
    return sum(share * _suits_class(group, code) for code, share in climate.items())


def _suits_class(group: str, code: str) -> float:
    """Say how much likelier a climate makes a group: by wetness, else by heat."""
    if group == "CR":
        return 1.0 if AXES[code].heat < 2 else NOT_FROZEN
    axes, lean = AXES[code], 0
    if axes.wetness < 1.5:
        lean = (group in _DRY) - (group in _NOT_DRY)
    elif axes.wetness > 2.5:
        lean = (group in _WET) - (group in _NOT_WET)
    heat = (group in _HOT) - (group in _NOT_HOT)
    return float(LEAN ** (lean or (heat if axes.heat > 4.4 else -heat)))
