"""Requests take turns where the interpreter needs it."""

import threading
import time
import weakref

from kb.turns import COLLECT_EVERY, Turns


def test_one_request_is_inside_at_a_time():
    inside, most = 0, 0

    def application(environ, start):
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.005)
        inside -= 1
        return [b"ok"]

    turns = Turns(application)
    callers = [threading.Thread(target=turns, args=({}, None)) for _ in range(8)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert most == 1


def test_garbage_is_collected_between_requests():
    class Loop:
        def __init__(self):
            self.me = self

    gone = []

    def application(environ, start):
        loop = Loop()
        finalizer = weakref.finalize(loop, gone.append, 1)
        finalizer.atexit = False
        return []

    turns = Turns(application)
    for _ in range(COLLECT_EVERY + 1):
        turns({}, None)
    assert gone
