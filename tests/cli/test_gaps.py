"""`kb gaps` lists what is missing, and a spreadsheet can take it in safely."""

import csv

import pytest
from click.testing import CliRunner

from kb.cli.main import main
from kb.database import open_database
from kb.migrations.apply import upgrade
from kb.search.gaps import Tally, line_of, write


@pytest.fixture
def home(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'kb.sqlite'}")
    upgrade(database.engine)
    tally = Tally()
    for _ in range(2):
        tally.searched(line_of("quinoa", "fr", "hot-arid-sandy"), in_vain=True)
        tally.searched(line_of("-rice", "en"), in_vain=True)
    with database.writing() as session:
        write(session, tally.take())
        session.commit()
    database.engine.dispose()
    return tmp_path


def said(home, *words):
    ran = CliRunner().invoke(main, ["--home", str(home), "gaps", *words])
    assert ran.exit_code == 0, ran.output
    return ran.output


@pytest.mark.thorough
def test_gaps_are_told_in_sentences(home):
    assert (
        "quinoa (French, hot-arid-sandy): asked 2 times, 2 in vain,"
        " nothing opened 2 times" in said(home)
    )
    assert said(home, "--language", "sw") == (
        "No gap in 90 days: all that was asked led to a record.\n"
    )


@pytest.mark.thorough
def test_a_spreadsheet_reckons_nothing(home):
    rows = list(csv.DictReader(said(home, "--csv").splitlines()))
    assert [row["words"] for row in rows] == ["'-rice", "quinoa"]
    assert rows[1]["zone"] == "hot-arid-sandy"


@pytest.mark.thorough
def test_impossible_days_are_refused(home):
    ran = CliRunner().invoke(main, ["--home", str(home), "gaps", "--days", "0"])
    assert ran.exit_code == 2
