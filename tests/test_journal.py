"""Every machine that keeps an index sees every line, and only takes its own slips."""

from random import Random

import pytest

from kb import journal
from kb.database import open_database
from kb.journal import ONE_INDEX, Readers, readers_of
from kb.search.document import Query
from kb.search.memory_index import MemoryIndex
from kb.search.upkeep import standing
from kb.settings import Settings
from kb.worker import compare_and_repair, is_due, rebuild_all, run_once
from tests.make import record, vocabularies

MACHINES = ("web1", "web2", "web3")


class Machine:
    """One web machine with an index of its own, on a database that all share."""

    def __init__(self, url, name, known=None, machines=MACHINES):
        info = {Readers: readers_of(machines, name)}
        self.database, self.index = open_database(url, info), MemoryIndex()
        self.known = known

    def publish(self, title):
        with self.database.writing() as session:
            record(session, self.known, title)
            session.commit()

    def work(self):
        return run_once(self.database, self.index)

    def total(self):
        return self.index.find(Query()).total


@pytest.fixture
def machines(empty, session):
    known = vocabularies(session)
    session.commit()
    url = empty.office.settings.database_url
    made = [Machine(url, name, known) for name in MACHINES]
    yield made
    for each in made:
        each.database.engine.dispose()


def test_what_one_publishes_all_take_in_each_in_its_own_time(machines):
    one, two, three = machines
    one.publish("pits")
    assert all(is_due(each.database) for each in machines)
    assert two.work() == 1
    assert not is_due(two.database)
    assert (one.total(), two.total(), three.total()) == (0, 1, 0)
    three.publish("walls")
    assert [each.work() for each in machines] == [2, 1, 2]
    assert [each.total() for each in machines] == [2, 2, 2]


def test_none_loses_a_slip_in_whatever_order_they_work(machines):
    chance = Random(8)
    for nth in range(6):
        chance.choice(machines).publish(f"title {nth}")
        for each in chance.sample(machines, chance.randint(0, 2)):
            each.work()
    for each in machines:
        each.work()
        with each.database.reading() as session:
            assert standing(session, each.index).level
    assert {each.total() for each in machines} == {6}


def test_a_rebuild_is_done_with_its_own_slips_alone(machines, tmp_path):
    one, two, _ = machines
    one.publish("pits")
    rebuild_all(one.database, one.index)
    assert not is_due(one.database)
    assert is_due(two.database)
    drift = compare_and_repair(two.database, two.index, tmp_path, mend=False)
    assert drift.drifted == 0, "what waits for this machine is no drift"


def test_all_look_again_at_what_concerns_every_record(machines):
    machines[0].publish("pits")
    for each in machines:
        each.work()
    with machines[1].database.writing() as session:
        journal.due_again(session)
        session.commit()
    assert [each.work() for each in machines] == [1, 1, 1]


def test_what_waits_for_a_machine_taken_off_is_told_and_thrown_away(empty, machines):
    machines[0].publish("pits")
    url = empty.office.settings.database_url
    left = Machine(url, "web1", machines=MACHINES[:2])
    with left.database.writing() as session:
        assert journal.left_slips(session) == {"search@web3": 1}
        journal.forget_left(session)
        assert journal.left_slips(session) == {}
        session.commit()
    assert [is_due(each.database) for each in machines] == [True, True, False]
    left.database.engine.dispose()


def test_one_index_has_one_reader(empty):
    with empty.office.database.reading() as session:
        assert journal.readers_in(session) == ONE_INDEX == readers_of((), "")


@pytest.mark.parametrize(
    ("machines", "machine", "refused"),
    [
        ("", "", ""),
        ("web1,web2", "web2", ""),
        (" web1 , web-2.humus ", "web-2.humus", ""),
        ("web1,web2", "", "KB_MACHINE must be"),
        ("web1,web2", "web3", "KB_MACHINE must be"),
        ("", "web1", "KB_MACHINE must be"),
        ("web1,web1", "web1", "each once"),
        ("web 1", "web 1", "each once"),
        ("ünï", "ünï", "each once"),
    ],
)
def test_a_machine_is_named_among_all(machines, machine, refused):
    given = {"KB_MACHINES": machines, "KB_MACHINE": machine}
    if not refused:
        settings = Settings.from_environment(given)
        assert settings.machine in {"", *settings.all_machines}
        return
    with pytest.raises(ValueError, match=refused):
        Settings.from_environment(given)
