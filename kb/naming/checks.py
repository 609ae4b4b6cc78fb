"""What is wrong with a concept, beside all others."""

import re
from collections.abc import Iterable, Iterator, Mapping

from kb.language import FALLBACK, _, name_of
from kb.naming.labels import (
    CODE,
    LONGEST_CODE,
    LONGEST_LABEL,
    LONGEST_MEANING,
    MOST_BROADER,
    PLACE,
    hidden_sign,
    is_misread,
    plain,
)
from kb.vocabulary.thesaurus_lookups import NamedConcept

Owners = dict[tuple[str, str], set[str]]
"""Language and label, as labels are compared → the concepts called so."""
Found = tuple[str, object]
"""A field and what is wrong with it: ``names.fr``."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def owners_of(concepts: Iterable[NamedConcept]) -> Owners:
    """Give the concepts of each label, as labels are compared."""
    owners: Owners = {}
    for concept in concepts:
        for language, said in concept.names.items():
            for label in said:
                owners.setdefault((language, plain(label)), set()).add(concept.code)
    return owners


def problems_of(
    concept: NamedConcept, known: Mapping[str, NamedConcept], *,
    owners: Owners | None = None, meant: bool = False,
) -> dict[str, list[str]]:  # fmt: skip
    """Say what is wrong with a concept, field by field.

    :param known: all concepts, by code.
    :param meant: whether labels that others have, too, are meant so.
    """
    problems: dict[str, list[str]] = {}
    found = [*_itself(concept), *_names(concept), *_links(concept, known)]
    if not meant:
        found += _ambiguous(concept, owners or owners_of(known.values()))
    for field, said in found:
        problems.setdefault(field, []).append(str(said))
    return problems


def also_called(concept: NamedConcept, owners: Owners) -> Iterator[tuple[str, str]]:
    """Give its labels, with their languages, that others have, too."""
    for language, said in concept.names.items():
        for label in said:
            if owners.get((language, plain(label)), set()) - {concept.code}:
                yield language, label


def _itself(concept: NamedConcept) -> Iterator[Found]:
    code = concept.code
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        yield "code", _("A code has small letters, digits and _ only.")
    texts = {"meaning": concept.meaning}
    texts |= {f"definitions.{x}": one.text for x, one in concept.definitions.items()}
    for field, text in texts.items():
        if not text.strip():
            yield field, _("This is needed.")
        elif len(text) > LONGEST_MEANING:
            yield field, _("At most %(n)s signs, please.", n=LONGEST_MEANING)
        yield from _hidden(field, text)
    for language in {*concept.names, *concept.definitions}:
        if not is_language(language):
            yield f"names.{language}", _("%(code)s is no language.", code=language)
    if concept.exact_match and not _ADDRESS.fullmatch(concept.exact_match):
        yield "exact_match", _("This is no address.")


def _names(concept: NamedConcept) -> Iterator[Found]:
    if not concept.names.get(FALLBACK):
        yield f"names.{FALLBACK}", _("An English name is needed.")
    for language, said in concept.names.items():
        field, alike = f"names.{language}", set[str]()
        for label in said:
            if label.casefold() in alike:
                yield field, _("%(name)s stands twice.", name=label)
            alike.add(label.casefold())
            yield from _name(field, label, concept.mark(language, label).place)
        if said and concept.mark(language, said[0]).forbidden:
            yield field, _("The first name cannot be one that nobody should write.")


def _name(field: str, label: str, place: str) -> Iterator[Found]:
    if not label.strip() or len(label) > LONGEST_LABEL:
        yield field, _("At most %(n)s signs, please.", n=LONGEST_LABEL)
    if is_misread(label):
        yield field, _("A name cannot hold @, or begin with = or -.")
    yield from _hidden(field, label)
    if place and not PLACE.fullmatch(place):
        yield field, _("%(code)s is no country or region.", code=place)


def _hidden(field: str, text: str) -> Iterator[Found]:
    if sign := hidden_sign(text):
        yield field, _("A sign stands there that is not seen: %(sign)s.", sign=sign)


def _links(concept: NamedConcept, known: Mapping[str, NamedConcept]) -> Iterator[Found]:
    for field in ("broader", "related"):
        for other in getattr(concept, field):
            if other not in known and other != concept.code:
                yield field, _("There is no concept %(name)s.", name=other)
            elif other == concept.code:
                yield field, _("A concept cannot name itself.")
    if len(concept.broader) > MOST_BROADER:
        yield "broader", _("At most %(n)s broader concepts.", n=MOST_BROADER)
    if circle := circle_of(concept, known):
        names = " > ".join(circle)
        yield "broader", _("This goes round in a circle: %(names)s.", names=names)


def circle_of(concept: NamedConcept, known: Mapping[str, NamedConcept]) -> list[str]:
    """Give the way up from a concept that leads back to it; nothing if none does."""
    came_from: dict[str, str] = {}
    waiting = [(code, concept.code) for code in concept.broader if code != concept.code]
    while waiting:
        code, below = waiting.pop()
        if code in came_from:
            continue
        came_from[code] = below
        if code == concept.code:
            return _way(code, came_from)
        if code in known:
            waiting += [(other, code) for other in known[code].broader]
    return []


def _way(code: str, came_from: Mapping[str, str]) -> list[str]:
    way, below = [code], came_from[code]
    while below != code:
        way.append(below)
        below = came_from[below]
    return [code, *reversed(way)]


def _ambiguous(concept: NamedConcept, owners: Owners) -> Iterator[Found]:
    for language, label in also_called(concept, owners):
        if (language, label) not in concept.shared:
            others = owners[language, plain(label)] - {concept.code}
            said = _("%(name)s is also called so: %(others)s.", name=label,
                     others=", ".join(sorted(others)))  # fmt: skip
            yield f"names.{language}", said


def is_language(code: str) -> bool:
    """Say whether CLDR knows a language."""
    if not _LANGUAGE.fullmatch(code):
        return False
    base = code.partition("-")[0]
    return name_of(base, in_language=FALLBACK) != base
