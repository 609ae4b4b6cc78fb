"""How good search is: judged queries, and practices by their names.

``python -m tests.bench.search.quality`` fills a house with the seeds, asks what the
results page asks, and prints for each language and split nDCG@10, recall@3 and the mean
reciprocal rank, beside those of SQLite FTS5 over the same texts; then the share of
practices that are among the first three by their names, as they are and with one slip.
``--worst 10`` shows the worst queries to tune on, ``--held`` those held back as well;
``--home`` takes a house instead of making one, and fills its index anew; ``--judged``
leaves the names out, which take the longest.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from statistics import fmean
from tempfile import TemporaryDirectory

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kb.cli.office import Desk
from kb.cli.prepared import sown, tabled
from kb.cli.seed import take_in
from kb.language import INTERFACE
from kb.migrations.apply import upgrade
from kb.record.models import Record
from kb.search.document import Query
from kb.search.documents import public_documents
from kb.search.service import search
from kb.search.thesaurus import Thesaurus, read_thesaurus
from kb.settings import Settings, shipped
from kb.worker import rebuild_all
from tests.bench.search.fts5 import Fts5
from tests.bench.search.judged import ASKS, LANGUAGES, SPLITS, Judged, judged
from tests.bench.search.metrics import ndcg, recall, reciprocal_rank
from tests.bench.search.names import with_slips

Ask = Callable[[str, str], list[str]]
"""Words and the reader's language → the refs that came, best first."""

METRICS = {"nDCG@10": ndcg, "recall@3": recall, "MRR": reciprocal_rank}
GOAL, GOAL_WITH_SLIP = 0.95, 0.85


def filled(home: str) -> Desk:
    """Give the installation in a folder, its tables and seeds there, its index new."""
    desk = Desk(Settings(home=home))
    if not tabled(desk):
        upgrade(desk.database.engine)
    if not sown(desk):
        take_in(desk, shipped("seeds"))
    rebuild_all(desk.database, desk.index, layers=desk.layers)
    return desk


def ours(
    session: Session, desk: Desk, thesaurus: Thesaurus, words: str, language: str
) -> list[str]:
    """Ask what the results page asks."""
    query = Query(words, language)
    found = search(session, desk.index, query, thesaurus=thesaurus)
    return [shown.record.ref for shown in found.shown]


def row(label: str, queries: Sequence[Judged], answerers: Iterable[Ask]) -> None:
    """Print the means of some queries: of each metric ours, then the peer's."""
    came = [[ask(q.query, q.language) for q in queries] for ask in answerers]
    cells = (
        fmean(metric(q.answers, refs) for q, refs in zip(queries, lists, strict=True))
        for metric in METRICS.values()
        for lists in came
    )
    print(f"{label:16}{len(queries):5}" + "".join(f"{cell:9.3f}" for cell in cells))


def tell_judged(ask: Ask, peer: Ask) -> None:
    """Print the judged queries by language, by what they ask and by split."""
    names = "".join(f"{name:>9}{'FTS5':>9}" for name in METRICS)
    print(f"{'judged':16}{'n':>5}{names}")
    every = [q for language in LANGUAGES for q in judged(language)]
    for language in (*LANGUAGES, ""):
        for split in SPLITS:
            some = [q for q in every if q.split == split]
            row(
                f"{language or 'all'} {split}",
                [q for q in some if q.language == (language or q.language)],
                (ask, peer),
            )
    for asks in ASKS:
        row(asks, [q for q in every if q.asks == asks], (ask, peer))
    for language in set(LANGUAGES).difference(INTERFACE):
        on_english = partial(in_place_of, ask, "en")
        row(f"{language} on en pages", judged(language), (on_english, peer))


def in_place_of(ask: Ask, language: str, words: str, _: str) -> list[str]:
    """Ask as somebody does who must read the pages of another language."""
    return ask(words, language)


def tell_worst(ask: Ask, count: int, splits: Sequence[str]) -> None:
    """Print the queries with the lowest nDCG, what ought to come and what came."""
    every = [q for language in LANGUAGES for q in judged(language)]
    some = [q for q in every if q.split in splits]
    came = [ask(q.query, q.language) for q in some]
    worth = [ndcg(q.answers, refs) for q, refs in zip(some, came, strict=True)]
    for at in sorted(range(len(some)), key=worth.__getitem__)[:count]:
        asked = some[at]
        print(f"\n{worth[at]:.3f}  {asked.language}  {asked.query}  {asked.note}")
        wanted = sorted(asked.answers.items(), key=lambda answer: -answer[1])
        print("  wanted", *(f"{ref}={grade}" for ref, grade in wanted))
        print("  came  ", *(f"{r}={asked.answers.get(r, 0)}" for r in came[at]))


def practices(session: Session) -> Sequence[Record]:
    """Give the seed practices with what they are called."""
    called = selectinload(Record.texts), selectinload(Record.names)
    some = select(Record).where(Record.kind == "practice").options(*called)
    return session.scalars(some.order_by(Record.id)).all()


def names_of(records: Iterable[Record]) -> Iterator[tuple[str, str, str]]:
    """Give what each practice is called: the reader's language, the name, the ref.

    By its title in each language it has, and in those of the interface by its local
    names too, whatever language they are in.
    """
    for practice in records:
        for text in practice.texts:
            local = practice.names if text.language in INTERFACE else []
            for name in (text.title, *(name.text for name in local)):
                yield text.language, name, practice.ref


def tell_names(ask: Ask, peer: Ask, names: Sequence[tuple[str, str, str]]) -> None:
    """Print which part of the names brings the practice among the first three."""
    print(f"\n{'by name':16}{'n':>5}{'as it is':>9}{'FTS5':>9}{'n':>7}", end="")
    print(f"{'one slip':>9}{'FTS5':>9}")
    others = dict.fromkeys(language for language, *_ in names)
    for language in dict.fromkeys((*INTERFACE, *sorted(others))):
        own = [name for name in names if name[0] == language]
        slipped = [(code, s, ref) for code, n, ref in own for s in with_slips(n, code)]
        cells = "".join(
            f"{len(some):{width}}"
            + "".join(f"{share(a, some):9.3f}" for a in (ask, peer))
            for some, width in ((own, 5), (slipped, 7))
            if some
        )
        print(f"{language:16}{cells}")
    print(f"goal in the interface's languages: {GOAL} and {GOAL_WITH_SLIP}")


def share(ask: Ask, names: Sequence[tuple[str, str, str]]) -> float:
    """Give the part of the names whose practice is among the first three."""
    return fmean(ref in ask(name, language)[:3] for language, name, ref in names)


def measure(desk: Desk, given: argparse.Namespace) -> None:
    """Ask everything of one house, and say how well it answered."""
    with desk.database.reading() as session:
        ask = partial(ours, session, desk, read_thesaurus(session))
        fts5 = Fts5(public_documents(session))

        def peer(words: str, _: str) -> list[str]:
            return fts5.find(words)

        tell_judged(ask, peer)
        if not given.judged:
            tell_names(ask, peer, list(names_of(practices(session))))
        tell_worst(ask, given.worst, SPLITS if given.held else SPLITS[:1])


def main() -> None:
    """Measure and say so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", help="a folder as kb prepare makes it")
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--judged", action="store_true")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        measure(filled(given.home or folder), given)


if __name__ == "__main__":
    main()
