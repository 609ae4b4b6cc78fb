"""Putting the parts together. Nothing below this file knows about it."""

from urllib.parse import urlsplit

from flask import Flask
from flask_babel import Babel
from flask_compress import Compress

from kb import api, web
from kb.database import open_database
from kb.entrance import request as entrance
from kb.search.open import open_index
from kb.settings import Settings, shipped


def create_app(settings: Settings) -> Flask:
    """Build the application from ``settings``; read nothing from elsewhere."""
    app = Flask("kb", template_folder=str(shipped("templates")))
    host = urlsplit(settings.address).hostname
    app.config.update(
        SECRET_KEY=settings.secret_key or None,
        TRUSTED_HOSTS=[host] if host else None,
        MAX_CONTENT_LENGTH=64 * 1024,
        BABEL_TRANSLATION_DIRECTORIES=str(shipped("translations")),
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_MIN_SIZE=500,
        COMPRESS_MIMETYPES=[
            "text/html",
            "text/css",
            "application/json",
            "image/svg+xml",
            "application/javascript",
        ],
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    Compress(app)
    Babel(app, locale_selector=entrance.this_language)
    opened = entrance.Office(
        settings=settings,
        database=open_database(settings.database_url),
        index=open_index(settings.search_url),
    )
    entrance.set_up(app, opened)
    for part in (web, api):
        part.set_up(app)
    return app
