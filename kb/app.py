"""Putting the parts together. Nothing below this file knows about it."""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask_babel import Babel
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from kb import api, web
from kb.database import open_database
from kb.entrance import request as entrance
from kb.entrance.flow import keep_flow
from kb.entrance.kept_templates import KeptTemplates
from kb.entrance.late_rule import LateRule
from kb.entrance.refusals import is_api
from kb.entrance.typed import TypedRequest
from kb.journal import Readers, readers_of
from kb.people.passwords import Hasher
from kb.search.open import open_index
from kb.settings import Settings, shipped


def create_app(settings: Settings, *, hasher: Hasher | None = None) -> Flask:
    """Build the application from ``settings``; read nothing from elsewhere.

    :param hasher: how much work it is to try a password, if not the usual.
    """
    app = Flask("kb", template_folder=str(shipped("templates")), static_folder=None)
    app.url_rule_class, app.request_class = LateRule, TypedRequest
    host = urlsplit(settings.address).hostname
    app.config.update(
        SECRET_KEY=settings.secret_key or None,
        TRUSTED_HOSTS=[host] if host else None,
        MAX_CONTENT_LENGTH=64 * 1024,
        BABEL_TRANSLATION_DIRECTORIES=str(shipped("translations")),
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_MIN_SIZE=500,
        COMPRESS_MIMETYPES=[
            "text/html",
            "text/css",
            "application/json",
            "image/svg+xml",
            "text/javascript",
        ],
    )
    kept = KeptTemplates(settings.templates_folder, settings.secret_key)
    app.jinja_options = {
        "trim_blocks": True,
        "lstrip_blocks": True,
        "bytecode_cache": kept if settings.secret_key else None,
    }
    Compress(app)
    Babel(app, locale_selector=entrance.this_language)
    readers = readers_of(settings.all_machines, settings.machine)
    opened = entrance.Office(
        settings=settings,
        database=open_database(settings.database_url, {Readers: readers}),
        index=open_index(settings.search_url),
        hasher=hasher or Hasher(),
    )
    proxies = int(settings.proxies)
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies
        )
    entrance.set_up(app, opened)
    app.before_request(keep_flow)
    for door in (web, api):
        door.set_up(app)
    for wrong in web.ANSWERS:
        app.register_error_handler(wrong, answer)
    return app


def answer(wrong: Exception) -> Any:  # noqa: ANN401  (each door has its own kind)
    """Answer what went wrong the way of the door it came to."""
    answers = api.ANSWERS if is_api() else web.ANSWERS
    kind = next(kind for kind in answers if isinstance(wrong, kind))
    return answers[kind](wrong)
