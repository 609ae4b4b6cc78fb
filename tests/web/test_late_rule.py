"""Addresses are the same, whenever the code that builds them was written."""

from werkzeug.routing import Map, Rule

from kb.entrance.late_rule import LateRule

RULES = {
    "plain": "/about",
    "one": "/<lang>/practices/<ref>",
    "number": "/<int:number>/<path:rest>",
    "spelled": "/a b/<name>",
}
ASKED = [
    ("plain", {}),
    ("plain", {"q": "soil & water", "n": [1, 2]}),
    ("one", {"lang": "fr", "ref": "P-20"}),
    ("one", {"lang": "fr", "ref": "P/20", "page": 2}),
    ("number", {"number": 7, "rest": "a/b"}),
    ("spelled", {"name": "\u0632\u0631\u0627\u0639\u0629"}),
]


def built(kind):
    """Give each address twice: the second is built by what the first one wrote."""
    rules = Map([kind(rule, endpoint=name) for name, rule in RULES.items()])
    addresses = rules.bind("humus.example")
    return [addresses.build(name, values) for name, values in ASKED for _ in (1, 2)]


def test_late_rules_build_the_addresses_of_plain_ones():
    assert built(LateRule) == built(Rule)


def test_every_address_of_the_house_begins_late(seeded):
    assert {type(rule) for rule in seeded.app.url_map.iter_rules()} == {LateRule}
