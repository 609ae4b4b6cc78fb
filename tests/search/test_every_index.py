"""What every index must do; a new index is added to the list and must pass."""

from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.search.document import FACETS, FILTERS, Document, Query, fingerprints
from kb.search.documents import annotated
from kb.search.levels import with_greater
from kb.search.meaning import understood
from kb.search.memory_index import MemoryIndex
from kb.search.open import open_index
from tests.search.named import THESAURUS


def doc(record_id, spoken, title, body="", *, kind="practice", **facets):
    facets = {k: tuple(v) for k, v in facets.items()} | {"kind": (kind,)}
    return Document(
        record_id=record_id,
        ref=f"P-{record_id}",
        kind=kind,
        language=spoken,
        source_language="en",
        title=title,
        body=body,
        facets=facets,
        published=f"2026-01-{record_id:02}",
        names=(("zaï", "mos"),) if record_id == 3 else (),
    )


BEANS = [
    doc(
        1,
        "en",
        "Climbing beans",
        "Stake the beans early.",
        land_use=["paddy"],
        language=["en", "sw"],
        evidence=["E2"],
    ),
    doc(
        1,
        "sw",
        "Maharage",
        "Panda mapema.",
        land_use=["paddy"],
        language=["en", "sw"],
        evidence=["E2"],
    ),
]
MAIZE = doc(
    2,
    "en",
    "Maize and beans",
    "Rows of maize, rows of beans, beans.",
    land_use=["orchard"],
    theme=["rice", "fire"],
    tells=["work_by_sex"],
    evidence=["E5"],
    language=["en"],
)
PITS = [
    doc(
        3,
        "en",
        "Planting pits",
        "Runoff gathers in them.",
        kind="story",
        land_use=["paddy", "orchard"],
        language=["en", "fr"],
    ),
    doc(
        3,
        "fr",
        "Cuvettes",
        "Les couverts végétaux et l'érosion.",
        kind="story",
        land_use=["paddy", "orchard"],
        language=["en", "fr"],
    ),
]


@pytest.fixture(params=["memory", "whoosh", "postgresql"])
def index(request, houses, tmp_path):
    with opened(request.param, houses, tmp_path) as index:
        index.refill([*BEANS, MAIZE, *PITS])
        yield index


@contextmanager
def opened(name, houses, folder):
    if name == "memory":
        yield open_index("memory:")
    elif name == "whoosh":
        yield open_index(f"whoosh:{folder / 'index'}")
    else:
        address = houses.house("postgresql", "empty").settings.database
        with closing(open_index(address)) as index:
            yield index


def found(index, words="", **said):
    return [hit.record_id for hit in index.find(Query(words, **said)).hits]


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("maize", "en", {2}),
        ("bean", "en", {1, 2}),
        ("BEANS", "fr", {1, 2}),
        ("maharage", "en", {1}),
        ("maize stake", "en", set()),
        ("couvert végétal", "fr", {3}),
        ("vegetaux", "en", {3}),
        ("erosion", "en", {3}),
        ("l'érosion des végétaux", "fr", {3}),
        ("zai", "ar", {3}),
        ("the of and", "en", set()),
        ("nothing", "en", set()),
        ("'; DROP TABLE record; --", "en", set()),
        ("*", "en", set()),
        ("((((", "en", set()),
        ("title:maize", "en", set()),
        ('"climbing beans"', "en", {1}),
        ('"beans climbing"', "en", set()),
        ('"rows of maize"', "en", {2}),
        ('"maize beans"', "en", {2}),
        ('"beans maize"', "en", set()),
        ('"bean"', "en", set()),
        ('"beans"', "en", {1, 2}),
        ("maize OR pits", "en", {2, 3}),
        ('"climbing beans" OR pits', "en", {1, 3}),
        ("climbing OR maize beans", "en", {1, 2}),
        ("maize OU cuvettes", "fr", {2, 3}),
        ("beans -maize", "en", {1}),
        ("beans -maharage", "en", {2}),
        ("beans -nothing", "en", {1, 2}),
        ('beans -"rows of maize"', "en", {1}),
        ("-beans", "en", {3}),
        ("-nothing", "en", {1, 2, 3}),
    ],
)
def test_finds_records_holding_all_the_words(index, words, language, expected):
    assert set(found(index, words, language=language)) == expected


