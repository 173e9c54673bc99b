"""tourreg: registration for summits, study tours, training forums and their host cities, in English and Chinese."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from tourreg import blueprints
from tourreg.blueprints import faults, filters, headers, kept_pages, languages, nul_signs, outside, words
from tourreg.blueprints.extensions import babel, csrf, limiter
from tourreg.blueprints.office import security, sign_in
from tourreg.db import db, prepare_engines
from tourreg.domain import models
from tourreg.settings import Settings

__all__ = ["create_app", "models"]

LARGEST_REQUEST = 2 * 1024 * 1024


def create_app(settings: Settings) -> Flask:
    """Return the web application: extensions, the outside world's adapters and every blueprint."""
    app = Flask(__name__, static_url_path="/static")
    app.config.update(_configuration(settings))
    app.extensions["tourreg.settings"] = settings
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    db.init_app(app)
    prepare_engines(app)
    csrf.init_app(app)
    limiter.init_app(app)
    babel.init_app(app, locale_selector=languages.locale)
    for part in (nul_signs, languages, words, filters, headers, faults):
        part.init_app(app)
    security.init_app(app, sign_in.FORMS)
    outside.init_app(app, settings)
    blueprints.register_all(app)
    kept_pages.init_app(app)
    return app


def _configuration(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": settings.database_url.startswith("postgresql")},
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_PARTS": 2000,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": True,
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_DEFAULT_TIMEZONE": "UTC",
        "RATELIMIT_STORAGE_URI": settings.limits_url,
        "RATELIMIT_HEADERS_ENABLED": False,
    }
