from datetime import UTC, datetime

import pytest

from kb.people.totp import address_for_apps, code_at, new_totp_secret, step_at, step_of

RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(second, code):
    assert code_at(RFC, step_at(datetime.fromtimestamp(second, UTC))) == code


@pytest.mark.parametrize("written", ["{}", " {} ", "{0:.3} {0}", "\u200f{}", "{}\n"])
def test_a_code_is_known_as_people_type_it(written):
    secret = new_totp_secret()
    now = step_at(datetime.now(UTC))
    code = code_at(secret, now)
    typed = f"{code[:3]} {code[3:]}" if ".3" in written else written.format(code)
    assert step_of(secret, typed) in {now, now + 1}


def test_arabic_digits_are_digits():
    secret, now = new_totp_secret(), step_at(datetime.now(UTC))
    arabic = code_at(secret, now).translate({48 + n: 0x660 + n for n in range(10)})
    assert step_of(secret, arabic) is not None


@pytest.mark.parametrize("away", [-3, 3, 100])
def test_a_code_of_another_time_is_wrong(away):
    secret = new_totp_secret()
    assert step_of(secret, code_at(secret, step_at(datetime.now(UTC)) + away)) is None


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "😀", "1" * 10_000])
def test_what_is_no_code_is_wrong(typed):
    assert step_of(RFC, typed) is None


def test_a_secret_has_160_bits_and_is_never_the_same():
    assert len(new_totp_secret()) == 32
    assert new_totp_secret() != new_totp_secret()


def test_apps_are_told_whose_it_is():
    said = address_for_apps(RFC, "awa@farm.example")
    assert said.startswith("otpauth://totp/Humus%3Aawa%40farm.example?secret=GEZ")