def test_any_word_is_enough_when_asked(index):
    assert set(found(index, "maize stake", match="any")) == {1, 2}


def test_most_of_the_words_are_enough_when_asked(index):
    assert set(found(index, "maize beans rows", match="most")) == {2}
    assert set(found(index, "maize stake beans", match="most")) == {1, 2}
    assert set(found(index, "pits goat", match="most")) == set()


def test_no_words_give_everything(index):
    assert found(index) == [1, 2, 3]


def test_a_title_weighs_more_than_a_body(index):
    index.put(
        [doc(4, "en", "Gully"), doc(5, "en", "Other", "A gully. " + "Word. " * 30)]
    )
    assert found(index, "gully") == [4, 5]


def test_one_hit_for_each_record_in_the_language_best_for_the_reader(index):
    hits = {
        h.record_id: (h.language, h.matched_in)
        for h in index.find(Query("cuvettes", language="en")).hits
    }
    assert hits == {3: ("en", "fr")}
    (hit,) = index.find(Query("pits", language="fr")).hits
    assert (hit.language, hit.matched_in, hit.ref, hit.kind) == (
        "fr",
        "en",
        "P-3",
        "story",
    )
    (hit,) = index.find(Query("pits", language="ar")).hits
    assert hit.language == "en"


def test_filters_are_any_within_a_facet_and_all_across(index):
    assert found(index, filters={"land_use": ("paddy",)}) == [1, 3]
    assert found(index, filters={"land_use": ("paddy", "orchard")}) == [1, 2, 3]
    assert found(index, filters={"land_use": ("paddy",), "kind": ("story",)}) == [3]
    assert found(index, filters={"land_use": ("forest",)}) == []


def test_a_facet_counts_what_lifting_its_own_filter_would_give(index):
    facets = index.find(Query(filters={"land_use": ("orchard",)})).facets
    assert facets["land_use"] == {"paddy": 2, "orchard": 2}
    assert facets["kind"] == {"practice": 1, "story": 1}
    assert facets["language"] == {"en": 2, "fr": 1}
    assert facets["theme"] == {"rice": 1, "fire": 1}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", [3, 2, 1]),
        ("evidence", [2, 1, 3]),
        ("title", [1, 2, 3]),
        ("tried", [1, 2, 3]),
        ("nearest", [1, 2, 3]),
    ],
)
def test_sorting(index, sort, expected):
    assert found(index, sort=sort) == expected


def test_titles_sort_in_the_language_shown(index):
    assert found(index, sort="title", language="sw") == [1, 2, 3]
    index.put([doc(4, "en", "Éarly things")])
    assert found(index, sort="title") == [1, 4, 2, 3]


def test_paging(index):
    pages = [found(index, page=n, per_page=2) for n in (1, 2, 3)]
    assert pages == [[1, 2], [3], []]
    assert index.find(Query(page=3, per_page=2)).total == 3


def test_putting_again_replaces_every_language(index):
    index.put([doc(1, "en", "Sorghum")])
    assert found(index, "maharage") == []
    assert found(index, "sorghum") == [1]


def test_removing_drops_all_languages(index):
    index.remove([1, 99])
    assert found(index, "maharage") == []
    assert found(index, "beans") == [2]


def test_refilling_starts_anew(index):
    index.refill([MAIZE])
    assert found(index) == [2]
    index.refill([])
    assert found(index) == []


def test_records_named_beforehand_go_if_they_have_no_document(index):
    index.put([doc(1, "en", "Sorghum")], of=[1, 2, 99])
    assert found(index) == [1, 3]
    index.put([], of={3})
    assert found(index) == [1]


