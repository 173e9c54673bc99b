"""NUL, which no text of PostgreSQL can hold, reaches no view."""

from flask import Flask, abort, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

NUL = "\0"
# The sign that fields show, and refuse, for every other control sign.
SHOWN = "\N{REPLACEMENT CHARACTER}"


def init_app(app: Flask) -> None:
    app.before_request(_keep_out)


def _keep_out() -> None:
    """Answer that there is no page where the path holds a NUL; elsewhere show it as what cannot be read."""
    if NUL in request.path:
        abort(404)
    request.args = _readable(request.args)
    request.form = _readable(request.form)


def _readable(asked: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    return ImmutableMultiDict(
        (name.replace(NUL, SHOWN), value.replace(NUL, SHOWN)) for name, value in asked.items(multi=True)
    )
