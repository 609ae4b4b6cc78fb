"""Who made a record, and how people decide on their own name."""

import pytest
from sqlalchemy import select

from kb import journal
from kb.belongings import BELONGINGS
from kb.credit import contributors
from kb.credit.contributors import Named, read_credited
from kb.credit.given import ContributorSchema
from kb.credit.models import Contribution, Naming
from kb.credit.out import write_contributors
from kb.errors import Conflict, NotAllowed, NotFound, NotValid
from kb.exchange.files import read_yaml
from kb.people.accounts import delete_me
from kb.people.given import checked
from kb.record.models import Telling
from tests import make
from tests.writing import desk

AWA = {"name": "A. Ouédraogo", "orcid": "0000-0002-1825-0097"}
NOBODY = {"name": "", "orcid": ""}


@pytest.fixture
def people(session):
    make.vocabularies(session)
    return desk.person(session, "Awa"), desk.person(session, "Rita", "editor")


@pytest.fixture
def record(session, people):
    return desk.published(session, *people)


def said(**more):
    return checked(ContributorSchema(), {"role": "land_user"} | more)


def shares(session):
    rows = session.scalars(select(Contribution).order_by(Contribution.position))
    return [(row.role, row.name, row.times) for row in rows]


def named(session, record):
    return [(one.role, one.name) for one in read_credited(session)[record.id]]


def test_who_writes_and_who_reviews_has_a_share_and_no_name_until_she_says_so(
    session, record, people
):
    assert shares(session) == [("author", "", 1), ("reviewer", "", 1)]
    contributors.name_me(session, people[0], AWA)
    assert shares(session) == [("author", AWA["name"], 1), ("reviewer", "", 1)]
    author = Named("author", AWA["name"], AWA["orcid"])
    assert read_credited(session)[record.id] == [author, Named("reviewer", "")]


def test_another_version_counts_and_a_later_writer_compiles(session, record, people):
    contributors.note(session, record, people[0].id, "author")
    contributors.note(session, record, people[1].id, "compiler")
    assert shares(session) == [
        ("author", "", 2),
        ("reviewer", "", 1),
        ("compiler", "", 1),
    ]


def test_a_name_can_be_left_out_of_one_record_and_stays_out(session, record, people):
    author = people[0]
    contributors.name_me(session, author, AWA)
    (row,) = contributors.of_person(session, author)
    contributors.show_me(session, author, row.id, shown=False)
    contributors.name_me(session, author, {"name": "Awa O.", "orcid": ""})
    assert named(session, record)[0] == ("author", "")
    contributors.show_me(session, author, row.id, shown=True)
    assert named(session, record)[0] == ("author", "Awa O.")
    contributors.name_me(session, author, NOBODY)
    assert named(session, record)[0] == ("author", "")


def test_nobody_decides_on_the_name_of_another(session, record, people):
    author, editor = people
    contributors.name_me(session, editor, AWA)
    (row,) = contributors.of_person(session, author)
    with pytest.raises(NotFound):
        contributors.show_me(session, editor, row.id, shown=True)
    with pytest.raises(Conflict):
        contributors.show_me(session, author, row.id, shown=True)
    assert named(session, record) == [("author", ""), ("reviewer", AWA["name"])]


def test_others_are_added_in_order_moved_and_taken_out(session, record, people):
    author = people[0]
    before = journal.count_due(session, "search")
    contributors.add(session, record, said(name="Moussa", agreed="yes"), by=author)
    contributors.add(session, record, said(me="yes"), by=author)
    rows = contributors.of_record(session, record)
    assert [row.role for row in rows][2:] == ["land_user", "land_user"]
    contributors.move_up(session, record, rows[2].id, by=author)
    contributors.remove(session, record, rows[3].id, by=author)
    assert named(session, record) == [
        ("author", ""),
        ("land_user", "Moussa"),
        ("reviewer", ""),
    ]
    contributors.move_up(session, record, rows[0].id, by=author)
    assert named(session, record)[0] == ("author", "")
    assert journal.count_due(session, "search") == before + 5


def test_the_same_is_not_added_twice(session, record, people):
    for one in (said(name="Moussa", agreed="yes"), said(me="yes")):
        contributors.add(session, record, one, by=people[0])
        with pytest.raises(Conflict):
            contributors.add(session, record, one, by=people[0])
    assert len(shares(session)) == 4


def test_what_cannot_be_is_refused_and_nothing_changes(session, record, people):
    author, stranger = people[0], desk.person(session, "Otto", "reviewer")
    before = shares(session)
    other = make.record(session, desk.known(session), "other", number=77)
    (row, *_rest) = contributors.of_record(session, record)
    french = said(role="translator", language="fr")
    for wrong, do in (
        (NotValid, lambda: contributors.add(session, record, french, by=author)),
        (NotAllowed, lambda: contributors.add(session, record, said(), by=stranger)),
        (
            NotAllowed,
            lambda: contributors.remove(session, record, row.id, by=stranger),
        ),
        (NotFound, lambda: contributors.remove(session, record, 9999, by=author)),
        (NotFound, lambda: contributors.remove(session, other, row.id, by=people[1])),
    ):
        with pytest.raises(wrong):
            do()
    assert shares(session) == before


def test_a_record_has_so_many_contributors_at_most(session, record, people):
    for _each in range(contributors.MOST - 2):
        contributors.add(session, record, said(), by=people[0])
    with pytest.raises(Conflict):
        contributors.add(session, record, said(), by=people[0])


def test_who_leaves_stays_as_nobody(session, record, people):
    author = people[0]
    contributors.name_me(session, author, AWA)
    delete_me(session, author, BELONGINGS)
    assert shares(session) == [("author", "", 1), ("reviewer", "", 1)]
    assert session.scalars(select(Naming)).all() == []
    assert contributors.of_person(session, author) == []


def test_whoever_is_named_is_named_in_the_export(session, record, people, tmp_path):
    assert write_contributors(session, tmp_path) == 0
    contributors.name_me(session, people[0], AWA)
    assert write_contributors(session, tmp_path) == 1
    whole = read_yaml(tmp_path / "contributors.yaml")
    assert whole == {"contributors": [{"record": record.key, "role": "author", **AWA}]}
    record.telling = Telling.OPEN
    session.flush()
    assert write_contributors(session, tmp_path) == 0
