"""Taking SKOS in: what a file says of concepts, and what of that does not fit."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS
from rdflib.term import Node
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.exchange.skos import OWN, XL, in_order
from kb.exchange.skos_read import refused
from kb.folding import fold
from kb.language import FALLBACK
from kb.naming.checks import also_called, is_language, owners_of, problems_of
from kb.naming.labels import (
    CODE,
    LONGEST_CODE,
    LONGEST_LABEL,
    LONGEST_MEANING,
    MOST_BROADER,
    PLACE,
    hidden_sign,
    is_misread,
)
from kb.naming.service import Known, known_concepts
from kb.naming.storing import write_all
from kb.vocabulary.models import Concept
from kb.vocabulary.thesaurus import LabelState
from kb.vocabulary.thesaurus_lookups import (
    PLAIN,
    Definition,
    Mark,
    NamedConcept,
    merged_concepts,
)

KINDS = ("prefLabel", "altLabel", "hiddenLabel")
UNDERSTOOD = {
    RDF.type, SKOS.inScheme, SKOS.notation, SKOS.topConceptOf, SKOS.broader,
    SKOS.narrower, SKOS.related, SKOS.exactMatch, SKOS.definition, OWN.sameEntry,
    OWN.order, OWN.firstBroader, OWN.relatedOrder, OWN.reviewedDefinition,
    *(names[kind] for names in (SKOS, XL) for kind in KINDS),
    DCTERMS.created, DCTERMS.modified,
}  # fmt: skip
_NO_CODE = re.compile(r"[^a-z0-9]+")


class Trouble(StrEnum):
    """What may be wrong with a part of a file; the part is left out."""

    NO_ENGLISH = "no-english-name"
    NO_MEANING = "no-meaning"
    LANGUAGE = "unknown-language"
    HIDDEN_SIGN = "hidden-sign"
    SIGN = "sign-not-allowed"
    LENGTH = "too-long"
    TWICE = "stands-twice"
    AMBIGUOUS = "ambiguous"
    NO_CONCEPT = "no-such-concept"
    TOO_MANY = "too-many"
    PLACE = "unknown-place"
    ENTRY = "unknown-entry"
    PROPERTY = "not-understood"
    CIRCLE = "circle"
    PROBLEM = "does-not-fit"


BLOCKING = frozenset({Trouble.CIRCLE, Trouble.PROBLEM})
"""With one of these nothing is taken in."""


@dataclass(frozen=True)
class Warned:
    """One thing that was left out, or that stops the whole."""

    trouble: Trouble
    where: str
    said: str


@dataclass
class TakenIn:
    """What a file would bring, or brought."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    warnings: list[Warned] = field(default_factory=list)

    @property
    def blocked(self) -> bool:
        """Say whether nothing can be taken in."""
        return any(one.trouble in BLOCKING for one in self.warnings)


def take_in_skos(
    session: Session, graph: Graph, *, note: str, dry_run: bool
) -> TakenIn:
    """Take the concepts of a graph in; each gets a version.

    Concepts of which it does not tell stay; those it tells of become what it says.

    :param dry_run: only say what would be done.
    :raises NotValid: it holds no concept.
    """
    known, report = known_concepts(session), TakenIn()
    merged = merged_concepts(session)
    entries = set(session.scalars(select(Concept.id)))
    found = _Reader(graph, known, merged, entries, report).concepts()
    if not found:
        raise refused("The file holds no concept.")
    _check(found, known, report)
    changed = [one for one in found.values() if not _same(one, known.get(one.code))]
    for one in changed:
        (report.changed if one.code in known else report.new).append(one.code)
    report.same = len(found) - len(changed)
    if not report.blocked and not dry_run and changed:
        write_all(session, known, changed, by=None, decided_by=None, note=note)
    return report


def _same(one: NamedConcept, stood: NamedConcept | None) -> bool:
    if stood is None:
        return False
    beside = {"shared": frozenset[tuple[str, str]](), "readings": {}}
    return replace(one, **beside) == replace(stood, **beside)  # type: ignore[arg-type]


def _check(found: Known, known: Known, report: TakenIn) -> None:
    whole = {**known, **found}
    owners = owners_of(whole.values())
    for one in found.values():
        for language, label in also_called(one, owners):
            said = f"{label!r} ({language}) is a label of another concept, too"
            report.warnings.append(Warned(Trouble.AMBIGUOUS, one.code, said))
        for part, told in problems_of(one, whole, meant=True).items():
            circle = part == "broader"
            trouble = Trouble.CIRCLE if circle else Trouble.PROBLEM
            report.warnings += [Warned(trouble, f"{one.code}.{part}", x) for x in told]


