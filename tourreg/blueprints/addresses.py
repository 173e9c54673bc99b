"""Whole addresses of our pages, for letters: they are made by the worker, which answers no request."""

from urllib.parse import urlsplit

from flask import current_app

from tourreg.blueprints.words import settings


def whole_address(endpoint: str, **values: str) -> str:
    """Return the address of a page under TOURREG_BASE_URL; a page with a language in its address needs `language`."""
    base = urlsplit(settings().base_url)
    site = current_app.url_map.bind(base.netloc, script_name=base.path or "/", url_scheme=base.scheme)
    return site.build(endpoint, values, force_external=True)
