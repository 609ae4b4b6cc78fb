"""What a first view may weigh, and how often it may ask the database."""

import re

import pytest

KB = 1024
KEPT = 11
"""Statements more while what is kept for a minute is read: names, places, tags, levels,
the thesaurus, credit, versions."""
VIEWS = (
    "/en/",
    "/fr/search?q=erosion",
    "/ar/practices/P-3",
    "/en/practices/P-20",
    "/es/stories/S-5",
    "/ar/answers/A-1",
    "/ar/place",
    "/en/place/soil",
    "/en/compare?ref=P-20&ref=P-19&ref=P-21&ref=S-3",
    "/ar/map",
    "/ar/ask",
    "/en/zones",
    "/fr/zones/hot-semi_arid-weathered",
    "/ar/concepts",
    "/hi/concepts/composting",
)


def wire(client, address):
    reply = client.get(
        address,
        headers={"Accept-Encoding": "gzip, deflate" if "static" in address else "gzip"},
        follow_redirects=True,
        buffered=True,
    )
    assert reply.status_code == 200
    return reply


@pytest.mark.parametrize("address", VIEWS)
def test_a_first_view_weighs_little(client, address):
    reply = wire(client, address)
    assert reply.headers["Content-Encoding"] == "gzip"
    html = len(reply.data)
    page = client.get(address, follow_redirects=True).text
    files = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    weights = {name: len(wire(client, name).data) for name in files}
    css = sum(w for name, w in weights.items() if name.endswith(".css"))
    scripts = sum(w for name, w in weights.items() if name.endswith(".js"))
    assert html <= 30 * KB
    assert css <= 10 * KB
    assert scripts <= 15 * KB
    assert html + sum(weights.values()) <= 100 * KB


@pytest.mark.parametrize("address", VIEWS)
def test_a_page_asks_no_other_site(client, address):
    page = client.get(address, follow_redirects=True).text
    loaded = re.findall(r'(?:src|srcset|data|action|poster)="([^"]*)"', page)
    loaded += re.findall(
        r'<link rel="(?:stylesheet|icon|preload)" href="([^"]*)"', page
    )
    assert [x for x in loaded if not x.startswith("/")] == []


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/en/", 2),
        ("/en/place", 4),
        ("/fr/place/country?country=BF", 5),
        ("/en/search", 12),
        ("/en/search?q=erosion", 12),
        ("/en/search?q=soil&land_use=paddy", 12),
        ("/en/practices/P-3-no-till-direct-drilling", 15),
        ("/fr/stories/S-5", 15),
        ("/en/answers/A-1", 15),
        ("/en/themes/rice", 12),
        ("/en/sources", 8),
        ("/en/compare?ref=P-20&ref=S-3", 20),
        ("/en/compare", 2),
        ("/en/map?q=soil", 12),
        ("/en/ask", 1),
        ("/en/zones", 1),
        ("/en/zones/hot-semi_arid-weathered", 3),
        ("/en/concepts", 1),
        ("/en/concepts?q=pit", 1),
        ("/fr/concepts?letter=C", 1),
        ("/en/concepts/composting", 12),
        ("/api/v1/search?q=soil", 12),
        ("/api/v1/records/P-20", 15),
    ],
)
def test_a_page_asks_the_database_a_fixed_number_of_times(
    client, queries, address, most
):
    reply = client.get(address)
    if reply.status_code == 301:
        queries.clear()
        address = reply.headers["Location"]
        reply = client.get(address)
    assert reply.status_code == 200
    assert len(queries) <= most + KEPT
    queries.clear()
    client.get(address)
    assert len(queries) <= most


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("few", "many"),
    [
        ("/en/map?country=BF", "/en/map"),
        ("/en/zones/cool-sub_humid-peat", "/en/zones/hot-semi_arid-ordinary"),
        ("/en/concepts/gliricidia", "/en/concepts/soil"),
        (
            "/en/compare?ref=P-20&ref=P-3",
            "/en/compare?ref=P-20&ref=P-3&ref=P-1&ref=P-8",
        ),
    ],
)
def test_more_on_a_page_asks_no_more_often(client, queries, few, many):
    counts = []
    for address in (many, few, many):
        queries.clear()
        assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_queries_do_not_grow_with_the_rows(client, seeded, queries):
    counts, one = set(), "/api/v1/search?q=soil&per_page=1"
    client.get(one)  # what is kept for a minute is read
    for address in (one, "/api/v1/search?q=soil&per_page=50"):
        seeded.office.vocabularies.clear()
        queries.clear()
        client.get(address)
        counts.add(len(queries))
    assert len(counts) == 1