def test_what_is_changed_while_it_is_refilled_is_kept(index):
    def documents():
        yield from BEANS
        index.put([doc(1, "en", "Sorghum"), doc(5, "en", "Gully")])
        index.remove([2])
        yield MAIZE
        yield doc(4, "en", "Terraces")

    index.refill(documents())
    assert found(index) == [1, 4, 5]
    assert (found(index, "sorghum"), found(index, "maharage")) == ([1], [])


def test_it_tells_what_it_holds_of_each_record(index):
    assert index.held() == fingerprints([*BEANS, MAIZE, *PITS])
    changed = [BEANS[0], replace(BEANS[1], body="Panda mapema sana.")]
    index.put(changed, of=[1, 3])
    assert index.held() == fingerprints([*changed, MAIZE])
    index.put(changed[:1])
    assert index.held() == fingerprints([changed[0], MAIZE])
    index.refill([])
    assert index.held() == {}


@pytest.mark.parametrize(
    "said",
    [
        {"title": "x"},
        {"facets": {}},
        {"names": (("x", "en"),)},
        {"ref": "P-9"},
        {"figures": {"year": (1985,)}},
        {"tried": 1},
    ],
)
def test_a_checksum_differs_with_anything_a_document_says(said):
    assert replace(MAIZE, **said).checksum != MAIZE.checksum
    assert replace(MAIZE).checksum == MAIZE.checksum < 1 << 62


def test_tidying_changes_nothing_that_is_found(index):
    index.put([doc(2, "en", "Sorghum")])
    index.remove([3])
    before, held = index.figures(), index.held()
    index.tidy()
    now = index.figures()
    assert (found(index), index.held()) == ([1, 2], held)
    assert (now.documents, now.gone, now.segments) == (3, 0, 1)
    assert now.generation >= before.generation
    index.tidy()
    assert found(index) == [1, 2]


def test_a_record_counts_once_in_a_group_that_holds_two_of_its_values(index):
    paddy = doc(
        7,
        "en",
        "Rice",
        land_use=with_greater(["paddy", "maize"], {"paddy": "crop", "maize": "crop"}),
    )
    index.refill([paddy])
    assert index.find(Query()).facets["land_use"] == {"paddy": 1, "maize": 1, "crop": 1}
    assert found(index, filters={"land_use": ("crop",)}) == [7]


def test_a_record_counts_once_in_a_band_and_in_all_bands_it_reaches(index):
    index.refill([replace(MAIZE, figures={"year": (1985, 1986, 1991)})])
    facets = index.find(Query()).facets
    assert facets["year"] == {"1980..1989": 1, "1990..1999": 1}
    assert facets["rainfall"] == {}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("400..800", [1, 2]),
        ("401..800", [2]),
        ("..400", [1]),
        ("800..", [2]),
        ("801..", []),
        ("500..700", []),
    ],
)
def test_both_ends_of_a_range_are_inside(index, written, expected):
    one, two = (replace(MAIZE, record_id=i, ref=f"P-{i}") for i in (1, 2))
    figures = [{"rainfall": (400,)}, {"rainfall": (800,)}]
    pair = [replace(d, figures=f) for d, f in zip((one, two), figures, strict=True)]
    index.refill([*pair, replace(MAIZE, record_id=3, ref="P-3")])
    assert found(index, filters={"rainfall": (written,)}) == expected


def test_what_was_tried_most_comes_first(index):
    tried = {1: 2, 2: 0, 3: 5}
    index.refill([replace(d, tried=tried[d.record_id]) for d in [*BEANS, MAIZE, *PITS]])
    assert found(index, sort="tried") == [3, 1, 2]


