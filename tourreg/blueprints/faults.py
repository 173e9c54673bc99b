"""Pages for what went wrong: a plain status, a sentence in the person's language, and a way on."""

from flask import Flask, Response, make_response, render_template
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from tourreg.db import db, is_conflict

RETRY_SECONDS = 3


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(DBAPIError, _database)


def _page(error: HTTPException) -> Response:
    if isinstance(error.response, Response):  # a page that says it better, with what was typed
        return error.response
    code = error.code or 500
    title, sentence = _words(code)
    response = make_response(render_template("layout/fault.html", code=code, title=title, sentence=sentence), code)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _stale_form(_error: CSRFError) -> Response:
    title = _("This form was open too long")
    sentence = _("Go back, load the page again and send it once more. Nothing was saved or paid.")
    return make_response(render_template("layout/fault.html", code=400, title=title, sentence=sentence), 400)


def _database(error: DBAPIError) -> Response:
    """Answer 503 when the database is locked or gone, so that people and Stripe come again; anything else is loud."""
    db.session.rollback()
    if is_conflict(error) or isinstance(error, OperationalError):
        return _page(ServiceUnavailable(retry_after=RETRY_SECONDS))
    raise error


def _words(code: int) -> tuple[str, str]:
    known = {
        400: (_("This request cannot be read"), _("Something in it is broken. Go back and try again.")),
        403: (_("This page is not open to you"), _("Sign in with the right account, or ask the office.")),
        404: (_("There is no such page"), _("The address may be mistyped, or what stood here was taken down.")),
        405: (_("This address cannot be used so"), _("Go back and use the buttons of the page.")),
        410: (_("This has ended"), _("What stood here is no longer offered.")),
        413: (_("That is too large"), _("Send less text or a smaller file.")),
        429: (_("Too many tries"), _("Wait a minute, then try again.")),
        503: (_("We cannot answer just now"), _("Nothing was saved or paid. Try again in a moment.")),
    }
    if code in known:
        return known[code]
    if code < 500:
        return known[400]
    return (
        _("Something went wrong on our side"),
        _("It was noted. Nothing more was done; try again, or write to the office."),
    )
