"""`kb communities`: a community is written down, and its steward named."""

import pytest
import yaml

from tests.cli.test_people import AWA, kb
from tests.cli.test_people import people as kb_people

ELDERS = ("add", "elders", "--name", "en=Elders of Yako", "--name", "fr=Anciens")


def communities(home, *words, code=0):
    ran = kb(home, "communities", *words)
    assert ran.exit_code == code, ran.output
    return ran.output


@pytest.mark.thorough
def test_a_community_is_written_down_and_has_a_steward(home):
    told = communities(home, *ELDERS)
    assert "steward community:elders" in told
    assert communities(home, "list") == "elders  Elders of Yako\n"
    kb_people(home, "add", AWA, "--name", "Awa")
    kb_people(home, "grant", AWA, "steward", "community:elders")
    assert "steward community:elders" in kb_people(home, "list")
    kb_people(home, "revoke", AWA, "steward", "community:elders")
    assert "no role" in kb_people(home, "list")


@pytest.mark.thorough
def test_what_is_no_community_is_refused(home):
    communities(home, *ELDERS)
    assert "with this key" in communities(home, *ELDERS, code=1)
    for key in ("Elders", "1", "a b", "x" * 60):
        assert "A key has" in communities(home, "add", key, *ELDERS[2:], code=1)
    for name in ("Elders", "en=", "e=x", "en=\u202e", "12=x"):
        communities(home, "add", "others", "--name", name, code=2)
    communities(home, "add", "others", "--name", "en=X", "--region", "XX", code=1)
    communities(home, "add", "others", code=2)
    kb_people(home, "add", AWA, "--name", "Awa")
    for scope in ("community:others", "community:", "everywhere", "region:BF"):
        kb_people(home, "grant", AWA, "steward", scope, code=1)
    kb_people(home, "grant", AWA, "editor", "community:elders", code=1)


@pytest.mark.thorough
def test_the_export_is_written_also_if_it_is_empty(home, tmp_path):
    assert communities(home, "write", str(tmp_path / "out")) == "0 records\n"
    held = (tmp_path / "out" / "communities.yaml").read_text()
    assert yaml.safe_load(held) == {"communities": []}
