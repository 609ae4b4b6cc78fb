"""How figures, dates and words are written for a reader."""

from functools import lru_cache

from babel.numbers import format_decimal
from babel.units import format_unit
from flask_babel import get_locale, ngettext
from markupsafe import Markup, escape

from kb.entrance.labels import _, facet_labels
from kb.entrance.request import this_language, this_vocabulary
from kb.language import best_of, country_name, name_of
from kb.markdown import to_html
from kb.practices.models import Limit, Step
from kb.practices.season_calendar import Row
from kb.record.comparison import Stated
from kb.record.models import Effect, Record, Text
from kb.search.excerpt import Piece

EVIDENCE_MARKS = 5


def number(value: float) -> str:
    """Write a figure as the reader's language does, no digit added.

    A mark keeps the minus before the digits in languages written from right to left.
    """
    sign = "\N{LEFT-TO-RIGHT MARK}" if value < 0 else ""
    return sign + _digits(value, "#,##0.####", this_language())


@lru_cache(maxsize=10_000)
def _digits(value: float, pattern: str, language: str) -> str:
    """Write a figure; a page of results has nearly 200, most of them small counts."""
    return format_decimal(value, format=pattern, locale=language)


def rounded(value: float) -> float:
    """Give a reckoned figure to two digits that count; more would only seem exact."""
    return float(f"{value:.2g}")


def year(value: int) -> str:
    """Write a year: digits only, no thousands mark."""
    return _digits(value, "0", this_language())


def years(value: float) -> str:
    """Write a number of years, in the right plural."""
    return format_unit(value, "duration-year", locale=get_locale())


def amount(value: float, unit: str) -> str:
    """Write a figure with its unit, on one line.

    :param unit: id of the unit, such as ``unit:t_ha``.
    """
    return f"{number(value)}\N{NO-BREAK SPACE}{this_vocabulary().name(unit)}"


def result(effect: Effect | Stated) -> str:
    """Write what was measured: value, range, or from baseline to after."""
    unit = this_vocabulary().name(effect.unit_id)
    if effect.baseline is not None and effect.after_value is not None:
        change = _("from %(before)s to %(after)s", before=number(effect.baseline),
                   after=number(effect.after_value))  # fmt: skip
        return f"{change}\N{NO-BREAK SPACE}{unit}"
    written = _central(effect)
    if effect.low is not None and effect.high is not None:
        range_ = _(
            "%(low)s to %(high)s", low=number(effect.low), high=number(effect.high)
        )
        written = f"{written} ({range_})" if written else range_
    return f"{written}\N{NO-BREAK SPACE}{unit}"


def _central(effect: Effect | Stated) -> str:
    value = next(
        (
            v
            for v in (effect.value, effect.after_value, effect.baseline)
            if v is not None
        ),
        None,
    )
    if value is None:
        return ""
    written = number(value)
    if effect.bound == "at_least":
        return _("at least %(figure)s", figure=written)
    if effect.bound == "at_most":
        return _("up to %(figure)s", figure=written)
    return _("about %(figure)s", figure=written) if effect.about else written


def spread(effect: Effect) -> str:
    """Say what the range of a result is."""
    return {
        "interval": _("confidence interval"),
        "sd": _("standard deviation"),
        "se": _("standard error"),
        "range": _("range over places or treatments"),
    }.get(effect.spread, "")


def depth(effect: Effect) -> str:
    """Write the soil depth a result is for."""
    if effect.depth_from_cm is None or effect.depth_to_cm is None:
        return ""
    cm = format_unit(
        effect.depth_to_cm, "length-centimeter", "short", locale=get_locale()
    )
    return _("%(top)s to %(bottom)s", top=number(effect.depth_from_cm), bottom=cm)


def limit_figure(limit: Limit) -> str:
    """Write the figure of a hard limit, if it has one."""
    unit = limit.unit_id or ""
    if limit.at_least is not None and limit.at_most is not None:
        return _("%(low)s to %(high)s", low=number(limit.at_least),
                 high=amount(limit.at_most, unit))  # fmt: skip
    if limit.at_least is not None:
        return _("at least %(figure)s", figure=amount(limit.at_least, unit))
    if limit.at_most is not None:
        return _("at most %(figure)s", figure=amount(limit.at_most, unit))
    return ""


def weeks_from_season(step: Step | Row) -> str:
    """Say when a step is taken, so many weeks before or after a point of the season."""
    weeks = step.weeks or 0
    point = this_vocabulary().name(step.season_id)
    length = ngettext("%(num)s week", "%(num)s weeks", abs(weeks))
    if weeks < 0:
        return _("%(weeks)s earlier: %(point)s", weeks=length, point=point)
    return _("%(weeks)s later: %(point)s", weeks=length, point=point)


def title_for(record: Record, language: str) -> Text:
    """Give the text whose title a reader is shown."""
    texts = {text.language: text for text in record.texts}
    best = best_of(texts, reader=language, source=record.source_language)
    return texts[best]


def money(value: float, currency: str) -> str:
    """Write a sum with its ISO 4217 currency code."""
    return f"{number(value)}\N{NO-BREAK SPACE}{currency}"


def evidence_marks(level: str) -> str:
    """Draw a level of evidence as filled and empty dots."""
    filled = int(level[-1])
    return "●" * filled + "○" * (EVIDENCE_MARKS - filled)


def pieces(found: list[Piece]) -> Markup:
    """Write pieces of text, the marked ones as marked."""
    return Markup("").join(
        Markup("<mark>{}</mark>").format(p.words) if p.marked else escape(p.words)
        for p in found
    )


def rich(words: str) -> Markup:
    """Render Markdown; `to_html` has taken out all that could act."""
    return Markup(to_html(words))  # noqa: S704


def language_name(language: str) -> str:
    """Name a language in the reader's own."""
    return name_of(language, in_language=this_language())


def country(code: str) -> str:
    """Name a country in the reader's language."""
    return country_name(code, in_language=this_language())


def status_word(state: str) -> str:
    """Say how far a text can be trusted."""
    return {
        "source": _("original"),
        "draft": _("draft"),
        "machine-drafted": _("machine-drafted, not yet reviewed by a native speaker"),
        "reviewed": _("reviewed by a native speaker"),
        "stale": _("the original has changed since"),
    }[state]


def facet_name(name: str) -> str:
    """Name a facet or a range."""
    return facet_labels()[name]


FILTERS = {
    f.__name__: f
    for f in (
        number,
        rounded,
        year,
        years,
        amount,
        result,
        spread,
        depth,
        limit_figure,
        weeks_from_season,
        title_for,
        money,
        evidence_marks,
        pieces,
        rich,
        language_name,
        country,
        facet_name,
        status_word,
    )
}