def test_the_nearest_of_all_matches_come_first(index):
    """Also those that fit the words worst, and those that nothing is known of."""
    many = [doc(i, "en", "Beans " * (1 + i % 3)) for i in range(1, 701)]
    index.refill(replace(d, published="") for d in many)
    likeness = {i: i / 1000 for i in range(100, 701)} | {5: -1.0, 9999: 2.0}
    order = found(index, "beans", sort="nearest", likeness=likeness, per_page=700)
    assert order == [*range(700, 99, -1), 1, 2, 3, 4, *range(6, 100), 5]


EXPLAINED = [
    ("beans", "en"),
    ("beans", "fr"),
    ("maize beans", "en"),
    ("climbing OR maize beans", "en"),
    ('"climbing beans"', "en"),
    ("crust crop -maize", "en"),
    ("couvert végétal", "fr"),
    ("culture de couverture", "fr"),
    ("", "en"),
    ("zzz", "en"),
]


def test_the_reasons_of_a_score_add_up_to_it(index):
    covers = doc(7, "fr", "Les couverts", "Une culture de couverture.")
    index.refill(annotated(d, THESAURUS) for d in [*BEANS, MAIZE, *PITS, covers])
    for (words, language), match in product(EXPLAINED, ("all", "any")):
        query = understood(Query(words, language, match=match), THESAURUS)
        hits = index.find(query).hits
        reasons = index.reasons(query, [*(hit.record_id for hit in hits), 999])
        assert set(reasons) == {hit.record_id for hit in hits}
        for hit in hits:
            told = reasons[hit.record_id]
            assert told.score == pytest.approx(hit.score, rel=1e-6)
            assert not words or told.language == hit.matched_in
            added = [score for _row, score in told.ways]
            assert bool(added) == bool(words)
            assert not words or sum(added) == pytest.approx(hit.score, rel=1e-5)
            assert all(score > 0 for score in added)


def test_a_hit_tells_how_well_it_is_founded_and_when_it_was_last_looked_at(index):
    assessed = replace(MAIZE, assessed="2026-11-03")
    index.put([assessed])
    told = {hit.record_id: hit[-2:] for hit in index.find(Query("beans")).hits}
    assert told == {1: (2, 20260101), 2: (5, 20261103)}


def test_what_a_word_means_is_found_in_any_language_but_counts_less(index):
    mucuna = annotated(doc(6, "sw", "Upupu", "Panda upupu."), THESAURUS)
    index.put([mucuna, annotated(doc(7, "en", "Velvet bean"), THESAURUS)])

    def asked(words, **said):
        query = understood(Query(words, **said), THESAURUS)
        return [hit.record_id for hit in index.find(query).hits]

    assert asked("velvet bean") == [7, 6]
    assert set(asked("pois mascate", language="fr")) == {6, 7}
    assert set(asked("culture de couverture", language="es")) == {6, 7}
    assert set(asked("zao")) == set(asked("作物")) == {6, 7}
    assert asked("velvet bean panda") == [6]
    assert asked('"velvet bean"') == [7]
    assert asked("crop -upupu") == [7]
    assert set(asked("maize OR crop", language="fr")) == {2, 6, 7}


WORDS = ["maize", "beans", "pits", "erosion", "végétaux", "panda", "runoff", "x"]
WORDS += ["OR", "-beans", "-erosion", '"rows of maize"', '"beans early"', "climbing"]
NARROWED = {"land_use": ("paddy", "orchard", "none"), "kind": ("practice", "story")}
NARROWED["tells"] = ("work_by_sex", "none")


