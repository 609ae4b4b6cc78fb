"""The OpenAPI document tells the truth: hundreds of made-up calls agree with it."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
CALLS = (
    "/api/v1/me",
    "/api/v1/places",
    "/api/v1/records",
    "/api/v1/records/{ref}",
    "/api/v1/records/{ref}/citation",
    "/api/v1/records/{ref}/feedback",
    "/api/v1/search",
    "/api/v1/vocabularies",
    "/api/v1/concepts",
    "/api/v1/directory",
    "/api/v1/indicators",
)


@pytest.mark.thorough
@pytest.mark.parametrize("path", CALLS)
def test_every_call_answers_as_the_document_says(seeded, path, database):
    """Many calls on SQLite, which the newcomer has; a taste of them on PostgreSQL."""
    api = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", seeded.app)

    tries = 60 if database == "sqlite" else 20

    @given(case=api[path]["GET"].as_strategy())
    @settings(
        max_examples=tries, deadline=None, suppress_health_check=list(HealthCheck)
    )
    def holds(case):
        plain = {"Accept-Encoding": "identity"}
        case.call_and_validate(checks=CHECKS, headers=plain)

    holds()


def test_the_document_names_every_call(seeded):
    api = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", seeded.app)
    assert {op.ok().path for op in api.get_all_operations()} == set(CALLS)
