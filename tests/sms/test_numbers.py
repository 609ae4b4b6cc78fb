"""Numbers, however they are written; and what is none."""

import pytest

from kb.errors import NotValid
from kb.sms.numbers import country_of, example, is_service, normal, zone_of

HERE = [
    ("+22670123456", "", "+22670123456"),
    ("+226 70 12 34 56", "", "+22670123456"),
    ("00226-70-12-34-56", "", "+22670123456"),
    ("70123456", "BF", "+22670123456"),
    ("22670123456", "BF", "+22670123456"),
    ("0612345678", "FR", "+33612345678"),
    ("06 12 34 56 78", "FR", "+33612345678"),
    ("0712 345678", "KE", "+254712345678"),
    ("8 (912) 345-67-89", "RU", "+79123456789"),
    ("098765 43210", "IN", "+919876543210"),
    ("٠١٠٠١٢٣٤٥٦٧", "EG", "+201001234567"),
    ("254712345678", "BF", "+254712345678"),
]


@pytest.mark.parametrize(("typed", "country", "number"), HERE)
def test_a_number_in_any_national_format(typed, country, number):
    assert normal(typed, country) == number


@pytest.mark.parametrize("typed", ["70123456", "0612345678", "22670123456"])
def test_a_number_without_its_country_is_refused_in_words(typed):
    with pytest.raises(NotValid, match="country"):
        normal(typed)


@pytest.mark.parametrize("typed", ["+", "+0", "+22", "++", "+999123456789", "-" * 90])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(NotValid):
        normal(typed, "BF")


@pytest.mark.parametrize(
    ("sender", "service"),
    [("MTN-Info", True), ("12345", True), ("888", True), ("", True),
     ("+22670123456", False), ("70 12 34 56", False)],
)  # fmt: skip
def test_services_are_told_from_phones(sender, service):
    assert is_service(sender) == service


def test_a_number_says_country_and_zone():
    assert country_of("+22670123456") == "BF"
    assert zone_of("BF") == "Africa/Ouagadougou"
    assert zone_of("BR") == "", "it has several"
    assert country_of(example("KE")) == "KE"
    assert example("XX") == example("BF")