@pytest.mark.thorough
@given(
    words=st.lists(st.sampled_from(WORDS), max_size=5),
    chosen=st.fixed_dictionaries(
        {n: st.sets(st.sampled_from(v), max_size=2) for n, v in NARROWED.items()}
    ),
    match=st.sampled_from(["all", "most", "any"]),
    language=st.sampled_from(["en", "fr", "ar"]),
)
@settings(max_examples=60, deadline=None)
def test_every_index_finds_and_counts_the_same(others, words, chosen, match, language):
    memory = MemoryIndex()
    memory.put([*BEANS, MAIZE, *PITS])
    query = Query(
        " ".join(words),
        language=language,
        match=match,
        filters={n: tuple(sorted(v)) for n, v in chosen.items()},
    )
    one = memory.find(query)
    for other in (index.find(query) for index in others):
        assert (one.total, one.facets) == (other.total, other.facets)
        assert {h.record_id for h in one.hits} == {h.record_id for h in other.hits}
    assert set(one.facets) == set(FILTERS)
    lifted = {
        n: len(
            found(
                memory,
                query.words,
                language=language,
                match=match,
                filters=replace(query, filters={}).filters,
            )
        )
        for n in FACETS
    }
    assert all(sum(c.values()) == 0 or lifted[n] for n, c in one.facets.items())


@pytest.fixture(scope="module")
def others(houses, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whoosh")
    with (
        opened("whoosh", houses, folder) as whoosh,
        opened("postgresql", houses, folder) as postgresql,
    ):
        for index in (whoosh, postgresql):
            index.refill([*BEANS, MAIZE, *PITS])
        yield whoosh, postgresql


def near(index, word, language="en"):
    return [(n.word, n.slips) for n in index.near([word], language)[word]]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("maharage", [("maharage", 0)]),
        ("bean", [("bean", 0), ("beans", 1)]),
        ("beens", [("beans", 1)]),
        ("climbign", [("climbing", 1)]),
        ("climing", [("climbing", 1)]),
        ("xlimbing", [("climbing", 1)]),
        ("clinbimg", [("climbing", 2)]),
        ("cilmbign", [("climbing", 2)]),
        ("climb", [("climb", 0)]),
        ("vegetauz", [("vegetaux", 1)]),
        ("zay", []),
        ("rowz", []),
        ("rowse", [("rows", 1)]),
        ("zaai", [("zai", 1)]),
        ("20261", []),
        ("", []),
        ("nothing", []),
    ],
)
def test_words_near_one_that_was_typed(index, word, expected):
    assert near(index, word) == expected


def test_what_is_gone_is_near_nothing(index):
    index.remove([1, 2])
    assert near(index, "beans") == near(index, "beens") == []
    index.put([doc(4, "en", "Beams")])
    assert near(index, "beens") == []
    assert near(index, "beaks") == [("beams", 1)]


def test_the_readers_language_comes_first_among_near_words(index):
    index.put([doc(4, "en", "Panga"), doc(5, "en", "Pansa"), doc(6, "en", "Pansa")])
    assert near(index, "panja") == [("pansa", 1), ("panga", 1), ("panda", 1)]
    assert near(index, "panja", "sw") == [("panda", 1), ("pansa", 1), ("panga", 1)]


def test_it_is_said_in_how_many_texts_a_word_stands(index):
    (beans,) = index.near(["beens"], "fr")["beens"]
    assert (beans.texts, beans.own) == (2, 0)
    bean, *_ = index.near(["bean"], "en")["bean"]
    assert (bean.texts, bean.own) == (2, 2)


VOCABULARY = st.text("abcde", min_size=1, max_size=9)


@pytest.mark.thorough
@given(st.lists(VOCABULARY, max_size=12), VOCABULARY)
@settings(max_examples=12, deadline=None)
def test_every_index_finds_the_same_words_near(to_fill, words, asked):
    memory, texts = MemoryIndex(), [doc(1, "en", " ".join(words))]
    for each in (memory, *to_fill):
        each.refill(texts)
        assert each.near([asked], "en") == memory.near([asked], "en")


@pytest.fixture(scope="module")
def to_fill(houses, tmp_path_factory):
    folder = tmp_path_factory.mktemp("to-fill")
    with (
        opened("whoosh", houses, folder) as whoosh,
        opened("postgresql", houses, folder) as postgresql,
    ):
        yield whoosh, postgresql
