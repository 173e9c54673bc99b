"""Every view wears exactly one guard, outermost under its route; the list of routes and guards is reviewed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from sqlalchemy.exc import DBAPIError

from tourreg.db import db, is_conflict

View = Callable[..., Any]


def everyone(view: View) -> View:
    """Let everyone in; the page holds no name, form or token, so that it may be kept by caches."""
    return _guarded(view, "everyone")


def everyone_with_form(view: View) -> View:
    """Let everyone in to a page with a form, which is never kept."""
    return _guarded(view, "everyone with form")


def machine(view: View) -> View:
    """Let another program in, which proves itself by a signature."""
    return _guarded(view, "machine")


def _guarded(view: View, name: str, admit: Callable[[dict[str, Any]], Any] | None = None) -> View:
    """Return the view behind a check; work that lost a race for a lock is done once more.

    admit  is handed the address's values and returns None to let the person in, or the answer that turns them away
    """

    @wraps(view)
    def guarded(**values: Any) -> Any:
        turned_away = admit(values) if admit else None
        return _once_more(view, values) if turned_away is None else turned_away

    guarded.guard = name  # type: ignore[attr-defined]
    return guarded


def _once_more(view: View, values: dict[str, Any]) -> Any:
    try:
        return view(**values)
    except DBAPIError as error:
        if not is_conflict(error):
            raise
        db.session.rollback()
        return view(**values)
