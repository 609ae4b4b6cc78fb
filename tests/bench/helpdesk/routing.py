"""Deciding where a question goes, with 500 desks and 2,000 rules, beside a plain loop.

`python -m tests.bench.helpdesk.routing`: each line gives the median and the 99th
percentile of 2,000 decisions, in milliseconds. The peer asks the database for what
holds the place each time, as `kb.regions.tree.ancestors` does, and then loops.
"""

import random
import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from kb.database import open_database
from kb.exchange.regions import take_in_regions
from kb.helpdesk.desks import Desks, DeskSeen, RuleSeen
from kb.helpdesk.routing import Asked, route
from kb.migrations.apply import upgrade
from kb.regions.holding import read_holding
from kb.regions.tree import ancestors
from kb.settings import shipped

DESKS, RULES, QUESTIONS = 500, 2_000, 2_000
LANGUAGES = ("en", "fr", "es", "ar", "sw", "hi", "pt")
THEMES = tuple(f"theme{n}" for n in range(23))


def main():
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'bench.sqlite'}")
        upgrade(database.engine)
        with database.writing() as session:
            take_in_regions(session, shipped("seeds"), {})
            session.commit()
        with database.reading() as session:
            began = perf_counter()
            holding = read_holding(session)
            print(f"read what holds what: {1000 * (perf_counter() - began):.0f} ms")
            desks = made_up(chance, holding)
            places = sorted(holding.parents)
            asked = [question(chance, places) for _each in range(QUESTIONS)]
            told("ours", [timed(lambda one=one: route(one, desks)) for one in asked])
            few = asked[:200]
            told(
                "peer",
                [timed(lambda one=one: peer(session, one, desks)) for one in few],
            )
            found = [route(one, desks).decided.why.value for one in asked]
            print({why: found.count(why) for why in sorted(set(found))})
        database.engine.dispose()


def made_up(chance, holding):
    """Make desks, one in four with nobody on duty, and rules that seldom fit."""
    regions = sorted(holding.parents)
    desks = {}
    for number in range(DESKS):
        desk = DeskSeen(
            f"d{number}",
            chance.choice(regions),
            f"d{chance.randrange(number)}" if number > 5 else None,
            tuple(chance.sample(LANGUAGES, 2)),
            frozenset(chance.sample(THEMES, chance.choice((0, 0, 5)))),
            {},
            chance.random() < 0.75,
        )
        desks[desk.code] = desk
    rules = tuple(
        RuleSeen(
            number,
            chance.choice(regions),
            chance.choice(LANGUAGES),
            chance.choice(THEMES),
            chance.choice(list(desks)),
        )
        for number in range(RULES)
    )
    by_region = {}
    for desk in desks.values():
        by_region[desk.region] = (*by_region.get(desk.region, ()), desk)
    return Desks(desks, rules, holding, by_region)


def question(chance, places):
    return Asked(chance.choice(places), chance.choice(LANGUAGES), chance.choice(THEMES))


def peer(session, asked, desks):
    """Go through all rules and all desks, with the regions from the database."""
    around = [region.code for region in ancestors(session, asked.place)]
    for rule in desks.rules:
        fits = rule.region in around and rule.language == asked.language
        if fits and rule.theme == asked.theme:
            return rule.desk
    there = [desk for desk in desks.by_code.values() if desk.region in around]
    there.sort(key=lambda desk: around.index(desk.region))
    return there[0].code if there else None


def timed(do):
    """Give the shortest of three times: other programs slow the rest."""
    took = []
    for _again in range(3):
        began = perf_counter()
        do()
        took.append(1000 * (perf_counter() - began))
    return min(took)


def told(who, times):
    slow = quantiles(times, n=100)[98]
    print(f"{who}: median {median(times):.3f} ms, p99 {slow:.3f} ms")


if __name__ == "__main__":
    main()
