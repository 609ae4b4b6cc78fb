"""The JSON API, version 1: one file per part, and how a refusal looks in JSON."""

from http import HTTPStatus
from typing import Any

from flask import Flask
from flask_smorest import Api
from sqlalchemy.exc import DatabaseError, DataError
from werkzeug.exceptions import HTTPException, TooManyRequests
from werkzeug.wrappers import Response

from kb.api import (
    citation,
    concepts,
    directory,
    docs,
    feedback,
    indicators,
    me,
    places,
    records,
    search,
    vocabularies,
)
from kb.entrance.refusals import STATUS, Answers, is_api
from kb.errors import KbError

OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*"}


class OpenApi(Api):  # type: ignore[misc]
    """flask-smorest, but refusals stay ours: pages and JSON each have their way."""

    def _register_error_handlers(self) -> None:
        """Register none; `kb.app` does."""


def answer(status: int, code: str, message: str, problems: object) -> tuple[Any, int]:
    """Give the one shape every API error has."""
    return {"error": code, "message": message, "problems": problems}, status


def refusal(refused: KbError) -> tuple[Any, int]:
    """Answer a refusal of a service."""
    problems = getattr(refused, "problems", {})
    return answer(STATUS.get(type(refused), 500), refused.code, str(refused), problems)


def http_error(wrong: HTTPException) -> tuple[Any, int, dict[str, str]]:
    """Answer a wrong address, method, host or argument."""
    status = wrong.code or 500
    data: dict[str, Any] = getattr(wrong, "data", None) or {}
    problems = data.get("messages", {}).get("query", {})
    code = "not-valid" if status == 422 else HTTPStatus(status).phrase.lower()
    asked = getattr(wrong, "www_authenticate", None) or ()
    headers = {"WWW-Authenticate": ", ".join(map(str, asked))} if asked else {}
    if isinstance(wrong, TooManyRequests):
        headers["Retry-After"] = str(wrong.retry_after)
    said = wrong.description or code
    return *answer(status, code.replace(" ", "-"), said, problems), headers


def database_error(wrong: DatabaseError) -> tuple[Any, int]:
    """Answer when the database cannot be read, or refuses to look for such a thing."""
    if isinstance(wrong, DataError):
        return answer(422, "not-valid", "This cannot be looked for.", {})
    return answer(503, "unavailable", "The database does not answer just now.", {})


ANSWERS: Answers = {
    KbError: refusal,
    HTTPException: http_error,
    DatabaseError: database_error,
}


def open_to_all(response: Response) -> Response:
    """Let a page of any site read the API."""
    if is_api():
        response.headers.extend(OPEN_TO_ALL)
    return response


def set_up(app: Flask) -> None:
    """Put the API in under ``/api/v1``."""
    app.config.update(
        API_TITLE="Humus",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={"info": {"description": docs.DESCRIPTION}},
    )
    api = OpenApi(app)
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    parts = (
        citation,
        concepts,
        directory,
        feedback,
        indicators,
        me,
        places,
        records,
        search,
        vocabularies,
    )
    for part in parts:
        api.register_blueprint(part.calls)
    app.register_blueprint(docs.pages)
    app.extensions["kb_api"] = api
    app.after_request(open_to_all)
