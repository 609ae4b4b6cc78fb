"""What is found when two places are compared, and how a person is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.language import _
from kb.regions.soil_words import AXIS_WORDS


class Facet(StrEnum):
    """A side on which places are compared."""

    CLIMATE = "climate"
    SOIL = "soil"
    LAND_USE = "land_use"
    TERRAIN = "terrain"


class Degree(StrEnum):
    """How alike two places are in one respect."""

    SAME = "same"
    VERY_SIMILAR = "very_similar"
    SIMILAR = "similar"
    PARTLY = "partly"
    DIFFERENT = "different"


_DEGREES = (
    (0.95, Degree.SAME),
    (0.8, Degree.VERY_SIMILAR),
    (0.6, Degree.SIMILAR),
    (0.4, Degree.PARTLY),
    (0.0, Degree.DIFFERENT),
)


def degree(value: float) -> Degree:
    """Put a likeness from 0 to 1 into a word."""
    return next(word for least, word in _DEGREES if value >= least)


WORDS: Mapping[str, Mapping[Degree, object]] = {
    "temperature": {
        Degree.SAME: _("same temperature"),
        Degree.VERY_SIMILAR: _("nearly the same temperature"),
        Degree.SIMILAR: _("similar temperature"),
    },
    "moisture": {
        Degree.SAME: _("as wet or dry"),
        Degree.VERY_SIMILAR: _("nearly as wet or dry"),
        Degree.SIMILAR: _("similarly wet or dry"),
    },
    "rain": {
        Degree.SAME: _("same rain season"),
        Degree.VERY_SIMILAR: _("rain season may differ"),
        Degree.SIMILAR: _("rain spread differently over the year"),
        Degree.DIFFERENT: _("rain in the opposite season"),
    },
    "climate": {
        Degree.SAME: _("same climate"),
        Degree.VERY_SIMILAR: _("nearly the same climate"),
        Degree.SIMILAR: _("similar climate"),
        Degree.PARTLY: _("partly similar climate"),
        Degree.DIFFERENT: _("different climate"),
    },
    "soil": {
        Degree.SAME: _("same soil"),
        Degree.VERY_SIMILAR: _("nearly the same soil"),
        Degree.SIMILAR: _("similar soil"),
        Degree.PARTLY: _("partly similar soil"),
        Degree.DIFFERENT: _("different soil"),
    },
    "land_use": {
        Degree.SAME: _("same land use"),
        Degree.VERY_SIMILAR: _("nearly the same land use"),
        Degree.SIMILAR: _("similar land use"),
        Degree.PARTLY: _("partly similar land use"),
        Degree.DIFFERENT: _("different land use"),
    },
    "terrain": {
        Degree.SAME: _("same height and slope"),
        Degree.VERY_SIMILAR: _("nearly the same height and slope"),
        Degree.SIMILAR: _("similar height and slope"),
        Degree.PARTLY: _("partly similar height and slope"),
        Degree.DIFFERENT: _("different height and slope"),
    },
}
"""What is said of each respect, by degree."""

TURNED: Mapping[str, Mapping[Degree, tuple[object, object]]] = {
    "temperature": {
        Degree.PARTLY: (_("cooler there"), _("warmer there")),
        Degree.DIFFERENT: (_("much cooler there"), _("much warmer there")),
    },
    "moisture": {
        Degree.PARTLY: (_("drier there"), _("wetter there")),
        Degree.DIFFERENT: (_("much drier there"), _("much wetter there")),
    },
}
"""What is said where it matters which way: less there, more there."""

SAME_HEAT_AND_RAIN = _("same temperature and rain season")


@dataclass(frozen=True)
class Reason:
    """One thing to say of why two places are alike or not."""

    facet: Facet
    respect: str
    """A key of `WORDS`."""
    degree: Degree
    words: object
    axis: str = ""
    """The axis of soil that differs most, such as ``clay``, where soils differ."""


@dataclass(frozen=True)
class Likeness:
    """How alike two places are."""

    score: float
    """0 to 1; for ranking, never shown as it is."""
    coverage: float
    """0 to 1: how much of what counts was known on both sides, and how surely."""
    facets: Mapping[Facet, float]
    """How alike on each side, 0 to 1; what is not known is not there."""
    reasons: tuple[Reason, ...]


class Band(StrEnum):
    """What a person is shown of a likeness."""

    VERY_LIKE = "very_like"
    LIKE = "like"
    PARTLY_LIKE = "partly_like"
    NONE = "none"


BAND_WORDS = {
    Band.VERY_LIKE: _("very like your place"),
    Band.LIKE: _("like your place"),
    Band.PARTLY_LIKE: _("partly like your place"),
    Band.NONE: _("not like your place"),
}

_BANDS = (
    (Band.VERY_LIKE, 0.8, 0.7),
    (Band.LIKE, 0.65, 0.35),
    (Band.PARTLY_LIKE, 0.5, 0.15),
)
"""Each band with the least score and the least coverage. Judged, not fitted: 0.7 needs
soil beside climate, 0.35 a climate that is known fairly well."""

TOO_LITTLE_KNOWN = _("Too little is known of one of the places to say more.")


def band(likeness: Likeness) -> Band:
    """Say how alike two places are, in the words of the screen.

    What is known too little of is put into the highest band that its coverage is
    enough for, and where no climate was compared into ``PARTLY_LIKE`` at most.
    """
    climate = Facet.CLIMATE in likeness.facets
    return band_of(likeness.score, likeness.coverage, climate=climate)


def band_of(score: float, coverage: float, *, climate: bool) -> Band:
    """Do the work of `band` for bare figures, ``climate`` saying if it was compared."""
    for name, least_score, least_coverage in _BANDS:
        enough = coverage >= least_coverage and (climate or name is Band.PARTLY_LIKE)
        if score >= least_score and enough:
            return name
    return Band.NONE


def weakened(likeness: Likeness) -> bool:
    """Say whether the band would be higher if more were known: `TOO_LITTLE_KNOWN`."""
    return band(likeness) is not band_of(likeness.score, 1.0, climate=True)


def sentence(reasons: Sequence[Reason]) -> object:
    """Give the reasons in one line, in the order given; nothing for none.

    >>> str(sentence([]))
    ''
    """
    said: list[object] = []
    for reason in reasons:
        said.append(reason.words)
        if reason.axis:
            said.append(AXIS_WORDS[reason.axis])
    if not said:
        return ""
    line = said[-1]
    for words in reversed(said[:-1]):
        line = _("%(first)s; %(rest)s", first=words, rest=line)
    return line
