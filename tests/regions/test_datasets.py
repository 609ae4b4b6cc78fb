"""Whose a map is, and on which terms."""

import pytest

from kb.errors import NotValid
from kb.regions.datasets import credit_for, datasets


@pytest.mark.parametrize(
    ("name", "licence"),
    [
        ("soilgrids", "CC BY 4.0"),
        ("gaez-v4", "CC BY-NC-SA 3.0 IGO"),
        ("hwsd-v1.2", "CC BY-NC 3.0"),
        ("isric-ipcc-soil", "CC BY 3.0"),
    ],
)
def test_the_licence_of_a_known_dataset_is_told(name, licence):
    credit = credit_for(name)
    assert credit.licence == licence
    assert credit.citation
    assert credit.date
    assert credit.note


def test_what_is_given_goes_before_what_is_known():
    credit = credit_for("hwsd-v1.2", licence="by letter of FAO", date="2013")
    assert (credit.licence, credit.date) == ("by letter of FAO", "2013")
    assert credit.note == ""
    assert credit.citation == datasets()["hwsd-v1.2"].citation


@pytest.mark.parametrize(
    ("dataset", "licence", "missing"),
    [
        ("A map of ours", "", {"licence"}),
        ("", "CC0", {"dataset"}),
        ("", "", {"dataset", "licence"}),
        ("A map of ours", "   ", {"licence"}),
    ],
)
def test_without_title_or_licence_it_is_refused(dataset, licence, missing):
    with pytest.raises(NotValid, match="licence") as refused:
        credit_for(dataset, licence=licence)
    assert set(refused.value.problems) == missing
