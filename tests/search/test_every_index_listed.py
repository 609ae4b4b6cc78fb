"""What every index must do with filters, counts and cursors, on made-up records."""

import json
import zlib
from base64 import urlsafe_b64encode
from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import NotValid
from kb.search.cursor import MOST_GIVEN, _seal, next_cursor, resumed
from kb.search.document import (
    COMPARED,
    FILTERS,
    SORTS,
    Compared,
    Document,
    Found,
    Query,
)
from kb.search.levels import with_greater
from kb.search.memory_index import MemoryIndex
from tests.search.test_every_index import opened
from tests.search.whoosh_index.corpus import EXAMPLES

LEVELS = {
    "land_use": {"paddy": "crop", "maize": "crop", "steppe": "grazing"},
    "region": {"BF": "011", "NE": "011", "KE": "014", "011": "002", "014": "002"},
    "climate": {"BSh": "B", "BWh": "B", "Aw": "A"},
}
FIGURES = {"rainfall": (100, 249, 250, 700, 2500), "year": (1979, 1985, 1999, 2012)}
ASKED = {
    **{n: {*of, *of.values()} for n, of in LEVELS.items()},
    "kind": {"practice", "story"},
    "rainfall": {"..249", "250..499", "..600", "700..700", "2000..", "9000.."},
    "year": {"1980..1989", "1985..1999", "..1979", "2013.."},
}
"""What the made-up records are narrowed by: values at every level, bands, ranges."""


def made(record_id, random=None):
    """Make up a record in one or two languages; the same number gives the same."""
    random = random or Random(record_id)

    def some(values, most=3):
        return tuple(sorted(random.sample(sorted(values), random.randint(0, most))))

    facets = {n: with_greater(some(of), of) for n, of in LEVELS.items()}
    facets["kind"] = (random.choice(["practice", "story"]),)
    facets["evidence"] = some({"E1", "E3", "E5"}, 1)
    one = Document(
        record_id=record_id,
        ref=f"{facets['kind'][0][0].upper()}-{record_id}",
        kind=facets["kind"][0],
        language="en",
        source_language="en",
        title=random.choice(["Beans", "Maize", "Trees", "Élan"]),
        summary=" ".join(random.choices(["beans", "soil", "maize", "x"], k=6)),
        facets=facets,
        figures={n: some(of, 2) for n, of in FIGURES.items()},
        tried=random.randint(0, 3),
        published=random.choice(["", "2026-01-01", "2026-02-01"]),
    )
    two = replace(one, language="fr", title=random.choice(["Haricots", "Arbres"]))
    return [one, two] if random.random() < 0.5 else [one]


MADE = [each for record_id in range(1, 31) for each in made(record_id)]
KNOWN = {d.record_id: (d.kind, d.evidence_level, d.last_day) for d in MADE}
NEAR = {
    record_id: round(Random(record_id).random(), 1) for record_id in range(1, 80, 2)
}
chosen = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(sorted(values)), max_size=3, unique=True).map(
            tuple
        )
        for name, values in ASKED.items()
    },
)


@pytest.fixture(scope="module", params=["memory", "whoosh", "postgresql"])
def filled(request, houses, tmp_path_factory):
    """An index of each sort, filled with made-up records; not to be changed."""
    with opened(request.param, houses, tmp_path_factory.mktemp("made")) as index:
        index.refill(MADE)
        yield index


def has(document, name, wanted):
    """Say plainly whether a record has a value, or a figure in a range."""
    if name not in FIGURES:
        return wanted in document.facets.get(name, ())
    low, _, high = wanted.partition("..")
    return any(
        int(low or -9999) <= figure <= int(high or 9999)
        for figure in document.figures[name]
    )


def met(document, filters, but=""):
    return all(
        any(has(document, name, each) for each in wanted)
        for name, wanted in filters.items()
        if wanted and name != but
    )


