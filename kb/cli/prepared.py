"""What of an installation stands already: tables, seeds, index, map, list of places.

Asked at every start of the demo, so nothing here loads what only making them needs.
"""

import hashlib
from pathlib import Path

from kb.cli.office import Desk
from kb.errors import Unavailable
from kb.exchange.files import stamp
from kb.migrations.version import newest, standing
from kb.regions.atlas import is_built
from kb.regions.gazetteer import Gazetteer
from kb.search.upkeep import standing as index_standing
from kb.settings import shipped


def prepared(desk: Desk) -> bool:
    """Say whether nothing is left to do."""
    steps = (tabled, sown, indexed, mapped, listed)
    return all(stands(desk) for stands in steps)


def tabled(desk: Desk) -> bool:
    """Say whether the tables are those this program needs."""
    return standing(desk.database.engine) == newest()


def sown(desk: Desk) -> bool:
    """Say whether these seeds were taken into this database."""
    mark = seeded_mark(desk)
    return mark.exists() and mark.read_text("utf-8") == what_is_sown(desk)


def seeded_mark(desk: Desk) -> Path:
    """Give the file that says which seeds were taken in."""
    return Path(desk.settings.home, "seeded")


def what_is_sown(desk: Desk) -> str:
    """Give a digest of the seeds and of the database they go into."""
    both = f"{stamp(shipped('seeds'))} {desk.settings.database}"
    return hashlib.sha256(both.encode()).hexdigest()


def indexed(desk: Desk) -> bool:
    """Say whether there is an index that holds all records."""
    try:
        with desk.database.reading() as session:
            now = index_standing(session, desk.index)
    except Unavailable:
        return False
    return now.indexed == now.public


def mapped(desk: Desk) -> bool:
    """Say whether the map of climates is there, whole and of this program."""
    return is_built(desk.settings.regions_folder)


def listed(desk: Desk) -> bool:
    """Say whether the list of places is there, whole and of this program."""
    return Gazetteer(desk.settings.regions_folder).is_built()
