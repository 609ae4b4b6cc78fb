import threading

import pytest

from kb.errors import NotValid
from kb.people.passwords import Hasher, weakness
from kb.people.weak import is_common
from tests.conftest import CHEAP

GOOD = [
    "vache bleue",
    "a" * 100 + "b" * 100,
    "  spaces at both ends  ",
    "пчела летит домой",
    "نحلة فوق الحقل",
    "🐄🌧️🌾🐝🌻🪱🌍☀️",
    "correct horse battery staple",
    "7xK2mq9w",
]


@pytest.mark.parametrize("password", GOOD)
def test_a_password_is_taken_exactly(password):
    kept = CHEAP.accept(password[:256]).hash
    assert CHEAP.matches(kept, password[:256])
    assert not CHEAP.matches(kept, password[:256] + "x")
    assert not CHEAP.matches(kept, password.strip()[:-1])


@pytest.mark.parametrize(
    "password",
    [
        "",
        "1234567",
        "x" * 257,
        "nul\x00 in the middle",
        "password",
        "P@ssw0rd!",
        "Motdepasse1",
        "Mot de passe 1",
        "contraseña123",
        "qwertyuiop",
        "azertyuiop",
        "1qaz2wsx",
        "12345678",
        "87654321",
        "abababab",
        "24.12.1990",
        "19901224",
        "iloveyou2",
        "allahuakbar",
        "كلمة السر",
        "Awa Traoré",
        "awa.traore@farm.example",
        "awa.traore",
    ],
)
def test_a_weak_password_is_refused(password):
    with pytest.raises(NotValid) as refused:
        CHEAP.accept(password, name="Awa Traoré", email="awa.traore@farm.example")
    assert refused.value.problems["password"]


def test_no_rule_asks_for_signs():
    assert weakness("kuzhbatimo") is None
    assert not is_common("vache bleue sous la pluie")


def test_the_same_signs_are_the_same_password_from_any_keyboard():
    assert CHEAP.matches(CHEAP.accept("caf\u00e9 au lait").hash, "cafe\u0301 au lait")


def test_nothing_matches_where_nothing_is_kept():
    assert not CHEAP.matches(None, "nobody has this password")
    assert not CHEAP.matches("not a hash", "not a hash")


def test_a_cheaper_hash_is_known_as_outdated():
    kept = CHEAP.accept("vache bleue").hash
    assert not CHEAP.outdated(kept)
    assert Hasher(memory_kib=8, passes=2).outdated(kept)


@pytest.mark.thorough
def test_the_usual_hash_is_argon2id_well_above_what_owasp_asks():
    usual = Hasher()
    kept = usual.accept("vache bleue").hash
    assert kept.startswith("$argon2id$v=19$m=47104,t=5,p=1$")
    assert usual.matches(kept, "vache bleue")


def test_at_most_two_hashes_are_made_at_a_time():
    """A third thread waits; all come to an end."""
    threads = [
        threading.Thread(target=CHEAP.accept, args=("vache bleue",)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert CHEAP.matches(CHEAP.again("vache").hash, "vache")
