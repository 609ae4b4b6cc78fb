import threading
from datetime import timedelta

from kb.people.models import Pace
from kb.people.pace import NO_WAIT, Allowed, give_back, keep_pace

TWO = Allowed(2, timedelta(minutes=1))


def tries(session, key, many):
    return [keep_pace(session, key, TWO) for _ in range(many)]


def test_after_a_burst_one_has_to_wait(session):
    first, second, third = tries(session, "a", 3)
    assert first == second == NO_WAIT
    assert timedelta(seconds=50) < third <= timedelta(minutes=1)


def test_a_refused_try_does_not_count(session):
    tries(session, "a", 20)
    waited = session.get(Pace, "a")
    waited.due -= timedelta(minutes=1)
    assert tries(session, "a", 2)[0] == NO_WAIT


def test_one_does_not_hold_another_up(session):
    tries(session, "a", 5)
    assert tries(session, "b", 1) == [NO_WAIT]


def test_a_good_try_is_given_back(session):
    for _ in range(10):
        assert keep_pace(session, "a", TWO) == NO_WAIT
        give_back(session, "a", TWO)


def test_many_at_once_are_counted_one_by_one(empty):
    """Twelve threads, each with a connection of its own, as many processes would."""
    sessions, waits = empty.office.database.writing, []
    together = threading.Barrier(12)

    def once():
        together.wait()
        with sessions() as session:
            waits.append(keep_pace(session, "a", TWO))
            session.commit()

    threads = [threading.Thread(target=once) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert waits.count(NO_WAIT) == 2
    assert len(waits) == 12
