"""Public pages are made once and kept until what they show changes; one small query answers, before any session.

A page is kept under its path and the query parameters that its view knows, in the order in which the view names them.
It holds while the catalogue's version stands and until the instant at which it changes without anybody writing.
What makes a page sees no cookie and no wish of the browser, so nothing personal can get into it.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from flask import Flask, Response, make_response, request
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_accept_header, parse_etags
from werkzeug.test import run_wsgi_app

from tourreg.blueprints.shelf import Shelf
from tourreg.db import db
from tourreg.domain.catalogue.models import CatalogueVersion
from tourreg.kernel import clock

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Known = Callable[[str], object]
Address = tuple[str, str]

LONGEST_KEPT = timedelta(hours=1)
NEVER = datetime.max.replace(tzinfo=UTC)
_NOTE = "tourreg.note_of_the_page"
_PERSONAL = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_RANGE")
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)
_SMALL_NUMBER = re.compile(r"[1-9]\d{0,2}", re.ASCII)
_VERSION = select(CatalogueVersion.version).where(CatalogueVersion.id == 1)


def init_app(app: Flask) -> None:
    with app.app_context():
        pages = KeptPages(app, db.engine)
    app.extensions["tourreg.kept_pages"] = pages
    app.wsgi_app = pages  # type: ignore[method-assign]


def kept(**parameters: Known) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Keep what the view answers; to be worn under the guard `everyone`.

    parameters  those that the view reads from the query, each with what tells its good values; the view sees no others
    """

    def keep(view: Callable[..., Any]) -> Callable[..., Response]:
        @wraps(view)
        def made(**values: Any) -> Response:
            answer = make_response(view(**values))
            answer.headers["Cache-Control"] = "no-cache"
            _note().kept = True
            return answer

        made.kept_parameters = parameters  # type: ignore[attr-defined]
        return made

    return keep


def changes_at(instants: Iterable[datetime | None]) -> None:
    """Tell when the page being made changes although nobody writes: at the earliest of the instants."""
    _note().changes_at = min((instant for instant in instants if instant), default=NEVER)


def is_month(value: str) -> bool:
    """Tell whether the value is a month as addresses write it: 2027-10."""
    return _MONTH.fullmatch(value) is not None


def is_small_number(value: str) -> bool:
    """Tell whether the value is a page's number, 1 to 999."""
    return _SMALL_NUMBER.fullmatch(value) is not None


@dataclass
class Note:
    """What the view tells the one who keeps its page."""

    kept: bool = False
    changes_at: datetime = NEVER


@dataclass(frozen=True, slots=True)
class Variant:
    """A page's bytes in one encoding, with the headers that go with them."""

    body: bytes
    etag: str
    headers: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was made: while the catalogue stands at `version` and the clock before `until`, it is true."""

    version: int
    until: datetime
    plain: Variant
    gzipped: Variant

    @property
    def size(self) -> int:
        return len(self.plain.body) + len(self.gzipped.body)


class KeptPages:
    """Stands before the application: answers what is kept, and keeps what a `kept` view makes."""

    def __init__(self, app: Flask, engine: Engine) -> None:
        self._inner: WSGIApplication = app.wsgi_app
        self._app = app
        self._engine = engine
        self.shelf: Shelf[Address, KeptPage] = Shelf(most=512, most_bytes=16 * 1024 * 1024)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        address = self._address(environ) if environ["REQUEST_METHOD"] in ("GET", "HEAD") else None
        version = self._version() if address else None
        if address is None or version is None:
            return self._inner(environ, start_response)
        page = self.shelf.get(address)
        if page is None or page.version != version or page.until <= clock.utc_now():
            return self._make(address, version, environ, start_response)
        return _answer(page, environ, start_response)

    def _address(self, environ: WSGIEnvironment) -> Address | None:
        """Return under what the answer is kept; None where no kept view answers."""
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        if (path, query) in self.shelf:
            return path, query
        try:
            endpoint, _values = self._app.url_map.bind("").match(path, "GET")
        except HTTPException:
            return None
        known = getattr(self._app.view_functions[endpoint], "kept_parameters", None)
        return None if known is None else (path, _known_part(query, known))

    def _version(self) -> int | None:
        """Return the catalogue's version; None when the database does not answer, of which the application speaks."""
        try:
            with self._engine.connect() as connection:
                version: int | None = connection.scalar(_VERSION)
        except DBAPIError:
            return None
        return version

    def _make(
        self, address: Address, version: int, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let the application make the page, keep it if it is one, and answer with it.

        The version was read before the page's own reads: a change in between makes the next reader ask again.
        """
        now = clock.utc_now()
        note = Note()
        asked = {**_without_the_person(environ, address), _NOTE: note}
        body, status, headers = run_wsgi_app(self._inner, asked, buffered=True)
        if not note.kept or not status.startswith("200 ") or "Set-Cookie" in headers:
            start_response(status, headers.to_wsgi_list())
            return body if environ["REQUEST_METHOD"] == "GET" else []
        until = min(note.changes_at, now + LONGEST_KEPT)
        page = _page(b"".join(body), headers, version=version, until=until)
        self.shelf.put(address, page, page.size)
        return _answer(page, environ, start_response)


def _note() -> Note:
    note: Note = request.environ.setdefault(_NOTE, Note())
    return note


def _known_part(query: str, known: Mapping[str, Known]) -> str:
    """Return the parameters that the view knows, with good values, in one order and none twice."""
    if not query or not known:
        return ""
    asked = parse_qs(query, max_num_fields=50) if query.count("&") < 50 else {}
    good = {name: asked[name][0] for name, test in known.items() if name in asked and test(asked[name][0])}
    return urlencode(good)


def _without_the_person(environ: WSGIEnvironment, address: Address) -> WSGIEnvironment:
    asked = {name: value for name, value in environ.items() if name not in _PERSONAL and name not in _CONDITIONS}
    return {**asked, "REQUEST_METHOD": "GET", "QUERY_STRING": address[1]}


def _page(body: bytes, headers: Headers, *, version: int, until: datetime) -> KeptPage:
    digest = hashlib.sha256(body).hexdigest()[:32]
    for name in ("Content-Length", "Vary", "ETag"):
        headers.remove(name)
    packed = gzip.compress(body, compresslevel=9, mtime=0)
    return KeptPage(
        version=version,
        until=until,
        plain=_variant(body, f'"{digest}"', headers),
        gzipped=_variant(packed, f'"{digest}-gzip"', headers, ("Content-Encoding", "gzip")),
    )


def _variant(body: bytes, etag: str, headers: Headers, *more: tuple[str, str]) -> Variant:
    own = [("ETag", etag), ("Vary", "Accept-Encoding"), ("Content-Length", str(len(body))), *more]
    return Variant(body, etag, [*headers.to_wsgi_list(), *own])


def _answer(page: KeptPage, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    chosen = page.gzipped if _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) else page.plain
    if _has_it(environ.get("HTTP_IF_NONE_MATCH", ""), chosen.etag):
        start_response("304 NOT MODIFIED", [line for line in chosen.headers if not line[0].startswith("Content-")])
        return []
    start_response("200 OK", list(chosen.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [chosen.body]


@lru_cache(maxsize=64)
def _takes_gzip(accepted: str) -> bool:
    return parse_accept_header(accepted)["gzip"] > 0


def _has_it(asked: str, etag: str) -> bool:
    """Tell whether the reader holds these very bytes, by the weak comparison that conditional reads use."""
    return asked == etag or (asked != "" and parse_etags(asked).contains_weak(etag.strip('"')))