class _Reader:
    """Reads concepts out of a graph, and notes what it leaves out."""

    def __init__(
        self, graph: Graph, known: Known, merged: Mapping[str, str],
        entries: set[str], report: TakenIn,
    ) -> None:  # fmt: skip
        self.graph, self.known, self.report = graph, known, report
        self.merged, self.entries = merged, entries
        self.strange: Counter[str] = Counter()
        self.codes: dict[Node, str] = {}
        self.taken: set[str] = set()
        self.above: defaultdict[Node, set[Node]] = defaultdict(set)

    def concepts(self) -> Known:
        """Give all concepts that fit, by code."""
        subjects = sorted(set(self.graph.subjects(RDF.type, SKOS.Concept)), key=str)
        names = {subject: self.names(subject) for subject in subjects}
        for subject in subjects:
            self.name_code(subject, names[subject][0])
        for subject in self.codes:
            self.above[subject] |= set(self.graph.objects(subject, SKOS.broader))
            for below in self.graph.objects(subject, SKOS.narrower):
                self.above[below].add(subject)
        found = {
            code: self.concept(subject, code, *names[subject])
            for subject, code in self.codes.items()
        }
        for name, count in sorted(self.strange.items()):
            self.warn(Trouble.PROPERTY, name, f"stands {count} times and is left out")
        return found

    def warn(self, trouble: Trouble, where: object, said: str) -> None:
        """Note what is left out."""
        self.report.warnings.append(Warned(trouble, str(where)[:120], said))

    def name_code(self, subject: Node, names: Mapping[str, list[str]]) -> None:
        """Find the code of a concept: its notation, else of its address or name."""
        if not names.get(FALLBACK):
            self.warn(Trouble.NO_ENGLISH, subject, "the concept is left out")
            return
        given = sorted(str(x) for x in self.graph.objects(subject, SKOS.notation))
        last = re.split(r"[/#:]", str(subject))[-1]
        made = _NO_CODE.sub("_", fold(names[FALLBACK][0])).strip("_")[:LONGEST_CODE]
        tried = [*given, last, made.strip("_")]
        code = next((x for x in tried if CODE.fullmatch(x) and len(x) <= 60), "")
        if not code or code in self.taken:
            said = f"{code!r} is no code of its own; the concept is left out"
            self.warn(Trouble.TWICE, subject, said)
        elif code in self.merged:
            said = f"{code} was merged into {self.merged[code]}; it is left out"
            self.warn(Trouble.TWICE, subject, said)
        else:
            self.codes[subject] = code
            self.taken.add(code)

    def concept(
        self, subject: Node, code: str, names: dict[str, list[str]],
        marks: dict[tuple[str, str], Mark],
    ) -> NamedConcept:  # fmt: skip
        """Read one concept."""
        for predicate in self.graph.predicates(subject):
            if predicate not in UNDERSTOOD:
                self.strange[str(predicate)] += 1
        definitions = self.definitions(subject, code)
        english = definitions.pop(FALLBACK, None)
        if english is None:
            self.warn(Trouble.NO_MEANING, code, "its English name is taken instead")
        return NamedConcept(
            code,
            {language: tuple(said) for language, said in names.items()},
            broader=self.broader(subject, code),
            related=self.related(subject, code),
            same_as=self.entry(subject, code),
            meaning=english.text if english else names[FALLBACK][0],
            definitions=definitions,
            exact_match=self.match(subject, code),
            marks=marks,
        )

    def names(
        self, subject: Node
    ) -> tuple[dict[str, list[str]], dict[tuple[str, str], Mark]]:
        """Give the labels by language, in order, and what is said of them."""
        first: dict[str, str] = {}
        others: defaultdict[str, dict[str, None]] = defaultdict(dict)
        bad: set[tuple[str, str]] = set()
        marked: dict[tuple[str, str], Mark] = {}
        for kind in KINDS:
            for language, text in self.literals(subject, kind):
                marked |= self.mark(subject, kind, language, text)
                if kind == "prefLabel" and first.setdefault(language, text) == text:
                    continue
                if kind == "hiddenLabel":
                    bad.add((language, text))
                others[language][text] = None
        names = self.ordered(subject, first, others)
        marks = {
            (language, text): mark
            for language, said in names.items()
            for text in said
            if (
                mark := marked.get((language, text), PLAIN)._replace(
                    forbidden=(language, text) in bad
                )
            )
            != PLAIN
        }
        return names, marks

    def ordered(
        self, subject: Node, first: Mapping[str, str],
        others: Mapping[str, Iterable[str]],
    ) -> dict[str, list[str]]:  # fmt: skip
        """Put labels in their order, and leave out those that stand twice."""
        order = {
            str(x.language): str(x)
            for x in self.graph.objects(subject, OWN.order)
            if isinstance(x, Literal)
        }
        names: dict[str, list[str]] = {}
        for language in sorted({*first, *others}):
            rest = [x for x in others.get(language, ()) if x != first.get(language)]
            whole = [*([first[language]] if language in first else []),
                     *in_order(rest, order.get(language, ""))]  # fmt: skip
            once: dict[str, str] = {}
            for text in whole:
                if once.setdefault(text.casefold(), text) != text:
                    self.warn(Trouble.TWICE, subject, f"{text!r} ({language})")
            names[language] = list(once.values())
        return names

    def literals(self, subject: Node, kind: str) -> Iterator[tuple[str, str]]:
        """Give labels of a kind that can be taken, sorted."""
        found: set[tuple[str, str]] = set()
        for node in self.graph.objects(subject, XL[kind]):
            for said in self.graph.objects(node, XL.literalForm):
                found |= self.literal(subject, said, LONGEST_LABEL)
        for said in self.graph.objects(subject, SKOS[kind]):
            found |= self.literal(subject, said, LONGEST_LABEL)
        yield from sorted(found)

    def literal(self, subject: Node, said: Node, longest: int) -> set[tuple[str, str]]:
        """Give language and text of a literal, if both will do."""
        language = str(getattr(said, "language", None) or "")
        text = " ".join(str(said).split())
        if not is_language(language):
            self.warn(Trouble.LANGUAGE, subject, f"{text[:80]!r} ({language or '-'})")
        elif sign := hidden_sign(text):
            told = f"{sign} in a text ({language})"
            self.warn(Trouble.HIDDEN_SIGN, subject, told)
        elif longest == LONGEST_LABEL and is_misread(text):
            self.warn(Trouble.SIGN, subject, f"{text[:80]!r} ({language})")
        elif not text or len(text) > longest:
            self.warn(Trouble.LENGTH, subject, f"{text[:40]!r} ({language})")
        else:
            return {(language, text)}
        return set()

    def mark(
        self, subject: Node, kind: str, language: str, text: str
    ) -> dict[tuple[str, str], Mark]:
        """Give what is said of a label where it stands as SKOS-XL has it."""
        for node in self.graph.objects(subject, XL[kind]):
            if (node, XL.literalForm, Literal(text, lang=language)) not in self.graph:
                continue
            place = str(self.graph.value(node, OWN.place) or "")
            if place and not PLACE.fullmatch(place):
                self.warn(Trouble.PLACE, subject, f"{place!r} at {text!r}")
                place = ""
            state = str(self.graph.value(node, OWN.state) or "")
            sure = state == LabelState.REVIEWED
            keep = str(self.graph.value(node, OWN.keep) or "") == "true"
            made = LabelState.REVIEWED if sure else LabelState.MACHINE_DRAFTED
            return {(language, text): Mark(made, place, keep)}
        return {}

    def definitions(self, subject: Node, code: str) -> dict[str, Definition]:
        """Give what a concept is, by language."""
        said = self.graph.objects(subject, OWN.reviewedDefinition)
        sure = {str(x) for x in said}
        found: dict[str, Definition] = {}
        for one in sorted(self.graph.objects(subject, SKOS.definition), key=str):
            for language, text in self.literal(subject, one, LONGEST_MEANING):
                if language in found:
                    self.warn(Trouble.TWICE, code, f"a definition ({language})")
                    continue
                reviewed = language in sure
                state = LabelState.REVIEWED if reviewed else LabelState.MACHINE_DRAFTED
                found[language] = Definition(text, state)
        return found

    def broader(self, subject: Node, code: str) -> tuple[str, ...]:
        """Give the codes of wider concepts, the first one first."""
        first = self.graph.value(subject, OWN.firstBroader)
        nodes = sorted(self.above[subject], key=lambda x: (x != first, str(x)))
        codes = self.linked(nodes, code)
        if len(codes) > MOST_BROADER:
            said = f"{len(codes)} broader concepts; the first {MOST_BROADER} are taken"
            self.warn(Trouble.TOO_MANY, code, said)
        return codes[:MOST_BROADER]

    def related(self, subject: Node, code: str) -> tuple[str, ...]:
        """Give the codes of related concepts."""
        order = str(self.graph.value(subject, OWN.relatedOrder) or "").split()
        nodes = sorted(self.graph.objects(subject, SKOS.related), key=str)
        codes = self.linked(nodes, code)
        return tuple(order) if sorted(order) == sorted(codes) else codes

    def linked(self, nodes: Iterable[Node], code: str) -> tuple[str, ...]:
        """Give the codes of concepts that are linked to."""
        found = []
        for node in nodes:
            last = re.split(r"[/#:]", str(node))[-1]
            other = self.codes.get(node) or (last if last in self.known else "")
            if not other:
                self.warn(Trouble.NO_CONCEPT, code, f"a link to {node}")
            else:
                found.append(other)
        return tuple(dict.fromkeys(found))

    def match(self, subject: Node, code: str) -> str:
        """Give the address of the same concept elsewhere."""
        matches = sorted(
            str(x)
            for x in self.graph.objects(subject, SKOS.exactMatch)
            if isinstance(x, URIRef)
        )
        if len(matches) > 1:
            said = f"{len(matches)} exact matches; {matches[0]} is taken"
            self.warn(Trouble.TOO_MANY, code, said)
        return matches[0] if matches else ""

    def entry(self, subject: Node, code: str) -> str | None:
        """Give the entry of the lists that means the same."""
        given = self.graph.value(subject, OWN.sameEntry)
        if given is not None and str(given) not in self.entries:
            self.warn(Trouble.ENTRY, code, f"no list has {str(given)[:80]!r}")
            return None
        return None if given is None else str(given)