@given(words=st.sampled_from(["", "beans"]), filters=chosen)
@settings(max_examples=EXAMPLES, deadline=None)
def test_totals_and_counts_are_those_of_looking_at_every_record(filled, words, filters):
    held = {d.record_id: d for d in MADE if words in f"{d.title} {d.summary}".lower()}
    query = Query(words, filters=filters, per_page=50)
    found = filled.find(query)
    left = {i for i, d in held.items() if met(d, filters)}
    assert {hit.record_id for hit in found.hits} == left
    assert (found.total, found.more) == (len(left), False)
    for name in FILTERS:
        rest = [d for d in held.values() if met(d, filters, but=name)]
        counts = Counter(value for d in rest for value in d.values(name))
        assert found.facets[name] == counts, name
    name, values = [*ASKED.items()][len(left) % len(ASKED)]
    rest = [d for d in held.values() if met(d, filters, but=name)]
    value = sorted(values)[len(rest) % len(values)]
    lifted = filled.find(replace(query, filters={**filters, name: (value,)}))
    assert lifted.total == sum(has(d, name, value) for d in rest)


@given(filters=chosen, names=st.sets(st.sampled_from(FILTERS), max_size=4).map(tuple))
@settings(max_examples=EXAMPLES // 4, deadline=None)
def test_only_what_was_to_be_counted_is_counted(filled, filters, names):
    whole = filled.find(Query("beans", filters=filters))
    few = filled.find(Query("beans", filters=filters, counted=names))
    assert few.facets == {name: whole.facets[name] for name in names}
    assert (few.total, few.hits) == (whole.total, whole.hits)


@given(
    seed=st.integers(0, 10**6),
    per_page=st.integers(3, 12),
    most=st.sampled_from([5, 500]),
)
@settings(max_examples=EXAMPLES // 4, deadline=None)
def test_the_best_come_in_the_order_of_score_times_weight(filled, seed, per_page, most):
    def weigh(compared):
        asked.append(len(compared.records))
        told = zip(*compared[1:], strict=True)
        assert [KNOWN[n] for n in compared.records] == [*told]
        return [Random(f"{seed} {n}").random() for n in compared.records]

    asked, plain = [], filled.find(Query("beans", per_page=50)).hits
    ids = [hit.record_id for hit in plain[:most]]
    weights = weigh(Compared(ids, *zip(*map(KNOWN.get, ids), strict=True)))
    products = [-hit.score * w for hit, w in zip(plain, weights, strict=False)]
    order = sorted(range(len(products)), key=products.__getitem__)
    whole = [plain[n] for n in order] + plain[most:]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("kb.search.weighed.COMPARED", most)
        pages = [
            filled.find(Query("beans", page=n, per_page=per_page), weigh)
            for n in range(1, 12)
        ]
        assert [hit for page in pages for hit in page.hits] == whole
        assert [page.more for page in pages] == [bool(p.hits) for p in pages[1:]] + [0]
        assert max(asked) <= most
        query = Query("beans", per_page=min(per_page, most))
        first = walk(filled, query, weigh=weigh, pages=-(-most // query.per_page))
    assert first[: min(most, len(whole))] == [h.record_id for h in whole[:most]]


def walk(index, query, between=lambda: None, weigh=None, pages=99):
    """Give all records of a search page by page, as one who follows cursors."""
    page, given = query, []
    for _ in range(pages):
        found = index.find(page, weigh)
        given += [hit.record_id for hit in found.hits]
        cursor = next_cursor(page, found, "asked")
        if cursor is None:
            return given
        page = resumed(query, cursor, "asked")
        between()
    return given


@pytest.mark.thorough
@given(
    words=st.sampled_from(["", "beans"]),
    filters=chosen,
    sort=st.sampled_from(SORTS),
    language=st.sampled_from(["en", "fr"]),
    per_page=st.integers(3, 12),
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_cursors_lead_through_the_whole_list(
    filled, words, filters, sort, language, per_page
):
    query = Query(words, language, filters, sort=sort, likeness=NEAR)
    whole = [hit.record_id for hit in filled.find(replace(query, per_page=50)).hits]
    assert walk(filled, replace(query, per_page=per_page)) == whole


@pytest.mark.parametrize("sort", SORTS)
@given(seed=st.integers(0, 10**6))
@settings(max_examples=EXAMPLES // 10, deadline=None)
def test_changes_between_pages_repeat_and_skip_nothing_that_stays(filled, sort, seed):
    """Records that hold the words come and go; rarity and lengths shift with them."""
    random, touched = Random(seed), set()

    def change():
        new = made(random.randint(1, 60), random)
        touched.add(new[0].record_id)
        if random.random() < 0.7:
            filled.put(new)
        else:
            filled.remove([new[0].record_id])

    query = Query("beans soil", match="any", sort=sort, likeness=NEAR, per_page=7)
    try:
        before = {
            hit.record_id for hit in filled.find(replace(query, per_page=50)).hits
        }
        given_ = walk(filled, query, change)
    finally:
        filled.refill(MADE)
    stayed = [record_id for record_id in given_ if record_id not in touched]
    assert len(stayed) == len(set(stayed))
    assert set(stayed) == before - touched


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("harm", ["cut", "flip", "other", "long", "foreign", ""])
def test_a_cursor_that_was_not_given_out_for_a_search_is_refused(sort, harm):
    index, query = MemoryIndex(), Query(sort=sort, per_page=2)
    index.put(MADE)
    cursor = next_cursor(query, index.find(query), "asked")
    assert resumed(query, cursor, "asked").goes_on
    wrong = {
        "cut": cursor[:-3],
        "flip": cursor[:20] + ("A" if cursor[20] != "A" else "B") + cursor[21:],
        "other": cursor,
        "long": cursor * 50,
        "foreign": "ünÿ %00",
        "": "",
    }
    with pytest.raises(NotValid) as refused:
        resumed(query, wrong[harm], "something else" if harm == "other" else "asked")
    assert set(refused.value.problems) == {"cursor"}


def packed(said, given=b""):
    """Write a cursor as anybody could who read how it is done."""
    whole = zlib.compress(json.dumps(said).encode() + b"\n" + given, 9)
    return urlsafe_b64encode(_seal(whole, "asked") + whole).decode()


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ({"words": "be\0ans"}, b""),
        ({"words": ["beans"]}, b""),
        ({"words": "\ud800"}, b""),
        ({"match": "none"}, b""),
        ({"after": ["be\0ans", 7]}, b""),
        ({"after": [3, 7]}, b""),
        ({"after": ["beans", 1 << 60]}, b""),
        ({}, b"\xff" * (1 << 20)),
    ],
)
def test_a_cursor_cannot_be_made_up_to_upset_an_index(said, given):
    """A few signs may stand for millions of records, and words may hold anything."""
    usual = {"words": "beans", "match": "all", "after": ["beans", 7]}
    query = Query(sort="title")
    assert resumed(query, packed(usual), "asked").after == ("beans", 7)
    with pytest.raises(NotValid):
        resumed(query, packed(usual | said, given), "asked")


def test_by_best_match_a_cursor_names_so_many_and_then_the_last():
    query = Query(given=frozenset(range(MOST_GIVEN)))
    found = Found(1, [], {}, (-2.5, 7), True)
    cursor = next_cursor(query, found, "asked")
    assert resumed(Query(), cursor, "asked").given == query.given
    more = replace(query, given=query.given | {MOST_GIVEN})
    further = resumed(Query(), next_cursor(more, found, "asked"), "asked")
    assert (further.after, further.given) == ((-2.5, 7), frozenset())
    again = resumed(further, next_cursor(further, found, "asked"), "asked")
    assert again == further


def test_nothing_goes_on_by_score_while_more_than_words_count(monkeypatch):
    monkeypatch.setattr("kb.search.cursor.MOST_GIVEN", 1)
    found = Found(1, [], {}, (-2.5, 7), True)
    few, many = (Query(given=frozenset(range(n))) for n in (COMPARED - 1, COMPARED))
    assert next_cursor(few, found, "") is None
    assert resumed(Query(), next_cursor(many, found, ""), "").after == found.last


@pytest.mark.parametrize("words", ["beans", "soil maize", ""])
def test_by_best_match_all_come_once_when_no_more_can_be_named(
    filled, words, monkeypatch
):
    monkeypatch.setattr("kb.search.cursor.MOST_GIVEN", 8)
    monkeypatch.setattr("kb.search.cursor.COMPARED", 0)
    query = Query(words, match="any", per_page=4)
    whole = [h.record_id for h in filled.find(replace(query, per_page=50)).hits]
    assert len(whole) > 16
    assert walk(filled, query) == whole
