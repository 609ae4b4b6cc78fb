"""How long it takes to find a word with a slip, and what begins like what is typed.

``python -m tests.bench.search.spelling`` takes 5,000 to 200,000 words of the names of
places, and titles of such words for 100 and 10,000 records; it prints what making ready
takes, then median and 95th of a hundred of processor time. Beside it: comparing with
each word.
"""

from random import Random
from time import process_time

from kb.regions.gazetteer import shipped_list
from kb.regions.place_list import read_places
from kb.regions.spelling import slips
from kb.search.spellings import Spellings, slips_for, spellings_of
from kb.search.suggestions import Entry, Suggestions

WORDS, RECORDS, ASKED = (5_000, 50_000, 200_000), (100, 10_000), 400
LANGUAGES = ("en", "fr", "es", "ar")


def words_of_places():
    """Give different words as people write them in all the world, folded."""
    places, _about = read_places(shipped_list(), mend="")
    found = dict.fromkeys(word for form in places.forms for word in form.split())
    return [word for word in found if len(word) > 2]


def with_a_slip(chance, word):
    place = chance.randrange(len(word) - 1)
    swapped = word[place + 1] + word[place] + word[place + 2 :]
    changed = [word[place + 1 :], "x" + word[place:], "x" + word[place + 1 :], swapped]
    return word[:place] + chance.choice(changed)


def timed(work):
    """Give what some work takes, in ms, and what it gives."""
    begun = process_time()
    done = work()
    return (process_time() - begun) * 1000, done


def say(name, times):
    times = sorted(times)
    middle, tail = times[len(times) // 2], times[len(times) * 95 // 100]
    print(f"  {name:24} {middle:8.2f} {tail:8.2f} ms")


def spellings(chance, words):
    ready, arrays = timed(lambda: spellings_of(words))
    held, size = Spellings(arrays), sum(a.nbytes for a in arrays.values()) / 1e6
    print(f"{len(words)} words: made in {ready:.0f} ms, {size:.1f} MB")
    long = [word for word in words if len(word) > 4]
    asked = [with_a_slip(chance, word) for word in chance.sample(long, ASKED)]
    asked = [word for word in asked if slips_for(word)]
    say("near", [timed(lambda w=w: held.near(w, slips_for(w)))[0] for w in asked])
    each = [
        timed(lambda w=w: [o for o in words if slips(w, o, 2) <= slips_for(w)])[0]
        for w in asked[:5]
    ]
    say("comparing with each", each)


def suggestions(chance, words, count):
    entries = [
        Entry(" ".join(chance.choices(words, k=5)), language, ("practice", number))
        for number in range(count)
        for language in LANGUAGES
    ]
    ready, held = timed(lambda: Suggestions(entries))
    print(f"{count} records: made in {ready:.0f} ms")
    titles = [chance.choice(entries).words.split() for _ in range(ASKED)]
    for name, typed in (
        ("two letters", [title[1][:2] for title in titles]),
        ("five letters", [title[1][:5] for title in titles]),
        ("two words", [" ".join(title[:2]) for title in titles]),
        ("a slip", [with_a_slip(chance, max(title, key=len)) for title in titles]),
    ):
        say(name, [timed(lambda w=w: held.beginning(w, "fr"))[0] for w in typed])


def main():
    chance = Random(4)
    words = words_of_places()
    for count in WORDS:
        spellings(chance, chance.sample(words, count))
    for count in RECORDS:
        suggestions(chance, chance.sample(words, 20_000), count)


if __name__ == "__main__":
    main()
